/// Which characters count as the same when words are compared: every folding, with its reason.
///
/// Nothing of this reaches the text that readers see. Rows follow what Lucene, CAMeL Tools and pyarabic do,
/// except where they are known to merge words that differ or to miss a letter; the tests name those cases.
enum FoldingTable {
  /// What a row is about; some can be switched off.
  enum Group: Sendable {
    case alef, hamza, alefMaqsura, taMarbuta, lookalike, digit, removed
  }

  /// One row: characters, what they become (empty: they vanish), and why.
  struct Row: Sendable {
    var characters: [ClosedRange<UInt16>]
    var target: UInt16?
    var group: Group
    var reason: String

    init(_ characters: [ClosedRange<UInt16>], _ target: UInt16?, _ group: Group, _ reason: String) {
      self.characters = characters
      self.target = target
      self.group = group
      self.reason = reason
    }
  }

  private static func one(_ unit: UInt16) -> ClosedRange<UInt16> { unit...unit }

  static let rows: [Row] = [
    Row(
      [0x0622...0x0623, one(0x0625), one(0x0671)], 0x0627, .alef,
      "آ أ إ ٱ are written ا by many hands; Lucene leaves ٱ"),
    Row([0x0672...0x0673, one(0x0675)], 0x0627, .alef, "rare alefs with hamza or wavy hamza"),
    Row(
      [one(0x0649)], 0x064A, .alefMaqsura,
      "ى and ي are exchanged at word ends; pyarabic makes it ا, إلى becomes الا"),
    Row(
      [one(0x06CC), one(0x06D0), one(0x06CE)], 0x064A, .lookalike,
      "Persian ی and kin; CAMeL makes it ى inside words"),
    Row([one(0x0629)], 0x0647, .taMarbuta, "ة loses its dots at word ends"),
    Row([one(0x06C3)], 0x0647, .taMarbuta, "Urdu ة, folded like it"),
    Row([one(0x0624), one(0x0676)], 0x0648, .hamza, "مسؤول and مسوول are one word"),
    Row([one(0x0626), one(0x0678), one(0x06D3)], 0x064A, .hamza, "شئون and شيون are one word"),
    Row([one(0x06A9), one(0x06AA)], 0x0643, .lookalike, "Persian and Sindhi kaf"),
    Row(
      [one(0x06C1), one(0x06BE), one(0x06D5), one(0x06C0), one(0x06C2), one(0x06FF)], 0x0647, .lookalike,
      "Urdu and Kurdish heh; CAMeL deletes ە"),
    Row([one(0x06D2)], 0x064A, .lookalike, "Urdu barree yeh"),
    Row([0x0610...0x061A, 0x064B...0x065F], nil, .removed, "vowel marks and signs above letters"),
    Row(
      [0x06D6...0x06DC, 0x06DF...0x06E8, 0x06EA...0x06ED, 0x0898...0x089F, 0x08C9...0x08E1, 0x08E3...0x08FF],
      nil,
      .removed, "Quranic marks and small letters"),
    Row([one(0x0640)], nil, .removed, "tatweel only stretches a word"),
    Row(
      [
        one(0x00AD), 0x200B...0x200F, one(0x061C), 0x202A...0x202E, 0x2060...0x2064, 0x2066...0x2069,
        one(0xFEFF),
      ], nil, .removed, "invisible; turned into blanks they would split words"),
    Row([one(0x066C)], nil, .removed, "thousands separator between digits"),
  ]
}
