import CICU

/// The tokens that summaries are compared by.
///
/// NFKC; Arabic marks, tatweel and format characters (category Cf) dropped; alef forms, alef maqsura and ta
/// marbuta folded; Arabic and Persian digits as ASCII; Latin lower-cased; a token is a run of letters, digits and
/// underscores. No stemming, no stop words: ROUGE of Arabic depends on such choices, so figures of other scorers
/// are not comparable.
public enum SummaryTokens {
  /// The tokens of a text, each as its code points.
  public static func tokens(of text: String) -> [[Unicode.Scalar]] {
    var tokens: [[Unicode.Scalar]] = []
    var token: [Unicode.Scalar] = []
    func close() {
      if !token.isEmpty { tokens.append(token) }
      token.removeAll(keepingCapacity: true)
    }
    for scalar in compatible(text).unicodeScalars where !isDropped(scalar) {
      TextFolding.forEachLowercase(letter(scalar)) { folded in
        if TextFolding.isWordPart(folded) { token.append(folded) } else { close() }
      }
    }
    close()
    return tokens
  }

  private static func isDropped(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0610...0x061A, 0x064B...0x065F, 0x0670, 0x06D6...0x06ED, 0x0640: true
    case 0..<0x80, 0x0620...0x064A: false
    default: scalar.properties.generalCategory == .format
    }
  }

  private static func letter(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0x0622, 0x0623, 0x0625, 0x0671: "\u{0627}"  // آ أ إ ٱ to ا
    case 0x0649: "\u{064A}"  // ى to ي
    case 0x0629: "\u{0647}"  // ة to ه
    case 0x0660...0x0669: Unicode.Scalar(UInt8(scalar.value - 0x0660) + 0x30)
    case 0x06F0...0x06F9: Unicode.Scalar(UInt8(scalar.value - 0x06F0) + 0x30)
    default: scalar
    }
  }

  /// NFKC (UAX #15) by ICU.
  private static func compatible(_ text: String) -> String {
    let units = Array(text.utf16)
    guard let length = Int32(exactly: units.count), length > 0, length < .max / 20 else { return text }
    // Most texts do not grow; a ligature (U+FDFA) grows to 18 units at most.
    for capacity in [length + 64, length * 18] {
      var output = [UInt16](repeating: 0, count: Int(capacity))
      let count = warraq_normalize_compatibility(units, length, &output, capacity)
      if count >= 0 { return String(decoding: output[..<Int(count)], as: UTF16.self) }
    }
    return text
  }
}
