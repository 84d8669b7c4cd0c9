/// Which characters the normalization passes treat, and why: the one table behind `RewriteClasses`.
///
/// General properties (letter, mark, NFC) come from ICU; Arabic facts stand here.
enum NormalizationTable {
  /// Characters `first...last` belong to `classes`.
  struct Row: Sendable {
    let units: ClosedRange<UInt16>
    let classes: RewriteClasses
    let reason: String

    init(_ first: UInt16, _ last: UInt16, _ classes: RewriteClasses, _ reason: String) {
      units = first...last
      self.classes = classes
      self.reason = reason
    }

    init(_ unit: UInt16, _ classes: RewriteClasses, _ reason: String) {
      self.init(unit, unit, classes, reason)
    }
  }

  /// All rows.
  static let rows: [Row] = letters + marks + invisibles + blanks + digits + signs + lookalikeRows

  private static let letters: [Row] = [
    Row(0x0041, 0x005A, .latinLetter, "capital letters"),
    Row(0x0061, 0x007A, .latinLetter, "small letters"),
    Row(0x0620, 0x063F, .arabicLetter, "hamza to ghain, Kashmiri yeh, Azeri forms"),
    Row(0x0641, 0x064A, .arabicLetter, "feh to yeh; 0640 is tatweel"),
    Row(0x066E, 0x066F, .arabicLetter, "dotless beh and qaf of early Quran copies"),
    Row(0x0671, 0x06D3, .arabicLetter, "alef wasla and the letters of other languages"),
    Row(0x06D5, .arabicLetter, "ae; 06D4 is a full stop"),
    Row(0x06EE, 0x06EF, .arabicLetter, "dal and reh with inverted v"),
    Row(0x06FA, 0x06FC, .arabicLetter, "sheen, dad, ghain with dot below"),
    Row(0x06FF, .arabicLetter, "heh with inverted v"),
    Row(0x0750, 0x077F, .arabicLetter, "Arabic Supplement"),
    Row(0x0870, 0x0887, .arabicLetter, "Arabic Extended-B: alefs of Quran editions"),
    Row(0x0889, 0x088E, .arabicLetter, "Arabic Extended-B; 0888 is a symbol"),
    Row(0x08A0, 0x08C8, .arabicLetter, "Arabic Extended-A"),
    Row(0xFB50, 0xFBB1, .arabicLetter, "presentation forms A; FBB2 to FBC2 are symbols"),
    Row(0xFBD3, 0xFD3D, .arabicLetter, "presentation forms A"),
    Row(0xFD50, 0xFD8F, .arabicLetter, "ligatures of three letters"),
    Row(0xFD92, 0xFDC7, .arabicLetter, "ligatures of three letters"),
    Row(0xFDF0, 0xFDF9, .arabicLetter, "ligatures that are words"),
    Row(0xFE80, 0xFEFC, .arabicLetter, "presentation forms B; FE70 to FE7F are marks"),
    Row(0x0640, .tatweel, "elongates the line, is no part of the word"),
  ]

  private static let marks: [Row] = [
    Row(0x064B, 0x0652, .diacritic, "tanween, vowels, shadda, sukun"),
    Row(0x0653, 0x0655, .diacritic, "madda and hamza that composed with no letter; composing goes first"),
    Row(0x0656, 0x065F, .diacritic, "subscript alef, inverted damma and further vowels"),
    Row(0x0670, .diacritic, "dagger alef"),
    Row(0x08E4, 0x08E9, .diacritic, "curly vowels and tanween of African orthographies"),
    Row(0x08ED, 0x08F2, .diacritic, "tone loops and open tanween"),
    Row(0x08F4, 0x08FE, .diacritic, "further vowel signs"),
    Row(0x0610, 0x061A, .quranicMark, "honorifics and small high letters above words"),
    Row(0x06D6, 0x06DC, .quranicMark, "small high pause marks; 06DD end of ayah is a visible sign"),
    Row(0x06DF, 0x06E4, .quranicMark, "small high zeros, sukun of Uthmani script, madda; 06DE is a sign"),
    Row(0x06E5, 0x06E6, .quranicMark, "small waw and yeh, letters to Unicode (Lm) but marks to readers"),
    Row(0x06E7, 0x06E8, .quranicMark, "small high yeh and noon"),
    Row(0x06EA, 0x06ED, .quranicMark, "low stops and small low meem; 06E9 sajdah is a visible sign"),
    Row(0x0898, 0x089F, .quranicMark, "marks of Quran editions outside Egypt"),
    Row(0x08C9, .quranicMark, "small Farsi yeh, a letter to Unicode (Lm)"),
    Row(0x08CA, 0x08E1, .quranicMark, "pause marks; 08E2 disputed end of ayah is a visible sign"),
    Row(0x08E3, .quranicMark, "turned damma below"),
    Row(0x08EA, 0x08EC, .quranicMark, "tone marks and low dots"),
    Row(0x08F3, .quranicMark, "small high waw"),
    Row(0x08FF, .quranicMark, "side dot"),
  ]

