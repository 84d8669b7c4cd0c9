/// Turns a word into the key it is compared by. What is folded stands in `FoldingTable`.
public struct KeyFolding: Sendable {
  /// What becomes of hamza on و and ي.
  public enum Hamza: String, Sendable, CaseIterable {
    /// ؤ to و, ئ to ي: as people leave it out.
    case toCarrier
    /// Both to ء.
    case toHamza
    /// They stay.
    case keep
  }

  /// What becomes of the dagger alef ٰ.
  public enum DaggerAlef: String, Sendable, CaseIterable {
    /// It vanishes: هٰذا is هذا.
    case remove
    /// It becomes ا: Quranic السمٰوٰت is السماوات.
    case toAlef
  }

  /// A unit that vanishes.
  private static let removed: UInt16 = 0xFFFF

  /// What each unit becomes; itself, another, or `removed`.
  private let table: [UInt16]

  /// Makes a folding; the defaults suit search and counting in news.
  public init(
    alef: Bool = true, alefMaqsura: Bool = true, taMarbuta: Bool = true, hamza: Hamza = .toCarrier,
    daggerAlef: DaggerAlef = .remove
  ) {
    var table = (0...UInt16.max).map { $0 }
    for row in FoldingTable.rows {
      switch row.group {
      case .alef where !alef, .alefMaqsura where !alefMaqsura, .taMarbuta where !taMarbuta: continue
      case .hamza where hamza == .keep: continue
      default: break
      }
      let target = row.group == .hamza && hamza == .toHamza ? 0x0621 : row.target ?? Self.removed
      for unit in row.characters.joined() { table[Int(unit)] = target }
    }
    table[0x0670] = daggerAlef == .remove ? Self.removed : 0x0627
    for digit in UInt16(0)...9 {
      table[Int(0x0660 + digit)] = 0x30 + digit
      table[Int(0x06F0 + digit)] = 0x30 + digit
    }
    table[0x066B] = 0x2E
    // Latin: ASCII and Latin-1 capitals.
    for unit in UInt16(0x41)...0x5A { table[Int(unit)] = unit + 0x20 }
    for unit in UInt16(0xC0)...0xDE where unit != 0xD7 { table[Int(unit)] = unit + 0x20 }
    self.table = table
  }

  /// What one unit becomes; nil when it vanishes.
  @inline(__always)
  public func fold(_ unit: UInt16) -> UInt16? {
    let target = table[Int(unit)]
    return target == Self.removed ? nil : target
  }

  /// Appends the key of a word.
  ///
  /// Presentation forms are folded only after they have been mapped to letters by normalization; a combining
  /// hamza (U+0654) composes with the letter before it, as NFC and ى + ٔ = ئ do.
  public func fold(_ units: UnsafeBufferPointer<UInt16>, into out: inout [UInt16]) {
    withUnsafeTemporaryAllocation(of: UInt16.self, capacity: max(units.count, 1)) { folded in
      guard let base = folded.baseAddress else { return }
      let count = fold(units, to: base)
      out.append(contentsOf: UnsafeBufferPointer(rebasing: folded[..<count]))
    }
  }

  /// Writes the key of a word to a place for as many units; returns the key's length.
  @inline(__always)
  func fold(_ units: UnsafeBufferPointer<UInt16>, to out: UnsafeMutablePointer<UInt16>) -> Int {
    table.withUnsafeBufferPointer { table in
      var count = 0
      for unit in units {
        let target = table[Int(unit)]
        out[count] = target
        count &+= target != Self.removed ? 1 : 0
      }
      return count
    }
  }

  /// The key of a string.
  public func key(_ text: String) -> String {
    var out: [UInt16] = []
    Array(text.utf16).withUnsafeBufferPointer { fold($0, into: &out) }
    return String(decoding: out, as: UTF16.self)
  }
}
