/// Writes Arabic letters for the Persian and Urdu ones of `NormalizationTable.lookalikes`.
///
/// U+06CC is ي before a letter. At the end of a word it may mean ي or ى: it becomes ى if it carries a dagger
/// alef or fathatan or if the word, with or without و or ف before it, is one of `AlefMaqsuraWords`; else ي,
/// which is by far the more frequent ending (في, الذي, nisba).
struct LookalikesPass: NormalizationPass {
  private static let table: [UInt16] = {
    var table = [UInt16](repeating: 0, count: 0x100)
    for row in NormalizationTable.lookalikes { table[Int(row.unit) - 0x600] = row.arabic }
    return table
  }()

  private let table = Self.table
  private var word: [UInt16] = []

  func isNeeded(_ scan: TextScan) -> Bool { scan.has(.lookalike) }

  mutating func rewrite(
    _ text: UnsafeBufferPointer<UInt16>, classes: UnsafePointer<UInt32>, into writer: inout TextRewriter
  ) {
    let lookalike = RewriteClasses.lookalike.rawValue
    var i = nextIndex(text, classes, lookalike, from: 0)
    while i < text.count {
      var letter = table[Int(text[i]) - 0x600]
      if text[i] == 0x06CC, isFinalMaksura(text, classes, i) { letter = 0x0649 }
      writer.replace(i, i + 1, of: text, with: letter)
      i = nextIndex(text, classes, lookalike, from: i + 1)
    }
  }

  private mutating func isFinalMaksura(
    _ text: UnsafeBufferPointer<UInt16>, _ classes: UnsafePointer<UInt32>, _ i: Int
  ) -> Bool {
    var next = i + 1
    var carriesAlef = false
    while next < text.count, classes[Int(text[next])] & RewriteClasses.mark.rawValue != 0 {
      // With hamza it is ئ, which composing makes of ي.
      if text[next] == 0x0654 { return false }
      if text[next] == 0x0670 || text[next] == 0x064B { carriesAlef = true }
      next += 1
    }
    let within = RewriteClasses([.letter, .tatweel]).rawValue
    if next < text.count, classes[Int(text[next])] & within != 0 { return false }
    return carriesAlef || isMaksuraWord(text, classes, endingAt: i)
  }

  /// Collects the letters before the yeh, from right to left, without marks.
  private mutating func isMaksuraWord(
    _ text: UnsafeBufferPointer<UInt16>, _ classes: UnsafePointer<UInt32>, endingAt i: Int
  ) -> Bool {
    word.removeAll(keepingCapacity: true)
    var at = i - 1
    let limit = max(0, i - 4 * AlefMaqsuraWords.longest)
    while at >= limit {
      let own = RewriteClasses(rawValue: classes[Int(text[at])])
      if own.contains(.arabicLetter) {
        if word.count > AlefMaqsuraWords.longest { return false }
        word.append(own.contains(.lookalike) ? table[Int(text[at]) - 0x600] : text[at])
      } else if own.isDisjoint(with: [.mark, .tatweel]) {
        break
      }
      at -= 1
    }
    if AlefMaqsuraWords.reversedStems.contains(word) { return true }
    guard let first = word.last, first == 0x0648 || first == 0x0641 else { return false }
    word.removeLast()
    return AlefMaqsuraWords.reversedStems.contains(word)
  }
}
