/// Decides whether a full stop after a word belongs to an abbreviation or an initial.
struct AbbreviationRules {
  private let classes: CharacterClasses
  private let table: AbbreviationTable

  init(classes: CharacterClasses, extra: [String]) {
    self.classes = classes
    table = AbbreviationTable(extra: extra)
  }

  /// Whether the full stop at `stop` after word `index - 1` leaves the sentence open. `first` is the first
  /// word of the sentence; the word at `index` is the next one in the text.
  func continues(
    _ text: UnsafeBufferPointer<UInt16>, words: UnsafeBufferPointer<WordScanner.Word>, first: Int, index: Int,
    stop: Int
  ) -> Bool {
    guard index > first, index < words.count else { return false }
    let word = words[index - 1]
    // At most one blank between the abbreviation and its full stop.
    guard stop - Int(word.end) <= 1 else { return false }
    let before = index - 2 >= first ? words[index - 2] : nil
    let sentence = Context(
      text: text, wordCount: index - first, before: before, word: word, next: words[index])
    switch word.kind {
    case .latin: return latin(sentence)
    case .arabic: return arabic(sentence, beforeThat: index - 3 >= first ? words[index - 3] : nil)
    default: return false
    }
  }

  /// Whether the word looks like the start of a new sentence: a conjunction و or ف, or a listed word.
  func opens(_ text: UnsafeBufferPointer<UInt16>, _ word: WordScanner.Word) -> Bool {
    guard word.kind == .arabic else { return false }
    let first = text[Int(word.start)]
    if (first == 0x0648 || first == 0x0641) && letters(text, word) >= 3 { return true }
    return has(text, word, .opener)
  }

  /// Whether the word is a verb of speech.
  func isSpeech(_ text: UnsafeBufferPointer<UInt16>, _ word: WordScanner.Word) -> Bool {
    has(text, word, .speech)
  }

  /// Whether the word stands before numbers (ص. 5, وج. 3).
  func isReference(_ text: UnsafeBufferPointer<UInt16>, _ word: WordScanner.Word) -> Bool {
    if has(text, word, .reference) { return true }
    guard text[Int(word.start)] == 0x0648, word.end - word.start > 1 else { return false }
    var rest = word
    rest.start += 1
    return has(text, rest, .reference)
  }

  /// Number of letters and digits, counted up to 4.
  func letters(_ text: UnsafeBufferPointer<UInt16>, _ word: WordScanner.Word) -> Int {
    var count = 0
    var i = Int(word.start)
    while i < Int(word.end), count < 4 {
      if classes[text[i]].isWord { count += 1 }
      i += 1
    }
    return count
  }

  private struct Context {
    var text: UnsafeBufferPointer<UInt16>
    /// Words of the sentence so far.
    var wordCount: Int
    var before: WordScanner.Word?
    var word: WordScanner.Word
    var next: WordScanner.Word

    var nextIsNumber: Bool { next.kind == .number }
    var nextIsWord: Bool { next.kind != .number && next.kind != .url }
    /// Whether `a` is followed by a full stop and at most one blank before `b`.
    func isDotted(_ a: WordScanner.Word, _ b: WordScanner.Word) -> Bool {
      text[Int(a.end)] == 0x2e && b.start - a.end <= 2
    }
    /// Whether nothing stands between `a` and `b` but one blank or a degree sign (16 °م).
    func isAdjacent(_ a: WordScanner.Word, _ b: WordScanner.Word, _ classes: CharacterClasses) -> Bool {
      guard b.start - a.end <= 2 else { return false }
      return (Int(a.end)..<Int(b.start)).allSatisfy { classes[text[$0]] == .blank || text[$0] == 0xb0 }
    }
  }

  private func latin(_ s: Context) -> Bool {
    if has(s.text, s.word, .title) { return s.nextIsWord }
    if has(s.text, s.word, .reference) { return s.nextIsNumber }
    // J. K. Rowling, U.S. Navy; before an Arabic word a Latin letter is a name that may close the sentence.
    if s.next.kind == .latin, isAcronym(s.text, s.word) || s.word.end - s.word.start == 1 {
      return (0x41...0x5a).contains(s.text[Int(s.next.start)])
    }
    return false
  }

