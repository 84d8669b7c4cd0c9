/// The inside of a JSON string: escapes, and UTF-16 turned into UTF-8 on the way.
///
/// Escaped are only the characters RFC 8259 (section 7) demands: the quotation mark, the reverse solidus and
/// U+0000 to U+001F. U+2028 and U+2029 stay as they are: every JSON reader takes them.
enum JSONEscaping {
  /// Units turned in one go, and the room they need when each becomes a six-byte escape.
  private static let chunk = 1024

  /// Appends well-formed UTF-8, escaped.
  static func append(utf8 text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
    var start = 0
    var at = 0
    while at < text.count {
      at = endOfPlainRun(in: text, from: at)
      if at > start { bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<at])) }
      guard at < text.count else { return }
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 6) { buffer in
        guard let base = buffer.baseAddress else { return }
        let count = writeEscape(of: text[at], at: base)
        bytes.append(contentsOf: UnsafeBufferPointer(start: base, count: count))
      }
      at += 1
      start = at
    }
  }

  /// Appends UTF-16, escaped; a surrogate without its partner becomes U+FFFD.
  static func append(utf16 text: UnsafeBufferPointer<UInt16>, to bytes: inout [UInt8]) {
    guard let units = text.baseAddress else { return }
    // Through a small buffer on the stack: an Array cannot be grown first and filled afterwards without
    // being zeroed, and the copy out of the first-level cache is nearly free.
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: chunk * 6) { buffer in
      guard let output = buffer.baseAddress else { return }
      var at = 0
      while at < text.count {
        var end = min(at + chunk, text.count)
        if end < text.count, UTF16.isLeadSurrogate(units[end - 1]) { end -= 1 }
        let count = encode(units + at, count: end - at, to: output)
        bytes.append(contentsOf: UnsafeBufferPointer(start: output, count: count))
        at = end
      }
    }
  }

  // MARK: UTF-8

  /// First offset from `start` on whose byte must be escaped, or the end.
  @inline(__always)
  private static func endOfPlainRun(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var at = start
    let raw = UnsafeRawBufferPointer(text)
    while at + 8 <= raw.count {
      if holdsEscapedByte(raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)) { break }
      at += 8
    }
    while at < text.count, !needsEscape(text[at]) { at += 1 }
    return at
  }

  @inline(__always)
  private static func needsEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == 0x22 || byte == 0x5C
  }

  // Eight bytes or four units are tested at once inside one integer ("SIMD within a register", as in
  // Bit Twiddling Hacks, "determine if a word has a byte less than n"): the standard library's SIMD masks
  // cost twenty times as much here.

  /// Whether any of eight bytes must be escaped.
  @inline(__always)
  private static func holdsEscapedByte(_ block: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let control = (block &- ones &* 0x20) & ~block
    let quotes = block ^ (ones &* 0x22)
    let solidi = block ^ (ones &* 0x5C)
    let found = control | ((quotes &- ones) & ~quotes) | ((solidi &- ones) & ~solidi)
    return found & (ones &* 0x80) != 0
  }

  /// Whether all of four units are below U+0800 and need no escape.
  @inline(__always)
  private static func isPlain(_ block: UInt64) -> Bool {
    let ones: UInt64 = 0x0001_0001_0001_0001
    let tops = ones &* 0x8000
    let control = (block | tops) &- ones &* 0x20
    let quotes = ((block ^ (ones &* 0x22)) | tops) &- ones
    let solidi = ((block ^ (ones &* 0x5C)) | tops) &- ones
    return block & (ones &* 0xF800) == 0 && control & quotes & solidi & tops == tops
  }

  // MARK: UTF-16

  /// Writes `count` units, at most six bytes each, and returns the number of bytes.
  private static func encode(
    _ units: UnsafePointer<UInt16>, count: Int, to output: UnsafeMutablePointer<UInt8>
  ) -> Int {
    let raw = UnsafeRawPointer(units)
    var out = output
    var at = 0
    while at < count {
      // Blocks that hold only one- and two-byte characters (ASCII, Latin, Arabic) need no branch a unit:
      // word lengths are random, so a branch on "space or letter" would be guessed wrong at every word.
      while at + 8 <= count {
        guard isPlain(raw.loadUnaligned(fromByteOffset: at * 2, as: UInt64.self)),
          isPlain(raw.loadUnaligned(fromByteOffset: at * 2 + 8, as: UInt64.self))
        else { break }
        for lane in 0..<8 {
          let unit = units[at &+ lane]
          let isWide: UInt16 = unit >= 0x80 ? 1 : 0
          let wide = (0xC0 | (unit &>> 6)) | ((0x80 | (unit & 0x3F)) &<< 8)
          UnsafeMutableRawPointer(out).storeBytes(
            of: (isWide == 1 ? wide : unit).littleEndian, as: UInt16.self)
          out += 1 &+ Int(isWide)
        }
        at += 8
      }
      let end = min(at + 8, count)
      while at < end { at += encodeOne(units + at, available: count - at, to: &out) }
    }
    return out - output
  }

  /// Writes the character at `units` and returns how many units it has.
  @inline(__always)
  private static func encodeOne(
    _ units: UnsafePointer<UInt16>, available: Int, to out: inout UnsafeMutablePointer<UInt8>
  ) -> Int {
    let unit = units[0]
    if unit < 0x80 {
      let byte = UInt8(truncatingIfNeeded: unit)
      if needsEscape(byte) {
        out += writeEscape(of: byte, at: out)
      } else {
        out[0] = byte
        out += 1
      }
      return 1
    }
    if unit < 0x800 {
      out[0] = 0xC0 | UInt8(truncatingIfNeeded: unit &>> 6)
      out[1] = 0x80 | UInt8(truncatingIfNeeded: unit & 0x3F)
      out += 2
      return 1
    }
    if UTF16.isLeadSurrogate(unit), available > 1, UTF16.isTrailSurrogate(units[1]) {
      let scalar = 0x10000 &+ (UInt32(unit & 0x3FF) &<< 10) &+ UInt32(units[1] & 0x3FF)
      out[0] = 0xF0 | UInt8(truncatingIfNeeded: scalar &>> 18)
      out[1] = 0x80 | UInt8(truncatingIfNeeded: (scalar &>> 12) & 0x3F)
      out[2] = 0x80 | UInt8(truncatingIfNeeded: (scalar &>> 6) & 0x3F)
      out[3] = 0x80 | UInt8(truncatingIfNeeded: scalar & 0x3F)
      out += 4
      return 2
    }
    let kept = UTF16.isSurrogate(unit) ? 0xFFFD : unit
    out[0] = 0xE0 | UInt8(truncatingIfNeeded: kept &>> 12)
    out[1] = 0x80 | UInt8(truncatingIfNeeded: (kept &>> 6) & 0x3F)
    out[2] = 0x80 | UInt8(truncatingIfNeeded: kept & 0x3F)
    out += 3
    return 1
  }

  /// Writes the escape of a byte that needs one and returns its length, two or six.
  private static func writeEscape(of byte: UInt8, at out: UnsafeMutablePointer<UInt8>) -> Int {
    out[0] = 0x5C
    switch byte {
    case 0x22, 0x5C: out[1] = byte
    case 0x08: out[1] = 0x62
    case 0x09: out[1] = 0x74
    case 0x0A: out[1] = 0x6E
    case 0x0C: out[1] = 0x66
    case 0x0D: out[1] = 0x72
    default:
      out[1] = 0x75
      out[2] = 0x30
      out[3] = 0x30
      out[4] = 0x30 + (byte &>> 4)
      let low = byte & 0x0F
      out[5] = low < 10 ? 0x30 + low : 0x57 + low
      return 6
    }
    return 2
  }
}
