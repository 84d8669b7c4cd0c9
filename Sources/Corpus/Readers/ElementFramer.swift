/// Finds the elements that hold articles in a corpus of XML or SGML.
///
/// Nothing outside of them is looked at, so that a broken root element or header costs nothing. Comments, CDATA
/// sections and processing instructions are passed over whole. An article in which another one begins is not closed:
/// in SGML, where end tags may be missing, it ends there; in XML it is rejected. One that grows over the limit inside a
/// comment or CDATA section is rejected up to the next article in it, for the section is probably not closed.
struct ElementFramer: RecordFraming {
  /// How often bytes may be read again on average.
  private static let rereading = 4
  /// Longest XML declaration that is read, in units.
  private static let longestDeclaration = 1024

  private enum Section {
    case none, comment, data, instruction

    var end: StaticString {
      switch self {
      case .none, .comment: "-->"
      case .data: "]]>"
      case .instruction: "?>"
      }
    }
  }

  /// What a mark turned out to be.
  private enum Mark {
    case step(FramingStep)
    /// Looked at; the next mark is wanted.
    case passed
    /// More bytes decide.
    case cut
  }

  private let units: CodeUnits
  private let name: ElementName
  private let options: ElementOptions
  private let limit: Int
  private var declared: ElementContext?
  private var section = Section.none
  /// Where the section began.
  private var sectionStart = 0
  /// Where to go on looking, relative to the window.
  private var scan = 0
  /// Where the article's element begins; nil outside.
  private var start: Int?
  private var gone = 0
  private var reread = 0
  /// Whether the article outgrew the limit: it ends with the next tag of its name, wherever that stands.
  private var isOversize = false
  private var hasFound = false
  private var hasContent = false
  private var isOver = false

  init(units: CodeUnits, options: ElementOptions, limit: Int) {
    self.units = units
    self.options = options
    self.limit = limit
    name = ElementName(options.article, ignoresCase: options.isSGML)
  }

  var kind: RecordKind { .element }
  var context: (any RecordContext)? { declared }
  /// A tag that has not come whole is looked at again.
  var resumption: Int? { scan }

  mutating func dropped(_ count: Int) {
    scan -= count
    sectionStart -= count
    start = start.map { $0 - count }
    gone += count
  }

  mutating func behead(_ count: Int) {
    dropped(count)
    start = 0
    isOversize = true
    section = .none
  }

  mutating func next(_ window: UnsafeBufferPointer<UInt8>, isEnd: Bool) -> FramingStep {
    if isOver { return .finished }
    hasContent = hasContent || !window.isEmpty
    while true {
      // A pending article is looked through up to the limit only, however many bytes there are.
      let cap = isOversize ? nil : start.map { $0 + (limit / units.width + 1) * units.width }
      let isCapped = cap.map { $0 <= window.count } ?? false
      let markup = MarkupScanner(
        window: isCapped ? UnsafeBufferPointer(rebasing: window[..<(cap ?? 0)]) : window, units: units)
      switch advance(markup, isEnd: isEnd && !isCapped) {
      case .step(let step): return step
      case .passed: continue
      case .cut:
        if isCapped {
          if section != .none, let step = resync(markup) { return step }
          isOversize = true
          section = .none
          continue
        }
        return isEnd ? atEnd(markup) : .needsMore(keepFrom: start ?? scan)
      }
    }
  }

  /// Goes to the next mark and looks at it.
  private mutating func advance(_ markup: MarkupScanner, isEnd: Bool) -> Mark {
    let whole = markup.window.count - max(0, markup.window.count - scan) % units.width
    if section != .none {
      if let end = markup.end(of: section.end, from: scan) {
        scan = end
        section = .none
        return .passed
      }
      // Two of the three characters that end it may be there.
      scan = max(scan, whole - 2 * units.width)
      return .cut
    }
    guard let found = markup.index(of: UInt8(ascii: "<"), from: scan) else {
      scan = max(scan, whole)
      return .cut
    }
    scan = found
    let mark = look(markup, isEnd: isEnd)
    if case .cut = mark, isEnd {
      scan = found + units.width
      return .passed
    }
    return mark
  }

  /// Looks at the mark that begins at `scan`.
  private mutating func look(_ markup: MarkupScanner, isEnd: Bool) -> Mark {
    let inside = scan + units.width
    guard inside + units.width <= markup.window.count else { return .cut }
    switch markup.unit(inside) {
    case UInt8(ascii: "!") where !isOversize:
      guard let isComment = markup.has("<!--", at: scan), let isData = markup.has("<![CDATA[", at: scan)
      else {
        return .cut
      }
      if isComment { begin(.comment, after: 4) }
      if isData { begin(.data, after: 9) }
      if !isComment, !isData { scan = inside }
      return .passed
    case UInt8(ascii: "?") where !isOversize && !options.isSGML:
      guard readDeclaration(markup, isEnd: isEnd) else { return .cut }
      begin(.instruction, after: 2)
      return .passed
    case UInt8(ascii: "?") where !isOversize:
      guard readDeclaration(markup, isEnd: isEnd) else { return .cut }
      scan = inside
      return .passed
    case UInt8(ascii: "/") where start != nil:
      return endTag(markup, at: inside + units.width)
    default:
      return startTag(markup, at: inside)
    }
  }

