import Glibc

/// Cuts a MediaWiki dump into its pages: `<page>...</page>`.
///
/// Text in a dump has its brackets escaped, so what looks like one of these tags is one. One search finds both. A page within a page shows that the outer one was not closed: it
/// is rejected, and reading goes on with the inner one.
struct MediaWikiFramer: RecordFraming {
  /// Characters kept between pages: more than the tags looked for have, and the blanks behind the last.
  private static let tailLength = 64

  private let units: CodeUnits
  /// `page>` as the input's characters are written.
  private let needle: [UInt8]
  /// Where to go on looking, relative to the window.
  private var scan = 0
  /// Where the page being looked at begins; nil between pages.
  private var start: Int?
  private var site: MediaWikiSite?
  /// What came before the first page, and how far into the window that has been taken.
  private var head: [UInt8] = []
  private var headTaken = 0
  /// Whether the input began with the opening tag of a dump.
  private var hasRoot = false

  init(units: CodeUnits) {
    self.units = units
    needle = MediaWikiFramer.encode("page>", units)
  }

  let kind = RecordKind.mediawiki
  var context: (any RecordContext)? { site }

  mutating func dropped(_ count: Int) {
    scan -= count
    headTaken = max(0, headTaken - count)
    start = start.map { $0 - count }
  }

  mutating func behead(_ count: Int) {
    start = 0
    scan = max(0, scan - count)
  }

  mutating func next(_ window: UnsafeBufferPointer<UInt8>, isEnd: Bool) -> FramingStep {
    let width = units.width
    while let hit = find(window) {
      scan = hit + needle.count
      guard hit >= width else { continue }
      let before = units.ascii(window, at: hit - width)
      if before == UInt8(ascii: "<") {
        let open = hit - width
        if site == nil {
          takeHead(window, upTo: open)
          site = head.withUnsafeBufferPointer { MediaWikiSite(head: $0) }
          hasRoot = String(decoding: head, as: UTF8.self).contains("<mediawiki")
          head = []
        }
        guard let outer = start else {
          start = open
          continue
        }
        start = nil
        scan = open
        return .rejected(outer..<open, .unclosedPage, "another <page> begins before this one is closed")
      }
      guard before == UInt8(ascii: "/"), hit >= 2 * width,
        units.ascii(window, at: hit - 2 * width) == UInt8(ascii: "<")
      else { continue }
      guard let open = start else {
        return .rejected((hit - 2 * width)..<scan, .unopenedPage, "</page> without a <page> before it")
      }
      start = nil
      return .record(open..<scan)
    }
    scan = max(scan, window.count / width * width)
    if isEnd {
      defer { start = nil }
      if let start { return .last(start..<window.count) }
      return ending(window)
    }
    if let start { return .needsMore(keepFrom: start) }
    // The last few bytes may be the beginning of a tag, or the end of the dump.
    let keepFrom = max(0, scan - Self.tailLength * width)
    if site == nil { takeHead(window, upTo: keepFrom) }
    return .needsMore(keepFrom: keepFrom)
  }

  /// A dump says by its closing tag that nothing is missing; a piece of one, which does not begin with the opening tag,
  /// needs none.
  private mutating func ending(_ window: UnsafeBufferPointer<UInt8>) -> FramingStep {
    let width = units.width
    takeHead(window, upTo: site == nil ? window.count : 0)
    let last = stride(from: max(0, scan - Self.tailLength * width), to: scan, by: width).map {
      units.ascii(window, at: $0)
    }
    let isClosed = String(decoding: last, as: UTF8.self).contains("</mediawiki>")
    if isClosed || (site == nil && head.allSatisfy(RecordFramer.isBlank)) { return .finished }
    if site == nil { return .malformed(at: window.count, "the dump ends before its first <page>", .noPages) }
    guard hasRoot else { return .finished }
    return .malformed(
      at: window.count, "the dump is not closed by </mediawiki>: it may have been cut off", .unclosedDump)
  }

  /// Adds what was read before the first page.
  private mutating func takeHead(_ window: UnsafeBufferPointer<UInt8>, upTo end: Int) {
    while headTaken + units.width <= end {
      // As ASCII where characters are wider: that is all but names of namespaces, which pages give as numbers too.
      if head.count < MediaWikiSite.longestHead { head.append(units.ascii(window, at: headTaken)) }
      headTaken += units.width
    }
  }

  /// The next `page>` whose bracket is at or behind `scan`. In a dump only tags have such brackets, so that nearly all of
  /// it goes by in one `memchr`.
  private func find(_ window: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let base = window.baseAddress else { return nil }
    let width = units.width
    var from = scan
    while from < window.count {
      guard let hit = memchr(base + from, 0x3E, window.count - from) else { return nil }
      let index = UnsafeRawPointer(hit) - UnsafeRawPointer(base)
      from = index + 1
      let unit = units.isBigEndian ? index - (width - 1) : index
      let start = unit + width - needle.count
      guard unit % width == 0, unit + width <= window.count, start >= 0 else { continue }
      if window[start..<(start + needle.count)].elementsEqual(needle) { return start }
    }
    return nil
  }

  private static func encode(_ text: String, _ units: CodeUnits) -> [UInt8] {
    text.utf8.flatMap { byte in
      let unit = [byte] + [UInt8](repeating: 0, count: units.width - 1)
      return units.isBigEndian ? unit.reversed() : unit
    }
  }
}

extension MediaWikiFramer {
  /// Whether an input with a `<` before this place is a dump: its root is `mediawiki`, or, in a piece of one, it begins
  /// with a page.
  static func isDump(_ window: UnsafeBufferPointer<UInt8>, from start: Int, _ units: CodeUnits) -> Bool {
    var text = "<"
    var at = start
    while at + units.width <= window.count, text.utf8.count < CodeUnits.sampleLength {
      text.unicodeScalars.append(Unicode.Scalar(units.ascii(window, at: at)))
      at += units.width
    }
    return text.contains("<mediawiki") || (text.hasPrefix("<page>") && text.contains("<title>"))
  }
}

extension RejectReason {
  /// A page of a MediaWiki dump that is not closed.
  static let unclosedPage = RejectReason(rawValue: "unclosedPage")
  /// A MediaWiki dump that ends before its first page.
  static let noPages = RejectReason(rawValue: "noPages")
  /// A MediaWiki dump without its closing tag.
  static let unclosedDump = RejectReason(rawValue: "unclosedDump")
  /// The end of a page without its beginning.
  static let unopenedPage = RejectReason(rawValue: "unopenedPage")
}
