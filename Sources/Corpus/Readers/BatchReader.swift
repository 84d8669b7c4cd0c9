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
  private let names: [String]
  /// How many inputs have been begun, those that could not be listed included.
  private var begunInputs = 0

  /// Makes a reader of the inputs in their order; `rejects` of the listing come first.
  public init(inputs: [InputFile], rejects: [Reject] = [], options: ReaderOptions = ReaderOptions()) {
    self.options = options
    walk = InputWalk(inputs, options)
    names = inputs.map(\.name)
    listingRejects = rejects
  }

  /// The next batch, of at least `batchBytes` unless it is the last; nil at the end.
  public mutating func next() -> RawBatch? {
    var batch = RawBatch(index: nextIndex)
    batch.bytes = blocks.take(capacity: options.batchBytes + options.batchBytes / 8)
    batch.blocks = blocks
    let isContinued = begunInputs > 0
    if isContinued { name(begunInputs - 1, in: &batch) }
    while hasRoom(batch) {
      if reportedRejects < listingRejects.count {
        beginInput(in: &batch)
        add(listingRejects[reportedRejects], to: &batch)
        reportedRejects += 1
        continue
      }
      if let reader = current {
        switch reader.next(into: &batch, order: order) {
        case .record, .reject: count(in: &batch)
        case .end: current = nil
        }
        continue
      }
      let step = walk.next()
      // Also those that hold nothing at all: an empty archive is passed over in one step with the next input.
      while begunInputs < listingRejects.count + walk.begunInputs {
        beginInput(in: &batch)
      }
      if case .end = step { break }
      switch step {
      case .records(let reader): current = reader
      case .skip(let reason): batch.skip(reason)
      case .reject(let reject): add(reject, to: &batch)
      case .end: break
      }
    }
    batch.compressedBytesRead = walk.compressedBytesRead
    // The input that the batch before was about need not be named when nothing more was found in it.
    if isContinued, batch.sections.first?.found == 0 { batch.sections.removeFirst() }
    guard !batch.sections.isEmpty else { return nil }
    nextIndex += 1
    return batch
  }

  private func hasRoom(_ batch: RawBatch) -> Bool {
    batch.size < options.batchBytes && batch.records.count < Self.recordLimit
      && batch.rejects.count * 256 + batch.rejectedBytes < max(options.batchBytes, 64 << 10)
  }

  private mutating func add(_ reject: Reject, to batch: inout RawBatch) {
    var reject = reject
    reject.order = order
    batch.append(reject)
    count(in: &batch)
  }

  /// Counts a record or reject of the input being read.
  private mutating func count(in batch: inout RawBatch) {
    order += 1
    batch.sections[batch.sections.count - 1].found += 1
  }

  private mutating func beginInput(in batch: inout RawBatch) {
    name(begunInputs, in: &batch)
    begunInputs += 1
  }

  /// Says which input what follows is found in.
  private func name(_ input: Int, in batch: inout RawBatch) {
    let name =
      input < listingRejects.count
      ? listingRejects[input].origin.input : names[input - listingRejects.count]
    batch.sections.append(RawSection(input: input, name: name, firstOrder: order))
  }
}
