import ArabicText

/// Parses one article's element of an XML or SGML corpus. One for each worker; not `Sendable`.
///
/// A scanner of our own rather than libxml2: corpora in SGML are no XML and their elements are no HTML, so that neither
/// of its parsers reads them as they are meant; an article is decoded once and read where it lies, without a tree of
/// strings; and the same rules hold for framing and for the insides.
final class ElementParser: RecordParsing {
  private let options: ElementOptions
  private let decoder: RecordDecoder
  private let fields: ElementFields
  private var units: [UInt16] = []
  private var tags: [MarkupTag] = []
  private var tree = MarkupTree()
  private var json = JSONWriter()

  init(_ options: ElementOptions, _ decoder: RecordDecoder) {
    self.options = options
    self.decoder = decoder
    fields = ElementFields(options)
  }

  func parse(
    _ bytes: UnsafeBufferPointer<UInt8>, _ record: RawRecord
  ) throws(ParseProblem) -> ParsedRecord {
    units.removeAll(keepingCapacity: true)
    let declaration = (record.context as? ElementContext)?.declaration ?? .unknown
    var encoding = try decoder.decode(bytes, record, into: &units, presuming: declaration)
    // The buffers are borrowed from the parser so that what reads them may change it.
    var tags = self.tags
    self.tags = []
    defer { self.tags = tags }
    let units = self.units
    let result: Result<ElementFields.Values, MarkupTagScanner.Fault> = units.withUnsafeBufferPointer { text in
      do throws(MarkupTagScanner.Fault) {
        tags.removeAll(keepingCapacity: true)
        var scanner = MarkupTagScanner(isSGML: options.isSGML)
        try scanner.scan(text, into: &tags)
        fields.markInline(text, &tags)
        try tree.build(text, tags, isSGML: options.isSGML)
        return .success(fields.values(text, tags, tree.nodes, &json))
      } catch {
        return .failure(error)
      }
    }
    switch result {
    case .failure(let fault):
      throw .reject(.brokenXML, detail: "\(fault.detail), at character \(fault.at) of the article's element")
    case .success(let values):
      guard let text = values.text else {
        throw .reject(
          .missingText,
          detail:
            "there is no \(options.text.joined(separator: " or ")) in the element; name it with input.xml.text"
        )
      }
      try RecordDecoder.requireText(text)
      encoding.mojibake = text.withUnsafeBufferPointer { Mojibake.detect($0) }
      return ParsedRecord(
        id: values.id, title: values.title, text: text,
        textBytes: text.withUnsafeBufferPointer { UTF8Text.byteCount(of: $0) }, meta: values.meta,
        encoding: encoding)
    }
  }
}
