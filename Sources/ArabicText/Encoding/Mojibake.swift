/// Text that was decoded by the wrong table before it reached us, and how to get it back.
public enum Mojibake {
  /// The two common damages, both reversible.
  public enum Kind: String, Sendable, CaseIterable {
    /// windows-1256 bytes read as Latin-1 or windows-1252: `ÇáÃãÑ`.
    case windows1256AsLatin1 = "windows-1256-as-latin-1"
    /// UTF-8 bytes read as windows-1256: `ط§ظ„`.
    case utf8AsWindows1256 = "utf-8-as-windows-1256"
  }

  /// How many units are looked at; the damage runs through a whole text.
  private static let sampleLength = 4096

  /// The damage of a text, if undoing it turns text that is not Arabic into text that is.
  public static func detect(_ units: UnsafeBufferPointer<UInt16>) -> Kind? {
    let sample = UnsafeBufferPointer(rebasing: units.prefix(sampleLength))
    // Both kinds are full of characters that Arabic text hardly has.
    var latin = 0
    var leads = 0
    for unit in sample {
      if unit >= 0xC0 && unit <= 0xFF { latin += 1 }
      if unit == 0x0637 || unit == 0x0638 { leads += 1 }
    }
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

  /// Appends the repaired text, with one edit for each character that changed, so that offsets lead back.
  ///
  /// What cannot have come from the damage stays as it is.
  public static func repair(
    _ units: UnsafeBufferPointer<UInt16>, _ kind: Kind, into out: inout [UInt16], edits: inout [TextEdit]
  ) {
    switch kind {
    case .windows1256AsLatin1: repairLatin(units, into: &out, edits: &edits)
    case .utf8AsWindows1256: repairUTF8(units, into: &out, edits: &edits)
    }
  }

  private static func repairLatin(
    _ units: UnsafeBufferPointer<UInt16>, into out: inout [UInt16], edits: inout [TextEdit]
  ) {
    let table = SingleByteEncoding.windows1256.table
    for (index, unit) in units.enumerated() {
      guard let byte = latinByte[unit], byte >= 0x80, table[Int(byte)] != 0xFFFD, table[Int(byte)] != unit
      else {
        out.append(unit)
        continue
      }
      edits.append(
        TextEdit(source: TextSpan(index, index + 1), output: TextSpan(out.count, out.count + 1)))
      out.append(table[Int(byte)])
    }
  }

  private static func repairUTF8(
    _ units: UnsafeBufferPointer<UInt16>, into out: inout [UInt16], edits: inout [TextEdit]
  ) {
    var at = 0
    while at < units.count {
      if let (scalar, length) = sequence(units, at: at) {
        let text = Array(String(scalar).utf16)
        edits.append(
          TextEdit(
            source: TextSpan(at, at + length), output: TextSpan(out.count, out.count + text.count)))
        out.append(contentsOf: text)
        at += length
      } else {
        out.append(units[at])
        at += 1
      }
    }
  }

  /// The character whose UTF-8 bytes the units at an index show, and how many units show it.
  private static func sequence(
    _ units: UnsafeBufferPointer<UInt16>, at index: Int
  ) -> (Unicode.Scalar, Int)? {
    guard let lead = windows1256Byte[units[index]] else { return nil }
    let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0
    guard length > 0, index + length <= units.count else { return nil }
    var bytes = [lead]
    for i in 1..<length {
      guard let byte = windows1256Byte[units[index + i]], byte & 0xC0 == 0x80 else { return nil }
      bytes.append(byte)
    }
    guard let text = String(validating: bytes, as: UTF8.self), let scalar = text.unicodeScalars.first else {
      return nil
    }
    return (scalar, length)
  }

  private static let windows1256Byte: [UInt16: UInt8] = {
    var bytes: [UInt16: UInt8] = [:]
    for (byte, unit) in SingleByteEncoding.windows1256.table.enumerated() where byte >= 0x80 {
      bytes[unit] = UInt8(byte)
    }
    return bytes
  }()

  /// Latin-1, and windows-1252 where it differs: browsers read the one as the other.
  private static let latinByte: [UInt16: UInt8] = {
    var bytes: [UInt16: UInt8] = [:]
    for byte in 0x80...0xFF { bytes[UInt16(byte)] = UInt8(byte) }
    let windows1252: [(UInt8, UInt16)] = [
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
