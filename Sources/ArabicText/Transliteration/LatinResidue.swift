import CICU

/// Fills what a scheme leaves behind, so that no Arabic letter or mark stays in Latin text.
///
/// A letter without a row in any table gets the letter of its shape, read off its Unicode name ("ARABIC
/// LETTER BEH WITH DOT BELOW AND THREE DOTS ABOVE" is a b); presentation forms are taken apart first (NFKC).
struct LatinResidue {
  private var table: [UInt16: [UInt16]] = [:]
  /// Characters met before; such text is rare but repeats itself.
  private var known: [Unicode.Scalar: [UInt16]] = [:]

  init() {
    for (unit, text) in LetterTables.fallback + LetterTables.signs { table[unit] = Array(text.utf16) }
  }

  /// Appends what stands for one Arabic letter, mark or sign.
  mutating func append(_ scalar: Unicode.Scalar, to out: inout [UInt16]) {
    if let text = known[scalar] {
      out.append(contentsOf: text)
      return
    }
    let text = resolve(scalar)
    known[scalar] = text
    out.append(contentsOf: text)
  }

  /// Replaces every Arabic letter and mark from `start` on.
  mutating func close(_ text: inout [UInt16], from start: Int) {
    guard let first = LatinResidue.firstArabic(text, from: start) else { return }
    let rest = Array(text[first...])
    text.removeSubrange(first...)
    rest.withUnsafeBufferPointer { units in
      var at = 0
      while at < units.count {
        let width = ArabicScript.width(of: units, at: at)
        let scalar = ArabicScript.scalar(of: units, at: at)
        if ArabicScript.isLetterOrMark(scalar) || table[units[at]] != nil {
          append(scalar, to: &text)
        } else {
          for i in at..<(at + width) { text.append(units[i]) }
        }
        at += width
      }
    }
  }

  private mutating func resolve(_ scalar: Unicode.Scalar) -> [UInt16] {
    if let unit = UInt16(exactly: scalar.value), let text = table[unit] { return text }
    let taken = LatinResidue.compatibility(scalar)
    if taken.count > 1 || taken.first != scalar {
      var result: [UInt16] = []
      for part in taken {
        if ArabicScript.isLetterOrMark(part) || table[UInt16(truncatingIfNeeded: part.value)] != nil,
          part != scalar
        {
          append(part, to: &result)
        } else {
          result.append(contentsOf: String(part).utf16)
        }
      }
      return result
    }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .spacingMark: return []
    default: return Array(LatinResidue.letter(named: scalar.properties.name ?? "").utf16)
    }
  }

  /// The characters that NFKC takes a character apart into.
  private static func compatibility(_ scalar: Unicode.Scalar) -> String.UnicodeScalarView {
    let whole = Array(String(scalar).utf16)
    // ﷺ is the longest, with 18.
    var parts = [UInt16](repeating: 0, count: 32)
    let count = warraq_normalize_compatibility(whole, Int32(whole.count), &parts, Int32(parts.count))
    return String(decoding: count < 0 ? whole : Array(parts[..<Int(count)]), as: UTF16.self).unicodeScalars
  }

  private static func firstArabic(_ text: [UInt16], from start: Int) -> Int? {
    text.withUnsafeBufferPointer { units in
      var at = start
      while at < units.count, !ArabicScript.mayBeArabic(units[at]) { at += 1 }
      return at < units.count ? at : nil
    }
  }

  /// The Latin letter for the first Arabic letter named in a Unicode name.
  private static func letter(named name: String) -> String {
    for word in name.split(separator: " ") {
      if let letter = shapes[String(word)] { return letter }
    }
    return "?"
  }

  /// Letter names as Unicode spells them.
  private static let shapes: [String: String] = [
    "ALEF": "ā", "BEH": "b", "BEEH": "b", "BEHEH": "b", "PEH": "p", "TEH": "t", "TEHEH": "t", "TTEH": "ṭ",
    "THEH": "ṯ", "JEEM": "ǧ", "HAH": "ḥ", "KHAH": "ẖ", "TCHEH": "č", "DAL": "d", "DDAL": "ḍ", "THAL": "ḏ",
    "REH": "r", "RREH": "ṛ", "ZAIN": "z", "JEH": "ž", "SEEN": "s", "SHEEN": "š", "SAD": "ṣ", "DAD": "ḍ",
    "TAH": "ṭ", "ZAH": "ẓ", "AIN": "ʿ", "GHAIN": "ġ", "FEH": "f", "VEH": "v", "QAF": "q", "KAF": "k",
    "KEHEH": "k", "GAF": "g", "NG": "ñ", "LAM": "l", "MEEM": "m", "NOON": "n", "RNOON": "ṇ", "HEH": "h",
    "WAW": "w", "OE": "ö", "U": "u", "YU": "ü", "YEH": "y", "E": "e", "BARREE": "e", "HAMZA": "ʾ",
    "FARSI": "y", "SWASH": "k", "ROHINGYA": "y", "GAFF": "g", "TATWEEL": "", "HIGH": "", "NYA": "ñ",
    "TAIL": "", "THIN": "y", "VERTICAL": "", "BAH": "b", "YAH": "y", "NUN": "n",
  ]
}
