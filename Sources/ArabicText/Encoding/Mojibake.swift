import CTextScan

/// Text that was decoded by the wrong table before it reached us, and how to get it back.
public enum Mojibake {
  /// The common damages, all reversible.
  public enum Kind: String, Sendable, CaseIterable {
    /// windows-1256 bytes read as Latin-1 or windows-1252: `ÇáÃãÑ`.
    case windows1256AsLatin1 = "windows-1256-as-latin-1"
    /// UTF-8 bytes read as windows-1256: `ط§ظ„`.
    case utf8AsWindows1256 = "utf-8-as-windows-1256"
    /// UTF-8 bytes read as Latin-1 or windows-1252: `Ø§Ù„`.
    case utf8AsLatin1 = "utf-8-as-latin-1"
  }

  /// How many units are looked at; the damage runs through a whole text.
  private static let sampleLength = 4096

  /// The damage of a text, if undoing it turns text that is not Arabic into text that is.
  ///
  /// Looks at the first 4,096 units, and asks for at least eight Arabic letters after the repair.
  public static func detect(_ units: UnsafeBufferPointer<UInt16>) -> Kind? {
    let sample = UnsafeBufferPointer(rebasing: units.prefix(sampleLength))
    // Each kind is full of characters that Arabic text hardly has.
    let latin = warraq_count_in_range(sample.baseAddress, sample.count, 0xC0, 0xFF)
    let leads = warraq_count_in_range(sample.baseAddress, sample.count, 0x0637, 0x0638)
    // The leads of UTF-8 are among the Latin letters: most texts have too few of these already.
    let latinLeads =
      latin * 5 > sample.count ? warraq_count_in_range(sample.baseAddress, sample.count, 0xD8, 0xD9) : 0
    if latinLeads * 5 > sample.count, gain(sample, .utf8AsLatin1) { return .utf8AsLatin1 }
    if latin * 4 > sample.count, gain(sample, .windows1256AsLatin1) { return .windows1256AsLatin1 }
    if leads * 5 > sample.count, gain(sample, .utf8AsWindows1256) { return .utf8AsWindows1256 }
    return nil
  }

  private static func gain(_ sample: UnsafeBufferPointer<UInt16>, _ kind: Kind) -> Bool {
    let before = LetterPairs.score(sample)
    var repaired: [UInt16] = []
    var edits: [TextEdit] = []
    repair(sample, kind, into: &repaired, edits: &edits)
    let after = repaired.withUnsafeBufferPointer { LetterPairs.score($0) }
    return after.letters >= 8 && after.share > 0.25 && after.share > before.share + 0.15
  }

  /// Appends the repaired text to `out`, and to `edits` one edit for each character that changed, so that
  /// offsets lead back; their spans are indices of `units` and of `out`.
  ///
  /// What cannot have come from the damage stays as it is.
  public static func repair(
    _ units: UnsafeBufferPointer<UInt16>, _ kind: Kind, into out: inout [UInt16], edits: inout [TextEdit]
  ) {
    out.reserveCapacity(out.count + units.count)
    switch kind {
    case .windows1256AsLatin1: repairSingleBytes(units, into: &out, edits: &edits)
    case .utf8AsWindows1256: repairUTF8(units, bytes: windows1256Bytes, into: &out, edits: &edits)
    case .utf8AsLatin1: repairUTF8(units, bytes: latinBytes, into: &out, edits: &edits)
    }
  }

  private static func repairSingleBytes(
    _ units: UnsafeBufferPointer<UInt16>, into out: inout [UInt16], edits: inout [TextEdit]
  ) {
    let table = SingleByteEncoding.windows1256.table
    for (index, unit) in units.enumerated() {
      let repaired = table[Int(latinBytes[Int(unit)])]
      guard latinBytes[Int(unit)] != 0, repaired != 0xFFFD, repaired != unit else {
        out.append(unit)
        continue
      }
      edits.append(
        TextEdit(source: TextSpan(index, index + 1), output: TextSpan(out.count, out.count + 1)))
      out.append(repaired)
    }
  }

  private static func repairUTF8(
    _ units: UnsafeBufferPointer<UInt16>, bytes: [UInt8], into out: inout [UInt16], edits: inout [TextEdit]
  ) {
    var at = 0
    while at < units.count {
      guard let (value, length) = sequence(units, at: at, bytes) else {
        out.append(units[at])
        at += 1
        continue
      }
      let start = out.count
      if value > 0xFFFF {
        out.append(UInt16(0xD7C0 + (value >> 10)))
        out.append(UInt16(0xDC00 | (value & 0x3FF)))
      } else {
        out.append(UInt16(value))
      }
      edits.append(TextEdit(source: TextSpan(at, at + length), output: TextSpan(start, out.count)))
      at += length
    }
  }

  /// The code point whose UTF-8 bytes the units at an index show, and how many units show it.
  private static func sequence(
    _ units: UnsafeBufferPointer<UInt16>, at index: Int, _ bytes: [UInt8]
  ) -> (UInt32, Int)? {
    let lead = bytes[Int(units[index])]
    let length = lead >= 0xF5 ? 0 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0
    guard length > 0, index + length <= units.count else { return nil }
    var value = UInt32(lead) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
    for i in (index + 1)..<(index + length) {
      let byte = bytes[Int(units[i])]
      guard byte & 0xC0 == 0x80 else { return nil }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    let smallest: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000
    guard value >= smallest, Unicode.Scalar(value) != nil else { return nil }
    return (value, length)
  }

  /// Byte of each UTF-16 unit in windows-1256, above ASCII; 0 for none.
  private static let windows1256Bytes: [UInt8] = {
    var bytes = [UInt8](repeating: 0, count: 0x10000)
    for (byte, unit) in SingleByteEncoding.windows1256.table.enumerated() where byte >= 0x80 {
      bytes[Int(unit)] = UInt8(byte)
    }
    bytes[0xFFFD] = 0
    return bytes
  }()

  /// The same for Latin-1, and windows-1252 where it differs: browsers read the one as the other.
  private static let latinBytes: [UInt8] = {
    var bytes = [UInt8](repeating: 0, count: 0x10000)
    for byte in 0x80...0xFF { bytes[byte] = UInt8(byte) }
    let windows1252: [(UInt8, Int)] = [
      (0x80, 0x20AC), (0x82, 0x201A), (0x83, 0x0192), (0x84, 0x201E), (0x85, 0x2026), (0x86, 0x2020),
      (0x87, 0x2021), (0x88, 0x02C6), (0x89, 0x2030), (0x8A, 0x0160), (0x8B, 0x2039), (0x8C, 0x0152),
      (0x8E, 0x017D), (0x91, 0x2018), (0x92, 0x2019), (0x93, 0x201C), (0x94, 0x201D), (0x95, 0x2022),
      (0x96, 0x2013), (0x97, 0x2014), (0x98, 0x02DC), (0x99, 0x2122), (0x9A, 0x0161), (0x9B, 0x203A),
      (0x9C, 0x0153), (0x9E, 0x017E), (0x9F, 0x0178),
    ]
    for (byte, unit) in windows1252 { bytes[unit] = byte }
    return bytes
  }()
}
