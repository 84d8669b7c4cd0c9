import CICU

/// UTF-8 on its way to UTF-16. Buffers hold at most 2^31 - 1 bytes: longer ones count as not valid.
public enum UTF8Text {
  /// Appends the UTF-16 form; false, with nothing appended, when the bytes are not valid UTF-8.
  public static func append(_ bytes: UnsafeBufferPointer<UInt8>, to out: inout [UInt16]) -> Bool {
    guard let units = units(bytes) else { return false }
    if out.isEmpty { out = units } else { out.append(contentsOf: units) }
    return true
  }

  /// The UTF-16 form as an array of its own; nil when the bytes are not valid UTF-8.
  public static func units(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt16]? {
    guard !bytes.isEmpty else { return [] }
    guard let size = Int32(exactly: bytes.count) else { return nil }
    var isValid = true
    let units = [UInt16](capacity: bytes.count) { buffer in
      let length = warraq_charset_utf8_to_utf16(
        bytes.baseAddress, size, buffer.baseAddress, size)
      isValid = length >= 0
      return Int(max(0, length))
    }
    return isValid ? units : nil
  }

  /// The UTF-8 form of some text, with U+FFFD for lone surrogates.
  public static func bytes(_ units: UnsafeBufferPointer<UInt16>) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: units.count * 3) { buffer, count in
      count = Int(warraq_charset_utf16_to_utf8(units.baseAddress, Int32(units.count), buffer.baseAddress))
    }
  }

  /// How long UTF-16 text without lone surrogates is as UTF-8.
  public static func byteCount(of units: UnsafeBufferPointer<UInt16>) -> Int {
    var bytes = units.count
    var at = 0
    // Counters as wide as the units and no branches make vectors of it; 0x4000 units cannot overflow them.
    while at < units.count {
      let end = min(at + 0x4000, units.count)
      var more: UInt16 = 0
      for i in at..<end {
        let unit = units[i]
        more &+= (unit >= 0x80 ? 1 : 0) &+ (unit >= 0x800 ? 1 : 0) &- (unit & 0xF800 == 0xD800 ? 1 : 0)
      }
      bytes += Int(more)
      at = end
    }
    return bytes
  }

  /// Whether the bytes are valid UTF-8.
  public static func isValid(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let size = Int32(exactly: bytes.count) else { return false }
    return warraq_charset_utf8_is_valid(bytes.baseAddress, size) != 0
  }

  /// Share of the bytes above ASCII that are part of a well-formed sequence, 0 to 1.
  static func validShare(_ bytes: UnsafeBufferPointer<UInt8>) -> Double {
    var high = 0
    var valid = 0
    var at = 0
    while at < bytes.count {
      let lead = bytes[at]
      guard lead >= 0x80 else {
        at += 1
        continue
      }
      let length = lead >= 0xF5 ? 0 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0
      let end = at + length
      if length > 0, end <= bytes.count, bytes[(at + 1)..<end].allSatisfy({ $0 & 0xC0 == 0x80 }) {
        high += length
        valid += length
        at = end
      } else {
        high += 1
        at += 1
      }
    }
    return high == 0 ? 1 : Double(valid) / Double(high)
  }
}
