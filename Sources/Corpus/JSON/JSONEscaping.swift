import CJSON

/// The inside of a JSON string, straight into a buffer.
enum JSONEscaping {
  /// Units or bytes turned in one go: room is asked for as if each became a six-byte escape.
  static let chunk = 1024

  /// Appends well-formed UTF-8, escaped.
  static func append(utf8 text: UnsafeBufferPointer<UInt8>, to buffer: inout JSONBuffer) {
    var at = 0
    while at < text.count {
      let end = min(at + chunk, text.count)
      buffer.append(atMost: (end - at) * 6) { output in
        encode(UnsafeBufferPointer(rebasing: text[at..<end]), to: output)
      }
      at = end
    }
  }

  /// Appends UTF-16, escaped; a surrogate without its partner becomes U+FFFD.
  static func append(utf16 text: UnsafeBufferPointer<UInt16>, to buffer: inout JSONBuffer) {
    guard let units = text.baseAddress else { return }
    var at = 0
    while at < text.count {
      var end = min(at + chunk, text.count)
      if end < text.count, UTF16.isLeadSurrogate(units[end - 1]) { end -= 1 }
      buffer.append(atMost: (end - at) * 6 + Int(WARRAQ_JSON_TEXT_SLACK)) { output in
        warraq_json_text_from_utf16(units + at, end - at, output)
      }
      at = end
    }
  }

  private static func encode(_ text: UnsafeBufferPointer<UInt8>, to output: UnsafeMutablePointer<UInt8>)
    -> Int
  {
    let raw = UnsafeRawBufferPointer(text)
    var out = output
    var at = 0
    while at < raw.count {
      if at + 8 <= raw.count {
        let block = raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)
        if !holdsEscapedByte(block) {
          UnsafeMutableRawPointer(out).storeBytes(of: block, as: UInt64.self)
          out += 8
          at += 8
          continue
        }
      }
      let byte = text[at]
      if byte < 0x20 || byte == 0x22 || byte == 0x5C {
        out += warraq_json_text_escape(byte, out)
      } else {
        out[0] = byte
        out += 1
      }
      at += 1
    }
    return out - output
  }

  /// Whether any of eight bytes must be escaped: tested at once inside one integer ("SIMD within a register", as
  /// in Bit Twiddling Hacks, "determine if a word has a byte less than n").
  @inline(__always)
  private static func holdsEscapedByte(_ block: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let control = (block &- ones &* 0x20) & ~block
    let quotes = block ^ (ones &* 0x22)
    let solidi = block ^ (ones &* 0x5C)
    let found = control | ((quotes &- ones) & ~quotes) | ((solidi &- ones) & ~solidi)
    return found & (ones &* 0x80) != 0
  }
}
