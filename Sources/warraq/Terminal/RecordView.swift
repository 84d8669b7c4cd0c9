import FoundationEssentials

/// One finished record as people read it in a terminal.
struct RecordView {
  private struct Record: Decodable {
    struct Keyword: Decodable {
      let phrase: String
      let score: Double
      let count: Int
    }
    struct Sentence: Decodable { let text: String }
    struct Span: Decodable { let range: [Int] }
    struct Latin: Decodable {
      let title: String?
      let keywords: [String]?
    }
    struct Origin: Decodable {
      let input: String
      let record: Int
    }
    let id: String
    let title: String?
    let text: String
    let sentences: [Span]?
    let keywords: [Keyword]?
    let summary: [Sentence]?
    let latin: Latin?
    let origin: Origin
  }

  private let record: Record
  private let color: Bool

  init(_ line: [UInt8], color: Bool = Terminal.hasColor) throws {
    record = try JSONDecoder().decode(Record.self, from: Data(line))
    self.color = color
  }

  /// Title, summary, keywords, and the beginning of the text.
  var text: String {
    var text = Terminal.styled("── \(Terminal.isolated(record.id))", .dim, color: color)
    text += Terminal.styled(
      "  \(Terminal.isolated(record.origin.input)), record \(record.origin.record)\n", .dim, color: color)
    if let title = record.title, !title.isEmpty {
      text += Terminal.styled(Terminal.isolated(title), .title, color: color) + "\n"
    }
    if let latin = record.latin?.title, !latin.isEmpty { text += Terminal.oneLine(latin) + "\n" }
    let words = record.text.split(whereSeparator: \.isWhitespace)
    text += "\n\(Terminal.isolated(words.prefix(60).joined(separator: " ")))\(words.count > 60 ? " …" : "")\n"
    text += Terminal.styled(
      "\(record.sentences?.count ?? 0) sentences, \(words.count) words\n", .dim, color: color)
    if let keywords = record.keywords, !keywords.isEmpty {
      text += "\n" + Terminal.styled("Keywords", .bold, color: color) + "\n"
      for (index, keyword) in keywords.enumerated() {
        let latin = record.latin?.keywords.flatMap { index < $0.count ? $0[index] : nil } ?? ""
        text += "  \(Terminal.styled(Terminal.isolated(keyword.phrase), .keyword, color: color))"
        text += "  \(Terminal.oneLine(latin))  \(keyword.count)x\n"
      }
    }
    if let summary = record.summary, !summary.isEmpty {
      text += "\n" + Terminal.styled("Summary", .bold, color: color) + "\n"
      for sentence in summary { text += "  \(Terminal.isolated(sentence.text))\n" }
    }
    return text + "\n"
  }
}
