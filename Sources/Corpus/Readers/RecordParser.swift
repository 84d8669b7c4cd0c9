import ArabicText
import CTextScan

extension RejectReason {
  /// A line among rejects to be read again that is none.
  static let notAReject = RejectReason(rawValue: "notAReject")
}

/// Turns the bytes of a record into an article, or says why not. One for each worker; not `Sendable`.
public final class RecordParser {
  private let options: ParserOptions
  private let text: TextParser
  private let json: JSONParser
  private let row: TableParser
  private let element: ElementParser
  private let warc: WARCParser
  private let pages: PageParser
  private let mediawiki: MediaWikiParser
  private let cirrus: CirrusParser
  private let enterprise: EnterpriseParser

  /// Makes a parser.
  ///
  /// - Throws: `ParserUnavailable` when there is no memory.
  public init(_ options: ParserOptions = ParserOptions()) throws {
    self.options = options
    let decoder = RecordDecoder(options)
    text = TextParser(decoder)
    json = try JSONParser(options, decoder)
    row = TableParser(options, decoder)
    element = ElementParser(options.elements, decoder)
    pages = PageParser(decoder)
    warc = WARCParser(options, pages)
    mediawiki = MediaWikiParser(decoder)
    cirrus = try CirrusParser(options, decoder)
    enterprise = try EnterpriseParser(options, decoder, pages)
  }

  /// The article of a record, or what it becomes instead; `record` is one of `batch.records`.
  public func parse(_ record: RawRecord, in batch: RawBatch) -> Result<ParsedRecord, NoArticle> {
    batch.bytes.withUnsafeBufferPointer { all in
      let bytes = UnsafeBufferPointer(rebasing: all[record.range])
      return record.kind == .reject ? replay(bytes, record) : article(bytes, record)
    }
  }

  /// The article in the bytes of a record.
  private func article(
    _ bytes: UnsafeBufferPointer<UInt8>, _ record: RawRecord
  ) -> Result<ParsedRecord, NoArticle> {
    do throws(ParseProblem) {
      let article = try parse(bytes, record)
      try checkMarks(article.title, "title")
      try checkMarks(article.text, "text")
      try checkLines(article.text)
      return .success(article)
    } catch {
      switch error {
      case .reject(let reason, let detail):
        var reject = Reject(
          origin: record.origin, reason: reason, detail: detail,
          raw: Array(bytes.prefix(max(0, options.rejectBytes))), rawByteCount: bytes.count)
        reject.order = record.order
        if record.kind != .reject { reject.source = RejectSource(record) }
        return .failure(.reject(reject))
      case .skip(let reason): return .failure(.skip(reason))
      }
    }
  }

  /// Parses a rejected record again, as if it were where it was read at first. What was not kept whole is rejected as it
  /// was.
  private func replay(
    _ line: UnsafeBufferPointer<UInt8>, _ record: RawRecord
  ) -> Result<ParsedRecord, NoArticle> {
    let rejected: RejectedRecord
    do {
      rejected = try JSONFile.decode(RejectedRecord.self, from: Array(line), path: record.origin.input)
    } catch {
      // What is no reject is one itself.
      return article(line, record)
    }
    var reject = rejected.reject
    reject.order = record.order
    guard !reject.isFiltered else { return .failure(.skip(.filteredArticle)) }
    guard let source = rejected.source, source.kind != .reject else { return .failure(.reject(reject)) }
    let inner = RawRecord(
      origin: reject.origin, range: 0..<reject.raw.count, kind: source.kind,
      context: source.context?.context(for: source.kind), units: source.units, order: record.order)
    return reject.raw.withUnsafeBufferPointer { raw in
      article(raw, inner).map { parsed in
        var parsed = parsed
        parsed.origin = reject.origin
        return parsed
      }
    }
  }

  /// Says no to a text of very many lines. Only a long text can have them, so that hardly any is looked through.
  private func checkLines(_ text: [UInt16]) throws(ParseProblem) {
    guard options.maxLines > 0, text.count >= options.maxLines else { return }
    let ends = text.withUnsafeBufferPointer { units in
      [(0x0A, 0x0D), (0x85, 0x85), (0x2028, 0x2029)].reduce(0) {
        $0 + warraq_count_in_range(units.baseAddress, units.count, $1.0, $1.1)
      }
    }
    guard ends >= options.maxLines else { return }
    throw .reject(.tooManyLines, detail: "\(ends + 1) lines; limits.lines is \(options.maxLines)")
  }

  /// Says no to what takes those who order marks a time that grows with the square of their number.
  private func checkMarks(_ units: [UInt16], _ part: String) throws(ParseProblem) {
    if let count = MarkRun.length(in: units, above: options.maxMarks) {
      throw .reject(.tooManyMarks, detail: MarkRun.words(count, part, limit: options.maxMarks))
    }
  }

  private func parse(
    _ bytes: UnsafeBufferPointer<UInt8>, _ record: RawRecord
  ) throws(ParseProblem) -> ParsedRecord {
    switch record.kind {
    case .text: try text.parse(bytes, record)
    case .json: try json.parse(bytes, record)
    case .row: try row.parse(bytes, record)
    case .element: try element.parse(bytes, record)
    case .warc: try warc.parse(bytes, record)
    case .html: try pages.parse(bytes, record)
    case .mediawiki: try mediawiki.parse(bytes, record)
    case .cirrus: try cirrus.parse(bytes, record)
    case .enterprise: try enterprise.parse(bytes, record)
    case .reject: throw .reject(.notAReject, detail: "the line is none of the file of rejects of a run")
    }
  }
}
