/// The table at the end of a shard that says where its frames are.
///
/// Format: zstd's contrib/seekable_format/zstd_seekable_compression_format.md, version 0.1.0: a skippable
/// frame that plain decoders pass over. It stands at the end only, because some readers cannot begin with one.
public struct SeekTable: Sendable, Hashable {
  /// Sizes of one frame.
  public struct Entry: Sendable, Hashable {
    /// Bytes in the file.
    public var compressed: UInt32
    /// Bytes of content.
    public var uncompressed: UInt32
    /// Low 32 bits of the content's XXH64.
    public var checksum: UInt32

    /// Makes an entry.
    public init(compressed: UInt32, uncompressed: UInt32, checksum: UInt32) {
      self.compressed = compressed
      self.uncompressed = uncompressed
      self.checksum = checksum
    }

    /// The entry of a frame, whose sizes fit in 32 bits.
    init(_ frame: CompressedFrame) {
      compressed = UInt32(truncatingIfNeeded: frame.compressedByteCount)
      uncompressed = UInt32(truncatingIfNeeded: frame.uncompressedByteCount)
      checksum = frame.checksum
    }
  }

  /// One entry for each frame, in the order of the file.
  public var entries: [Entry] = []

  /// A table with these entries.
  public init(entries: [Entry] = []) { self.entries = entries }

  /// Size of the footer, which says how long the table is.
  public static let footerByteCount = 9
  private static let headerByteCount = 8
  private static let entryByteCount = 12
  private static let skippableMagic: UInt32 = 0x184D_2A5E
  private static let seekableMagic: UInt32 = 0x8F92_EAB1
  private static let checksumFlag: UInt8 = 0x80

  /// Size of the whole skippable frame.
  public var byteCount: Int {
    Self.headerByteCount + entries.count * Self.entryByteCount + Self.footerByteCount
  }

  /// The skippable frame.
  public var encoded: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(byteCount)
    func append(_ value: UInt32) {
      for shift in stride(from: 0, to: 32, by: 8) { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) }
    }
    append(Self.skippableMagic)
    append(UInt32(truncatingIfNeeded: byteCount - Self.headerByteCount))
    for entry in entries {
      append(entry.compressed)
      append(entry.uncompressed)
      append(entry.checksum)
    }
    append(UInt32(truncatingIfNeeded: entries.count))
    bytes.append(Self.checksumFlag)
    append(Self.seekableMagic)
    return bytes
  }

  /// Size of the whole skippable frame, read from its last nine bytes; nil when they are no footer.
  public static func byteCount(footer: [UInt8]) -> Int? {
    guard footer.count == footerByteCount, word(footer, 5) == seekableMagic, footer[4] & 0x7C == 0 else {
      return nil
    }
    let size = footer[4] & checksumFlag == 0 ? 8 : entryByteCount
    return headerByteCount + Int(word(footer, 0)) * size + footerByteCount
  }

  /// Reads a whole skippable frame; nil when it is not well formed. Checksums are 0 when it has none.
  public init?(decoding bytes: [UInt8]) {
    guard bytes.count >= Self.headerByteCount + Self.footerByteCount,
      Self.byteCount(footer: Array(bytes.suffix(Self.footerByteCount))) == bytes.count,
      Self.word(bytes, 0) == Self.skippableMagic,
      Int(Self.word(bytes, 4)) == bytes.count - Self.headerByteCount
    else { return nil }
    let hasChecksums = bytes[bytes.count - 5] & Self.checksumFlag != 0
    let size = hasChecksums ? Self.entryByteCount : 8
    let end = bytes.count - Self.footerByteCount
    entries = stride(from: Self.headerByteCount, to: end, by: size).map {
      Entry(
        compressed: Self.word(bytes, $0), uncompressed: Self.word(bytes, $0 + 4),
        checksum: hasChecksums ? Self.word(bytes, $0 + 8) : 0)
    }
  }

  private static func word(_ bytes: [UInt8], _ at: Int) -> UInt32 {
    UInt32(bytes[at]) | UInt32(bytes[at + 1]) << 8 | UInt32(bytes[at + 2]) << 16 | UInt32(bytes[at + 3]) << 24
  }
}
