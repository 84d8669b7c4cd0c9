/// How wide the characters of an input are: enough to find line ends and brackets without decoding it.
public struct CodeUnits: Sendable, Hashable {
  /// Bytes of one unit: 1 (UTF-8 and the single-byte encodings), 2 (UTF-16) or 4 (UTF-32).
  public var width: Int
  /// Whether the first byte of a unit is the most significant.
  public var isBigEndian: Bool
  /// Bytes of the byte order mark.
  public var markLength: Int

  /// One byte a unit, no byte order mark.
  public static let bytes = CodeUnits(width: 1, isBigEndian: false, markLength: 0)

  /// Whether the encoding is known from a byte order mark or from the pattern of zero bytes.
  public var isKnown: Bool { width > 1 || markLength > 0 }

  /// Tells by byte order mark, or by the zero bytes of a leading ASCII character.
  ///
  /// - Parameter declared: `utf-16` was declared: little endian unless the bytes say otherwise.
  public static func detect(_ bytes: ArraySlice<UInt8>, isDeclaredUTF16: Bool = false) -> CodeUnits {
    let b = Array(bytes.prefix(4))
    func begins(_ mark: [UInt8]) -> Bool { b.starts(with: mark) }
    if begins([0xFF, 0xFE, 0, 0]) { return CodeUnits(width: 4, isBigEndian: false, markLength: 4) }
    if begins([0, 0, 0xFE, 0xFF]) { return CodeUnits(width: 4, isBigEndian: true, markLength: 4) }
    if begins([0xFF, 0xFE]) { return CodeUnits(width: 2, isBigEndian: false, markLength: 2) }
    if begins([0xFE, 0xFF]) { return CodeUnits(width: 2, isBigEndian: true, markLength: 2) }
    if begins([0xEF, 0xBB, 0xBF]) { return CodeUnits(width: 1, isBigEndian: false, markLength: 3) }
    if b.count == 4 {
      if b[0] != 0, b[1] == 0, b[2] == 0, b[3] == 0 {
        return CodeUnits(width: 4, isBigEndian: false, markLength: 0)
      }
      if b[0] == 0, b[1] == 0, b[2] == 0, b[3] != 0 {
        return CodeUnits(width: 4, isBigEndian: true, markLength: 0)
      }
    }
    if b.count >= 2 {
      if b[0] != 0, b[1] == 0 { return CodeUnits(width: 2, isBigEndian: false, markLength: 0) }
      if b[0] == 0, b[1] != 0 { return CodeUnits(width: 2, isBigEndian: true, markLength: 0) }
    }
    if isDeclaredUTF16 { return CodeUnits(width: 2, isBigEndian: false, markLength: 0) }
    return .bytes
  }

  /// The unit at an index as ASCII; 0xFF for anything beyond, 0 past the end.
  @inline(__always)
  func ascii(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> UInt8 {
    if width == 1 { return bytes[index] }
    let low = isBigEndian ? index + width - 1 : index
    for i in index..<(index + width) where i != low && bytes[i] != 0 { return 0xFF }
    return bytes[low]
  }
}
