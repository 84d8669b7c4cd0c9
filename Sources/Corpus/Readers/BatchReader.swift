/// Reads inputs one after another and hands out batches of raw records.
///
/// What a batch holds depends on the inputs and the options alone. Memory: one window of at most
/// `maxArticleBytes` and a chunk, and one batch. Belongs to the task that reads.
public struct BatchReader {
  /// Most records of a batch, however short they are.
  private static let recordLimit = 8192

  private let options: ReaderOptions
  private let listingRejects: [Reject]
  private let blocks = ReusedBlocks()
  private var nextIndex = 0
  private var order = 0
  private var walk: InputWalk
  private var current: RecordReader?
  private var reportedRejects = 0

  /// Makes a reader of the inputs in their order; `rejects` of the listing come first.
  public init(inputs: [InputFile], rejects: [Reject] = [], options: ReaderOptions = ReaderOptions()) {
    self.options = options
    walk = InputWalk(inputs, options)
    listingRejects = rejects
  }

  /// The next batch, of at least `batchBytes` unless it is the last; nil at the end.
  public mutating func next() -> RawBatch? {
    var batch = RawBatch(index: nextIndex)
    batch.bytes = blocks.take(capacity: options.batchBytes + options.batchBytes / 8)
    batch.blocks = blocks
    while hasRoom(batch) {
      if reportedRejects < listingRejects.count {
        add(listingRejects[reportedRejects], to: &batch)
        reportedRejects += 1
        continue
      }
      if let reader = current {
        switch reader.next(into: &batch, order: order) {
        case .record, .reject: order += 1
        case .end: current = nil
        }
        continue
      }
      let step = walk.next()
      if case .end = step { break }
      switch step {
      case .records(let reader): current = reader
      case .skip(let reason): batch.skips[reason, default: 0] += 1
      case .reject(let reject): add(reject, to: &batch)
      case .end: break
      }
    }
    batch.compressedBytesRead = walk.compressedBytesRead
    guard !batch.records.isEmpty || !batch.rejects.isEmpty || !batch.skips.isEmpty else { return nil }
    nextIndex += 1
    return batch
  }

  private func hasRoom(_ batch: RawBatch) -> Bool {
    batch.bytes.count < options.batchBytes && batch.records.count < Self.recordLimit
      && batch.rejects.count * max(256, options.rejectBytes) < max(options.batchBytes, 64 << 10)
  }

  private mutating func add(_ reject: Reject, to batch: inout RawBatch) {
    var reject = reject
    reject.order = order
    order += 1
    batch.rejects.append(reject)
  }
}
