import CHash

/// The checksum of a background model: the first eight bytes of SHA-256, as a little-endian number.
enum ContentHash {
  /// The hash of the bytes.
  static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var digest: [UInt8] = Array(repeating: 0, count: 32)
    let hasher = warraq_sha256_create()
    defer { warraq_sha256_free(hasher) }
    let units = bytes.bindMemory(to: UInt8.self)
    // The library only fails when memory is out, where every Swift allocation ends the program too; an error would
    // make each reader of a header promise to handle what it never lives to see.
    guard let hasher, units.isEmpty || warraq_sha256_update(hasher, units.baseAddress, units.count) == 1,
      warraq_sha256_finish(hasher, &digest) == 1
    else { fatalError("no memory for a checksum") }
    return digest[..<8].reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}
