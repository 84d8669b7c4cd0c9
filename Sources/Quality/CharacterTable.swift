import ArabicText

/// What each UTF-16 unit is to the measures, and what it is compared as.
final class CharacterTable: Sendable {
  enum Class {
    static let punctuation: UInt32 = 0
    static let blank: UInt32 = 1
    static let lineEnd: UInt32 = 2
    static let arabic: UInt32 = 3
    static let letter: UInt32 = 4
    static let digit: UInt32 = 5
    /// Vowel marks, tatweel, invisible characters: part of a word, never counted.
    static let mark: UInt32 = 6
  }

  /// Flags beside the class.
  static let endsLine: UInt32 = 1 << 24
  static let beginsList: UInt32 = 1 << 25
  static let joinsNumber: UInt32 = 1 << 26

  static let standard = CharacterTable()

  /// By unit: what it is folded to (bits 0..<16; 0xFFFF when it vanishes), its class (16..<20), flags.
  let entries: [UInt32]

  private init() {
    let folding = KeyFolding()
    var entries = [UInt32](repeating: 0, count: 1 << 16)
    for value in UInt32(0)..<1 << 16 {
      let unit = UInt16(value)
      var kind = Class.punctuation
      if let scalar = Unicode.Scalar(value) {
        kind = CharacterTable.kind(of: scalar)
      } else if 0xDC00...0xDFFF ~= value {
        // The second half of a character counts with the first.
        kind = Class.mark
      }
      entries[Int(value)] = UInt32(folding.fold(unit) ?? 0xFFFF) | kind << 16
    }
    for unit in ".!?؟،؛۔…:\u{061E}»”’\"')]}\u{203A}\u{FD3E}".utf16 {
      entries[Int(unit)] |= CharacterTable.endsLine
    }
    for unit in "•-–—*·▪●◦■□►‣⁃".utf16 { entries[Int(unit)] |= CharacterTable.beginsList }
    for unit in ".,/:-٫٬".utf16 { entries[Int(unit)] |= CharacterTable.joinsNumber }
    self.entries = entries
  }

  private static func kind(of scalar: Unicode.Scalar) -> UInt32 {
    switch scalar.value {
    case 0x0A, 0x0D, 0x0B, 0x0C, 0x85, 0x2028, 0x2029: return Class.lineEnd
    case 0x640: return Class.mark
    default: break
    }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .letterNumber:
      switch scalar.value {
      case 0x600...0x6FF, 0x750...0x77F, 0x8A0...0x8FF, 0xFB50...0xFDFF, 0xFE70...0xFEFF: return Class.arabic
      default: return Class.letter
      }
    case .decimalNumber, .otherNumber: return Class.digit
    case .nonspacingMark, .enclosingMark, .spacingMark, .format: return Class.mark
    case .spaceSeparator, .control: return Class.blank
    default: return Class.punctuation
    }
  }
}
