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
        for (offset, unit) in "fffd".utf16.enumerated() { units[at + 2 + offset] = unit }
        replaced += 1
      }
      at += 6
    }
    return replaced
  }

  /// The value of a `\uXXXX` at an index.
  private static func escape(_ units: [UInt16], _ at: Int) -> UInt16? {
    guard at + 6 <= units.count, units[at] == 0x5C, units[at + 1] == 0x75 else { return nil }
    var value: UInt16 = 0
    for unit in units[(at + 2)..<(at + 6)] {
      guard let digit = digit(unit) else { return nil }
      value = value << 4 | digit
    }
    return value
  }

  private static func digit(_ unit: UInt16) -> UInt16? {
    switch unit {
    case 0x30...0x39: unit - 0x30
    case 0x41...0x46: unit - 0x37
    case 0x61...0x66: unit - 0x57
    default: nil
    }
  }
}
