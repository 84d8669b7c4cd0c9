import ArabicText

extension PageAnalyzer {
  /// Kinds whose lines are sentences by nature.
  private static let sentences: Set<BlockKind> = [.residue, .copyright, .comments]
  /// Kinds that say that the article above has ended.
  static let closing: Set<BlockKind> = [
    .source, .siteKeywords, .comments, .copyright, .share, .relatedHeading, .navigation,
  ]

  /// The kind of a line whose scores suffice.
  func accepted(_ index: Int, first: Int, last: Int) -> BlockKind? {
    let reading = readings[index]
    guard let kind = reading.kind else { return nil }
    let line = lines[index]
    var score = reading.weight
    if index < first || index > last { score += options.edgeWeight }
    if repeated[index] { score += options.repetitionWeight }
    if let before = index > 0 ? kinds[index - 1] : nil, !before.isText { score += options.neighbourWeight }
    if line.endsInStop, line.words >= 8, !Self.sentences.contains(kind) || reading.weight < 0.9 {
      score -= options.sentenceWeight
    }
    if line.length > options.longestFurniture, kind != .siteKeywords { score -= options.lengthWeight }
    if kind == .siteKeywords, !reading.isParted, !reading.isLabelAlone {
      // سمات is a word like any other: accepted as the last line, without a sentence's marks.
      guard index > last, line.stops == 0, line.commas == 0, !hasStopWords[index],
        index == lines.count - 1 || readings[index + 1].kind != nil
      else { return nil }
      score += options.edgeWeight
    }
    if kind == .source, !reading.isLabelAlone, line.words > 12 { return nil }
    if kind == .byline, index >= first, index <= last, !(reading.isParted && index == first) { return nil }
    // A date below the text may be that of a letter; the page's own has only furniture below it.
    if kind == .date, index >= first {
      guard index > last, ((index + 1)..<lines.count).allSatisfy({ readings[$0].kind != nil }),
        reading.isParted
      else { return nil }
    }
    // A menu's words are headings inside a text.
    if [.navigation, .share, .masthead, .contact].contains(kind), index > first, index < last,
      !repeated[index]
    {
      score -= reading.weight > 1.1 ? 0 : 0.3
    }
    return score >= options.threshold - 0.000_001 ? kind : nil
  }

  /// First and last paragraph that is not surely something else.
  func paragraphs(from start: Int) -> (first: Int, last: Int) {
    var first = lines.count
    var last = -1
    for index in start..<lines.count where kinds[index] == nil && isParagraph(index) {
      let reading = readings[index]
      let isSure =
        reading.kind != nil && reading.weight >= 1 && !lines[index].endsInStop
        && (lines[index].length <= options.longestFurniture || reading.kind == .siteKeywords)
      if isSure || repeated[index] { continue }
      if reading.kind == .residue || reading.kind == .comments || reading.kind == .copyright,
        reading.weight >= 0.9
      {
        continue
      }
      first = min(first, index)
      last = index
    }
    return first < lines.count ? (first, last) : (lines.count, -1)
  }

  /// Goes through the page from top to bottom.
  mutating func walk(_ text: UnsafeBufferPointer<UInt16>) {
    var (first, last) = paragraphs(from: 0)
    // Verse and lists have no paragraphs: a few lines at both ends may be something else.
    if last < 0 { (first, last) = (min(3, lines.count), max(lines.count - 4, lines.count / 2)) }
    for index in lines.indices where (index < first || index > last) && isBarMenu(text, index) {
      kinds[index] = .navigation
    }
    var index = 0
    var article: UInt8 = 1
    var isClosed = false
    var closing = 0.0
    while index < lines.count {
      articles[index] = article
      guard kinds[index] == nil, let kind = accepted(index, first: first, last: last) else {
        index += 1
        continue
      }
      let reading = readings[index]
      let start = index
      switch kind {
      case .relatedHeading: index = takeRelated(index, last)
      case .readAlso where reading.isLabelAlone:
        if article == 1, isClosed, let body = secondArticle(after: index) {
          kinds[index] = .readAlso
          article = 2
          for line in (index + 1)..<body {
            articles[line] = 2
            if readings[line].kind == nil || line == index + 1 { kinds[line] = .title }
          }
          first = body
          isClosed = false
          closing = 0
          index += 1
          continue
        }
        index = takeReadAlso(index, last)
      case .siteKeywords where reading.isLabelAlone: index = takeShortLines(index, .siteKeywords, most: 30)
      case .source where reading.isLabelAlone: index = takeShortLines(index, .source, most: 1)
      case .comments: index = takeComments(index, first, last)
      case .summaryBox: index = takeSummary(index)
      default:
        kinds[index] = kind
        index += 1
      }
      if Self.closing.contains(kind), start > first, kinds[start] != nil {
        closing += reading.weight
        isClosed = closing >= options.threshold
      }
      for line in start..<max(index, start + 1) where line < lines.count { articles[line] = article }
      if index == start { index += 1 }
    }
  }

