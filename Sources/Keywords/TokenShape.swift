import ArabicText

/// What candidate finding needs of one token, read once.
struct TokenShape {
  /// Units to cut from the front: a conjunction or preposition written onto the word.
  var cut: UInt8 = 0
  /// Whether a phrase may begin or end here: a word of letters that is no stop word.
  var isContent: Bool
  /// Whether the word bears the article.
  var isDefinite = false
  /// Whether no phrase comes from the token before into this one.
  var breaksBefore: Bool
  /// Whether no phrase goes through the token at all (addresses, emoji).
  var isBarrier: Bool

  init(_ token: Token, _ term: Term, text: UnsafeBufferPointer<UInt16>) {
    breaksBefore = token.gap == .sentenceStart || token.gap == .punctuation
    switch token.kind {
    case .arabic, .latin, .mixed:
      isBarrier = false
      isContent = !term.isStopWord
    case .number:
      isBarrier = false
      isContent = false
    case .url, .other:
      isBarrier = true
      isContent = false
    }
    guard token.kind == .arabic, term.clitics.proclitics > 0, !token.span.isEmpty,
      token.span.start >= 0, Int(token.span.end) <= text.count
    else { return }
    readProclitics(term.clitics, UnsafeBufferPointer(rebasing: text[token.span.range]))
  }

  /// Walks the proclitics: و ف ب ك ل are cut; the article stays, except where it is fused into لل, whose rest
  /// (لجامعات of للجامعات) is no word: there the stem alone stays.
  private mutating func readProclitics(_ clitics: CliticBoundaries, _ units: UnsafeBufferPointer<UInt16>) {
    var mask = clitics.mask
    var start = 0
    var previousIsLam = false
    for _ in 0..<clitics.proclitics {
      let end = mask.trailingZeroBitCount
      guard end < units.count, end > start else { return }
      mask &= mask - 1
      let isLam = units[start] == 0x0644
      switch units[start] {
      case 0x0648, 0x0641, 0x0628, 0x0643: cut = UInt8(end)
      case 0x0644:
        let hasSecondLam = units[(start + 1)..<end].contains(0x0644)
        if previousIsLam || hasSecondLam { isDefinite = true }
        cut = UInt8(end)
      case 0x0627, 0x0671:
        isDefinite = true
        return
      default: return
      }
      previousIsLam = isLam
      start = end
    }
  }
}
