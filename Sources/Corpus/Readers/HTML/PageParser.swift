import ArabicText
import Markup

/// What is known of a page from outside of it.
struct PageCapture {
  /// The record's id.
  var id: String?
  /// Its address.
  var url: String?
  /// When it was fetched.
  var date: String?
  /// As HTTP or the archive says.
  var contentType: String?
  /// As HTTP or the archive says.
  var language: String?

  /// What is known of it, and what it says about itself, as one JSON object.
  func meta(_ page: HTMLPage?) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    func member(_ key: StaticString, _ value: String?) {
      guard let value, !value.isEmpty else { return }
      json.key(key)
      json.string(value)
    }
    member("url", url)
    member("canonical", page?.canonical.map(resolved))
    member("site", page?.site)
    member("language", page?.language ?? language)
    member("published", page?.published)
    member("author", page?.author)
    member("description", page?.description)
    member("date", date)
    member("contentType", contentType)
    json.endObject()
    return json.bytes.count > 2 ? json.bytes : []
  }

  /// An address relative to the host made whole; others stay as they are.
  private func resolved(_ address: String) -> String {
    guard address.hasPrefix("/"), let url, let scheme = url.firstRange(of: "://") else { return address }
    if address.hasPrefix("//") { return url[..<scheme.lowerBound] + ":" + address }
    let host = url[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    return url[..<scheme.upperBound] + host + address
  }
}

/// Parses a file that is one web page.
final class PageParser: RecordParsing {
  private let decoder: RecordDecoder
  private let extractor = HTMLExtractor()

  init(_ decoder: RecordDecoder) { self.decoder = decoder }

  func parse(
    _ bytes: UnsafeBufferPointer<UInt8>, _ record: RawRecord
  ) throws(ParseProblem) -> ParsedRecord {
    try article(bytes, PageCapture(id: record.origin.input), declared: decoder.declaration(record))
  }

  /// The article in a page.
  func article(
    _ bytes: UnsafeBufferPointer<UInt8>, _ capture: PageCapture, declared: TextDecoder.Declaration? = nil
  ) throws(ParseProblem) -> ParsedRecord {
    var (utf8, encoding) = try decoded(bytes, capture, declared)
    let page: HTMLPage
    do throws(HTMLUnparsed) {
      page = try extractor.page(utf8: &utf8)
    } catch {
      throw .reject(.unreadable, detail: "no memory for parsing the page")
    }
    try RecordDecoder.requireText(page.text)
    encoding.mojibake = page.text.withUnsafeBufferPointer { Mojibake.detect($0) }
    return ParsedRecord(
      id: capture.id, title: page.title, text: page.text,
      textBytes: page.text.withUnsafeBufferPointer { UTF8Text.byteCount(of: $0) }, meta: capture.meta(page),
      encoding: encoding)
  }

  /// Plain text that is not UTF-8.
  func decodedText(
    _ bytes: UnsafeBufferPointer<UInt8>, _ capture: PageCapture
  ) throws(ParseProblem) -> (text: [UInt16], encoding: DecodedEncoding) {
    let (utf8, encoding) = try decoded(bytes, capture, nil)
    return (utf8.withUnsafeBufferPointer { UTF8Text.units($0) } ?? [], encoding)
  }

  private func decoded(
    _ bytes: UnsafeBufferPointer<UInt8>, _ capture: PageCapture, _ declared: TextDecoder.Declaration?
  ) throws(ParseProblem) -> (utf8: [UInt8], encoding: DecodedEncoding) {
    do throws(UndecodableText) {
      return try HTMLCharset.decode(
        bytes, label: capture.contentType.flatMap { HTMLCharset.label(contentType: $0) },
        declared: declared ?? decoder.declared, isStrict: decoder.isStrict)
    } catch {
      throw .reject(.undecodable, detail: error.detail)
    }
  }
}
