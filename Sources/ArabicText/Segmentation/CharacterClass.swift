/// What a character is to the segmenter.
enum CharacterClass: UInt8 {
  /// Nothing that matters: symbols, unassigned code points, lone surrogates.
  case other
  case blank
  case lineEnd
  case arabic
  case latin
  /// A letter of another script.
  case letter
  case digit
  /// Combining marks and invisible characters: they belong to what they follow.
  case mark
  /// U+0640: lengthens a word, and is none by itself.
  case tatweel
  /// Ends a sentence: . ! ? ؟ ۔ … and their kin.
  case stop
  case openBracket
  case closeBracket
  /// A quotation mark that opens as well as closes.
  case quote
  case apostrophe
  /// Separates clauses: a sentence never starts with one.
  case clauseMark
  case dash
  /// A UTF-16 surrogate; the class is that of the pair.
  case surrogate

  /// Whether the character makes a token of what contains it.
  var isWord: Bool {
    switch self {
    case .arabic, .latin, .letter, .digit: true
    default: false
    }
  }

  /// Whether the character is a blank or ends a line.
  var isSpace: Bool { self == .blank || self == .lineEnd }
}

/// Classes of UTF-16 units, from a table where articles have nearly all their characters.
struct CharacterClasses {
  /// Everything below U+0900, that is ASCII, Latin, Arabic and Arabic Extended.
  private let table: [CharacterClass]
  /// The same, one bit a class.
  private let bitTable: [UInt32]
  /// 1 for every unit of the table and of General Punctuation that makes no word if it stands alone; 0 between.
  let silent: [UInt8]

  init() {
    table = (0..<0x900).map { CharacterClasses.work(out: UInt32($0)) }
    bitTable = table.map { 1 << UInt32($0.rawValue) }
    var silent = table.map { UInt8($0.isWord ? 0 : 1) }
    silent += repeatElement(0, count: 0x2000 - silent.count)
    silent += (0x2000..<0x2070).map { CharacterClasses.work(out: UInt32($0)).isWord ? 0 : 1 }
    self.silent = silent
  }

  /// The bit of a unit's class; nil outside the table.
  @inline(__always)
  func bits(_ unit: UInt16) -> UInt32? { Int(unit) < bitTable.count ? bitTable[Int(unit)] : nil }

  @inline(__always)
  subscript(unit: UInt16) -> CharacterClass {
    if Int(unit) < table.count { return table[Int(unit)] }
    return CharacterClasses.work(out: UInt32(unit))
  }

  /// The class of the code point that starts at `index`, and its length in units.
  @inline(__always)
  func classAndLength(in text: UnsafeBufferPointer<UInt16>, at index: Int) -> (CharacterClass, Int) {
    let first = self[text[index]]
    guard first == .surrogate else { return (first, 1) }
    guard let scalar = CharacterClasses.pair(in: text, at: index) else { return (.other, 1) }
    return (CharacterClasses.work(out: scalar), 2)
  }

  /// A stretch of text without the blanks and line ends around it.
  func trimmed(_ text: UnsafeBufferPointer<UInt16>, _ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while end > start, self[text[end - 1]].isSpace { end -= 1 }
    while start < end, self[text[start]].isSpace { start += 1 }
    return start..<end
  }

  /// The supplementary code point whose surrogate pair starts at `index`, if one does.
  static func pair(in text: UnsafeBufferPointer<UInt16>, at index: Int) -> UInt32? {
    guard index + 1 < text.count, text[index] & 0xfc00 == 0xd800, text[index + 1] & 0xfc00 == 0xdc00
    else { return nil }
    return 0x10000 + (UInt32(text[index] & 0x3ff) << 10) + UInt32(text[index + 1] & 0x3ff)
  }

  private static func work(out value: UInt32) -> CharacterClass {
    switch value {
    case 0xd800...0xdfff: return .surrogate
    case 0x0a...0x0d, 0x85, 0x2028, 0x2029: return .lineEnd
    case 0x09, 0x20, 0xa0, 0x1680, 0x2000...0x200a, 0x202f, 0x205f, 0x3000: return .blank
    case 0x0640: return .tatweel
    // ASCII and fullwidth stops, Arabic question mark and full stop, the end-of-text mark, ellipsis,
    // double marks, interrobang.
    case 0x21, 0x2e, 0x3f, 0x061d, 0x061e, 0x061f, 0x06d4, 0x2026, 0x203c, 0x203d, 0x2047...0x2049, 0xff01,
      0xff0e, 0xff1f:
      return .stop
    case 0x2c, 0x3a, 0x3b, 0x060c, 0x061b, 0xff0c, 0xff1a, 0xff1b: return .clauseMark
    // Low-9 quotes open; “ and ” are used both ways round in Arabic, as " is.
    case 0x201a, 0x201e: return .openBracket
    case 0x22, 0x201c, 0x201d, 0x201f, 0xff02: return .quote
    case 0x27, 0x60, 0xb4, 0x2018, 0x2019, 0x201b, 0xff07: return .apostrophe
    case 0x2d, 0x2010...0x2015, 0x2212: return .dash
    // Invisible, though not all of them are format characters to Unicode.
    case 0x200b, 0x034f: return .mark
    default: break
    }
    guard let scalar = Unicode.Scalar(value) else { return .other }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
      return script(of: value)
    case .decimalNumber: return .digit
    case .nonspacingMark, .spacingMark, .enclosingMark, .format: return .mark
    case .openPunctuation, .initialPunctuation: return .openBracket
    case .closePunctuation, .finalPunctuation: return .closeBracket
    default: return .other
    }
  }

  private static func script(of letter: UInt32) -> CharacterClass {
    switch letter {
    // Arabic, Supplement, Extended-B and -A, presentation forms, Extended-C, mathematical letters.
    case 0x0600...0x06ff, 0x0750...0x077f, 0x0870...0x08ff, 0xfb50...0xfdff, 0xfe70...0xfefe,
      0x10ec0...0x10eff, 0x1ee00...0x1eeff:
      return .arabic
    // Basic to Extended-B, IPA, modifiers used in transliteration, phonetic, Additional, C to E, fullwidth.
    case 0x41...0x024f, 0x0250...0x02af, 0x02b0...0x02ff, 0x1d00...0x1dbf, 0x1e00...0x1eff, 0x2c60...0x2c7f,
      0xa720...0xa7ff, 0xab30...0xab6f, 0xfb00...0xfb06, 0xff21...0xff3a, 0xff41...0xff5a:
      return .latin
    default: return .letter
    }
  }
}
