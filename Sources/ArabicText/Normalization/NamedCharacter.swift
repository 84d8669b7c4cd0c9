/// Characters that HTML 4 has names for, asked for by bytes; nothing is allocated.
public enum NamedCharacter {
  /// Longest name in bytes.
  public static let longestName = 8

  /// The code point of a name such as `nbsp`, without `&` and `;`; case counts. Nil for names that are none.
  public static func value(_ name: UnsafeBufferPointer<UInt8>) -> UInt32? {
    guard name.count <= longestName else { return nil }
    var packed: UInt64 = 0
    for byte in name { packed = packed << 8 | UInt64(byte) }
    return HTMLEntities.values[packed].map { UInt32($0) }
  }
}
