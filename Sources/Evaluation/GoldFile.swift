import FoundationEssentials

/// An article with the keyphrases that people chose for it.
public struct KeywordGold: Sendable, Hashable {
  /// The article's id.
  public var id: String
  /// The article's text.
  public var text: String
  /// The phrases, most often chosen first.
  public var phrases: [String]
}

/// An article with the summaries that people made of it.
public struct SummaryGold: Sendable, Hashable {
  /// The article's id.
  public var id: String
  /// The article's text.
  public var text: String
  /// The summaries, at least one.
  public var references: [String]
}

/// An article with the language it is in.
public struct LanguageGold: Sendable, Hashable {
  /// The article's id.
  public var id: String
  /// The article's text.
  public var text: String
  /// The code of its language, or of a dialect.
  public var language: String
}

/// What is wrong with a gold file: every line, without a word of the articles.
public struct GoldError: Error, Sendable, CustomStringConvertible {
  /// A line, counted from 1 (0 for the file as a whole), and what is wrong with it.
  public struct Issue: Sendable, Hashable {
    /// The line.
    public var line: Int
    /// What is wrong with it, and what it should be.
    public var reason: String
  }

  /// The file as the caller named it.
  public var file: String
  /// At least one issue.
  public var issues: [Issue]

  /// `file:line: reason` of each issue; at most ten of them.
  public var lines: [String] {
    let shown = issues.prefix(10).map { issue in
      "\(file)\(issue.line > 0 ? ":\(issue.line)" : ""): \(issue.reason)"
    }
    let rest = issues.count - shown.count
    return shown + (rest > 0 ? ["... and \(rest) more"] : [])
  }

  /// The issues, one a line.
  public var description: String { lines.joined(separator: "\n") }
}

/// Reads gold files: JSON lines, one article each. Blank lines are passed over, members of other names too.
public enum GoldFile {
  /// Articles with `id` (a string or a whole number), `text` and `gold`: a list of phrases, each a string or an
  /// object with `text`.
  ///
  /// - Parameters:
  ///   - contents: the file's text.
  ///   - name: what errors call it.
  /// - Throws: `GoldError` with every line that is wrong, for an id that occurs twice, or when there is no article.
  public static func keywords(_ contents: String, name: String) throws -> [KeywordGold] {
    try rows(contents, name: name) { (row: KeywordRow) in row.gold }
  }

  /// Articles with `id` (a string or a whole number), `text` and `references`: a list of at least one string.
  ///
  /// - Parameters:
  ///   - contents: the file's text.
  ///   - name: what errors call it.
  /// - Throws: `GoldError` with every line that is wrong, for an id that occurs twice, or when there is no article.
  public static func summaries(_ contents: String, name: String) throws -> [SummaryGold] {
    try rows(contents, name: name) { (row: SummaryRow) in row.gold }
  }

  /// Articles with `id` (a string or a whole number), `text` and `language`: a code such as `ar`, `arz` or `fa`.
  ///
  /// - Parameters:
  ///   - contents: the file's text.
  ///   - name: what errors call it.
  /// - Throws: `GoldError` with every line that is wrong, for an id that occurs twice, or when there is no article.
  public static func languages(_ contents: String, name: String) throws -> [LanguageGold] {
    try rows(contents, name: name) { (row: LanguageRow) in row.gold }
  }

