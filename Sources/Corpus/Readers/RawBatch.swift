/// One article's bytes as they were read.
public struct RawRecord: Sendable {
  /// Where it was read.
  public var origin: RecordOrigin
  /// Its bytes in the batch's buffer.
  public var range: Range<Int>
  /// Whether the bytes are JSON (or else plain text).
  public var isJSON: Bool
  /// How wide its characters are.
  public var units: CodeUnits
  /// Its place among what was read.
  public var order: Int
}

/// A run of neighbouring records that go to a worker together.
public struct RawBatch: Sendable {
  /// Its number, from 0.
  public var index: Int
  /// The bytes of all records.
  public var bytes: [UInt8] = []
  /// The records in input order.
  public var records: [RawRecord] = []
  /// What could not even be cut into records.
  public var rejects: [Reject] = []
  /// Bytes read so far from all inputs as they lie on disk.
  public var compressedBytesRead = 0
  /// Where the reader finds the bytes' memory again.
  var blocks: ReusedBlocks?

  /// The bytes of a record.
  public func bytes(of record: RawRecord) -> ArraySlice<UInt8> { bytes[record.range] }

  /// Says that the bytes are not needed any more, so that a later batch may have their memory.
  public func giveBackBytes() { blocks?.give(bytes) }
}
