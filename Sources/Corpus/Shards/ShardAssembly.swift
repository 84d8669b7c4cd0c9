/// The shard in progress, as a pure value: what it holds, when it is full, what its row will say.
///
/// A shard is full after the frame that brings it to `shardBytes`, so where shards end depends on the
/// sequence of frames only, not on who compressed them or when.
struct ShardAssembly: Sendable, Hashable {
  /// What to do after a frame.
  enum Step: Sendable, Hashable {
    /// The shard takes more.
    case goOn
    /// The shard is full: commit it, then start the next.
    case commit
  }

  /// Compressed bytes after which a shard ends.
  let shardBytes: Int
  /// Which shards these are.
  let series: ShardSeries
  /// Number of the shard in progress.
  private(set) var index: Int
  /// The batch that must come next.
  private(set) var nextBatch: Int
  private var firstBatch: Int
  private(set) var frames: [ShardRow.Frame] = []
  private(set) var seekTable = SeekTable()
  private var compressedBytes = 0
  private var uncompressedBytes = 0
  private var records = 0
  private var ends: FrameDescription.Content?

  /// Starts with shard `index` at batch `nextBatch`.
  init(shardBytes: Int, series: ShardSeries = .run, index: Int = 0, nextBatch: Int = 0) {
    self.shardBytes = max(1, shardBytes)
    self.series = series
    self.index = index
    self.nextBatch = nextBatch
    firstBatch = nextBatch
  }

  /// Whether nothing would be in the shard.
  var isEmpty: Bool { frames.isEmpty }

  /// Takes the next batch, with its frame when it has records.
  ///
  /// - Throws: when the batch is not the next one, or frame and description disagree; nothing is changed then.
  mutating func add(_ frame: CompressedFrame?, describing description: FrameDescription) throws -> Step {
    guard description.batchIndex == nextBatch else {
      throw ShardError.batchOutOfOrder(expected: nextBatch, got: description.batchIndex)
    }
    guard (frame == nil) == (description.content == nil), description.content.map({ $0.records > 0 }) ?? true
    else { throw ShardError.frameDisagreesWithDescription(batch: description.batchIndex) }
    guard let frame, let content = description.content else {
      nextBatch += 1
      return .goOn
    }
    let largest = max(frame.compressedByteCount, frame.uncompressedByteCount)
    guard largest <= FrameDecompressor.mostFrameBytes else { throw ShardError.frameTooLarge(bytes: largest) }
    nextBatch += 1
    seekTable.entries.append(
      SeekTable.Entry(frame))
    frames.append(
      ShardRow.Frame(
        records: content.records, compressedBytes: frame.compressedByteCount,
        uncompressedBytes: frame.uncompressedByteCount))
    compressedBytes += frame.compressedByteCount
    uncompressedBytes += frame.uncompressedByteCount
    records += content.records
    if ends == nil {
      ends = content
    } else {
      ends?.lastID = content.lastID
      ends?.last = content.last
    }
    return compressedBytes >= shardBytes ? .commit : .goOn
  }

  /// The row of the shard as it stands, with its file's hash; nil when it holds nothing.
  func row(sha256: String) -> ShardRow? {
    ends.map {
      ShardRow(
        name: series.shardName(index), records: records, bytes: compressedBytes + seekTable.byteCount,
        uncompressedBytes: uncompressedBytes, sha256: sha256, firstID: $0.firstID, lastID: $0.lastID,
        first: $0.first, last: $0.last, batches: firstBatch..<nextBatch, frames: frames)
    }
  }

  /// Moves on to the next shard.
  mutating func startNext() {
    self = ShardAssembly(shardBytes: shardBytes, series: series, index: index + 1, nextBatch: nextBatch)
  }
}

/// What a commit does when it has looked at the final name, as a pure value.
enum CommitDecision: Sendable, Hashable {
  /// The name is free: link the temporary file to it.
  case link
  /// The same content is there already, from an earlier attempt: done.
  case alreadyCommitted
  /// Other content is there: an error, nothing is replaced.
  case conflict

  /// Decides from the hash under the final name (nil when there is no such file) and ours.
  init(existing: String?, ours: String) {
    switch existing {
    case nil: self = .link
    case ours?: self = .alreadyCommitted
    default: self = .conflict
    }
  }
}

/// Where an interrupted run goes on, as a pure value.
struct ResumePoint: Sendable, Hashable {
  /// Markers of the shards that stay: without a gap from the first shard and the first batch on.
  var committed: [ShardMarker] = []

  /// The batch to go on with.
  var nextBatchIndex: Int { committed.last?.shard.batches.upperBound ?? 0 }

  /// Nothing is committed.
  init() {}

  /// Keeps what can be relied on of the markers found; `isPresent` tells whether the files of one are there.
  init(markers: [ShardMarker], series: ShardSeries = .run, isPresent: (ShardMarker) -> Bool) {
    let sorted = markers.sorted {
      (series.index(of: $0.shard.name) ?? 0) < (series.index(of: $1.shard.name) ?? 0)
    }
    for (index, marker) in sorted.enumerated() {
      guard marker.shard.name == series.shardName(index),
        marker.shard.batches.lowerBound == nextBatchIndex, isPresent(marker)
      else { return }
      committed.append(marker)
    }
  }
}
