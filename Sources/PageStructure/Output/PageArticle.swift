import ArabicText

/// One article of a page, without what stands around it.
public struct PageArticle: Sendable, Equatable {
  /// Title as the page has it, in UTF-16; empty when it has none.
  public var title: [UInt16] = []
  /// The text that readers want, in UTF-16.
  public var text: [UInt16] = []
  /// How it came from the page.
  public var edits = EditMap()
  /// What the page says beside it; empty where it says nothing.
  public var source: [UInt16] = []
  /// The site's tags, in Arabic letters.
  public var siteKeywords: [[UInt16]] = []
  /// Titles of other articles under a heading.
  public var related: [[UInt16]] = []
  /// Titles behind اقرأ أيضاً.
  public var readAlso: [[UInt16]] = []
  /// Who wrote it.
  public var byline: [UInt16] = []
  /// Place and agency.
  public var dateline: [UInt16] = []
  /// As written.
  public var date: [UInt16] = []
  /// Its blocks, in the order of the page.
  public var blocks: [PageBlock] = []
  /// Blocks taken out of the text.
  public var removed = 0
  /// Blanks put between sentences that ran into one another.
  public var unglued = 0

  /// An article without anything.
  public init() {}
}

/// Makes the articles of a page from its blocks.
public struct PageAssembler {
  /// What is made of a second article on the page.
  public enum SecondArticle: String, Sendable, CaseIterable {
    /// An article of its own.
    case record
    /// It is left out.
    case drop
    /// Its text stays in that of the first.
    case keep
  }

  /// What stays in the text and what does not.
  public struct Options: Sendable, Equatable {
    /// Kinds taken out of the text.
    public var remove = Set(BlockKind.allCases.filter { $0 != .body && $0 != .quote })
    /// What is made of a second article.
    public var secondArticle = SecondArticle.record
    /// Whether a blank is put between sentences that run into one another.
    public var unglue = false

    /// The options described at each of them.
    public init() {}
  }

  private let options: Options
  private var keywords: SiteKeywordReader
  private var glued: [Int] = []

  /// Makes an assembler.
  public init(_ options: Options = Options(), stopWords: StopWords = StopWords()) {
    self.options = options
    keywords = SiteKeywordReader(stopWords: stopWords)
  }

  /// The articles of a page, one or two.
  public mutating func articles(_ page: UnsafeBufferPointer<UInt16>, _ blocks: [PageBlock]) -> [PageArticle] {
    guard !blocks.isEmpty else {
      var blank = PageArticle()
      blank.text = Array(page)
      return [blank]
    }
    var first: [PageBlock] = []
    var second: [PageBlock] = []
    for block in blocks {
      // Lists of other articles are the page's, wherever they stand.
      let isSecond = block.article == 2 && block.kind != .related && block.kind != .relatedHeading
      if isSecond { second.append(block) } else { first.append(block) }
    }
    switch options.secondArticle {
    case .keep: return [article(page, blocks, all: blocks)]
    case .drop: return [article(page, first, all: blocks)]
    case .record:
      let hasSecond = second.contains { $0.kind.isText }
      return [article(page, first, all: blocks)] + (hasSecond ? [article(page, second, all: blocks)] : [])
    }
  }

  private mutating func article(
    _ page: UnsafeBufferPointer<UInt16>, _ blocks: [PageBlock], all: [PageBlock]
  ) -> PageArticle {
    var article = PageArticle()
    article.blocks = blocks
    let own = Set(blocks.filter { !options.remove.contains($0.kind) }.map(\.span))
    let keepsBody = blocks.contains { $0.kind.isText && $0.kind != .title && own.contains($0.span) }
    // A page that would lose all its text keeps it.
    if keepsBody || all.count != blocks.count {
      assemble(page, all, own, &article)
    } else {
      assemble(page, all, Set(blocks.map(\.span)), &article)
    }
    readFields(page, &article)
    return article
  }

