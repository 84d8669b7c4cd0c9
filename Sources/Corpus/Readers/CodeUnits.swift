/// How wide the characters of an input are: enough to find line ends and brackets without decoding it.
public struct CodeUnits: Sendable, Hashable {
  /// Bytes of one unit: 1 (UTF-8 and the single-byte encodings), 2 (UTF-16) or 4 (UTF-32).
  public var width: Int
  /// Whether the first byte of a unit is the most significant.
  public var isBigEndian: Bool
  /// Bytes of the byte order mark the input begins with; 0 for none.
  public var markLength: Int

  /// One byte a unit, no byte order mark.
  public static let bytes = CodeUnits(width: 1, isBigEndian: false, markLength: 0)

  /// Bytes of an input that are looked at.
  static let sampleLength = 1024

  /// Tells by byte order mark, or by where zero bytes stand: text of one byte a unit has none.
  ///
  /// - Parameter isDeclaredUTF16: `utf-16` was declared: little endian unless the bytes say otherwise.
  static func detect(_ input: UnsafeBufferPointer<UInt8>, isDeclaredUTF16: Bool = false) -> CodeUnits {
    let sample = input.prefix(sampleLength)
    func units(_ width: Int, _ isBigEndian: Bool, _ markLength: Int) -> CodeUnits {
      CodeUnits(width: width, isBigEndian: isBigEndian, markLength: markLength)
    }
    if sample.starts(with: [0xFF, 0xFE, 0, 0]) { return units(4, false, 4) }
    if sample.starts(with: [0, 0, 0xFE, 0xFF]) { return units(4, true, 4) }
    if sample.starts(with: [0xFF, 0xFE]) { return units(2, false, 2) }
    if sample.starts(with: [0xFE, 0xFF]) { return units(2, true, 2) }
    if sample.starts(with: [0xEF, 0xBB, 0xBF]) { return units(1, false, 3) }
    let bytes = UnsafeBufferPointer(rebasing: sample)
    if let isBigEndian = utf32(bytes) { return units(4, isBigEndian, 0) }
    if let isBigEndian = utf16(bytes) { return units(2, isBigEndian, 0) }
    return isDeclaredUTF16 ? units(2, false, 0) : .bytes
  }

  /// Byte order, when every group of four is a code point of the planes in use: two line ends of UTF-16 in a row
  /// would be one of plane 10.
  private static func utf32(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool? {
    let groups = stride(from: 0, through: bytes.count - 4, by: 4)
    guard bytes.count >= 4 else { return nil }
    if groups.allSatisfy({ bytes[$0 + 3] == 0 && bytes[$0 + 2] <= 3 }) { return false }
    if groups.allSatisfy({ bytes[$0] == 0 && bytes[$0 + 1] <= 3 }) { return true }
    return nil
  }

  /// Byte order, when most pairs have at one end the high byte of Latin (00) or Arabic (06): both are control
  /// characters in text of one byte a unit.
  private static func utf16(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool? {
    var big = 0
    var little = 0
    for at in stride(from: 0, through: bytes.count - 2, by: 2) {
      if bytes[at] == 0 || bytes[at] == 0x06 { big += 1 }
      if bytes[at + 1] == 0 || bytes[at + 1] == 0x06 { little += 1 }
    }
    let most = max(big, little)
    guard most * 10 >= bytes.count / 2 * 7, most > 2 * min(big, little) else { return nil }
    return big > little
  }

  /// The unit at an index as ASCII; 0xFF for anything beyond.
  @inline(__always)
  func ascii(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> UInt8 {
    if width == 1 { return bytes[index] }
    let low = isBigEndian ? index + width - 1 : index
    for i in index..<(index + width) where i != low && bytes[i] != 0 { return 0xFF }
    return bytes[low]
  }
}
