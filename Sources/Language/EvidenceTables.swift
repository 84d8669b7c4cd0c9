/// The tables of evidence, laid out for the loop over a text. Made once, shared by all.
final class EvidenceTables: Sendable {
  /// What a UTF-16 unit is to the loop.
  enum Kind {
    static let separator: UInt16 = 0
    static let arabic: UInt16 = 1
    static let latin: UInt16 = 2
    static let digit: UInt16 = 3
    /// Vowel marks, tatweel and invisible characters, which do not end a word.
    static let mark: UInt16 = 4
    static let other: UInt16 = 5
  }

  /// Letters that a word may have to be looked up; longer words are in no list.
  static let longestWord = 10
  /// Evidence classes, 0 for none.
  static let classCount = 128

  static let standard = EvidenceTables()

  /// A row a UTF-16 unit: its code in words (bits 0..<6), its kind (6..<9), its evidence class (9..<16).
  let units: [UInt16]
  /// What one character of each class says.
  let classes: [Evidence]
  /// Open addressing over words and affixes of three letters; 0 is free.
  private let keys: [UInt64]
  private let values: [UInt16]
  private let shift: UInt64
  /// By the codes of the first or last two letters: number of what the affix says, and in `affixMark` whether one of
  /// three letters may be there.
  let prefixes: [UInt16]
  let suffixes: [UInt16]
  /// What words and affixes say, by number; number 0 is nothing.
  let evidence: [Evidence]

  /// Set in `prefixes` and `suffixes` where the third letter decides.
  static let affixMark: UInt16 = 0x8000
  static let latinKey: UInt64 = 1 << 60
  static let prefixKey: UInt64 = 1 << 61
  static let suffixKey: UInt64 = 1 << 62

  private init() {
    var units = [UInt16](repeating: Kind.separator << 6, count: 1 << 16)
    EvidenceTables.setLetters(&units)
    var classes = [Evidence()]
    for (letters, text) in LetterEvidence.rows {
      let row = UInt16(classes.count)
      precondition(classes.count < EvidenceTables.classCount)
      for unit in letters.utf16 {
        precondition(units[Int(unit)] >> 9 == 0)
        units[Int(unit)] |= row << 9
      }
      classes.append(Evidence.parse(text))
    }
    EvidenceTables.setPresentationForms(&units)
    while classes.count < EvidenceTables.classCount { classes.append(Evidence()) }

    var numbers = Numbers()
    var words: [UInt64: Evidence] = [:]
    for (text, said) in ArabicScriptWords.rows + ArabicScriptWords.dialectRows + LatinScriptWords.rows {
      // A word spelled in two ways that count as one says what it says once.
      let row = Set(text.split(whereSeparator: \.isWhitespace).compactMap { EvidenceTables.key($0, units) })
      let evidence = Evidence.parse(said)
      for key in row { words[key, default: Evidence()] &+= evidence }
    }
    var prefixes = [UInt16](repeating: 0, count: 4096)
    var suffixes = prefixes
    for (text, said) in LetterEvidence.affixes {
      for affix in text.split(separator: " ") {
        let isPrefix = affix.hasSuffix("-")
        let letters = isPrefix ? affix.dropLast() : affix.dropFirst()
        guard let key = EvidenceTables.key(letters, units) else { continue }
        if letters.utf16.count == 2 {
          let number = numbers.number(of: Evidence.parse(said))
          if isPrefix { prefixes[Int(key)] |= number } else { suffixes[Int(key)] |= number }
        } else {
          words[key | (isPrefix ? EvidenceTables.prefixKey : EvidenceTables.suffixKey)] = Evidence.parse(said)
          if isPrefix {
            prefixes[Int(key >> 6)] |= EvidenceTables.affixMark
          } else {
            suffixes[Int(key & 0xFFF)] |= EvidenceTables.affixMark
          }
        }
      }
    }

    var bits = 4
    while 1 << bits < words.count * 3 { bits += 1 }
    let shift = UInt64(64 - bits)
    var keys = [UInt64](repeating: 0, count: 1 << bits)
    var values = [UInt16](repeating: 0, count: 1 << bits)
    for (key, said) in words {
      var at = EvidenceTables.place(of: key, shift)
      while keys[at] != 0 { at = (at + 1) & (keys.count - 1) }
      keys[at] = key
      values[at] = numbers.number(of: said)
    }
    self.units = units
    self.classes = classes
    self.keys = keys
    self.values = values
    self.shift = shift
    self.prefixes = prefixes
    self.suffixes = suffixes
    evidence = numbers.list
  }

  /// Distinct evidence, numbered.
  private struct Numbers {
    var list = [Evidence()]
    var numbers: [Evidence: UInt16] = [Evidence(): 0]

    mutating func number(of evidence: Evidence) -> UInt16 {
      if let number = numbers[evidence] { return number }
      let number = UInt16(list.count)
      precondition(number < EvidenceTables.affixMark)
      numbers[evidence] = number
      list.append(evidence)
      return number
    }
  }

  /// Number of what a word or affix says; 0 when it is in no list.
  @inline(__always)
  func number(of key: UInt64) -> Int {
    keys.withUnsafeBufferPointer { keys in
      var at = EvidenceTables.place(of: key, shift)
      while keys[at] != key {
        if keys[at] == 0 { return 0 }
        at = (at &+ 1) & (keys.count &- 1)
      }
      return Int(values.withUnsafeBufferPointer { $0[at] })
    }
  }

