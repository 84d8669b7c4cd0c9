import CICU

/// Sets of UTF-16 units that normalization passes ask for, as bits of a 64 K table.
struct RewriteClasses: OptionSet, Sendable {
  let rawValue: UInt32

  /// Letters of any script.
  static let letter = Self(rawValue: 1 << 0)
  /// Combining marks of any script.
  static let mark = Self(rawValue: 1 << 1)
  /// Characters that NFC may change or that may compose with one before them.
  static let nfcCheck = Self(rawValue: 1 << 2)
  /// Symbols, emoji of the basic plane among them.
  static let symbol = Self(rawValue: 1 << 3)
  /// Letters of the Arabic script, presentation forms included.
  static let arabicLetter = Self(rawValue: 1 << 4)
  /// A to Z in both cases.
  static let latinLetter = Self(rawValue: 1 << 5)
  /// 0 to 9.
  static let asciiDigit = Self(rawValue: 1 << 6)
  /// U+0660 to U+0669.
  static let arabicIndicDigit = Self(rawValue: 1 << 7)
  /// U+06F0 to U+06F9.
  static let persianDigit = Self(rawValue: 1 << 8)
  /// U+066B and U+066C.
  static let numberSeparator = Self(rawValue: 1 << 9)
  /// Blanks within a line.
  static let blank = Self(rawValue: 1 << 10)
  /// Blanks other than U+0020.
  static let oddBlank = Self(rawValue: 1 << 11)
  /// Line ends.
  static let newline = Self(rawValue: 1 << 12)
  /// Line ends other than U+000A.
  static let oddNewline = Self(rawValue: 1 << 13)
  /// Zero-width characters, bidi controls, C0 and C1 controls.
  static let invisible = Self(rawValue: 1 << 14)
  /// Presentation forms that stand for other characters.
  static let presentationForm = Self(rawValue: 1 << 15)
  /// U+0640.
  static let tatweel = Self(rawValue: 1 << 16)
  /// Vowel marks.
  static let diacritic = Self(rawValue: 1 << 17)
  /// Annotation marks of Quran editions.
  static let quranicMark = Self(rawValue: 1 << 18)
  /// Persian and Urdu letters that stand in for Arabic ones.
  static let lookalike = Self(rawValue: 1 << 19)
  /// The ampersand.
  static let ampersand = Self(rawValue: 1 << 20)
  /// Comma, semicolon, question mark of Latin script.
  static let latinPunctuation = Self(rawValue: 1 << 21)
  /// Comma, semicolon, question mark of Arabic script.
  static let arabicPunctuation = Self(rawValue: 1 << 22)
  /// Double quotation marks, straight, curly or angular.
  static let doubleQuote = Self(rawValue: 1 << 23)
  /// Single quotation marks other than the ASCII apostrophe.
  static let singleQuote = Self(rawValue: 1 << 24)
  /// Halves of supplementary characters.
  static let surrogate = Self(rawValue: 1 << 25)
  /// The at sign.
  static let atSign = Self(rawValue: 1 << 26)
  /// ASCII characters other than letters and digits that addresses are written with.
  static let addressSign = Self(rawValue: 1 << 27)

  /// Digits of the three kinds met in Arabic text.
  static let digit: Self = [.asciiDigit, .arabicIndicDigit, .persianDigit]

  /// The classes of every UTF-16 unit: ICU's properties, then the rows of `NormalizationTable`.
  static let table: [UInt32] = {
    let count = 0x10000
    var properties = [UInt8](repeating: 0, count: count)
    warraq_normalize_properties(&properties, Int32(count))
    var table = properties.map { Self(icu: $0).rawValue }
    for row in NormalizationTable.rows {
      for unit in row.units { table[Int(unit)] |= row.classes.rawValue }
    }
    for unit in PresentationForms.shared.units {
      table[Int(unit)] |= Self.presentationForm.rawValue
    }
    for unit in NormalizationTable.phraseSigns { table[Int(unit)] &= ~Self.wordClasses }
    return table
  }()

  private static let wordClasses = Self.letter.rawValue | Self.arabicLetter.rawValue

  private init(icu bits: UInt8) {
    var classes: Self = []
    if bits & UInt8(WARRAQ_PROPERTY_LETTER) != 0 { classes.insert(.letter) }
    if bits & UInt8(WARRAQ_PROPERTY_MARK) != 0 { classes.insert(.mark) }
    if bits & UInt8(WARRAQ_PROPERTY_NFC_CHECK) != 0 { classes.insert(.nfcCheck) }
    if bits & UInt8(WARRAQ_PROPERTY_SYMBOL) != 0 { classes.insert(.symbol) }
    if bits & UInt8(WARRAQ_PROPERTY_SURROGATE) != 0 { classes.insert(.surrogate) }
    self = classes
  }

  init(rawValue: UInt32) { self.rawValue = rawValue }
}