  private func arabic(_ s: Context, beforeThat: WordScanner.Word?) -> Bool {
    if isAcronym(s.text, s.word) {
      if isTitle(s.text, s.word) { return true }
      if s.nextIsNumber, isReference(s.text, s.word) { return true }
      if let before = s.before, before.kind == .number { return eraContinues(s) }
      return !opens(s.text, s.next)
    }
    if letters(s.text, s.word) == 1 { return letter(s, beforeThat: beforeThat) }
    if isTitle(s.text, s.word) { return s.nextIsWord }
    if isReference(s.text, s.word) { return s.nextIsNumber }
    if has(s.text, s.word, .letterName) { return initial(s) }
    return false
  }

  /// A single letter: a title, an initial, a unit after a number, or the name of something.
  private func letter(_ s: Context, beforeThat: WordScanner.Word?) -> Bool {
    // ج. ر. ر. and ق. م،: more of the chain follows; a free و may be a conjunction.
    if s.next.kind == .arabic, letters(s.text, s.next) == 1,
      s.text[Int(s.next.start)] != 0x0648 || isFollowedByStop(s.text, s.next)
    {
      return true
    }
    if let before = s.before {
      if before.kind == .arabic, letters(s.text, before) == 1, s.isDotted(before, s.word) {
        // The end of a chain. After a number it is an era, which may close a sentence; otherwise a name.
        guard let beforeThat, beforeThat.kind == .number, !isTitle(s.text, s.word) || isEra(s, before)
        else { return true }
        return eraContinues(s)
      }
      let unit = s.text[Int(s.word.start)]
      if before.kind == .number || endsInDigit(s.text, before), s.isAdjacent(before, s.word, classes),
        Abbreviations.unitLetters.contains(unit)
      {
        return false
      }
      if has(s.text, before, .takesLetter) { return false }
    }
    return true
  }

  /// After an era (500 ق.م.): a date this early in a sentence introduces it, and a preposition goes on with it.
  private func eraContinues(_ s: Context) -> Bool {
    if s.nextIsNumber || letters(s.text, s.next) == 1 || has(s.text, s.next, .preposition) { return true }
    return s.wordCount < 6 && !opens(s.text, s.next)
  }

  /// Whether two dotted letters say before or after Christ, or before the Hijra.
  private func isEra(_ s: Context, _ before: WordScanner.Word) -> Bool {
    let first = s.text[Int(before.start)]
    let second = s.text[Int(s.word.start)]
    return (first == 0x0642 || first == 0x0628) && (second == 0x0645 || second == 0x0647)
  }

  /// A spelled letter: an initial unless it closes an acronym that is written out.
  private func initial(_ s: Context) -> Bool {
    guard s.nextIsWord, !opens(s.text, s.next), !has(s.text, s.next, .preposition) else { return false }
    guard let before = s.before else { return true }
    if has(s.text, before, .spelledLetter) { return s.isDotted(before, s.word) }
    return true
  }

  /// A title, also with و before it (ود. نزار); with ل only د and chains, since لا, لم and لأ are words.
  private func isTitle(_ text: UnsafeBufferPointer<UInt16>, _ word: WordScanner.Word) -> Bool {
    if has(text, word, .title) { return true }
    let first = text[Int(word.start)]
    guard first == 0x0648 || first == 0x0644, word.end - word.start > 1 else { return false }
    var rest = word
    rest.start += 1
    let isDoctor = text[Int(rest.start)] == 0x062f && rest.end - rest.start == 1
    let isChain = isAcronym(text, rest)
    let isCommon = isDoctor || isChain || text[Int(rest.start)] == 0x0645
    return (first == 0x0648 ? isCommon : isDoctor || isChain) && has(text, rest, .title)
  }

  private func isAcronym(_ text: UnsafeBufferPointer<UInt16>, _ word: WordScanner.Word) -> Bool {
    for i in Int(word.start)..<min(Int(word.end), Int(word.start) + 8) where text[i] == 0x2e { return true }
    return false
  }

  private func isFollowedByStop(_ text: UnsafeBufferPointer<UInt16>, _ word: WordScanner.Word) -> Bool {
    Int(word.end) < text.count && text[Int(word.end)] == 0x2e
  }

  private func endsInDigit(_ text: UnsafeBufferPointer<UInt16>, _ word: WordScanner.Word) -> Bool {
    classes[text[Int(word.end) - 1]] == .digit
  }

  private func has(
    _ text: UnsafeBufferPointer<UInt16>, _ word: WordScanner.Word, _ role: AbbreviationRole
  ) -> Bool {
    // No form of the table is longer; spares hashing long words.
    guard word.end - word.start <= 24 else { return false }
    return table.has(UnsafeBufferPointer(rebasing: text[Int(word.start)..<Int(word.end)]), role)
  }
}