  private static let invisibles: [Row] = [
    Row(0x0000, 0x0008, .invisible, "C0 controls"),
    Row(0x000E, 0x001F, .invisible, "C0 controls"),
    Row(0x007F, 0x0084, .invisible, "delete and C1 controls"),
    Row(0x0086, 0x009F, .invisible, "C1 controls; 0085 is a line end"),
    Row(0x00AD, .invisible, "soft hyphen: shown only where the source broke the line"),
    Row(0x061C, .invisible, "Arabic letter mark"),
    Row(0x200B, 0x200F, .invisible, "zero-width space, joiners, left-to-right and right-to-left mark"),
    Row(0x202A, 0x202E, .invisible, "bidi embeddings and overrides"),
    Row(0x2060, 0x2064, .invisible, "word joiner, invisible operators"),
    Row(0x2066, 0x2069, .invisible, "bidi isolates"),
    Row(0x206A, 0x206F, .invisible, "deprecated shaping controls"),
    Row(0xFEFF, .invisible, "byte order mark"),
    Row(0xFFF9, 0xFFFB, .invisible, "interlinear annotation controls"),
  ]

  private static let blanks: [Row] = [
    Row(0x0020, .blank, "space"),
    Row(0x0009, [.blank, .oddBlank], "tab"),
    Row(0x00A0, [.blank, .oddBlank], "no-break space, left over from page layout"),
    Row(0x1680, [.blank, .oddBlank], "Ogham space"),
    Row(0x2000, 0x200A, [.blank, .oddBlank], "spaces of typographic widths"),
    Row(0x202F, [.blank, .oddBlank], "narrow no-break space"),
    Row(0x205F, [.blank, .oddBlank], "mathematical space"),
    Row(0x3000, [.blank, .oddBlank], "ideographic space"),
    Row(0x000A, .newline, "line feed"),
    Row(0x000B, 0x000D, [.newline, .oddNewline], "vertical tab, form feed, carriage return"),
    Row(0x0085, [.newline, .oddNewline], "next line"),
    Row(0x2028, 0x2029, [.newline, .oddNewline], "line and paragraph separator"),
  ]

  private static let digits: [Row] = [
    Row(0x0030, 0x0039, .asciiDigit, "digits of the Maghreb and of Latin text"),
    Row(0x0660, 0x0669, .arabicIndicDigit, "digits of the Mashriq"),
    Row(0x06F0, 0x06F9, .persianDigit, "digits of Persian and Urdu keyboards"),
    Row(0x066B, 0x066C, .numberSeparator, "decimal and thousands separator"),
  ]

  private static let signs: [Row] = [
    Row(0x0026, [.ampersand, .addressSign], "starts an entity"),
    Row(0x0040, [.atSign, .addressSign], "joins the parts of an e-mail address"),
    Row(0x0023, [.addressSign], "fragment"),
    Row(0x0025, [.addressSign], "percent encoding"),
    Row(0x002B, [.addressSign], "in addresses and versions"),
    Row(0x002D, 0x002F, [.addressSign], "hyphen, point, slash"),
    Row(0x003A, [.addressSign], "after a scheme"),
    Row(0x003D, [.addressSign], "in a query"),
    Row(0x005F, [.addressSign], "low line"),
    Row(0x007E, [.addressSign], "in old home page addresses"),
    Row(0x003F, [.latinPunctuation], "question mark; a query in addresses"),
    Row(0x002C, .latinPunctuation, "comma"),
    Row(0x003B, .latinPunctuation, "semicolon"),
    Row(0x060C, .arabicPunctuation, "Arabic comma"),
    Row(0x061B, .arabicPunctuation, "Arabic semicolon"),
    Row(0x061F, .arabicPunctuation, "Arabic question mark"),
    Row(0x0022, .doubleQuote, "straight quote"),
    Row(0x00AB, .doubleQuote, "left guillemet"),
    Row(0x00BB, .doubleQuote, "right guillemet"),
    Row(0x201C, 0x201F, .doubleQuote, "curly quotes, low and reversed ones"),
    Row(0x2018, 0x201B, .singleQuote, "single curly quotes"),
    Row(0x2039, 0x203A, .singleQuote, "single guillemets"),
  ]

  /// Signs of a phrase or a word in itself, which need a blank to their neighbours when written out.
  static let phraseSigns: [UInt16] = [0xFDFA, 0xFDFB, 0xFDFC]

  private static let lookalikeRows = lookalikes.map { Row($0.unit, .lookalike, $0.reason) }

  /// Letter, the Arabic letter meant, reason. For a final U+06CC see `LookalikesPass`.
  static let lookalikes: [(unit: UInt16, arabic: UInt16, reason: String)] = [
    (0x06CC, 0x064A, "Farsi yeh of Persian keyboards: yeh, in final position also alef maksura"),
    (0x06A9, 0x0643, "keheh: the Persian shape of kaf"),
    (0x06AA, 0x0643, "swash kaf: a calligraphic shape of kaf"),
    (0x06C1, 0x0647, "heh goal: the Urdu shape of heh"),
    (0x06BE, 0x0647, "heh doachashmee: the initial shape of heh"),
    (0x06D5, 0x0647, "ae: the isolated shape of heh"),
    (0x06C0, 0x0647, "heh with yeh above: heh with the Persian ezafe"),
    (0x06C2, 0x0647, "heh goal with hamza: heh with the Urdu izafat"),
    (0x06C3, 0x0629, "teh marbuta goal: the Urdu shape of teh marbuta"),
    (0x06D2, 0x064A, "yeh barree: the Urdu final yeh"),
    (0x06D3, 0x0626, "yeh barree with hamza"),
  ]
}
