/// Writes an Arabic letter that stands three times or more in a row once, as counting runs is the usual way
/// to undo expressive lengthening; doubles are left alone, as are digits and other scripts.
///
/// Exceptions, since Arabic has real doubles and triples:
/// - lam after a word's first letters (ا with or without a prefix: الللاعب, or nothing: لللاعب) or between alef
///   and heh (اللله) is written twice, as the article and the name of God need;
/// - three ت or three و at the start of a word stay: تتتابع, ووولي;
/// - a word of nothing but one letter (laughter ههههه, خخخخ) is written with three.
struct ElongationPass: NormalizationPass {
  func isNeeded(_ scan: TextScan) -> Bool {
    scan.hasTripled(.arabicLetter)
  }

  func mayAct(afterLaterPasses scan: TextScan) -> Bool { isNeeded(scan) }

  func rewrite(
    _ text: UnsafeBufferPointer<UInt16>, classes: UnsafePointer<UInt32>, into writer: inout TextRewriter
  ) {
    let letter = RewriteClasses.arabicLetter.rawValue
    // Of the pairs in three equal units every second one is looked at, wherever the looking began.
    var at = 1
    while at < text.count {
      guard text[at] == text[at &- 1], classes[Int(text[at])] & letter != 0 else {
        at &+= 2
        continue
      }
      var start = at - 1
      while start > 0, text[start - 1] == text[at] { start -= 1 }
      var end = at + 1
      while end < text.count, text[end] == text[at] { end += 1 }
      if end - start >= 3 {
        let kept = keptCount(text, classes, start, end)
        if kept < end - start { writer.delete(start + kept, end, of: text) }
      }
      at = end + 1
    }
  }

  /// How many of the run's letters to keep.
  private func keptCount(
    _ text: UnsafeBufferPointer<UInt16>, _ classes: UnsafePointer<UInt32>, _ start: Int, _ end: Int
  ) -> Int {
    let word = RewriteClasses([.arabicLetter, .mark]).rawValue
    let isInitial = start == 0 || classes[Int(text[start - 1])] & word == 0
    let isFinal = end == text.count || classes[Int(text[end])] & word == 0
    if isInitial, isFinal { return 3 }
    switch text[start] {
    case 0x0644:
      return isInitial && !isFinal || followsArticleAlef(text, classes, start)
        || isInNameOfGod(text, start, end) ? 2 : 1
    case 0x062A, 0x0648:
      return isInitial && end - start == 3 ? 3 : 1
    default:
      return 1
    }
  }

  /// Whether the letter before is an alef that starts the word, alone or after و ف ب ك.
  private func followsArticleAlef(
    _ text: UnsafeBufferPointer<UInt16>, _ classes: UnsafePointer<UInt32>, _ start: Int
  ) -> Bool {
    let letter = RewriteClasses([.arabicLetter, .mark]).rawValue
    var i = start - 1
    guard i >= 0, text[i] == 0x0627 else { return false }
    i -= 1
    if i >= 0, [0x0648, 0x0641, 0x0628, 0x0643].contains(text[i]) { i -= 1 }
    return i < 0 || classes[Int(text[i])] & letter == 0
  }

  private func isInNameOfGod(_ text: UnsafeBufferPointer<UInt16>, _ start: Int, _ end: Int) -> Bool {
    start > 0 && text[start - 1] == 0x0627 && end < text.count && text[end] == 0x0647
  }
}
