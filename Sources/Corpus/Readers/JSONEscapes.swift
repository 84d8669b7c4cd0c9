/// Escapes of JSON strings that no parser takes.
enum JSONEscapes {
  /// Turns `\ud800` without its other half into `\ufffd`; returns how many.
  static func replaceLoneSurrogates(_ units: inout [UInt16]) -> Int {
    var replaced = 0
    var at = 0
    while at < units.count {
      guard units[at] == 0x5C else {
        at += 1
        continue
      }
      guard let value = escape(units, at) else {
        at += 2
        continue
      }
      if value & 0xFC00 == 0xD800, let next = escape(units, at + 6), next & 0xFC00 == 0xDC00 {
        at += 12
        continue
      }
      if value & 0xF800 == 0xD800 {
        units.replaceSubrange((at + 2)..<(at + 6), with: Array("fffd".utf16))
        replaced += 1
      }
      at += 6
    }
    return replaced
  }

  /// The value of a `\uXXXX` at an index.
  private static func escape(_ units: [UInt16], _ at: Int) -> UInt16? {
    guard at + 6 <= units.count, units[at] == 0x5C, units[at + 1] == 0x75 else { return nil }
    return UInt16(String(decoding: units[(at + 2)..<(at + 6)], as: UTF16.self), radix: 16)
  }
}
