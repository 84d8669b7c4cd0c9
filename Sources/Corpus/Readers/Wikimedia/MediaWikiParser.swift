import ArabicText
import Markup

/// The plain text of an article in wikitext: what the readers of Wikimedia's formats share.
final class WikitextArticle {
  private let converter = WikitextConverter()

  /// The text in UTF-16 with its length in UTF-8; nil when the wikitext is not UTF-8.
  ///
  /// - Throws: when it is a redirect, empty, or nothing is left of it.
  func text(
    _ wikitext: UnsafeBufferPointer<UInt8>, namespaces: SiteNamespaces? = nil
  ) throws(ParseProblem) -> (units: [UInt16], bytes: Int)? {
    if WikitextConverter.isRedirect(wikitext) { throw .skip(.redirect) }
    let plain = converter.plainText(wikitext, namespaces: namespaces)
    guard let units = UTF8Text.units(plain) else { return nil }
    if units.withUnsafeBufferPointer({ $0.allSatisfy(Blank.contains) }) {
      guard wikitext.allSatisfy({ $0 <= 0x20 }) else { throw .skip(.noProse) }
      throw .reject(.emptyArticle, detail: "the text is empty or blank")
    }
    return (units, plain.count)
  }
}

/// Parses a page of a MediaWiki dump. One for each worker; not `Sendable`.
final class MediaWikiParser: RecordParsing {
  private let decoder: RecordDecoder
  private let article = WikitextArticle()
  private var wikitext: [UInt8] = []

  init(_ decoder: RecordDecoder) { self.decoder = decoder }

  func parse(
    _ bytes: UnsafeBufferPointer<UInt8>, _ record: RawRecord
  ) throws(ParseProblem) -> ParsedRecord {
    let declared = decoder.declaration(record)
    let site = record.context as? MediaWikiSite
    if declared == .unknown || declared == .utf8 {
      let how: DecodedEncoding.Decision =
        record.units.markLength > 0 ? .mark : declared == .utf8 ? .declared : .validated
      if let parsed = try page(bytes, site, DecodedEncoding(name: "utf-8", how: how)) { return parsed }
    }
    // Another encoding, or damaged bytes.
    var units: [UInt16] = []
    let encoding = try decoder.decode(bytes, record, into: &units)
    let utf8 = units.withUnsafeBufferPointer { UTF8Text.bytes($0) }
    let result: Result<ParsedRecord?, ParseProblem> = utf8.withUnsafeBufferPointer { utf8 in
      do throws(ParseProblem) { return .success(try page(utf8, site, encoding)) } catch {
        return .failure(error)
      }
    }
    guard let parsed = try result.get() else {
      throw .reject(.undecodable, detail: "no valid text as \(encoding.name)")
    }
    return parsed
  }

  /// The article of a page in UTF-8; nil when it is not UTF-8.
  private func page(
    _ bytes: UnsafeBufferPointer<UInt8>, _ site: MediaWikiSite?, _ encoding: DecodedEncoding
  ) throws(ParseProblem) -> ParsedRecord? {
    let xml = XMLText(bytes)
    let page = try MediaWikiPage(xml)
    guard let titleRange = page.title, !titleRange.isEmpty else {
      throw .reject(.missingTitle, detail: "the page has no <title>")
    }
    var title: [UInt8] = []
    xml.appendText(titleRange, to: &title)
    if try isElsewhere(page, title, xml, site) { throw .skip(.otherNamespace) }
    if page.isRedirect { throw .skip(.redirect) }
    if let model = page.model, !model.isEmpty, xml.string(model) != "wikitext" {
      throw .skip(.otherContentModel)
    }
    if page.isTextDeleted { throw .skip(.deletedText) }
    guard let text = page.text, !page.isStub else {
      let detail =
        page.isStub ? "the dump is a stub: it has no texts" : "the page has no revision with a <text>"
      throw .reject(.missingText, detail: detail)
    }
    wikitext.removeAll(keepingCapacity: true)
    xml.appendText(text, to: &wikitext)
    let plain: Result<(units: [UInt16], bytes: Int)?, ParseProblem> = wikitext.withUnsafeBufferPointer {
      wikitext in
      do throws(ParseProblem) {
        return .success(try article.text(wikitext, namespaces: site?.namespaces))
      } catch { return .failure(error) }
    }
    guard let plain = try plain.get(), let titleUnits = title.withUnsafeBufferPointer({ UTF8Text.units($0) })
    else {
      return nil
    }
    var encoding = encoding
    encoding.mojibake = plain.units.withUnsafeBufferPointer { Mojibake.detect($0) }
    return ParsedRecord(
      id: page.id.flatMap { $0.isEmpty ? nil : xml.string($0) }, title: titleUnits, text: plain.units,
      textBytes: plain.bytes, meta: meta(page, title, xml, site), encoding: encoding)
  }

  /// Whether a page is in another namespace than articles: by its number, and in old dumps by its title.
  private func isElsewhere(
    _ page: MediaWikiPage, _ title: [UInt8], _ xml: XMLText, _ site: MediaWikiSite?
  ) throws(ParseProblem) -> Bool {
    if let namespace = page.namespace {
      guard let number = Int(xml.string(namespace)) else {
        throw .reject(.invalidXML, detail: "<ns> is no number")
      }
      return number != 0
    }
    guard let colon = title.firstIndex(of: 0x3A), let site else { return false }
    return site.otherNamespaces.contains(String(decoding: title[..<colon], as: UTF8.self))
  }

  private func meta(_ page: MediaWikiPage, _ title: [UInt8], _ xml: XMLText, _ site: MediaWikiSite?)
    -> [UInt8]
  {
    var json = JSONWriter(capacity: 256)
    json.beginObject()
    if let address = site?.address(ofPage: title) {
      json.key("url")
      json.string(String(decoding: address, as: UTF8.self))
    }
    if let timestamp = page.timestamp {
      json.key("timestamp")
      json.string(xml.string(timestamp))
    }
    if let revision = page.revision, let number = Int(xml.string(revision)) {
      json.key("revision")
      json.int(number)
    }
    if let language = site?.language {
      json.key("language")
      json.string(language)
    }
    if let database = site?.database {
      json.key("wiki")
      json.string(database)
    }
    json.endObject()
    return json.bytes.count > 2 ? json.bytes : []
  }
}
