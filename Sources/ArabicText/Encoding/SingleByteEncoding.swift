import CICU

/// The single-byte encodings of Arabic, as tables of 256 characters taken from ICU.
public enum SingleByteEncoding: String, Sendable, CaseIterable {
  /// Windows Arabic: also پ چ ژ گ and the invisible joiners.
  case windows1256 = "windows-1256"
  /// ECMA-114, ASMO 708.
  case iso88596 = "iso-8859-6"

  private static let windows1256Table = load("windows-1256")
  private static let iso88596Table = load("iso-8859-6")

  /// Character of each byte; U+FFFD where there is none.
  public var table: [UInt16] {
    switch self {
    case .windows1256: Self.windows1256Table
    case .iso88596: Self.iso88596Table
    }
  }

  private static func load(_ name: String) -> [UInt16] {
    var table = [UInt16](repeating: 0xFFFD, count: 256)
    _ = table.withUnsafeMutableBufferPointer { warraq_charset_table(name, $0.baseAddress) }
    return table
  }

  /// Appends the characters of some bytes; returns how many had none.
  public func decode(_ bytes: UnsafeBufferPointer<UInt8>, into out: inout [UInt16]) -> Int {
    var missing = 0
    let units = table.withUnsafeBufferPointer { table in
      [UInt16](unsafeUninitializedCapacity: bytes.count) { buffer, count in
        for i in bytes.indices {
          let unit = table[Int(bytes[i])]
          missing &+= unit == 0xFFFD ? 1 : 0
          buffer[i] = unit
        }
        count = bytes.count
      }
    }
    if out.isEmpty { out = units } else { out.append(contentsOf: units) }
    return missing
  }
}
