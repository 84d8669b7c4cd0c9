import ArabicText

/// Tells the article of a crawled page from what stands around it.
///
/// A line is read by itself first (patterns and shape), then the page is walked from top to bottom: headings take the
/// lists below them, labels the titles they lead to, and what is left before the first and behind the last paragraph is
/// judged by its place. Not for use by two tasks at once: one for each worker.
public struct PageAnalyzer {
  let options: StructureOptions
  let patterns: StructurePatterns
  let furniture: FurnitureTable?
  let reader: LineReader
  let datelines: DatelineReader
  let tails: TailReader

  // What is known of the page at hand, line by line.
  var lines: [PageLine] = []
  var readings: [LineReading] = []
  var repeated: [Bool] = []
  var hasStopWords: [Bool] = []
  var kinds: [BlockKind?] = []
  var values: [TextSpan] = []
  var articles: [UInt8] = []
  /// Where the line's own kind begins and ends, when something else stands before or behind it.
  var heads: [(index: Int, end: Int)] = []
  var cut: [TailReader.Tail?] = []
  var words = LineWords()
  var title: [UInt64] = []
  var titleHash: UInt64 = 0

  /// Makes an analyzer.
  ///
  /// - Parameters:
  ///   - furniture: lines that recur on sites' pages; nil does without that evidence.
  public init(
    patterns: StructurePatterns, options: StructureOptions = StructureOptions(),
    furniture: FurnitureTable? = nil
  ) {
    self.options = options
    self.patterns = patterns
    self.furniture = furniture
    let names = NameWords.standard
    reader = LineReader(patterns: patterns, options: options, names: names)
    datelines = DatelineReader(patterns: patterns, names: names)
    tails = TailReader(patterns: patterns, reader: reader)
  }

  /// Cuts a page into blocks.
  ///
  /// - Parameters:
  ///   - text: the page in UTF-16.
  ///   - title: the article's title where the input has one, to find it in the text.
  ///   - site: the page's site, as the furniture table names it.
  /// - Returns: the blocks in order; lines that belong together are one block each. Empty for a blank page.
  public mutating func analyze(
    _ text: UnsafeBufferPointer<UInt16>, title: [UInt16] = [], site: String = ""
  ) -> [PageBlock] {
    LineScanner.scan(text, into: &lines)
    guard !lines.isEmpty, text.count <= Int(Int32.max) else { return [] }
    prepare(title: title)
    let siteLines = furniture?.lines(of: site)
    for index in lines.indices { read(text, index, siteLines) }
    findTickers(text)
    walk(text)
    judgeEdges(text)
    return blocks(text)
  }

  private mutating func prepare(title: [UInt16]) {
    readings.removeAll(keepingCapacity: true)
    repeated.removeAll(keepingCapacity: true)
    hasStopWords.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
    heads.removeAll(keepingCapacity: true)
    kinds.removeAll(keepingCapacity: true)
    kinds.append(contentsOf: repeatElement(nil, count: lines.count))
    articles.removeAll(keepingCapacity: true)
    articles.append(contentsOf: repeatElement(1, count: lines.count))
    cut.removeAll(keepingCapacity: true)
    cut.append(contentsOf: repeatElement(nil, count: lines.count))
    self.title.removeAll(keepingCapacity: true)
    titleHash = 0
    guard !title.isEmpty else { return }
    title.withUnsafeBufferPointer { units in
      words.read(units, 0, units.count, limit: 60)
      titleHash = LineWords.lineHash(units, 0, units.count)
    }
    self.title.append(contentsOf: words.words.lazy.map(\.hash))
  }

  /// Longest line whose recurrence is asked for, in units.
  static let longestRepeated = 300
  /// Weight of a line that nothing but its recurrence speaks for: it is furniture at the page's edges.
  static let repeatedAlone = 0.15
  /// Words read of a line that is too long for most furniture.
  static let headWords = 16

  private mutating func read(
    _ text: UnsafeBufferPointer<UInt16>, _ index: Int, _ siteLines: FurnitureTable.Lines?
  ) {
    let line = lines[index]
    let isLong = line.length > options.longestFurniture
    words.read(text, line.start, line.end, limit: isLong ? Self.headWords : 64)
    var reading = reader.read(text, line, words)
    if line.firstClass == CharacterClass.dash, line.hasAt, line.digits >= 4, line.length < 120 {
      reading.take(.residue, 1.2)
    }
    // Only asked for where a label without a colon may be a word like any other.
    hasStopWords.append(
      reading.kind == .siteKeywords && words.words.contains { reader.names.isStopWord($0) })
    readings.append(reading)
    values.append(reading.value)
    var recurs = false
    if let siteLines, line.length <= Self.longestRepeated {
      recurs = siteLines.recurs(
        LineWords.lineHash(text, line.start, line.end), pages: options.repeatedPages,
        share: options.repeatedShare)
    }
    repeated.append(recurs)
  }

  /// Whether a line is long or reads like a sentence.
  func isParagraph(_ index: Int) -> Bool {
    let line = lines[index]
    return line.length >= options.paragraphLength || (line.endsInStop && line.words >= 8)
      || (line.stops >= 2 && line.words >= 8) || (line.lastClass == CharacterClass.colon && line.words >= 12)
  }

  /// What running text is full of and titles do without.
  private static let connectives = Set(
    "التي الذي الذين أن إن وأن وإن أنه أنها قد وقد كان كانت وكان حيث كما وقال وأضاف وأوضح وأكد مما لم وهو وهي ذلك هذا هذه"
      .split(separator: " ")
      .map { LineWords.hash($0) })
  /// Words of a line that are looked at for connectives.
  private static let tickerWords = 120
  /// A ticker has at most one connective in so many words.
  private static let wordsPerConnective = 40

  private mutating func isFreeOfConnectives(_ text: UnsafeBufferPointer<UInt16>, _ line: PageLine) -> Bool {
    words.read(text, line.start, line.end, limit: Self.tickerWords)
    let count = words.words.count { Self.connectives.contains($0.hash) }
    return count * Self.wordsPerConnective <= words.words.count
  }

  private mutating func findTickers(_ text: UnsafeBufferPointer<UInt16>) {
    for index in lines.indices.prefix(3) {
      let line = lines[index]
      guard lines.count > index + 1 else { return }
      let hasGaps = line.wideGaps >= options.tickerGaps && line.stops * 3 <= line.wideGaps
      let isUnbroken =
        line.length >= options.tickerLength
        && (titleHash == 0
          || LineWords.lineHash(text, lines[index + 1].start, lines[index + 1].end) == titleHash)
        && line.firstStop - line.start > 400 && line.commas * 250 < line.length
        && !isParagraph(index + 1)
        && lines[(index + 1)...].contains { $0.stops > 0 && $0.length >= options.paragraphLength }
        && isFreeOfConnectives(text, line)
      if hasGaps || isUnbroken { kinds[index] = .ticker }
    }
  }
}
