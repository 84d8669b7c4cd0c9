/// What a UTF-16 unit is to the shape of a line.
enum CharacterClass {
  static let letter: UInt8 = 0
  static let latin: UInt8 = 1
  static let digit: UInt8 = 2
  static let blank: UInt8 = 3
  static let newline: UInt8 = 4
  /// . ؟ ! ? ۔ …
  static let stop: UInt8 = 5
  static let colon: UInt8 = 6
  /// - – — ― and tatweel, which stands for a dash between blanks.
  static let dash: UInt8 = 7
  static let slash: UInt8 = 8
  static let comma: UInt8 = 9
  static let open: UInt8 = 10
  static let close: UInt8 = 11
  static let quote: UInt8 = 12
  static let bar: UInt8 = 13
  /// • ● ▪ * and other marks of list items.
  static let bullet: UInt8 = 14
  static let at: UInt8 = 15
  static let hash: UInt8 = 16
  static let other: UInt8 = 17
  /// Marks and controls, which are neither word nor gap.
  static let ignored: UInt8 = 18
  static let underscore: UInt8 = 19

  static let table: [UInt8] = {
    var table = [UInt8](repeating: letter, count: 1 << 16)
    func set(_ units: ClosedRange<UInt16>, _ value: UInt8) { for unit in units { table[Int(unit)] = value } }
    func set(_ text: String, _ value: UInt8) { for unit in text.utf16 { table[Int(unit)] = value } }
    set(0x0000...0x0040, other)
    set(0x005B...0x0060, other)
    set(0x007B...0x00BF, other)
    set(0x2010...0x2BFF, other)
    set(0x3000...0x303F, other)
    set(0xFE00...0xFE6F, other)
    set(0xFF00...0xFF0F, other)
    set(0x0600...0x060F, other)
    set(0x0041...0x005A, latin)
    set(0x0061...0x007A, latin)
    set(0x00C0...0x024F, latin)
    set(0x0030...0x0039, digit)
    set(0x0660...0x0669, digit)
    set(0x06F0...0x06F9, digit)
    set("\u{20}\u{09}\u{A0}\u{1680}\u{202F}\u{205F}\u{3000}", blank)
    set(0x2000...0x200A, blank)
    set("\n\u{0B}\u{0C}\r\u{85}\u{2028}\u{2029}", newline)
    set(".؟!?۔…", stop)
    set(":：", colon)
    set("-–—―‐‑‒−ـ", dash)
    set("/\\", slash)
    set("،,؛;", comma)
    set("([{﴾", open)
    set(")]}﴿", close)
    set("\"'«»“”„‟‘’‹›`", quote)
    set("|¦»›>", bar)
    // » closes a quotation far more often than it parts a breadcrumb.
    set("»›", quote)
    set("•●▪■◆◄►▶◀○‣∙·*★☆✔✓➤→←", bullet)
    set("@", at)
    set("#", hash)
    set("_", underscore)
    set(0x0610...0x061A, ignored)
    set(0x064B...0x065F, ignored)
    set("\u{0670}\u{AD}\u{61C}\u{2060}\u{FEFF}", ignored)
    set(0x06D6...0x06DC, ignored)
    set(0x06DF...0x06E4, ignored)
    set(0x200B...0x200F, ignored)
    set(0x202A...0x202E, ignored)
    set(0x2066...0x2069, ignored)
    return table
  }()
}
