/// One article's bytes as they were read.
public struct RawRecord: Sendable {
  /// Where it was read.
  public var origin: RecordOrigin
  /// Its bytes in the batch's buffer.
  public var range: Range<Int>
  /// What the bytes are.
  public var kind: RecordKind
  /// What the input's beginning says about it.
  public var context: (any RecordContext)?
  /// How wide its characters are.
  public var units: CodeUnits
  /// Its place among what was read.
  public var order: Int

  init(
    origin: RecordOrigin, range: Range<Int>, kind: RecordKind, context: (any RecordContext)? = nil,
    units: CodeUnits,
    order: Int
  ) {
    self.origin = origin
    self.range = range
    self.kind = kind
    self.context = context
    self.units = units
    self.order = order
  }
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
  /// What was passed over because it is no article and is not meant to be one.
  public var skips: [SkipReason: Int] = [:]
  /// Bytes read so far from all inputs as they lie on disk.
  public var compressedBytesRead = 0
  /// Where the reader finds the bytes' memory again.
  var blocks: ReusedBlocks?

  /// The bytes of a record.
  public func bytes(of record: RawRecord) -> ArraySlice<UInt8> { bytes[record.range] }

  /// Says that the bytes are not needed any more, so that a later batch may have their memory.
  public func giveBackBytes() { blocks?.give(bytes) }
}
