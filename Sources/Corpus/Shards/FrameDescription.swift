/// Where a record came from: an input and the number of the record in it, counted from 0.
public struct ShardPosition: Sendable, Hashable, Codable {
  /// Name of the input, as the run names it (relative, so that it says nothing of the machine).
  public var input: String
  /// Number of the record within the input.
  public var record: Int

  /// Makes a position.
  public init(input: String, record: Int) {
    self.input = input
    self.record = record
  }
}

/// What is in the frame of one batch.
public struct FrameDescription: Sendable, Hashable {
  /// The content's ends; absent when a batch left no record (all were rejected).
  public struct Content: Sendable, Hashable {
    /// Number of records (lines), at least 1.
    public var records: Int
    /// Identifier of the first record.
    public var firstID: String
    /// Identifier of the last record.
    public var lastID: String
    /// Where the first record came from.
    public var first: ShardPosition
    /// Where the last record came from.
    public var last: ShardPosition

    /// Makes a description of at least one record.
    public init(records: Int, firstID: String, lastID: String, first: ShardPosition, last: ShardPosition) {
      self.records = records
      self.firstID = firstID
      self.lastID = lastID
      self.first = first
      self.last = last
    }
  }

  /// Number of the batch in the run, counted from 0; batches are written in this order without gaps.
  public var batchIndex: Int
  /// What the frame holds, or nil when it holds no record and is not written.
  public var content: Content?

  /// Makes a description.
  public init(batchIndex: Int, content: Content?) {
    self.batchIndex = batchIndex
    self.content = content
  }
}

/// What one batch adds to a listing, already written as JSON Lines.
public struct ListingLines: Sendable {
  /// Whole lines, each ending with a line feed.
  public var lines: [UInt8]
  /// What became no record, by these lines or without one.
  public var leftOut: LeftOut

  /// Makes lines with what they stand for; skips have none.
  public init(lines: [UInt8] = [], leftOut: LeftOut = LeftOut()) {
    self.lines = lines
    self.leftOut = leftOut
  }
}