  /// Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4).
  @inline(__always)
  private static func place(of key: UInt64, _ shift: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) &>> shift)
  }

  /// The key of a word; nil for one that is too long or has a character that is no letter.
  static func key(_ word: some StringProtocol, _ units: [UInt16]) -> UInt64? {
    var key: UInt64 = 0
    var length = 0
    for unit in word.utf16 {
      let entry = units[Int(unit)]
      switch (entry >> 6) & 7 {
      case Kind.mark: continue
      case Kind.arabic: break
      case Kind.latin, Kind.digit: key |= latinKey
      default: return nil
      }
      key = (key & latinKey) | ((key & (latinKey - 1)) << 6) | UInt64(entry & 63)
      length += 1
    }
    return length > 0 && length <= longestWord ? key : nil
  }

  /// Letters that count as one in words; the first of each group gives the code. Every other letter of the Arabic
  /// blocks has the last code.
  private static let arabicLetters = """
    ء اأإٱ آ ب ة ت ث ج ح خ د ذ ر ز س ش ص ض ط ظ ع غ ف ق كکڪ ل م ن هہھۀ و يیىۍ ؤ ئ پ چ ژ گ ڤ ٹ ڈ ڑ ں ے ټ ډ ړ ښ ږ ځ څ ڼ ګ ې ۆ ێ ڵ ڕ
    ە ۇ ۈ ۋ ڭ
    """

  private static func setLetters(_ units: inout [UInt16]) {
    func set(_ range: ClosedRange<UInt16>, _ kind: UInt16, _ code: UInt16 = 63) {
      for unit in range { units[Int(unit)] = kind << 6 | code }
    }
    // Scripts beside Arabic and Latin: Greek, Cyrillic, Armenian, Hebrew; Syriac to Hangul Jamo and on; kana,
    // ideographs, Hangul.
    set(0x0370...0x05FF, Kind.other)
    set(0x0700...0x1CFF, Kind.other)
    set(0x1F00...0x1FFF, Kind.other)
    set(0x3041...0x318F, Kind.other)
    set(0x3400...0x9FFF, Kind.other)
    set(0xAC00...0xD7A3, Kind.other)
    // Supplementary ideographs, by their high surrogate.
    set(0xD840...0xD887, Kind.other)
    set(0x0620...0x064A, Kind.arabic)
    set(0x066E...0x06D3, Kind.arabic)
    set(0x06D5...0x06D5, Kind.arabic)
    set(0x06EE...0x06EF, Kind.arabic)
    set(0x06FA...0x06FF, Kind.arabic)
    set(0x0750...0x077F, Kind.arabic)
    set(0x08A0...0x08C7, Kind.arabic)
    set(0xFB50...0xFDFB, Kind.arabic)
    set(0xFE76...0xFEFC, Kind.arabic)
    set(0x0610...0x061A, Kind.mark)
    set(0x064B...0x065F, Kind.mark)
    set(0x0670...0x0670, Kind.mark)
    set(0x0640...0x0640, Kind.mark)
    set(0x06D6...0x06DC, Kind.mark)
    set(0x06DF...0x06E8, Kind.mark)
    set(0x06EA...0x06ED, Kind.mark)
    set(0x00AD...0x00AD, Kind.mark)
    set(0x200D...0x200F, Kind.mark)
    set(0x202A...0x202E, Kind.mark)
    set(0x0300...0x036F, Kind.mark)
    var code: UInt16 = 1
    for group in arabicLetters.split(whereSeparator: \.isWhitespace) {
      for unit in group.utf16 { set(unit...unit, Kind.arabic, code) }
      code += 1
    }
    precondition(code <= 63)
    set(0x00C0...0x024F, Kind.latin, 38)
    set(0x1E00...0x1EFF, Kind.latin, 38)
    units[0x00D7] = 0
    units[0x00F7] = 0
    for letter in UInt16(0)..<26 {
      set(0x41 + letter...0x41 + letter, Kind.latin, 1 + letter)
      set(0x61 + letter...0x61 + letter, Kind.latin, 1 + letter)
    }
    for digit in UInt16(0)...9 { set(0x30 + digit...0x30 + digit, Kind.digit, 27 + digit) }
    // Accented letters that lists of frequent words have.
    for (number, unit) in "éàèçñüöşğıåãõ".utf16.enumerated() {
      set(unit...unit, Kind.latin, 39 + UInt16(number))
    }
  }

  /// Letters of Arabic Presentation Forms B from U+FE80 on and of A from U+FB50 on, each with the number of its forms.
  /// Ligatures of lam and alef count as lam.
  private static func setPresentationForms(_ units: inout [UInt16]) {
    let rows: [(first: UInt16, two: String, letters: String)] = [
      (0xFE80, "آأؤإاةدذرزوى", "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي"),
      (0xFB50, "ٱڍڌڎڈژڑںۀےۓ", "ٱٻپڀٺٿٹڤڦڄڃچڇڍڌڎڈژڑکگڳڱںڻۀہھےۓ"),
    ]
    for row in rows {
      var unit = row.first
      for letter in row.letters.utf16 {
        let forms: UInt16 = letter == 0x0621 ? 1 : row.two.utf16.contains(letter) ? 2 : 4
        for form in unit..<unit + forms { units[Int(form)] = units[Int(letter)] }
        unit += forms
      }
    }
    for unit in 0xFEF5...0xFEFC { units[unit] = units[0x0644] }
  }
}
