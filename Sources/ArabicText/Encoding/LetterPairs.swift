/// How much a text reads like Arabic, by its pairs of neighbouring letters.
///
/// A wrong table turns Arabic letters into other Arabic letters or signs; single letters hardly show it, pairs
/// do at once. The pairs are the commonest of Arabic running text: the article with its frequent followers,
/// particles, and the common endings.
enum LetterPairs {
  private static let first: UInt16 = 0x0621
  private static let last: UInt16 = 0x064A

  /// Bit `b` of row `a`: letter `b` commonly follows letter `a`, both counted from U+0621.
  private static let common: [UInt64] = {
    let pairs = [
      "ال", "لم", "لا", "لت", "لع", "لس", "لح", "لق", "لي", "لأ", "لإ", "لو", "لب", "لج", "لش", "لر", "لن",
      "لد",
      "لك", "لف", "لخ", "لط", "لص", "لى", "له", "ية", "ات", "ان", "ين", "ون", "ها", "من", "في", "عل", "ما",
      "را", "ار", "تم", "وا", "يا", "نا", "ست", "مس", "مت", "مع", "أن", "إل", "عا", "قد", "كا", "كم", "هذ",
      "ذا",
      "ري", "ير", "تي", "يم", "يد", "بع", "بي", "تا", "با", "سي", "دي", "ني", "لة", "رة", "دة", "مة", "نة",
      "قا",
      "حا", "جم", "مج", "مح", "مد", "مر", "مو", "مؤ", "وم", "ور", "ول", "وي", "هم", "هي", "كل", "كو", "نت",
      "تو",
      "تع", "تح", "تر", "تق", "خا", "خر", "شر", "عم", "عر", "عن", "عي", "غي", "فا", "قر", "قي", "سا", "سو",
    ]
    var rows = [UInt64](repeating: 0, count: Int(last - first) + 1)
    for pair in pairs {
      let units = Array(pair.utf16)
      rows[Int(units[0] - first)] |= 1 << UInt64(units[1] - first)
    }
    return rows
  }()

  /// Letters of the basic Arabic block.
  @inline(__always)
  static func isLetter(_ unit: UInt16) -> Bool {
    (unit >= first && unit <= 0x063A) || (unit >= 0x0641 && unit <= last)
  }

  /// Share of common pairs among all pairs that begin with an Arabic letter, 0 to 1, and the number of Arabic
  /// letters. Arabic prose scores 0.35 to 0.6, other text near 0.
  static func score(_ units: UnsafeBufferPointer<UInt16>) -> (share: Double, letters: Int) {
    var pairs = 0
    var hits = 0
    var letters = 0
    common.withUnsafeBufferPointer { common in
      for i in units.indices where isLetter(units[i]) {
        letters += 1
        guard i + 1 < units.count else { break }
        let next = units[i + 1]
        // The edge of a word says nothing; a strange character inside one does.
        if next <= 0x40 || next == 0x060C { continue }
        pairs += 1
        if next >= first, next <= last, common[Int(units[i] - first)] >> UInt64(next - first) & 1 == 1 {
          hits += 1
        }
      }
    }
    return (pairs == 0 ? 0 : Double(hits) / Double(pairs), letters)
  }
}