  /// Whether a line is a row of a few short labels with bars between them.
  private func isBarMenu(_ text: UnsafeBufferPointer<UInt16>, _ index: Int) -> Bool {
    let line = lines[index]
    guard kinds[index] == nil, readings[index].kind == nil, line.stops == 0,
      line.length <= 4 * options.shortLine
    else { return false }
    let bars = text[line.start..<line.end].count { $0 == 0x7C }
    // Blanks on both sides of a bar count as gaps, too.
    return bars >= options.menuLines - 1 && line.words <= 4 * (bars + 1)
  }

  /// Whether a line may be a title in a list.
  func isItem(_ index: Int) -> Bool {
    let line = lines[index]
    if line.letters == 0 { return line.length <= 2 }
    let isBulleted = isBulleted(index)
    guard line.length <= (isBulleted ? 260 : options.longestFurniture), kinds[index] == nil else {
      return false
    }
    if let kind = readings[index].kind, readings[index].weight >= 0.8, kind != .date, kind != .residue {
      return false
    }
    if line.endsInFullStop, line.words >= 8, !isBulleted { return false }
    return isBulleted || line.stops <= 2
  }

  func isBulleted(_ index: Int) -> Bool {
    let kind = lines[index].firstClass
    return kind == CharacterClass.bullet || kind == CharacterClass.dash || kind == CharacterClass.digit
  }

  private mutating func takeRelated(_ heading: Int, _ last: Int) -> Int {
    var end = heading + 1
    while end < lines.count, isItem(end) { end += 1 }
    let items = end - heading - 1
    let isEnough =
      items >= options.relatedItems
      || (items > 0 && (end == lines.count || isBulleted(heading + 1) || heading > last))
    guard isEnough else {
      if heading > last { kinds[heading] = .relatedHeading }
      return heading + 1
    }
    kinds[heading] = .relatedHeading
    for index in (heading + 1)..<end { kinds[index] = .related }
    return end
  }

  private mutating func takeReadAlso(_ label: Int, _ last: Int) -> Int {
    var end = label + 1
    while end < lines.count, isItem(end) { end += 1 }
    guard end > label + 1 else {
      if label > last { kinds[label] = .readAlso }
      return label + 1
    }
    // Inside the text a heading may follow the title: one line is taken, more when they are a list.
    if label < last, !isBulleted(label + 1) { end = label + 2 }
    for index in label..<end { kinds[index] = .readAlso }
    return end
  }

  private mutating func takeShortLines(_ label: Int, _ kind: BlockKind, most: Int) -> Int {
    kinds[label] = kind
    var end = label + 1
    while end < lines.count, end - label <= most, lines[end].length <= options.shortLine,
      lines[end].words <= 6,
      lines[end].stops == 0, readings[end].kind == nil || readings[end].weight < 0.8
    {
      kinds[end] = kind
      end += 1
    }
    return end
  }

  /// Where the text of a second article begins, if a label leads to one: a title, and paragraphs enough.
  private func secondArticle(after label: Int) -> Int? {
    var index = label + 1
    while index < lines.count, index <= label + 4, !isParagraph(index) {
      if let kind = readings[index].kind, readings[index].weight >= 1, kind != .date, kind != .byline {
        return nil
      }
      index += 1
    }
    guard index > label + 1, index < lines.count, isItem(label + 1) else { return nil }
    var length = 0
    var line = index
    while line < lines.count, isParagraph(line) || lines[line].endsInStop {
      length += lines[line].length
      line += 1
    }
    return length >= options.secondArticleLength ? index : nil
  }

  private mutating func takeComments(_ heading: Int, _ first: Int, _ last: Int) -> Int {
    guard heading > first, readings[heading].weight >= 1 || readings[heading].isLabelAlone else {
      kinds[heading] = .comments
      return heading + 1
    }
    // What comes after may be long, yet a heading alone must not take an article away.
    let before = lines[heading].start - lines[0].start
    let after = lines[lines.count - 1].end - lines[heading].end
    kinds[heading] = .comments
    guard after <= before * 2 else { return heading + 1 }
    var end = heading + 1
    let stoppers: Set<BlockKind> = [
      .copyright, .relatedHeading, .siteKeywords, .navigation, .masthead, .residue, .readAlso,
    ]
    while end < lines.count {
      if let kind = readings[end].kind, readings[end].weight >= 0.8, stoppers.contains(kind),
        !lines[end].endsInStop || kind == .copyright || kind == .residue
      {
        break
      }
      let reading = readings[end]
      if reading.kind == .source, reading.isParted, reading.weight >= 1, lines[end].words <= 8 { break }
      kinds[end] = .comments
      end += 1
    }
    return end
  }

  private mutating func takeSummary(_ label: Int) -> Int {
    var end = label + 1
    while end < lines.count, isBulleted(end), lines[end].letters > 0, readings[end].kind == nil { end += 1 }
    guard end > label + 1 else { return label + 1 }
    for index in label..<end { kinds[index] = .summaryBox }
    return end
  }

}
