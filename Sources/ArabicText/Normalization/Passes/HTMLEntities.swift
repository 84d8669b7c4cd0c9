/// Named entities met in Arabic web text: those of HTML 4, of which Latin-1 letters also carry damaged
/// windows-1256 text. From the HTML standard, section "Named character references".
enum HTMLEntities {
  /// Longest name in `values`; names are packed into 64 bits.
  static let longestName = 8

  /// Character by name, the name's ASCII bytes packed into an integer.
  static let values: [UInt64: UInt16] = {
    var values: [UInt64: UInt16] = [:]
    for (offset, name) in latin1.split(separator: " ").enumerated() {
      values[pack(name)] = UInt16(0xA0 + offset)
    }
    for (name, value) in others { values[pack(Substring(name))] = value }
    for (offset, name) in greekCapitals.split(separator: " ").enumerated() {
      // U+03A2 is unassigned: the final sigma has no capital.
      values[pack(name)] = UInt16(0x391 + offset + (offset > 16 ? 1 : 0))
    }
    for (offset, name) in greekSmall.split(separator: " ").enumerated() {
      values[pack(name)] = UInt16(0x3B1 + offset)
    }
    return values
  }()

  /// Names that pages often write without the closing semicolon, and browsers accept so.
  static let withoutSemicolon: Set<UInt64> = Set(
    ["nbsp", "quot", "amp", "lt", "gt", "laquo", "raquo", "copy", "reg", "shy"].map { pack($0) })

  /// What numeric entities 128 to 159 mean: the author's windows-1252.
  static let windows1252: [UInt16] = [
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152,
    0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122,
    0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178,
  ]

  private static func pack(_ name: Substring) -> UInt64 { name.utf8.reduce(0) { $0 << 8 | UInt64($1) } }

  /// U+00A0 to U+00FF in order.
  private static let latin1 = """
    nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr \
    deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest \
    Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml \
    ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig \
    agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml \
    eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml
    """

  private static let greekCapitals = """
    Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi Rho Sigma Tau \
    Upsilon Phi Chi Psi Omega
    """

  private static let greekSmall = """
    alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigmaf sigma \
    tau upsilon phi chi psi omega
    """

  private static let others: [(String, UInt16)] = [
    ("quot", 0x22), ("amp", 0x26), ("apos", 0x27), ("lt", 0x3C), ("gt", 0x3E),
    ("QUOT", 0x22), ("AMP", 0x26), ("LT", 0x3C), ("GT", 0x3E), ("COPY", 0xA9), ("REG", 0xAE),
    ("OElig", 0x152), ("oelig", 0x153), ("Scaron", 0x160), ("scaron", 0x161), ("Yuml", 0x178),
    ("fnof", 0x192), ("circ", 0x2C6), ("tilde", 0x2DC),
    ("ensp", 0x2002), ("emsp", 0x2003), ("thinsp", 0x2009),
    ("zwnj", 0x200C), ("zwj", 0x200D), ("lrm", 0x200E), ("rlm", 0x200F),
    ("ndash", 0x2013), ("mdash", 0x2014), ("lsquo", 0x2018), ("rsquo", 0x2019), ("sbquo", 0x201A),
    ("ldquo", 0x201C), ("rdquo", 0x201D), ("bdquo", 0x201E), ("dagger", 0x2020), ("Dagger", 0x2021),
    ("bull", 0x2022), ("hellip", 0x2026), ("permil", 0x2030), ("prime", 0x2032), ("Prime", 0x2033),
    ("lsaquo", 0x2039), ("rsaquo", 0x203A), ("oline", 0x203E), ("frasl", 0x2044), ("euro", 0x20AC),
    ("trade", 0x2122), ("larr", 0x2190), ("uarr", 0x2191), ("rarr", 0x2192), ("darr", 0x2193),
    ("harr", 0x2194), ("lArr", 0x21D0), ("rArr", 0x21D2), ("hArr", 0x21D4), ("minus", 0x2212),
    ("radic", 0x221A), ("infin", 0x221E), ("asymp", 0x2248), ("ne", 0x2260), ("equiv", 0x2261),
    ("le", 0x2264), ("ge", 0x2265), ("sdot", 0x22C5), ("loz", 0x25CA), ("spades", 0x2660),
    ("clubs", 0x2663), ("hearts", 0x2665), ("diams", 0x2666),
  ]
}
