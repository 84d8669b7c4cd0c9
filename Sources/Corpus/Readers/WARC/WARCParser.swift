import ArabicText
import Markup

/// Turns records of web archives into articles: pages to their text, plain text as it stands.
final class WARCParser: RecordParsing {
  private let pages: PageParser
  private let limit: Int

  init(_ options: ParserOptions, _ pages: PageParser) {
    self.pages = pages
    limit = options.maxArticleBytes
  }

  func parse(
    _ bytes: UnsafeBufferPointer<UInt8>, _ record: RawRecord
  ) throws(ParseProblem) -> ParsedRecord {
    let isARC = !WARCHeader.isWARC(bytes)
    let end = isARC ? bytes.firstIndex(of: 0x0A).map { $0 + 1 } : HeaderFields.end(of: bytes, from: 0)
    guard let end, let header = WARCHeader(UnsafeBufferPointer(rebasing: bytes[..<end])) else {
      throw .reject(.malformedRecord, detail: "the head of the record does not end")
    }
    guard bytes.count - end >= header.contentLength else {
      throw .reject(
        .wrongContentLength,
        detail: "Content-Length is \(header.contentLength); \(bytes.count - end) bytes are there")
    }
    let block = UnsafeBufferPointer(rebasing: bytes[end..<(end + header.contentLength)])
    // Whoever put the record into the batch has looked at this; a record cut off has not been looked at.
    if let reason = WARCContent.skip(header, block) { throw .skip(reason) }
    guard header.type == .response else { return try article(block, header, nil, header.contentType, record) }
    guard let http = HTTPHead(block) else {
      if block.hasPrefix(ignoringCase: "http/")
        || !(isARC || header.contentType.map(WARCContent.isHTML) ?? false)
      {
        throw .reject(.malformedHTTP, detail: "the response has no status line")
      }
      return try article(block, header, nil, header.contentType, record)
    }
    guard http.isEnded else { throw .reject(.malformedHTTP, detail: "the head of the response does not end") }
    let body = UnsafeBufferPointer(rebasing: block[http.length...])
    let type = http.fields.value("content-type")
    guard let decoded = try HTTPBody.decoded(body, http.fields, limit: limit) else {
      return try article(body, header, http, type, record)
    }
    return try decoded.withUnsafeBufferPointer { (body) throws(ParseProblem) in
      try article(body, header, http, type, record)
    }
  }

  /// The article in a body without encodings.
  private func article(
    _ body: UnsafeBufferPointer<UInt8>, _ header: WARCHeader, _ http: HTTPHead?,
    _ type: UnsafeBufferPointer<UInt8>?, _ record: RawRecord
  ) throws(ParseProblem) -> ParsedRecord {
    let contentType = type.map { String(decoding: $0.prefix(256), as: UTF8.self) }
    var capture = PageCapture(
      id: header.id, url: header.url, date: header.date, contentType: contentType,
      language: header.fields.text("warc-identified-content-language", limit: 64)
        ?? http?.fields.text("content-language", limit: 64))
    if capture.id == nil { capture.id = capture.url }
    // A page without a type is known by its beginning.
    let isHTML = type.map { !$0.isEmpty && WARCContent.isHTML($0) } ?? false
    if isHTML || (type?.isEmpty ?? true && InputFormat.isHTML(body)) {
      return try pages.article(body, capture)
    }
    return try plainText(body, capture, record)
  }

  private func plainText(
    _ body: UnsafeBufferPointer<UInt8>, _ capture: PageCapture, _ record: RawRecord
  ) throws(ParseProblem) -> ParsedRecord {
    var text: [UInt16] = []
    var encoding: DecodedEncoding
    // Valid UTF-8, by far the most, is decoded in one go.
    if let units = UTF8Text.units(body) {
      text = units
      encoding = DecodedEncoding(name: "utf-8", how: .validated)
    } else {
      (text, encoding) = try pages.decodedText(body, capture)
    }
    if text.first == 0xFEFF { text.removeFirst() }
    try RecordDecoder.requireText(text)
    encoding.mojibake = text.withUnsafeBufferPointer { Mojibake.detect($0) }
    return ParsedRecord(
      id: capture.id, title: [], text: text,
      textBytes: text.withUnsafeBufferPointer { UTF8Text.byteCount(of: $0) }, meta: capture.meta(nil),
      encoding: encoding)
  }
}
