import Synchronization

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
  var buffers: BatchBuffers?

  /// The bytes of a record.
  public func bytes(of record: RawRecord) -> ArraySlice<UInt8> { bytes[record.range] }

  /// Says that the bytes are not needed any more, so that a later batch may have their memory.
  public func giveBackBytes() { buffers?.give(bytes) }
}

/// Memory that batches are done with.
///
/// A new block for every batch would be returned to the system and fetched, page by page and zeroed, again: the
/// most part of all page faults of a run. Arrays are handed on whether or not somebody still looks at them: who
/// changes one that is shared gets a copy.
final class BatchBuffers: Sendable {
  /// Most blocks that are kept.
  private static let limit = 4

  private let blocks = Mutex<[[UInt8]]>([])

  func give(_ block: [UInt8]) {
    blocks.withLock { if $0.count < Self.limit { $0.append(block) } }
  }

  /// An empty array with room for so many bytes: of the blocks the one given first, for it is the likeliest to be
  /// looked at by nobody. One that a large article made much larger is let go.
  func take(capacity: Int) -> [UInt8] {
    var block = blocks.withLock { $0.isEmpty ? [] : $0.removeFirst() }
    if block.capacity > 2 * capacity { block = [] }
    block.removeAll(keepingCapacity: true)
    block.reserveCapacity(capacity)
    return block
  }
}
