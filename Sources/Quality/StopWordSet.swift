import ArabicText

/// The hashes of stop words, in open addressing.
struct StopWordSet: Sendable {
  private let slots: [UInt64]
  private let mask: Int

  /// ArabicText's list, hashed as `TokenHash` hashes tokens.
  init() {
    let entries = CharacterTable.standard.entries
    let hashes = Set(
      StopWords.builtIn.map { word in
        var hash = TokenHash()
        for unit in word.utf16 {
          let folded = UInt16(truncatingIfNeeded: entries[Int(unit)])
          if folded != 0xFFFF { hash.add(folded) }
        }
        return hash.value
      })
    var size = 2
    while size < hashes.count * 4 { size *= 2 }
    var slots = [UInt64](repeating: 0, count: size)
    for hash in hashes.sorted() {
      var at = Int(truncatingIfNeeded: hash >> 20) & (size - 1)
      while slots[at] != 0 { at = (at + 1) & (size - 1) }
      slots[at] = hash
    }
    self.slots = slots
    mask = size - 1
  }

  @inline(__always)
  func contains(_ hash: UInt64) -> Bool {
    slots.withUnsafeBufferPointer { slots in
      var at = Int(truncatingIfNeeded: hash &>> 20) & mask
      while slots[at] != 0 {
        if slots[at] == hash { return true }
        at = (at &+ 1) & mask
      }
      return false
    }
  }
}

/// A hash of folded units, as FNV-1a but with a multiplier of 64 random bits; 0 stands for no hash.
struct TokenHash {
  private var state: UInt64 = 0xCBF2_9CE4_8422_2325

  @inline(__always)
  mutating func add(_ unit: UInt16) { state = (state ^ UInt64(unit)) &* 0x9E37_79B9_7F4A_7C15 }

  /// Mixed, so that any of its bits may choose a place.
  @inline(__always)
  var value: UInt64 {
    let mixed = (state ^ state &>> 32) &* 0xD6E8_FEB8_6659_FD93
    return (mixed ^ mixed &>> 29) | 1
  }

  /// The hash of a sequence of hashes with one more behind it.
  @inline(__always)
  static func append(_ hash: UInt64, to sequence: UInt64) -> UInt64 {
    let mixed = (sequence &* 0xBF58_476D_1CE4_E5B9) ^ hash
    return (mixed ^ mixed &>> 31) &* 0x94D0_49BB_1331_11EB
  }
}
