/// UTF-16 and UTF-32 bytes to UTF-16 units.
enum WideText {
  /// Appends the text without its byte order mark; lone surrogates, values beyond U+10FFFF and a last unit
  /// that is cut become U+FFFD.
  static func decode(
    _ bytes: UnsafeBufferPointer<UInt8>, width: Int, isBigEndian: Bool, how: DecodedEncoding.Decision,
    into out: inout [UInt16]
  ) -> DecodedEncoding {
    out.reserveCapacity(out.count + bytes.count / 2 + 1)
    let start = out.count
    var replaced =
      width == 2
      ? append16(bytes, isBigEndian: isBigEndian, to: &out)
      : append32(bytes, isBigEndian: isBigEndian, to: &out)
    if out.count > start, out[start] == 0xFEFF { out.remove(at: start) }
    if width == 2 { replaced += replaceLoneSurrogates(&out, from: start) }
    if bytes.count % width != 0 {
      replaced += 1
      out.append(0xFFFD)
    }
    return DecodedEncoding(
      name: "utf-\(width * 8)\(isBigEndian ? "be" : "le")", how: how, replacements: replaced)
  }

  private static func append16(
    _ bytes: UnsafeBufferPointer<UInt8>, isBigEndian: Bool, to out: inout [UInt16]
  ) -> Int {
    let count = bytes.count / 2
    let high = isBigEndian ? 0 : 1
    let units = [UInt16](unsafeUninitializedCapacity: count) { buffer, initialized in
      for i in 0..<count { buffer[i] = UInt16(bytes[2 * i + high]) << 8 | UInt16(bytes[2 * i + 1 - high]) }
      initialized = count
    }
    out.append(contentsOf: units)
    return 0
  }

  private static func append32(
    _ bytes: UnsafeBufferPointer<UInt8>, isBigEndian: Bool, to out: inout [UInt16]
  ) -> Int {
    var replaced = 0
    for at in stride(from: 0, to: bytes.count - 3, by: 4) {
      var value: UInt32 = 0
      for i in 0..<4 { value = value << 8 | UInt32(bytes[at + (isBigEndian ? i : 3 - i)]) }
      if value > 0x10FFFF || value & 0xFFFF_F800 == 0xD800 {
        replaced += 1
        value = 0xFFFD
      }
      if value > 0xFFFF { out.append(UInt16(0xD7C0 + (value >> 10))) }
      out.append(UInt16(value > 0xFFFF ? 0xDC00 | (value & 0x3FF) : value))
    }
    return replaced
  }

  private static func replaceLoneSurrogates(_ units: inout [UInt16], from start: Int) -> Int {
    var replaced = 0
    var at = start
    while at < units.count {
      if units[at] & 0xF800 == 0xD800 {
        if units[at] & 0xFC00 == 0xD800, at + 1 < units.count, units[at + 1] & 0xFC00 == 0xDC00 {
          at += 1
        } else {
          units[at] = 0xFFFD
          replaced += 1
        }
      }
      at += 1
    }
    return replaced
  }
}