  private static func rows<Row: Decodable, Gold: Identified>(
    _ contents: String, name: String, _ gold: (Row) -> Gold
  ) throws -> [Gold] {
    let decoder = JSONDecoder()
    var result: [Gold] = []
    var issues: [GoldError.Issue] = []
    var lineOfID: [String: Int] = [:]
    // By bytes: a line end and a mark after it would make one `Character`.
    let lines = contents.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
    for (index, var line) in lines.enumerated() {
      if index == 0, line.starts(with: "\u{FEFF}".utf8) { line = line.dropFirst(3) }
      guard line.contains(where: { ![0x20, 0x09, 0x0D].contains($0) }) else { continue }
      do {
        let row = gold(try decoder.decode(Row.self, from: Data(line)))
        if let first = lineOfID.updateValue(index + 1, forKey: row.id) {
          throw GoldFault("the id \(row.id) stands in line \(first) already")
        }
        result.append(row)
      } catch let fault as GoldFault {
        issues.append(GoldError.Issue(line: index + 1, reason: fault.reason))
      } catch {
        issues.append(
          GoldError.Issue(line: index + 1, reason: "not valid JSON: one object a line is expected"))
      }
    }
    if result.isEmpty, issues.isEmpty {
      issues.append(GoldError.Issue(line: 0, reason: "holds no article: one JSON object a line is expected"))
    }
    guard issues.isEmpty else { throw GoldError(file: name, issues: issues) }
    return result
  }
}

/// What both kinds of gold have.
private protocol Identified { var id: String { get } }
extension KeywordGold: Identified {}
extension SummaryGold: Identified {}
extension LanguageGold: Identified {}

/// What is wrong with one line.
private struct GoldFault: Error {
  let reason: String
  init(_ reason: String) { self.reason = reason }
}

private enum GoldKey: String, CodingKey { case id, text, gold, references, language }

extension KeyedDecodingContainer<GoldKey> {
  /// Id and text, which every gold line has.
  fileprivate func identity() throws -> (id: String, text: String) {
    let id = (try? decode(String.self, forKey: .id)) ?? (try? decode(Int.self, forKey: .id)).map(String.init)
    guard let id else { throw GoldFault("needs \"id\", a string or a whole number") }
    guard let text = try? decode(String.self, forKey: .text), text.contains(where: { !$0.isWhitespace })
    else {
      throw GoldFault("needs \"text\", a string that is not blank")
    }
    return (id, text)
  }
}

extension Decoder {
  fileprivate func goldLine() throws -> KeyedDecodingContainer<GoldKey> {
    guard let line = try? container(keyedBy: GoldKey.self) else { throw GoldFault("is JSON, but no object") }
    return line
  }
}

private struct KeywordRow: Decodable {
  /// A phrase, by itself or in an object.
  struct Phrase: Decodable {
    enum Key: String, CodingKey { case text }
    let text: String

    init(from decoder: any Decoder) throws {
      if let text = try? decoder.singleValueContainer().decode(String.self) {
        self.text = text
      } else {
        text = try decoder.container(keyedBy: Key.self).decode(String.self, forKey: .text)
      }
    }
  }

  let gold: KeywordGold

  init(from decoder: any Decoder) throws {
    let line = try decoder.goldLine()
    let (id, text) = try line.identity()
    guard let phrases = try? line.decode([Phrase].self, forKey: .gold) else {
      throw GoldFault("needs \"gold\", a list of phrases, most often chosen first")
    }
    gold = KeywordGold(id: id, text: text, phrases: phrases.map(\.text))
  }
}

private struct SummaryRow: Decodable {
  let gold: SummaryGold

  init(from decoder: any Decoder) throws {
    let line = try decoder.goldLine()
    let (id, text) = try line.identity()
    guard let references = try? line.decode([String].self, forKey: .references), !references.isEmpty else {
      throw GoldFault("needs \"references\", a list of at least one summary")
    }
    gold = SummaryGold(id: id, text: text, references: references)
  }
}

private struct LanguageRow: Decodable {
  let gold: LanguageGold

  init(from decoder: any Decoder) throws {
    let line = try decoder.goldLine()
    let (id, text) = try line.identity()
    guard let language = try? line.decode(String.self, forKey: .language), !language.isEmpty else {
      throw GoldFault("needs \"language\", a code such as \"ar\", \"arz\" or \"fa\"")
    }
    gold = LanguageGold(id: id, text: text, language: language)
  }
}
