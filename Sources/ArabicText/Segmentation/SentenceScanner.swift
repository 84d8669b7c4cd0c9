/// Turns ICU's sentence boundaries into the sentences of an Arabic article.
///
/// Walks over what stands between the words once. A line end always ends a sentence. A stop ends one where
/// ICU (UAX #29) says so or where it misses an Arabic end, unless Arabic usage says that the sentence goes on.
struct SentenceScanner {
  private let classes: CharacterClasses
  private let abbreviations: AbbreviationRules
  private var lines: LineRoles

  /// Words after which an ellipsis is taken for a full stop.
  private static let longClause = 12

  /// Where the sentence under way starts: its first unit, its first word.
  private var start = 0
  private var firstWord = 0
  /// Index of the first word at or after the place reached.
  private var word = 0
  private var boundary = 0
  /// Index of the line's first sentence.
  private var lineSentence = 0
  private var lineStart = 0
  /// Whether a quotation mark of the two-sided kind is open in this line.
  private var isQuoting = false
  /// Whether a bracket is open that was opened after words of the sentence under way.
  private var isInBracket = false

  init(classes: CharacterClasses, options: SegmentationOptions) {
    self.classes = classes
    abbreviations = AbbreviationRules(classes: classes, extra: options.abbreviations)
    lines = LineRoles(classes: classes, options: options)
  }

  /// Finds the sentences. Token ranges of the result are indices into `words`.
  mutating func scan(
    _ text: UnsafeBufferPointer<UInt16>, _ map: PlainMap, words: UnsafeBufferPointer<WordScanner.Word>,
    boundaries: ArraySlice<Int32>, into sentences: inout [Sentence]
  ) {
    (start, firstWord, word, boundary, lineSentence, lineStart) = (0, 0, 0, 0, 0, 0)
    (isQuoting, isInBracket) = (false, false)
    lines.removeAll()
    var i = 0
    while true {
      // Nothing happens at plain letters and blanks, nor within words; after a note that was taken for the
      // sentence's end but did not end it, the word counted is behind.
      let isInStep = word < words.count && Int(words[word].start) >= i
      i = map.nextOther(from: i)
      if isInStep {
        while word < words.count, Int(words[word].end) <= i { word += 1 }
        if word < words.count, Int(words[word].start) <= i {
          i = Int(words[word].end)
          word += 1
          continue
        }
      }
      guard i < text.count else { break }
      switch classes[text[i]] {
      case .lineEnd:
        endLine(text, at: i, words, &sentences)
        i += 1
        start = i
        lineStart = i
      case .stop:
        i = stop(text, at: i, words, boundaries, &sentences)
      case .quote:
        isQuoting = opensQuote(text, i)
        i += 1
      case .openBracket:
        if word > firstWord { isInBracket = true }
        i += 1
      case .closeBracket:
        isInBracket = false
        i += 1
      case .other, .surrogate:
        i = foreignStop(text, at: i, words, boundaries, &sentences)
      default:
        i += 1
      }
    }
    endLine(text, at: text.count, words, &sentences)
    lines.assign(to: &sentences)
  }

  // MARK: Ends

  /// Ends the sentence under way before `end`, if it holds a word. Punctuation alone goes to the sentence
  /// before it in the line, or waits for the one after.
  private mutating func close(
    _ text: UnsafeBufferPointer<UInt16>, at end: Int, _ words: UnsafeBufferPointer<WordScanner.Word>,
    _ sentences: inout [Sentence]
  ) {
    while word < words.count, Int(words[word].start) < end { word += 1 }
    let span = classes.trimmed(text, start..<end)
    if word > firstWord {
      sentences.append(
        Sentence(span: TextSpan(span.lowerBound, span.upperBound), tokens: firstWord..<word))
    } else if sentences.count > lineSentence {
      if !span.isEmpty { sentences[sentences.count - 1].span.end = Int32(span.upperBound) }
    } else {
      return
    }
    start = end
    firstWord = word
    isInBracket = false
  }

  private mutating func endLine(
    _ text: UnsafeBufferPointer<UInt16>, at end: Int, _ words: UnsafeBufferPointer<WordScanner.Word>,
    _ sentences: inout [Sentence]
  ) {
    close(text, at: end, words, &sentences)
    if sentences.count > lineSentence {
      lines.add(text, line: lineStart..<end, sentences: lineSentence..<sentences.count, in: sentences)
    }
    lineSentence = sentences.count
    isQuoting = false
    isInBracket = false
  }

