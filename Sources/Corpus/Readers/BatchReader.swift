/// Reads inputs one after another and hands out batches of raw records.
///
/// What a batch holds depends on the inputs and the options alone. Memory: one window of at most
/// `maxArticleBytes` and one batch. Belongs to the task that reads.
public struct BatchReader {
  private let inputs: [InputFile]
  private let options: ReaderOptions
  private let listingRejects: [Reject]
  private var nextInput = 0
  private var nextIndex = 0
  private var order = 0
  private var finishedBytes = 0
  private var current: RecordReader?
  private var isListingReported = false

  /// Makes a reader of the inputs in their order.
  public init(inputs: [InputFile], rejects: [Reject] = [], options: ReaderOptions = ReaderOptions()) {
    self.inputs = inputs
    self.options = options
    listingRejects = rejects
  }

  /// The next batch; nil at the end.
  public mutating func next() -> RawBatch? {
    var batch = RawBatch(index: nextIndex)
    batch.bytes.reserveCapacity(options.batchBytes + options.batchBytes / 8)
    if !isListingReported {
      isListingReported = true
      for reject in listingRejects { add(reject, to: &batch) }
    }
    while batch.bytes.count < options.batchBytes, batch.rejects.count < 4096 {
      guard let reader = current ?? open(&batch) else { break }
      switch reader.next(into: &batch, order: order) {
      case .record, .reject: order += 1
      case .end:
        finishedBytes += reader.compressedOffset
        current = nil
      }
    }
    batch.compressedBytesRead = finishedBytes + (current?.compressedOffset ?? 0)
    guard !batch.records.isEmpty || !batch.rejects.isEmpty else { return nil }
    nextIndex += 1
    return batch
  }

  private mutating func open(_ batch: inout RawBatch) -> RecordReader? {
    while nextInput < inputs.count {
      let input = inputs[nextInput]
      nextInput += 1
      if let file = DecompressedFile(input.path) {
        let reader = RecordReader(file, input: input, options: options)
        current = reader
        return reader
      }
      add(
        Reject(
          origin: RecordOrigin(input: input.name, record: 0, byteOffset: 0), reason: .unreadable,
          detail: "\(input.name): cannot be opened", raw: [], rawByteCount: 0), to: &batch)
    }
    return nil
  }

  private mutating func add(_ reject: Reject, to batch: inout RawBatch) {
    var reject = reject
    reject.order = order
    order += 1
    batch.rejects.append(reject)
  }
}
