/// Which characters are Arabic letters and marks (Unicode script Arabic, categories L and M, and the marks
/// Arabic shares with other scripts).
enum ArabicScript {
  /// Units of the character at an index: 2 for a surrogate pair, else 1.
  @inline(__always)
  static func width(of units: UnsafeBufferPointer<UInt16>, at index: Int) -> Int {
    units[index] & 0xFC00 == 0xD800 && index + 1 < units.count && units[index + 1] & 0xFC00 == 0xDC00 ? 2 : 1
  }

  /// The character at an index; U+FFFD for half of a pair.
  static func scalar(of units: UnsafeBufferPointer<UInt16>, at index: Int) -> Unicode.Scalar {
    if width(of: units, at: index) == 2 {
      let high = UInt32(units[index] & 0x3FF) << 10
      return Unicode.Scalar(0x10000 + high + UInt32(units[index + 1] & 0x3FF)) ?? "\u{FFFD}"
    }
    return Unicode.Scalar(UInt32(units[index])) ?? "\u{FFFD}"
  }

  /// Whether a unit may begin an Arabic character: a quick test that lets most Latin text pass.
  @inline(__always)
  static func mayBeArabic(_ unit: UInt16) -> Bool {
    (unit >= 0x0600 && unit < 0x0900) || (unit >= 0xFB50 && unit <= 0xFEFF) || unit & 0xFFF8 == 0xD838
      || unit == 0xD803
  }

  /// Whether the character is an Arabic letter or mark, of any Arabic block.
  static func isLetterOrMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0600...0x06FF, 0x0750...0x077F, 0x0870...0x08FF, 0xFB50...0xFDFF, 0xFE70...0xFEFE,
      0x10E60...0x10E7F, 0x10EC0...0x10EFF, 0x1EC70...0x1ECBF, 0x1ED00...0x1ED4F, 0x1EE00...0x1EEFF:
      break
    default: return false
    }
    switch scalar.properties.generalCategory {
    case .otherLetter, .modifierLetter, .nonspacingMark, .spacingMark, .enclosingMark, .uppercaseLetter,
      .lowercaseLetter, .titlecaseLetter:
      return true
    default: return false
    }
  }
}
