import ArabicText
import Markup

/// Wikimedia's dumps as JSON lines.
enum WikimediaJSON {
  /// Which of the formats a first line is, from its first kilobyte; nil when neither.
  ///
  /// A search dump begins with an index line (`{"index":{"_type":"_doc","_id":"7"}}`), an Enterprise dump with an article
  /// that has a name, an identifier and a modification date.
  static func format(
    of window: UnsafeBufferPointer<UInt8>, from start: Int, _ units: CodeUnits
  ) -> InputFormat? {
    guard units.width == 1 else { return nil }
    let end = min(window.count, start + CodeUnits.sampleLength)
    let sample = String(decoding: UnsafeBufferPointer(rebasing: window[start..<end]), as: UTF8.self)
    let line = sample.prefix { $0 != "\n" }
    func has(_ key: String) -> Bool { line.contains("\"\(key)\":") || line.contains("\"\(key)\" :") }
    if line.drop(while: { $0 == " " }).hasPrefix("\"index\""), has("_id") { return .cirrus }
    if has("name"), has("identifier"), has("date_modified") { return .enterprise }
    return nil
  }
}

/// Finds the lines of a Wikimedia dump; those that only number the next document are passed over.
struct WikimediaJSONFramer: RecordFraming {
  private var lines: RecordFramer
  private let isSearch: Bool
  private var index: CirrusIndex?

  init(_ format: InputFormat, units: CodeUnits) {
    lines = RecordFramer(format: .jsonl, units: units)
    isSearch = format == .cirrus
  }

  var kind: RecordKind { isSearch ? .cirrus : .enterprise }
  var context: (any RecordContext)? { index }
  var passesOverBlanks: Bool { true }
  func isWhole(_ record: UnsafeBufferPointer<UInt8>) -> Bool { lines.isWhole(record) }
  mutating func dropped(_ count: Int) { lines.dropped(count) }
  mutating func behead(_ count: Int) { lines.behead(count) }

  mutating func next(_ window: UnsafeBufferPointer<UInt8>, isEnd: Bool) -> FramingStep {
    let step = lines.next(window, isEnd: isEnd)
    guard isSearch else { return step }
    switch step {
    case .record(let range), .last(let range):
      let line = XMLText(UnsafeBufferPointer(rebasing: window[range]))
      guard line.has("{\"index\":", at: 0), range.count < 1024 else { return step }
      index = CirrusIndex(line: line.bytes)
      return .skipped(upTo: range.upperBound, .indexLine)
    default: return step
    }
  }
}

/// The number that an index line gives the next document of a search dump.
final class CirrusIndex: RecordContext {
  let id: String?

  init(id: String?) { self.id = id }

  var saved: SavedContext { SavedContext(name: id) }

  init(line: UnsafeBufferPointer<UInt8>) {
    var id: String?
    JSONMembers(line).forEach { key, value in
      guard key == "index" else { return }
      JSONMembers(value).forEach { key, value in if key == "_id" { id = JSONMembers.text(value) } }
    }
    self.id = id
  }
}

/// Parses a document of a search dump: its text is plain already. One for each worker; not `Sendable`.
final class CirrusParser: RecordParsing {
  private let json: JSONParser

  init(_ options: ParserOptions, _ decoder: RecordDecoder) throws {
    var options = options
    options.paths = ("page_id", "title", "text")
    json = try JSONParser(options, decoder) { (rest) throws(ParseProblem) in
      var isElsewhere = false
      JSONMembers(rest).forEach { key, value in
        if key == "namespace" { isElsewhere = JSONMembers.text(value) != "0" }
      }
      if isElsewhere { throw .skip(.otherNamespace) }
    }
  }

