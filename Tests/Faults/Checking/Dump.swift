import FoundationEssentials

/// A dump on disk whose writer knows each article in it.
///
/// A folder `dump` with JSON lines (plain, gzip, bzip2, zstd in several frames) and text files; among the articles bad
/// lines of several kinds, and exact and near duplicates of earlier ones.
public struct Dump: Sendable {
  /// The folder.
  public let path: String
  /// Names of its files as records carry them, in the order they are read.
  public private(set) var inputs: [String] = []
  private var articles: [ExpectedArticle] = []

  /// What must become of each article, in input order.
  ///
  /// - Parameter deduplicating: Whether duplicates are left out; else they are records.
  public func expected(deduplicating: Bool) -> [ExpectedArticle] {
    articles.map { article in
      var article = article
      if case .duplicate = article.fate, !deduplicating { article.fate = .record }
      return article
    }
  }

  /// Writes a dump into a folder that exists.
  ///
  /// - Parameter articles: So many articles at least, duplicates among them, bad lines beside them.
  /// - Throws: when a file cannot be written or a compressor fails.
  public init(in folder: String, articles count: Int, seed: UInt64) throws {
    path = folder + "/dump"
    try FileManager.default.createDirectory(atPath: path + "/texts", withIntermediateDirectories: true)
    var text = ArticleText(seed: seed)
    var originals: [(place: Place, text: String)] = []
    let files = ["1.jsonl", "2.jsonl.gz", "3.jsonl.zst", "4.jsonl.bz2", "5.jsonl"]
    for (index, file) in files.enumerated() {
      let name = "dump/\(file)"
      inputs.append(name)
      var lines: [UInt8] = []
      var record = 0
      var frames: [[UInt8]] = []
      for number in 0..<(count / files.count) {
        record += 1
        let place = Place(name, record)
        let serial = index * 1_000_000 + number
        if text.choice(below: 25) == 0 {
          let (line, reason) = Self.badLine(text.choice(below: 6), &text)
          lines += line
          articles.append(ExpectedArticle(place: place, fate: .reject(reason: reason)))
          continue
        }
        // A blank line is no record and takes no number.
        if text.choice(below: 40) == 0 { lines += Array(" \n".utf8) }
        var body = text.body(words: 40 + text.choice(below: 300))
        var fate = Fate.record
        switch text.choice(below: 12) {
        case 0 where originals.count > 20:
          let original = originals[text.choice(below: originals.count)]
          body = original.text
          fate = .duplicate(of: original.place)
        case 1 where originals.count > 20:
          let original = originals[text.choice(below: originals.count)]
          // A sentence more at the end of a long article: most of its shingles are the same.
          guard original.text.utf8.count > 1500 else { fallthrough }
          body = original.text + "\n" + text.sentence()
          fate = .duplicate(of: original.place)
        default: originals.append((place, body))
        }
        let id = "n-\(serial)"
        let mark = "\(seed)-\(serial)-\(body.utf8.count)"
        lines += Self.line(id: id, title: text.title(), text: body, mark: mark)
        articles.append(ExpectedArticle(place: place, id: id, mark: mark, fate: fate))
        if lines.count > 128 << 10, file.hasSuffix(".zst") {
          frames.append(lines)
          lines = []
        }
      }
      frames.append(lines)
      try Self.write(frames, to: "\(path)/\(file)")
    }
    for number in 0..<(count / 40) {
      let name = "texts/\(String(repeating: "0", count: 5 - "\(number)".utf8.count))\(number).txt"
      inputs.append("dump/\(name)")
      // Long enough that the letters of one article do not look like another encoding.
      try Data(text.body(words: 80).utf8).write(to: URL(filePath: "\(path)/\(name)"))
      articles.append(ExpectedArticle(place: Place("dump/\(name)", 1), fate: .record))
    }
  }

  /// A line that is no article, and why.
  private static func badLine(_ kind: Int, _ text: inout ArticleText) -> (line: [UInt8], reason: String) {
    switch kind {
    case 0: (Array(#"{"id": "b", "text": "\#(text.sentence())"#.utf8) + [0x0A], "invalidJSON")
    case 1: (Array(#"{"id": "b", "text": "  \n "}"#.utf8) + [0x0A], "emptyArticle")
    case 2: (Array(#"{"id": "b", "title": "\#(text.title())"}"#.utf8) + [0x0A], "missingText")
    case 3: (Array(#"{"id": "b", "text": 17}"#.utf8) + [0x0A], "wrongFieldType")
    case 4: (Array(#"["\#(text.title())"]"#.utf8) + [0x0A], "notAnObject")
    default:
      // A lead byte without its second, a lone continuation, an overlong slash.
      (
        Array(#"{"id": "b", "text": "\#(text.sentence())"#.utf8) + [0xD8, 0x20, 0xA7, 0xC0, 0xAF]
          + Array("\"}\n".utf8), "undecodable"
      )
    }
  }

  /// A JSON line; the texts have no character that JSON escapes but line feeds.
  public static func line(id: String, title: String, text: String, mark: String) -> [UInt8] {
    var line = #"{"id":"\#(id)","mark":"\#(mark)","title":"\#(title)","text":""#
    line += text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\\n")
    return Array(line.utf8) + Array("\"}\n".utf8)
  }

  /// Writes pieces behind one another, each compressed by itself as the name's ending says.
  static func write(_ pieces: [[UInt8]], to path: String) throws {
    let compressor: [String]? =
      if path.hasSuffix(".gz") {
        ["gzip", "-nc"]
      } else if path.hasSuffix(".bz2") {
        ["bzip2", "-c"]
      } else if path.hasSuffix(".zst") {
        ["zstd", "-qc"]
      } else {
        nil
      }
    var whole = Data()
    for piece in pieces {
      guard let compressor else {
        whole += Data(piece)
        continue
      }
      let plain = path + ".plain"
      try Data(piece).write(to: URL(filePath: plain))
      whole += try Tool.output(compressor + [plain])
      try FileManager.default.removeItem(atPath: plain)
    }
    try whole.write(to: URL(filePath: path))
  }
}
