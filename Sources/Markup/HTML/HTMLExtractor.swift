import ArabicText
import CHTML

/// Turns web pages into text and metadata. One for each worker: it keeps its buffers; not `Sendable`.
public final class HTMLExtractor {
  private let reader = HTMLReader()

  /// Makes an extractor.
  public init() {}

  /// The text of a page and what it says about itself.
  ///
  /// Scripts, styles, forms, navigation, hidden parts and comments are dropped; `header`, `footer` and `aside` too,
  /// except inside `article` or `main`. A page that is nothing but such parts (as when a `nav` is not closed) is read
  /// again with them.
  ///
  /// - Parameter utf8: the decoded page, at most 2^31 - 1 bytes; it is changed on the way.
  /// - Throws: `HTMLUnparsed` when there is no memory.
  public func page(utf8: inout [UInt8]) throws(HTMLUnparsed) -> HTMLPage {
    for at in utf8.indices where utf8[at] == 0 { utf8[at] = 0x20 }
    reader.begin(keepsFurniture: false)
    try parse(&utf8)
    if reader.text.isEmpty, reader.hasDroppedFurniture {
      reader.begin(keepsFurniture: true)
      try parse(&utf8)
    }
    var page = HTMLPage()
    page.text = reader.text.bytes.withUnsafeBufferPointer { UTF8Text.units($0) } ?? []
    reader.metadata.complete(&page)
    return page
  }

  private func parse(_ utf8: inout [UInt8]) throws(HTMLUnparsed) {
    reader.text.reserve(utf8.count / 4)
    let status = withExtendedLifetime(reader) {
      var events = warraq_html_events()
      events.context = Unmanaged.passUnretained(reader).toOpaque()
      events.start = { HTMLReader.at($0).start($1, HTMLAttributes($2)) }
      events.end = { context, _ in HTMLReader.at(context).end() }
      events.text = { HTMLReader.at($0).appendText(UnsafeBufferPointer(start: $1, count: $2)) }
      events.raw = { HTMLReader.at($0).appendRaw(UnsafeBufferPointer(start: $1, count: $2)) }
      events.flattened = { HTMLReader.at($0).flatten() }
      return utf8.withUnsafeMutableBufferPointer { warraq_html_parse($0.baseAddress, $0.count, &events) }
    }
    if status != 0 { throw HTMLUnparsed() }
  }
}