  func parse(_ bytes: UnsafeBufferPointer<UInt8>, _ record: RawRecord) throws(ParseProblem) -> ParsedRecord {
    var article = try json.parse(bytes, record)
    article.id = article.id ?? (record.context as? CirrusIndex)?.id
    article.meta = article.meta.withUnsafeBufferPointer { rest in
      JSONMembers.object { add in
        JSONMembers(rest).forEach { key, value in
          switch key {
          case "timestamp", "language", "wiki": add(key, value)
          case "version": add("revision", value)
          default: break
          }
        }
      }
    }
    return article
  }
}

/// Parses an article of an Enterprise dump: its wikitext, and where there is none its HTML. One for each worker; not
/// `Sendable`.
final class EnterpriseParser: RecordParsing {
  private let wikitext: JSONParser
  private let html: JSONParser
  private let article = WikitextArticle()
  private let pages: PageParser

  init(_ options: ParserOptions, _ decoder: RecordDecoder, _ pages: PageParser) throws {
    var options = options
    options.paths = ("identifier", "name", "article_body.wikitext")
    wikitext = try JSONParser(options, decoder, admit: EnterpriseParser.admit)
    options.paths.text = "article_body.html"
    html = try JSONParser(options, decoder, admit: EnterpriseParser.admit)
    self.pages = pages
  }

  func parse(_ bytes: UnsafeBufferPointer<UInt8>, _ record: RawRecord) throws(ParseProblem) -> ParsedRecord {
    var parsed: ParsedRecord
    do throws(ParseProblem) {
      parsed = try wikitext.parse(bytes, record)
      try replaceText(of: &parsed) { (source) throws(ParseProblem) in try article.text(source) }
    } catch {
      guard case .reject(.missingText, _) = error else { throw error }
      parsed = try html.parse(bytes, record)
      try replaceText(of: &parsed) { (source) throws(ParseProblem) in
        let page = try pages.article(source, PageCapture(), declared: .utf8)
        return (page.text, page.textBytes)
      }
    }
    parsed.meta = EnterpriseParser.meta(parsed.meta)
    return parsed
  }

  private static func admit(_ members: UnsafeBufferPointer<UInt8>) throws(ParseProblem) {
    var isElsewhere = false
    JSONMembers(members).forEach { key, value in
      if key == "namespace", let number = JSONMembers.member("identifier", of: value) {
        isElsewhere = JSONMembers.text(number) != "0"
      }
    }
    if isElsewhere { throw .skip(.otherNamespace) }
  }

  /// Puts the plain text in the place of the markup.
  private func replaceText(
    of parsed: inout ParsedRecord,
    _ convert: (UnsafeBufferPointer<UInt8>) throws(ParseProblem) -> (units: [UInt16], bytes: Int)?
  ) throws(ParseProblem) {
    let source = parsed.text.withUnsafeBufferPointer { UTF8Text.bytes($0) }
    let plain: Result<(units: [UInt16], bytes: Int)?, ParseProblem> = source.withUnsafeBufferPointer {
      source in
      do throws(ParseProblem) { return .success(try convert(source)) } catch { return .failure(error) }
    }
    guard let plain = try plain.get() else { return }
    parsed.text = plain.units
    parsed.textBytes = plain.bytes
  }

  /// What of the other members is kept, under the names that dumps in XML have them under.
  private static func meta(_ members: [UInt8]) -> [UInt8] {
    members.withUnsafeBufferPointer { members in
      JSONMembers.object { add in
        JSONMembers(members).forEach { key, value in
          switch key {
          case "url": add(key, value)
          case "date_modified": add("timestamp", value)
          case "version":
            if let number = JSONMembers.member("identifier", of: value) { add("revision", number) }
          case "in_language":
            if let code = JSONMembers.member("identifier", of: value) { add("language", code) }
          case "is_part_of": if let name = JSONMembers.member("identifier", of: value) { add("wiki", name) }
          default: break
          }
        }
      }
    }
  }
}

extension SkipReason {
  /// A line of a search dump that only numbers the next document.
  static let indexLine = SkipReason(rawValue: "indexLine")
}