  private mutating func begin(_ section: Section, after length: Int) {
    self.section = section
    sectionStart = scan
    scan += length * units.width
  }

  private mutating func endTag(_ markup: MarkupScanner, at index: Int) -> Mark {
    switch name.match(markup, at: index) {
    case .cut: return .cut
    case .no:
      scan = index
      return .passed
    case .yes(var at):
      while at + units.width <= markup.window.count {
        let unit = markup.unit(at)
        at += units.width
        if unit == UInt8(ascii: ">") {
          let range = (start ?? 0)..<at
          finishRecord(at)
          return .step(.record(range))
        }
        guard RecordFramer.isBlank(unit) else {
          scan = index
          return .passed
        }
        guard at - index < 2 * ElementName.longest * units.width else {
          scan = index
          return .passed
        }
      }
      return .cut
    }
  }

  private mutating func startTag(_ markup: MarkupScanner, at index: Int) -> Mark {
    switch name.match(markup, at: index) {
    case .cut: return .cut
    case .no:
      scan = index
      return .passed
    case .yes(let end):
      let tag = scan
      hasFound = true
      scan = end
      guard let begun = start else {
        start = tag
        return .passed
      }
      start = tag
      if isOversize || options.isSGML {
        isOversize = false
        return .step(.record(begun..<tag))
      }
      return .step(.rejected(begun..<tag, .brokenXML, "the element is not closed before the next one begins"))
    }
  }

  private mutating func finishRecord(_ end: Int) {
    scan = end
    start = nil
    isOversize = false
  }

  /// Reads the encoding from an XML declaration at the beginning; false when it has not come whole.
  private mutating func readDeclaration(_ markup: MarkupScanner, isEnd: Bool) -> Bool {
    guard !hasFound, declared == nil, start == nil else { return true }
    guard let isDeclaration = markup.has("<?xml", at: scan) else { return isEnd }
    guard isDeclaration else { return true }
    guard let end = markup.index(of: UInt8(ascii: ">"), from: scan) else {
      return isEnd || markup.window.count - scan > Self.longestDeclaration * units.width
    }
    guard end - scan <= Self.longestDeclaration * units.width else { return true }
    let text = stride(from: scan, to: end, by: units.width).map { MarkupScanner.lower(markup.unit($0)) }
    declared = ElementContext(encoding: Self.encoding(text))
    return true
  }

  /// The value of `encoding` in a declaration in lower case; empty without one.
  private static func encoding(_ text: [UInt8]) -> String {
    let key = Array("encoding".utf8)
    guard let at = text.indices.first(where: { text[$0...].starts(with: key) }) else { return "" }
    let rest = text[(at + key.count)...].drop { RecordFramer.isBlank($0) || $0 == UInt8(ascii: "=") }
    guard let quote = rest.first, quote == 0x22 || quote == 0x27 else { return "" }
    return String(decoding: rest.dropFirst().prefix { $0 != quote }, as: UTF8.self)
  }

  /// Gives up a section that is not closed: the article ends where the next one begins, which may be inside of what
  /// looked like a section.
  private mutating func resync(_ markup: MarkupScanner) -> FramingStep? {
    guard let begun = start, !isOversize,
      reread + scan - begun <= Self.rereading * (gone + begun + 2 * limit)
    else { return nil }
    var at = sectionStart + units.width
    while let found = markup.index(of: UInt8(ascii: "<"), from: at), found < scan {
      if case .yes(let end) = name.match(markup, at: found + units.width) {
        reread += scan - found
        scan = end
        start = found
        section = .none
        return .rejected(begun..<found, .brokenXML, "a comment or CDATA section is not closed")
      }
      at = found + units.width
    }
    return nil
  }

  private mutating func atEnd(_ markup: MarkupScanner) -> FramingStep {
    if section != .none, start != nil {
      scan = markup.window.count
      if let step = resync(markup) { return step }
    }
    isOver = true
    if let start { return .last(start..<markup.window.count) }
    let end = markup.window.count..<markup.window.count
    if section != .none {
      return .rejected(
        end, .brokenXML, "a comment, CDATA section or instruction between articles is not closed")
    }
    if !hasFound, hasContent || gone > 0 {
      return .rejected(
        end, .noArticleElement,
        "there is no <\(options.article)> in the input; name the element with input.xml.article")
    }
    return .finished
  }
}
