import CICU

/// What the presentation forms of U+FB50 to U+FDFF and U+FE70 to U+FEFC stand for.
///
/// NFKC, but for its traps: a free-standing mark is no blank and mark (that would split the word), and three
/// word signs do not bring Urdu and Persian letters.
struct PresentationForms: Sendable {
  /// The forms, computed once.
  static let shared = PresentationForms()

  /// Forms that stand for something else.
  let units: [UInt16]
  private let starts: [UInt16]
  private let pool: [UInt16]
  private static let first: UInt16 = 0xFB50

  /// Words NFKC spells with letters of other languages.
  private static let words: [(unit: UInt16, letters: [UInt16])] = [
    (0xFDF0, Array("صلى".utf16)),  // Quranic pause sign, U+06D2 in NFKC
    (0xFDF1, Array("قلى".utf16)),  // Quranic pause sign, U+06D2 in NFKC
    (0xFDFC, Array("ريال".utf16)),  // rial sign, U+06CC in NFKC
  ]

  private init() {
    var units: [UInt16] = []
    var starts: [UInt16] = [0]
    var pool: [UInt16] = []
    var buffer = [UInt16](repeating: 0, count: 32)
    for unit in Self.first...0xFEFC {
      defer { starts.append(UInt16(pool.count)) }
      guard unit <= 0xFDFF || unit >= 0xFE70 else { continue }
      let count = Int(warraq_normalize_compatibility([unit], 1, &buffer, Int32(buffer.count)))
      guard count > 0, buffer[0] != unit else { continue }
      units.append(unit)
      if let word = Self.words.first(where: { $0.unit == unit }) {
        pool += word.letters
      } else {
        pool += buffer[(buffer[0] == 0x20 ? 1 : 0)..<count]
      }
    }
    self.units = units
    self.starts = starts
    self.pool = pool
  }

  /// Range in the pool of what `unit` stands for.
  private func range(_ unit: UInt16) -> Range<Int> {
    let row = Int(unit - Self.first)
    return Int(starts[row])..<Int(starts[row + 1])
  }

  /// Calls `body` with the characters a form of `units` stands for.
  func withLetters(of unit: UInt16, _ body: (UnsafeBufferPointer<UInt16>) -> Void) {
    pool.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range(unit)])) }
  }
}
