/// Reads one shard: any frame, a range of records, a record by its id. Belongs to one task.
///
/// Frames are found by the seek table, or by walking the file when it has none. With the manifest's row a
/// range of records is found without decompressing the frames before it.
public final class ShardReader {
  /// One frame of the shard.
  public struct Frame: Sendable, Hashable {
    /// Where it begins in the file.
    public var offset: Int
    /// Bytes in the file.
    public var compressedBytes: Int
    /// Bytes of content.
    public var uncompressedBytes: Int
    /// Number of records, when the manifest's row is known.
    public var records: Int?
  }

  /// The file.
  public let path: String
  /// Its frames in order.
  public let frames: [Frame]
  /// Whether the file ends with a seek table that agrees with its size.
  public let hasSeekTable: Bool
  private let file: InputShardFile
  private let decompressor: FrameDecompressor

  /// Opens a shard.
  ///
  /// - Parameter row: The manifest's row of this shard, when there is one.
  /// - Throws: ``ShardError/damaged(path:offset:reason:)`` when the file is not a chain of frames or does not
  ///   agree with the row; an error of the file system.
  public init(path: String, row: ShardRow? = nil) throws {
    self.path = path
    file = try InputShardFile(path)
    decompressor = try FrameDecompressor()
    var locations: [FrameWalker.Location]
    if let found = try Self.seek(in: file) {
      locations = found
      hasSeekTable = true
    } else {
      locations = try FrameWalker.locations(in: file)
      hasSeekTable = false
    }
    if let row {
      let agree = row.frames.elementsEqual(locations) {
        $0.compressedBytes == $1.compressedBytes && $0.uncompressedBytes == $1.uncompressedBytes
      }
      guard agree else {
        throw ShardError.damaged(
          path: path, offset: 0, reason: "its frames are not those of the manifest; verify the folder")
      }
    }
    frames = locations.enumerated().map { index, location in
      Frame(
        offset: location.offset, compressedBytes: location.compressedBytes,
        uncompressedBytes: location.uncompressedBytes, records: row?.frames[index].records)
    }
  }

  /// Content of one frame, its checksum checked.
  ///
  /// - Parameter index: An index of ``frames``.
  /// - Throws: ``ShardError/damaged(path:offset:reason:)`` with the frame's offset.
  public func content(ofFrame index: Int) throws -> [UInt8] {
    let frame = frames[index]
    let bytes = try file.read(at: frame.offset, count: frame.compressedBytes)
    do {
      return try bytes.withUnsafeBufferPointer {
        try decompressor.decompress($0, byteCount: frame.uncompressedBytes)
      }
    } catch ShardError.compression(let reason) {
      throw ShardError.damaged(path: path, offset: frame.offset, reason: reason)
    }
  }

  /// Calls `body` with each record of a range, counted from 0 within the shard, until it returns false.
  ///
  /// - Parameters:
  ///   - range: Which records; all when nil. What lies beyond the end is left out.
  ///   - body: Gets the line without its line end; the bytes are valid during the call only.
  /// - Returns: How many records `body` was given.
  @discardableResult
  public func forEachRecord(
    in range: Range<Int>? = nil, _ body: (UnsafeBufferPointer<UInt8>) throws -> Bool
  ) throws -> Int {
    let range = range ?? 0..<Int.max
    var number = 0
    var given = 0
    for (index, frame) in frames.enumerated() where number < range.upperBound {
      if let records = frame.records, number + records <= range.lowerBound {
        number += records
        continue
      }
      let content = try content(ofFrame: index)
      let goesOn = try content.withUnsafeBufferPointer { content in
        try RecordLine.forEach(in: content) { line in
          defer { number += 1 }
          guard number >= range.lowerBound else { return true }
          guard number < range.upperBound else { return false }
          given += 1
          return try body(line)
        }
      }
      if !goesOn { break }
    }
    return given
  }

  /// The first record whose top-level `id` is this string, without its line end; nil when there is none.
  public func record(withID id: String) throws -> [UInt8]? {
    let wanted = Array(id.utf8)
    var found: [UInt8]?
    try forEachRecord { line in
      guard RecordLine.hasID(wanted, in: line) else { return true }
      found = Array(line)
      return false
    }
    return found
  }

  private static func seek(in file: InputShardFile) throws -> [FrameWalker.Location]? {
    guard file.byteCount >= SeekTable.footerByteCount else { return nil }
    let footer = try file.read(
      at: file.byteCount - SeekTable.footerByteCount, count: SeekTable.footerByteCount)
    guard let size = SeekTable.byteCount(footer: footer), size <= file.byteCount,
      let table = SeekTable(decoding: try file.read(at: file.byteCount - size, count: size))
    else { return nil }
    var at = 0
    let locations = table.entries.map { entry in
      defer { at += Int(entry.compressed) }
      return FrameWalker.Location(
        offset: at, compressedBytes: Int(entry.compressed), uncompressedBytes: Int(entry.uncompressed))
    }
    return at + size == file.byteCount ? locations : nil
  }
}
