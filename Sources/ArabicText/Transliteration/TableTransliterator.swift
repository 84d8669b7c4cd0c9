/// What becomes of characters that a reversible scheme has no letter for.
public enum ForeignText: String, Sendable, CaseIterable {
  /// They stay as they are (other Arabic letters get the Latin letter of their shape): readable.
  case keep
  /// Characters that would be read back as Arabic are put between `⟦` and `⟧`, Arabic letters without a row
  /// become `⟦U+06AD⟧`: any text then comes back exactly.
  case quote
}

/// One of the reversible schemes: one character for each Arabic letter or mark, by a 256-entry table.
struct TableTransliterator {
  private static let open: UInt16 = 0x27E6
  private static let close: UInt16 = 0x27E7

  /// Latin unit for U+0600 + index; 0 for none.
  private var latin = [UInt16](repeating: 0, count: 256)
  /// Arabic unit for each Latin unit below 0x400; 0 for none.
  private var arabic = [UInt16](repeating: 0, count: 0x400)

  init(_ rows: [(UInt16, Character)]) {
    for (letter, character) in rows {
      guard let unit = character.utf16.first else { continue }
      latin[Int(letter) - 0x600] = unit
      arabic[Int(unit)] = letter
    }
  }

  func transliterate(
    _ units: UnsafeBufferPointer<UInt16>, foreign: ForeignText, residue: inout LatinResidue,
    into out: inout [UInt16]
  ) {
    var at = 0
    while at < units.count {
      let unit = units[at]
      if unit & 0xFF00 == 0x0600, latin[Int(unit & 0xFF)] != 0 {
        out.append(latin[Int(unit & 0xFF)])
        at += 1
        continue
      }
      let width = ArabicScript.width(of: units, at: at)
      let scalar = ArabicScript.scalar(of: units, at: at)
      if ArabicScript.isLetterOrMark(scalar) {
        if foreign == .quote {
          quote(code: scalar.value, into: &out)
        } else {
          residue.append(scalar, to: &out)
        }
      } else if foreign == .quote, isAmbiguous(unit) {
        var end = at
        while end < units.count, isAmbiguous(units[end]), units[end] != Self.open { end += 1 }
        if end == at {
          quote(code: UInt32(unit), into: &out)
          at += 1
        } else {
          out.append(Self.open)
          out.append(contentsOf: UnsafeBufferPointer(rebasing: units[at..<end]))
          out.append(Self.close)
          at = end
        }
        continue
      } else {
        for i in at..<(at + width) { out.append(units[i]) }
      }
      at += width
    }
  }

  /// The Arabic text of a transliteration; text between `⟦` and `⟧` is taken as it stands.
  func reverse(_ units: UnsafeBufferPointer<UInt16>, into out: inout [UInt16]) {
    var at = 0
    while at < units.count {
      let unit = units[at]
      at += 1
      if unit == Self.open {
        var end = at
        while end < units.count, units[end] != Self.close { end += 1 }
        let quoted = UnsafeBufferPointer(rebasing: units[at..<end])
        if let scalar = TableTransliterator.code(quoted) {
          out.append(contentsOf: String(scalar).utf16)
        } else {
          out.append(contentsOf: quoted)
        }
        at = min(end + 1, units.count)
      } else if unit < 0x400, arabic[Int(unit)] != 0 {
        out.append(arabic[Int(unit)])
      } else {
        out.append(unit)
      }
    }
  }

  /// Whether a character that is not Arabic would be read back as something else.
  private func isAmbiguous(_ unit: UInt16) -> Bool {
    unit == Self.open || (unit < 0x400 && arabic[Int(unit)] != 0)
  }

  private func quote(code: UInt32, into out: inout [UInt16]) {
    let hex = String(code, radix: 16, uppercase: true)
    let zeros = String(repeating: "0", count: max(0, 4 - hex.count))
    out.append(contentsOf: "\u{27E6}U+\(zeros)\(hex)\u{27E7}".utf16)
  }

  /// The character of `U+06AD`. A quoted run of text never looks like that: digits are in no table.
  private static func code(_ units: UnsafeBufferPointer<UInt16>) -> Unicode.Scalar? {
    guard units.count >= 6, units[0] == 0x55, units[1] == 0x2B else { return nil }
    let hex = String(decoding: units[2...], as: UTF16.self)
    return UInt32(hex, radix: 16).flatMap(Unicode.Scalar.init)
  }
}
