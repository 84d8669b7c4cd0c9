import ArabicText

extension PageAnalyzer {
  /// Judges what the walk left open: titles, bylines and datelines before the text, menus around it, tails.
  mutating func judgeEdges(_ text: UnsafeBufferPointer<UInt16>) {
    var start = 0
    for article in UInt8(1)...2 {
      let range = start..<(articles[start...].firstIndex { $0 > article } ?? lines.count)
      judge(text, range, article)
      start = range.upperBound
      if start >= lines.count { return }
    }
  }

  private mutating func judge(_ text: UnsafeBufferPointer<UInt16>, _ range: Range<Int>, _ article: UInt8) {
    let open = range.filter { kinds[$0] == nil }
    guard let firstOpen = open.first else { return }
    let paragraph = open.first { isParagraph($0) }
    let first = paragraph ?? firstOpen
    let last = open.last { isParagraph($0) } ?? open[open.count - 1]
    if let paragraph {
      judgeHead(text, range.lowerBound..<paragraph, article)
    } else if article == 1 {
      judgeHeadOfVerse(text, range)
    }
    judgeDateline(text, first, range.lowerBound)
    judgeTail(text, last, range.upperBound)
    for index in range where kinds[index] == nil && isQuote(text, index) { kinds[index] = .quote }
  }

  // MARK: Before the text

  private mutating func judgeHead(_ text: UnsafeBufferPointer<UInt16>, _ head: Range<Int>, _ article: UInt8) {
    for index in head where kinds[index] == nil {
      if isDateline(text, index) { kinds[index] = .dateline }
    }
    let signed = head.filter { kinds[$0] == .byline && readings[$0].kind != .byline }
    markRepeated(head)
    markMenus(head)
    if article == 1 { findTitle(text, head) }
    guard let title = head.last(where: { kinds[$0] == .title }) else {
      // Where the title is known and not on the page, a line of text above a date makes it that of a letter.
      if titleHash != 0 {
        for index in head where kinds[index] == .date && index > head.lowerBound && kinds[index - 1] == nil {
          kinds[index] = nil
        }
      }
      return
    }
    // الحدث / محلي: an outlet and a word above the title are a section.
    for index in signed where index < title && lines[index].words <= 3 { kinds[index] = .navigation }
    let before = (head.lowerBound..<title).filter { kinds[$0] == nil }
    for index in before {
      let line = lines[index]
      let isName =
        before.count <= 3 && line.words <= 4 && line.stops == 0 && line.lastClass != CharacterClass.colon
        && !isBulleted(index)
      if repeated[index] || isName { kinds[index] = .masthead }
    }
    // A name between title and text, and what is said of it.
    let rest = ((title + 1)..<head.upperBound).filter { kinds[$0] == nil }
    guard rest.count <= 3 else { return }
    for index in rest where isName(text, index) { kinds[index] = .byline }
  }

  /// Whether a line is a name alone: two to four words, none of which a name can't hold.
  private mutating func isName(_ text: UnsafeBufferPointer<UInt16>, _ index: Int) -> Bool {
    let line = lines[index]
    guard line.words >= 2, line.words <= 5, line.stops <= 1, !line.endsInStop, line.digits == 0,
      line.commas == 0, line.length <= 40
    else {
      return false
    }
    words.read(text, line.start, line.end, limit: 8)
    guard let first = words.words.first, words.tail.isEmpty else { return false }
    var marks = 0
    for (at, word) in words.words.enumerated() {
      let gap = word.gap.subtracting(.blank)
      if gap.isEmpty { continue }
      // د. before a name, and one mark between name and city.
      if gap == .stop, at == 1, words.words[0].end - words.words[0].start == 1 { continue }
      guard gap == .colon || gap == .dash else { return false }
      marks += 1
    }
    guard marks <= 1, marks == 1 || words.words.count <= 4 else { return false }
    let startsWithArticle = text[first.start] == 0x0627 && text[first.start + 1] == 0x0644
    return !startsWithArticle && datelines.names.areNames(words.words[...], patterns)
  }

