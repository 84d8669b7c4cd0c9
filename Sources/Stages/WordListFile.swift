import ArabicText
import FoundationEssentials
import Pipeline

/// Users' own word lists: one word or phrase a line, `#` begins a comment, blank lines are skipped.
enum WordListFile {
  /// A file's bytes.
  ///
  /// - Throws: `ConfigIssue` at the key that names the file.
  static func bytes(_ file: String, key: String, context: StageContext) throws -> [UInt8] {
    do {
      return [UInt8](try Data(contentsOf: URL(filePath: context.resolve(file))))
    } catch {
      throw context.issue(
        key, "cannot read \(context.resolve(file))",
        suggestion: "names are relative to the config's folder; check the path and its permissions")
    }
  }

  /// The lines of a list; none when no file is named.
  static func lines(_ file: String, key: String, context: StageContext) throws -> [String] {
    guard !file.isEmpty else { return [] }
    let bytes = try bytes(file, key: key, context: context)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw context.issue(key, "\(file) is not UTF-8", suggestion: "save it in that encoding")
    }
    return text.split(whereSeparator: \.isNewline).compactMap { line in
      let content = line.prefix { $0 != "#" }
      let words = content.split(separator: " ")
      return words.isEmpty ? nil : words.joined(separator: " ")
    }
  }

  /// The lines as a stage's resource; nil when no file is named.
  static func resource(_ file: String, key: String, context: StageContext) throws -> String? {
    file.isEmpty ? nil : try lines(file, key: key, context: context).joined(separator: "\n")
  }

  /// The lines as folded keys, as phrases are compared.
  static func phrases(_ file: String, key: String, context: StageContext) throws -> [[UInt16]] {
    let folding = KeyFolding()
    return try lines(file, key: key, context: context).map { line in
      var key: [UInt16] = []
      Array(line.utf16).withUnsafeBufferPointer { folding.fold($0, into: &key) }
      return key
    }
  }
}
