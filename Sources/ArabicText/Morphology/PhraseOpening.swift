/// What a word loses when a phrase begins with it, and whether it bears the article.
///
/// Of the proclitics و ف ب ك ل are left out; the article stays, except where it is fused into لل, whose rest
/// (لجامعات of للجامعات) is no word: there the stem alone stays.
public struct PhraseOpening: Sendable, Hashable {
  /// UTF-16 units to leave out at the front: a conjunction or preposition written onto the word.
  public var cut: UInt8
  /// Whether the word bears the article.
  public var isDefinite: Bool

  /// Makes an opening; by default that of a word without proclitics.
  @inlinable
  public init(cut: UInt8 = 0, isDefinite: Bool = false) {
    self.cut = cut
    self.isDefinite = isDefinite
  }

  /// Reads the proclitics of a surface form.
  public init(_ form: UnsafeBufferPointer<UInt16>, _ clitics: CliticBoundaries) {
    self.init()
    var mask = clitics.mask
    var start = 0
    var previousIsLam = false
    for _ in 0..<clitics.proclitics {
      let end = mask.trailingZeroBitCount
      guard end < form.count, end > start else { return }
      mask &= mask - 1
      let isLam = form[start] == 0x0644
      switch form[start] {
      case 0x0648, 0x0641, 0x0628, 0x0643: cut = UInt8(end)
      case 0x0644:
        let hasSecondLam = form[(start + 1)..<end].contains(0x0644)
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
