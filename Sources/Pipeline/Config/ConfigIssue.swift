/// Where a config value was written.
public struct ConfigMark: Sendable, Hashable {
  /// The config file as the user named it, or the `--set` argument.
  public var source: String
  /// Line, counted from 1; 0 when the value came from the command line or is a default.
  public var line: Int
  /// Column in code points, counted from 1; 0 likewise.
  public var column: Int

  /// Makes a mark.
  public init(source: String, line: Int = 0, column: Int = 0) {
    self.source = source
    self.line = line
    self.column = column
  }
}

/// One thing wrong in a config: what, where, and what to write instead.
public struct ConfigIssue: Error, Sendable, Hashable, CustomStringConvertible {
  /// Where it stands.
  public var mark: ConfigMark
  /// The key path, such as `keywords.count`; empty for the document as a whole.
  public var path: String
  /// What is wrong.
  public var message: String
  /// What to do about it, such as `did you mean "count"?`.
  public var suggestion: String?

  /// Makes an issue.
  public init(mark: ConfigMark, path: String, message: String, suggestion: String? = nil) {
    self.mark = mark
    self.path = path
    self.message = message
    self.suggestion = suggestion
  }

  /// `file:line:column: path: message; suggestion`, the form editors jump to.
  public var description: String {
    var text = mark.source
    if mark.line > 0 { text += ":\(mark.line):\(mark.column)" }
    text += ": "
    if !path.isEmpty { text += "\(path): " }
    text += message
    if let suggestion { text += "; \(suggestion)" }
    return text
  }
}

/// All the issues found in a config at once, in the order they stand there.
public struct ConfigError: Error, Sendable, CustomStringConvertible {
  /// At least one issue.
  public var issues: [ConfigIssue]

  /// Makes an error.
  public init(_ issues: [ConfigIssue]) { self.issues = issues }

  /// One issue a line.
  public var description: String { issues.map(\.description).joined(separator: "\n") }
}

/// Finds what a mistyped name was probably meant to be.
public enum Spelling {
  /// The candidate at the smallest edit distance, if that is at most a third of the name's length (at least 1).
  public static func nearest(to name: String, among candidates: [String]) -> String? {
    let limit = max(1, (name.count + 2) / 3)
    let scored = candidates.map { ($0, distance(name.lowercased(), $0.lowercased())) }
    guard let best = scored.min(by: { $0.1 < $1.1 }), best.1 <= limit else { return nil }
    return best.0
  }

  /// Optimal string alignment distance (insert, delete, replace, swap neighbours; each costs 1).
  static func distance(_ a: String, _ b: String) -> Int {
    let a = Array(a.unicodeScalars)
    let b = Array(b.unicodeScalars)
    var beforeLast = [Int]()
    var last = Array(0...b.count)
    for i in 0..<a.count {
      var row = [i + 1]
      for j in 0..<b.count {
        var best = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, beforeLast[j - 1] + 1) }
        row.append(best)
      }
      beforeLast = last
      last = row
    }
    return last[b.count]
  }
}
