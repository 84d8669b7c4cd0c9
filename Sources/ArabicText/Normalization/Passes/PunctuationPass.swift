/// Writes ، ؛ ؟ for the Latin comma, semicolon and question mark directly after an Arabic letter, a mark, or
/// another of the three. Not in a stretch without blanks that has an address before (://, www. or @).
struct PunctuationPass: NormalizationPass {
  func isNeeded(_ scan: TextScan) -> Bool {
    scan.has(.latinPunctuation) && scan.has([.arabicLetter, .arabicPunctuation, .mark])
  }

  func mayAct(afterLaterPasses scan: TextScan) -> Bool { isNeeded(scan) }

  func rewrite(
    _ text: UnsafeBufferPointer<UInt16>, classes: UnsafePointer<UInt32>, into writer: inout TextRewriter
  ) {
    let latin = RewriteClasses.latinPunctuation.rawValue
    let context = RewriteClasses([.arabicLetter, .arabicPunctuation, .diacritic, .quranicMark]).rawValue
    // Where the look for an address came to, and whether the stretch there has one.
    var seen = 0
    var isAddress = false
    var i = nextIndex(text, classes, latin, from: 0)
    while i < text.count {
      while seen < i {
        if classes[Int(text[seen])] & RewriteClasses([.blank, .newline]).rawValue != 0 {
          isAddress = false
        } else if Self.startsAddress(text, at: seen) {
          isAddress = true
        }
        seen += 1
      }
      if !isAddress, let last = writer.lastUnit(text, before: i), classes[Int(last)] & context != 0 {
        writer.replace(i, i + 1, of: text, with: Self.arabic(text[i]))
      }
      i = nextIndex(text, classes, latin, from: i + 1)
    }
  }

  private static func startsAddress(_ text: UnsafeBufferPointer<UInt16>, at i: Int) -> Bool {
    if text[i] == 0x40 { return true }
    guard i >= 3 else { return false }
    if text[i] == 0x2F { return text[i - 1] == 0x2F && text[i - 2] == 0x3A }
    return text[i] == 0x2E && text[i - 1] | 0x20 == 0x77 && text[i - 2] | 0x20 == 0x77
      && text[i - 3] | 0x20 == 0x77
  }

  private static func arabic(_ unit: UInt16) -> UInt16 {
    switch unit {
    case 0x2C: 0x060C
    case 0x3B: 0x061B
    default: 0x061F
    }
  }
}
