import ArabicText

/// Finds sentences that run into one another, letter, full stop, letter: الوزارة.وأضاف. One newspaper article in 23 has
/// some; word segmentation takes both words for one, and no sentence ends there.
///
/// A stop counts between two letters and more on either side; closing quotes or brackets may stand before it. Not counted:
/// abbreviations (دك.محمد), chains of short parts (سي.إن.إن), names of domains, words with Latin letters, digits or
/// address signs beside them. `أ.د.` and `و.م.ع` have single letters.
enum GluedSentences {
  private static let abbreviations = Set(
    ["دك", "دكت", "بروف", "مه", "تح", "تر", "مج", "صص", "تل"].map { LineWords.hash($0) })
  private static let domains = Set(
    ["كوم", "نت", "أورغ", "اورج", "تي", "تيفي", "كو", "السعودية"].map { LineWords.hash($0) })
  /// Names of Latin letters: إي.واي, كيه.ار.
  private static let letters = Set(
    """
    إيه ايه إي اي آي بي سي دي إف اف جي إتش اتش إيتش جيه كيه إل ال إم ام إن ان أو او كيو آر ار أر إس اس تي يو في دبليو دابليو إكس اكس واي زد
    """.split(whereSeparator: \.isWhitespace).map { LineWords.hash($0) })
  /// Parts of a chain are at most this long.
  private static let chainPart = 3

  /// Adds the offsets behind which a blank is missing.
  static func find(_ text: UnsafeBufferPointer<UInt16>, in range: Range<Int>, into positions: inout [Int]) {
    for at in range where isStop(text[at]) {
      guard at > range.lowerBound + 1, at + 2 < range.upperBound, isLetter(text[at + 1]),
        isLetter(text[at + 2])
      else {
        continue
      }
      var left = at
      if text[left - 1] == 0xBB || text[left - 1] == 0x22 || text[left - 1] == 0x29
        || text[left - 1] == 0x201D
      {
        left -= 1
      }
      guard left > range.lowerBound + 1, isLetter(text[left - 1]), isLetter(text[left - 2]) else { continue }
      if text[at] == 0x2E, isAbbreviation(text, left, at, range) { continue }
      positions.append(at + 1)
    }
  }

  @inline(__always)
  private static func isStop(_ unit: UInt16) -> Bool { unit == 0x2E || unit == 0x061F || unit == 0x21 }

  @inline(__always)
  private static func isLetter(_ unit: UInt16) -> Bool { unit >= 0x0621 && unit <= 0x064A && unit != 0x0640 }

  private static func isAbbreviation(
    _ text: UnsafeBufferPointer<UInt16>, _ left: Int, _ stop: Int, _ range: Range<Int>
  ) -> Bool {
    var start = left
    while start > range.lowerBound, isWordPart(text[start - 1]) { start -= 1 }
    var end = stop + 1
    while end < range.upperBound, isWordPart(text[end]) { end += 1 }
    let before = start > range.lowerBound ? text[start - 1] : 0x20
    let after = end < range.upperBound ? text[end] : 0x20
    if isAddressSign(before) || isAddressSign(after) { return true }
    let (first, second) = (hash(text, start..<left), hash(text, (stop + 1)..<end))
    if abbreviations.contains(first) || domains.contains(second) { return true }
    if letters.contains(first), letters.contains(second) { return true }
    let isChain =
      (before == 0x2E && left - start <= chainPart) || (after == 0x2E && end - stop - 1 <= chainPart)
    return isChain && left - start <= chainPart && end - stop - 1 <= chainPart
  }

  private static func isWordPart(_ unit: UInt16) -> Bool {
    unit >= 0x0610 && unit <= 0x065F && unit != 0x061B && unit != 0x061F
  }

  /// @ / _ # and ASCII letters and digits.
  private static func isAddressSign(_ unit: UInt16) -> Bool {
    unit == 0x40 || unit == 0x2F || unit == 0x5F || unit == 0x23 || (unit >= 0x41 && unit <= 0x5A)
      || (unit >= 0x61 && unit <= 0x7A)
  }

  private static func hash(_ text: UnsafeBufferPointer<UInt16>, _ range: Range<Int>) -> UInt64 {
    var words = LineWords()
    words.read(text, range.lowerBound, range.upperBound, limit: 2)
    return words.words.first?.hash ?? 0
  }
}