  private mutating func isDateline(_ text: UnsafeBufferPointer<UInt16>, _ index: Int) -> Bool {
    let line = lines[index]
    guard line.length <= 90, line.words <= 16 else { return false }
    words.read(text, line.start, line.end, limit: 24)
    guard let found = datelines.read(words.words, tail: words.tail, isWhole: true),
      found.words == words.words.count
    else {
      return false
    }
    if found.hasName, !found.hasAgency {
      kinds[index] = .byline
      let name = words.words[found.name]
      if let first = name.first, let last = name.last { values[index] = TextSpan(first.start, last.end) }
      return false
    }
    return true
  }

  /// A run of very short lines without stops is a menu.
  private mutating func markMenus(_ head: Range<Int>) {
    var run: [Int] = []
    func isEntry(_ index: Int) -> Bool {
      kinds[index] == nil && lines[index].length <= 25 && lines[index].words <= 3 && lines[index].stops == 0
    }
    for index in head.lowerBound...head.upperBound {
      if index < head.upperBound, isEntry(index) || (kinds[index] == .navigation && lines[index].words <= 3) {
        run.append(index)
        continue
      }
      if run.count >= options.menuLines { for line in run { kinds[line] = .navigation } }
      run = []
    }
  }

  private mutating func findTitle(_ text: UnsafeBufferPointer<UInt16>, _ head: Range<Int>) {
    let open = head.filter { kinds[$0] == nil }
    guard titleHash == 0 else {
      for index in open where isTitle(text, index) { kinds[index] = .title }
      return
    }
    let candidates = open.filter { index in
      let line = lines[index]
      let isSigned = index + 1 < lines.count && (kinds[index + 1] == .byline || kinds[index + 1] == .date)
      return line.words >= (isSigned && index == open.first ? 2 : 3) && line.length >= (isSigned ? 6 : 12)
        && line.length <= 220 && !line.endsInFullStop && line.letters * 2 > line.length
        && line.firstClass != CharacterClass.bullet && line.lastClass != CharacterClass.colon
        && !repeated[index]
    }
    guard let leading = candidates.first else { return }
    // Twice on the page, or right before author and date, or the first of some length.
    var hashes: [UInt64: Int] = [:]
    for index in candidates {
      hashes[LineWords.lineHash(text, lines[index].start, lines[index].end), default: 0] += 1
    }
    let doubled = candidates.filter {
      hashes[LineWords.lineHash(text, lines[$0].start, lines[$0].end), default: 0] > 1
    }
    if !doubled.isEmpty {
      for index in doubled { kinds[index] = .title }
      return
    }
    let signed = candidates.first { index in
      index + 1 < head.upperBound
        && (kinds[index + 1] == .byline || kinds[index + 1] == .date || kinds[index + 1] == .dateline)
        && (lines[index].words >= 4 || index == open.first)
    }
    kinds[signed ?? candidates.first { lines[$0].words >= 4 } ?? leading] = .title
  }

  /// Whether a line says the title that is known: the same words, or nearly.
  private mutating func isTitle(_ text: UnsafeBufferPointer<UInt16>, _ index: Int) -> Bool {
    let line = lines[index]
    guard line.length <= options.longestFurniture * 2, title.count >= 2 else { return false }
    if LineWords.lineHash(text, line.start, line.end) == titleHash { return true }
    guard title.count >= 4, !line.endsInFullStop else { return false }
    words.read(text, line.start, line.end, limit: 60)
    let shared = words.words.count { title.contains($0.hash) }
    return shared * 10 >= max(title.count, words.words.count) * 9
  }