  /// Writes the text: stretches of the page, one after another, with what stood before each of them.
  private mutating func assemble(
    _ page: UnsafeBufferPointer<UInt16>, _ all: [PageBlock], _ kept: Set<TextSpan>,
    _ article: inout PageArticle
  ) {
    var edits: [TextEdit] = []
    /// Up to where the page has been written or left out.
    var at = 0
    var text: [UInt16] = []
    text.reserveCapacity(page.count)
    var lostBlocks = 0
    var lastKept: Int?
    func leaveOut(to end: Int) {
      guard end > at else { return }
      let output = TextSpan(text.count, text.count)
      if let last = edits.last, Int(last.source.end) == at, last.output == output {
        edits[edits.count - 1].source = TextSpan(Int(last.source.start), end)
      } else {
        edits.append(TextEdit(source: TextSpan(at, end), output: output))
      }
      at = end
    }
    /// Leaves out what lies before a block, but for the blanks that part it from the last one kept: those before it, or
    /// those behind the other, if only there a line ends.
    func part(to start: Int, from blank: Int) {
      let isNewline = page[blank..<start].contains { CharacterClass.table[Int($0)] == CharacterClass.newline }
      let lineEnd = page[at..<start].firstIndex { CharacterClass.table[Int($0)] == CharacterClass.newline }
      if !isNewline, let lineEnd, blank < start {
        text.append(contentsOf: page[at...lineEnd])
        at = lineEnd + 1
        leaveOut(to: start)
      } else {
        leaveOut(to: blank)
      }
    }
    for (index, block) in all.enumerated() {
      guard kept.contains(block.span) else {
        lostBlocks += 1
        continue
      }
      let start = Int(block.span.start)
      let isNext = lastKept.map { $0 == index - 1 } ?? (index == 0)
      if !isNext { part(to: start, from: lastKept == nil ? start : Int(all[index - 1].span.end)) }
      copy(page, at..<Int(block.span.end), &text, &edits, &article)
      at = Int(block.span.end)
      lastKept = index
    }
    if let lastKept, lastKept == all.count - 1 {
      copy(page, at..<page.count, &text, &edits, &article)
    } else {
      leaveOut(to: page.count)
    }
    article.text = text
    article.removed = lostBlocks
    article.edits.append(layer: edits)
  }

  private mutating func copy(
    _ page: UnsafeBufferPointer<UInt16>, _ range: Range<Int>, _ text: inout [UInt16],
    _ edits: inout [TextEdit],
    _ article: inout PageArticle
  ) {
    guard options.unglue else {
      text.append(contentsOf: UnsafeBufferPointer(rebasing: page[range]))
      return
    }
    glued.removeAll(keepingCapacity: true)
    GluedSentences.find(page, in: range, into: &glued)
    var at = range.lowerBound
    for position in glued {
      text.append(contentsOf: UnsafeBufferPointer(rebasing: page[at..<position]))
      // The stop becomes a stop and a blank: an edit has a source, so that a span that ends in it ends there.
      edits.append(
        TextEdit(source: TextSpan(position - 1, position), output: TextSpan(text.count - 1, text.count + 1)))
      text.append(0x20)
      at = position
    }
    article.unglued += glued.count
    text.append(contentsOf: UnsafeBufferPointer(rebasing: page[at..<range.upperBound]))
  }

  private mutating func readFields(_ page: UnsafeBufferPointer<UInt16>, _ article: inout PageArticle) {
    for block in article.blocks {
      let value = Self.trimmed(page, block.value)
      func units() -> [UInt16] { Array(page[value]) }
      switch block.kind {
      case .title where article.title.isEmpty: article.title = units()
      case .source where article.source.isEmpty && !value.isEmpty: article.source = units()
      case .siteKeywords where !value.isEmpty:
        let found = article.text.withUnsafeBufferPointer {
          keywords.phrases(page, block.value.range, text: $0)
        }
        for phrase in found where !article.siteKeywords.contains(phrase) {
          article.siteKeywords.append(phrase)
        }
      case .related where !value.isEmpty: article.related.append(units())
      case .readAlso where !value.isEmpty: article.readAlso.append(units())
      case .byline where article.byline.isEmpty && !value.isEmpty: article.byline = units()
      case .dateline where article.dateline.isEmpty: article.dateline = units()
      case .date where article.date.isEmpty && !value.isEmpty: article.date = units()
      default: break
      }
    }
  }

  /// Without blanks, dashes, colons and one pair of quotes or brackets around it.
  private static func trimmed(_ page: UnsafeBufferPointer<UInt16>, _ span: TextSpan) -> Range<Int> {
    var start = span.range.lowerBound
    var end = span.range.upperBound
    func kind(_ at: Int) -> UInt8 { CharacterClass.table[Int(page[at])] }
    func isEdge(_ kind: UInt8) -> Bool {
      switch kind {
      case CharacterClass.blank, CharacterClass.newline, CharacterClass.dash, CharacterClass.colon,
        CharacterClass.comma, CharacterClass.bar, CharacterClass.slash, CharacterClass.ignored:
        true
      default: false
      }
    }
    while start < end, isEdge(kind(start)) { start += 1 }
    while end > start, isEdge(kind(end - 1)) { end -= 1 }
    if end - start > 2, kind(start) == CharacterClass.open || kind(start) == CharacterClass.quote,
      kind(end - 1) == CharacterClass.close || kind(end - 1) == CharacterClass.quote,
      !page[(start + 1)..<(end - 1)].contains(where: {
        let inner = CharacterClass.table[Int($0)]
        return inner == CharacterClass.quote || inner == CharacterClass.open || inner == CharacterClass.close
      })
    {
      start += 1
      end -= 1
    }
    return start..<end
  }
}