  /// A stop of another script (。 or ।), which only ICU knows.
  private mutating func foreignStop(
    _ text: UnsafeBufferPointer<UInt16>, at i: Int, _ words: UnsafeBufferPointer<WordScanner.Word>,
    _ boundaries: ArraySlice<Int32>,
    _ sentences: inout [Sentence]
  ) -> Int {
    while boundary < boundaries.count, Int(boundaries[boundary]) <= i { boundary += 1 }
    guard boundary < boundaries.count else { return i + 1 }
    let end = Int(boundaries[boundary])
    guard end < text.count, word >= words.count || end <= Int(words[word].start) else { return i + 1 }
    for k in (i + 1)..<end {
      switch classes[text[k]] {
      case .blank, .closeBracket, .quote, .apostrophe, .mark, .surrogate: continue
      default: return i + 1
      }
    }
    close(text, at: end, words, &sentences)
    return end
  }

  // MARK: Stops

  /// What stands around a run of stops.
  private struct Stop {
    /// The stops themselves.
    var run: Range<Int>
    /// One past the closing quotes, brackets and note marks that belong to the sentence.
    var end: Int
    /// First character after the blanks that follow.
    var after: Int
    var closesQuote = false
    var closesBracket = false
    /// Whether another stop follows the closing mark: (أين؟).
    var isClosedTwice = false
  }

  /// Handles the run of stops at `i` and returns where to go on.
  private mutating func stop(
    _ text: UnsafeBufferPointer<UInt16>, at i: Int, _ words: UnsafeBufferPointer<WordScanner.Word>,
    _ boundaries: ArraySlice<Int32>,
    _ sentences: inout [Sentence]
  ) -> Int {
    var end = i
    while end < text.count, classes[text[end]] == .stop || classes[text[end]] == .mark { end += 1 }
    var stop = Stop(run: i..<end, end: end, after: end)
    extend(&stop, over: text)
    // The line's end closes the sentence anyway.
    guard stop.after < text.count, classes[text[stop.after]] != .lineEnd else { return stop.end }
    let isCandidate =
      hasBoundary(after: i, before: nextWordStart(words, text.count), boundaries)
      || endsArabicSentence(stop, text, words)
    if isCandidate, !continues(stop, text, words) { close(text, at: stop.end, words, &sentences) }
    return stop.end
  }

  /// Moves the sentence's end over what belongs to it after the stop.
  private mutating func extend(_ stop: inout Stop, over text: UnsafeBufferPointer<UInt16>) {
    var p = stop.end
    while p < text.count {
      switch classes[text[p]] {
      case .closeBracket:
        stop.closesBracket = stop.closesBracket || text[p] == 0x29 || text[p] == 0x5d
        stop.closesQuote = stop.closesQuote || text[p] == 0xbb
        p += 1
        stop.end = p
      case .quote:
        // Right after the stop a mark closes if one is open or no word follows; after a blank it needs both.
        let isBeforeWord = self.isBeforeWord(text, p)
        guard p == stop.end ? isQuoting || !isBeforeWord : isQuoting && !isBeforeWord else {
          return finish(&stop, text)
        }
        isQuoting = false
        stop.closesQuote = true
        p += 1
        stop.end = p
      case .apostrophe where !isBeforeWord(text, p) && p == stop.end:
        p += 1
        stop.end = p
      case .stop where p == stop.end, .mark where p == stop.end:
        stop.isClosedTwice = stop.isClosedTwice || classes[text[p]] == .stop
        p += 1
        stop.end = p
      case .openBracket:
        guard p - stop.end <= 1, let note = noteEnd(text, p) else { return finish(&stop, text) }
        p = note
        stop.end = p
      case .other where isSuperscript(text[p]) && p == stop.end:
        p += 1
        stop.end = p
      case .blank: p += 1
      default: return finish(&stop, text)
      }
    }
    finish(&stop, text)
  }

  private func finish(_ stop: inout Stop, _ text: UnsafeBufferPointer<UInt16>) {
    stop.after = stop.end
    while stop.after < text.count, classes[text[stop.after]] == .blank { stop.after += 1 }
  }

  /// One past a reference such as [12] that starts at `p`.
  private func noteEnd(_ text: UnsafeBufferPointer<UInt16>, _ p: Int) -> Int? {
    guard text[p] == 0x5b else { return nil }
    var q = p + 1
    while q < text.count, q - p <= 4, classes[text[q]] == .digit { q += 1 }
    guard q > p + 1, q < text.count, text[q] == 0x5d else { return nil }
    return q + 1
  }

  /// Whether ICU ends a sentence between `position` and the next word.
  private mutating func hasBoundary(after position: Int, before next: Int, _ boundaries: ArraySlice<Int32>)
    -> Bool
  {
    while boundary < boundaries.count, Int(boundaries[boundary]) <= position { boundary += 1 }
    return boundary < boundaries.count && Int(boundaries[boundary]) <= next
  }