  /// Verse and lists have no paragraphs: a first line signed by an author is a title.
  private mutating func judgeHeadOfVerse(_ text: UnsafeBufferPointer<UInt16>, _ range: Range<Int>) {
    for index in range.prefix(5) where kinds[index] == nil {
      // A poem may begin with the line it is named after: only an author's name or a date behind it tells them apart.
      if titleHash != 0, !isTitle(text, index) { continue }
      if index + 1 < range.upperBound, kinds[index + 1] == .byline || kinds[index + 1] == .date,
        !lines[index].endsInFullStop
      {
        kinds[index] = .title
        return
      }
    }
  }

  /// Place and agency before the first sentence.
  private mutating func judgeDateline(_ text: UnsafeBufferPointer<UInt16>, _ first: Int, _ lower: Int) {
    guard kinds[first] == nil else { return }
    let line = lines[first]
    words.read(text, line.start, line.end, limit: 32)
    guard let found = datelines.read(words.words, tail: words.tail, isWhole: words.isComplete),
      found.words > 0
    else { return }
    guard found.words < words.words.count else {
      if first + 1 < lines.count { kinds[first] = found.hasName && !found.hasAgency ? .byline : .dateline }
      return
    }
    let end = words.words[found.words].start
    guard line.end - end >= 20 else { return }
    // Quotes and brackets that open the sentence are its own.
    var cutAt = words.words[found.words - 1].end
    var lastMark = cutAt
    while cutAt < end {
      let kind = CharacterClass.table[Int(text[cutAt])]
      if kind == CharacterClass.quote || kind == CharacterClass.open, lastMark < cutAt,
        cutAt > words.words[found.words - 1].end + 1
      {
        break
      }
      if kind != CharacterClass.blank { lastMark = cutAt + 1 }
      cutAt += 1
    }
    heads.append((first, cutAt))
  }

  /// Lines that recur on the site's pages, at the page's edge and with nothing else to tell what they are. A line that
  /// opens a list (المقادير:) recurs as well.
  private mutating func markRepeated(_ indices: some Sequence<Int>) {
    guard options.repetitionWeight + options.edgeWeight + Self.repeatedAlone >= options.threshold else {
      return
    }
    for index in indices {
      if kinds[index] != nil { continue }
      guard repeated[index], lines[index].lastClass != CharacterClass.colon else { return }
      kinds[index] = .navigation
    }
  }

  // MARK: Behind the text

  private mutating func judgeTail(_ text: UnsafeBufferPointer<UInt16>, _ last: Int, _ end: Int) {
    // A line of the text may carry something at its end; look at the last ones.
    var looked = 0
    for index in (0...last).reversed() where kinds[index] == nil {
      cut[index] = tails.read(text, lines[index], &words)
      looked += 1
      if looked == 3 || cut[index] != nil { break }
    }
    markRepeated(stride(from: end - 1, to: last, by: -1))
    var isClosed = false
    var closing = 0.0
    for index in (last + 1)..<max(last + 1, end) {
      if let kind = kinds[index] {
        // One button may be a word of the text; two are a row of them.
        if Self.closing.contains(kind) { closing += readings[index].weight }
        isClosed = closing >= options.threshold
        continue
      }
      let line = lines[index]
      if line.letters == 0, index > 0, kinds[index - 1] == .residue { kinds[index] = .residue; continue }
      // Behind the end of the article, short lines without stops belong to menus.
      if isClosed, line.words <= 6, line.length <= options.shortLine, line.stops == 0 {
        kinds[index] = .navigation; continue
      }
      if cut[index] == nil { cut[index] = tails.read(text, line, &words) }
    }
  }

  /// Whether a paragraph is in quotes from end to end.
  private func isQuote(_ text: UnsafeBufferPointer<UInt16>, _ index: Int) -> Bool {
    let line = lines[index]
    guard line.firstClass == CharacterClass.quote, line.lastClass == CharacterClass.quote, line.words >= 4
    else { return false }
    let closing = text[line.end - 1]
    return !text[(line.start + 1)..<(line.end - 1)].contains(closing)
  }
}
