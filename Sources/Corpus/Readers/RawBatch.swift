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

/// What a batch holds of one listed input: how much was found in it, for the ledger.
///
/// What lies in an archive belongs to the archive, which is what was listed.
public struct RawSection: Sendable, Hashable {
  /// Place of the input in reading order, from 0; what could not be listed comes first.
  public var input: Int
  /// Its name.
  public var name: String
  /// The order of the first record or reject found in it in this batch.
  public var firstOrder: Int
  /// How many records, rejects and skips the reader found.
  public var found = 0
  /// What of that was passed over because it is no article and is not meant to be one.
  public var skips: [SkipReason: Int] = [:]

  /// Begins a section in which nothing was found so far.
  public init(input: Int, name: String, firstOrder: Int) {
    self.input = input
    self.name = name
    self.firstOrder = firstOrder
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
  public private(set) var rejects: [Reject] = []
  /// Bytes that the rejects keep.
  private(set) var rejectedBytes = 0
  /// The inputs they were found in, in reading order.
  public var sections: [RawSection] = []
  /// How many bytes more the records are once their bodies are unpacked.
  public var growth = 0
  /// Bytes read so far from all inputs as they lie on disk.
  public var compressedBytesRead = 0
  /// Where the reader finds the bytes' memory again.
  var blocks: ReusedBlocks?

  /// How many bytes go through the stages, which is what memory is reckoned by.
  public var size: Int { bytes.count + growth }

  /// What was passed over in all sections.
  public var skips: [SkipReason: Int] {
    sections.reduce(into: [:]) { $0.merge($1.skips, uniquingKeysWith: +) }
  }

  mutating func append(_ reject: Reject) {
    rejectedBytes += reject.raw.count
    rejects.append(reject)
  }

  /// Counts what is passed over in the input being read.
  mutating func skip(_ reason: SkipReason) {
    sections[sections.count - 1].found += 1
    sections[sections.count - 1].skips[reason, default: 0] += 1
  }

  /// The bytes of a record.
  public func bytes(of record: RawRecord) -> ArraySlice<UInt8> { bytes[record.range] }

  /// Says that the bytes are not needed any more, so that a later batch may have their memory.
  public func giveBackBytes() { blocks?.give(bytes) }
}