  /// Ends ICU does not see: an ellipsis sign, a full stop after an Arabic word before a lower-case Latin one
  /// or before a number without a blank, and a full stop before a dash.
  private func endsArabicSentence(
    _ stop: Stop, _ text: UnsafeBufferPointer<UInt16>, _ words: UnsafeBufferPointer<WordScanner.Word>
  ) -> Bool {
    if text[stop.run.lowerBound] == 0x2026 { return true }
    guard text[stop.run.lowerBound] == 0x2e, word > firstWord else { return false }
    let isDash = classes[text[stop.after]] == .dash
    if isDash { return stop.after > stop.end || words[word - 1].kind == .arabic }
    guard words[word - 1].kind == .arabic, Int(words[word - 1].end) == stop.run.lowerBound else {
      return false
    }
    if stop.after > stop.end { return true }
    return classes[text[stop.after]] == .digit && abbreviations.letters(text, words[word - 1]) > 2
      && !abbreviations.isReference(text, words[word - 1])
  }

  /// Whether the sentence goes on after the stop.
  private func continues(
    _ stop: Stop, _ text: UnsafeBufferPointer<UInt16>, _ words: UnsafeBufferPointer<WordScanner.Word>
  ) -> Bool {
    let next = word < words.count ? words[word] : nil
    if classes[text[stop.after]] == .clauseMark { return true }
    if stop.isClosedTwice { return false }
    // (!) and (...) comment on what stands before them.
    if stop.closesBracket || stop.closesQuote, isAfterOpening(stop.run.lowerBound, text) { return true }
    // A remark in brackets inside a sentence.
    if stop.closesBracket, isInBracket { return true }
    let last = text[stop.run.upperBound - 1]
    if stop.closesQuote, last != 0x2e, let next, abbreviations.isSpeech(text, next) { return true }
    if isEllipsis(stop, text) {
      // Written for a pause as well as for a full stop: an end after a clause and before a fresh start, and
      // after so many words whatever follows.
      guard let next, !stop.closesQuote else { return true }
      if word - firstWord >= SentenceScanner.longClause { return false }
      return word - firstWord < 4 || isInBracket || isQuoting || abbreviations.opens(text, next)
    }
    guard stop.run.count == 1, last == 0x2e else { return false }
    if word - firstWord == 1, isCounter(text, words[firstWord]) { return true }
    return abbreviations.continues(
      text, words: words, first: firstWord, index: word, stop: stop.run.lowerBound)
  }

  private func isEllipsis(_ stop: Stop, _ text: UnsafeBufferPointer<UInt16>) -> Bool {
    for i in stop.run where text[i] != 0x2e && text[i] != 0x2026 && classes[text[i]] != .mark { return false }
    return stop.run.count > 1 || text[stop.run.lowerBound] == 0x2026
  }

  /// Whether a word that is all the sentence so far counts items: 1. or أ.
  private func isCounter(_ text: UnsafeBufferPointer<UInt16>, _ word: WordScanner.Word) -> Bool {
    switch word.kind {
    case .number: word.end - word.start <= 3
    case .arabic, .latin: abbreviations.letters(text, word) == 1
    default: false
    }
  }

  // MARK: Characters

  private func nextWordStart(_ words: UnsafeBufferPointer<WordScanner.Word>, _ count: Int) -> Int {
    word < words.count ? Int(words[word].start) : count
  }

  /// Whether a two-sided quotation mark opens: by the blanks around it if they tell, else by turns.
  private func opensQuote(_ text: UnsafeBufferPointer<UInt16>, _ i: Int) -> Bool {
    if i == lineStart || text[i - 1] == 0x3a { return true }
    let before = classes[text[i - 1]]
    if isBeforeWord(text, i) {
      // ـ joins a preposition to the quotation: بـ"كلمة".
      return before == .blank || before == .openBracket || before == .tatweel || !isQuoting
    }
    return before == .blank && !isQuoting
  }

  private func isAfterOpening(_ i: Int, _ text: UnsafeBufferPointer<UInt16>) -> Bool {
    guard i > 0 else { return false }
    return classes[text[i - 1]] == .openBracket || classes[text[i - 1]] == .quote
  }

  /// Whether a letter or digit follows the character at `i`, or another opening mark.
  private func isBeforeWord(_ text: UnsafeBufferPointer<UInt16>, _ i: Int) -> Bool {
    guard i + 1 < text.count else { return false }
    let (next, _) = classes.classAndLength(in: text, at: i + 1)
    return next.isWord || next == .openBracket
  }

  private func isSuperscript(_ unit: UInt16) -> Bool {
    unit == 0xb9 || unit == 0xb2 || unit == 0xb3 || (0x2070...0x2079).contains(unit)
  }
}
