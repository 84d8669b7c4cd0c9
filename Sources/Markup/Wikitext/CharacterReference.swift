import ArabicText

/// Character references of HTML: `&nbsp;`, `&#1593;`, `&#x639;`.
enum CharacterReference {
  /// Longest reference that is looked at, in bytes from the ampersand to the semicolon.
  private static let longest = 12

  /// Reads a reference at an ampersand; nil when it is none. A non-breaking space comes out as a space: in wikitext it
  /// is layout.
  static func read(
    _ input: UnsafeBufferPointer<UInt8>, at ampersand: Int
  ) -> (scalar: UInt32, end: Int)? {
    let start = ampersand + 1
    var end = start
    while end < input.count, end - ampersand < longest, input[end] != 0x3B {
      guard ASCII.isLetter(input[end]) || ASCII.isDigit(input[end]) || (end == start && input[end] == 0x23)
      else { return nil }
      end += 1
    }
    guard end < input.count, input[end] == 0x3B, end > start else { return nil }
    let scalar =
      input[start] == 0x23
      ? number(input, start + 1, end)
      : NamedCharacter.value(UnsafeBufferPointer(rebasing: input[start..<end]))
    guard let scalar else { return nil }
    return (scalar == 0xA0 ? 0x20 : scalar, end + 1)
  }

  private static func number(_ input: UnsafeBufferPointer<UInt8>, _ from: Int, _ end: Int) -> UInt32? {
    let isHexadecimal = from < end && input[from] | 0x20 == 0x78
    var at = isHexadecimal ? from + 1 : from
    guard at < end else { return nil }
    var value: UInt32 = 0
    while at < end {
      let byte = input[at]
      let digit: UInt32
      switch byte {
      case 0x30...0x39: digit = UInt32(byte - 0x30)
      case 0x41...0x46 where isHexadecimal: digit = UInt32(byte - 0x37)
      case 0x61...0x66 where isHexadecimal: digit = UInt32(byte - 0x57)
      default: return nil
      }
      value = min(value * (isHexadecimal ? 16 : 10) + digit, 0x11_0000)
      at += 1
    }
    // No control characters but the blanks: MediaWiki shows such references as they are written.
    return value < 0x20 && value != 0x09 && value != 0x0A ? nil : value
  }
}
