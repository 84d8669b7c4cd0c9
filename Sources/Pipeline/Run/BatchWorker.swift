import ArabicText
import CMemory
import CTextScan
import Corpus

/// What a worker made of one batch: a compressed frame, rejects, and figures to add up.
struct FinishedBatch: Sendable {
  var frame: CompressedFrame?
  var description: FrameDescription
  var rejects: ListingLines
  var duplicates: ListingLines
  /// What became of what it holds of each input.
  var ledger: [LedgerEntry]
  var textBytes: Int
  var readBytes: Int
  /// Parse, each stage in plan order, encode, compress.
  var measures: [StageMeasure]
}

/// The articles of a raw batch, and what became none.
struct ParsedBatch {
  var batch: Batch
  var rejects: [Reject]
  var skips: [SkipReason: Int]
  /// What is known so far of what became of it.
  var ledger: BatchLedger
  /// How long the articles' texts are as UTF-8.
  var textBytes = 0
}

/// Takes raw records to a compressed frame: parse, stages, encode, compress. One for each worker, with all it
/// uses again: parser, stage instances, encoder, zstd context.
struct BatchWorker: PoolWorker {
  private var parser: RecordParser
  private var runner: StageRunner
  private var encoder: RecordEncoder
  private var compressor: FrameCompressor
  private let config: PipelineConfig
  private let idle: IdleCores
  private let names: [String]

  /// How many times larger than usual a batch is for which memory is put in order.
  private static let large = 4

  init(_ config: PipelineConfig, idle: IdleCores, alsoReading names: [String] = []) throws {
    self.config = config
    self.idle = idle
    self.names = names
    parser = try RecordParser(config.parserOptions)
    runner = try StageRunner(config.plan, idle: idle, alsoReading: names)
    encoder = RecordEncoder(config.plan, options: config.output)
    compressor = try FrameCompressor()
  }

  /// Whether a batch is so large that memory must be put in order: one such is in work at a time, and the memory bound
  /// counts one.
  func isLarge(_ raw: RawBatch) -> Bool { raw.size > Self.large * config.input.batchBytes }

  /// Makes all anew that keeps buffers as large as the largest article it has seen: each worker would, in time.
  mutating func renew() throws { self = try BatchWorker(config, idle: idle, alsoReading: names) }

  mutating func process(_ raw: RawBatch) async throws -> FinishedBatch {
    // What another worker's article of this size has freed lies in that thread's own heap, and would come on top.
    let isLarge = isLarge(raw)
    if isLarge { warraq_memory_trim() }
    let finished = try await finish(raw)
    if isLarge { try renew() }
    return finished
  }

  private mutating func finish(_ raw: RawBatch) async throws -> FinishedBatch {
    var parsing = StageMeasure()
    let parseStart = CPUTime.thread
    var parsed = parse(raw)
    raw.giveBackBytes()
    parsing.nanoseconds = CPUTime.thread - parseStart

    var departures = Departures()
    let stages = try await runner.run(&parsed.batch, &departures)
    let batch = parsed.batch
    let dropped = departures.dropped
    for article in dropped where article.drop.duplicate == nil {
      parsed.rejects.append(article.reject(rawBytes: config.rejects.filteredBytes))
    }

    var encoding = StageMeasure()
    var compressing = StageMeasure()
    var frame: CompressedFrame?
    if !batch.articles.isEmpty {
      let encodeStart = CPUTime.thread
      // Compressed from where they were written: no copy of the lines is made.
      frame = try encoder.withLines(of: batch) { lines in
        let compressStart = CPUTime.thread
        encoding.nanoseconds = compressStart - encodeStart
        // Counted, not presumed: the ledger must see what is in the frame.
        let count = warraq_count_byte(lines.baseAddress, lines.count, UInt8(ascii: "\n"))
        guard count == batch.articles.count else {
          throw LostArticle(stage: "encode", detail: "\(count) lines of \(batch.articles.count) articles")
        }
        defer { compressing.nanoseconds = CPUTime.thread - compressStart }
        return try compressor.compress(lines, level: config.output.compressionLevel)
      }
    }

    var ledger = parsed.ledger
    for order in departures.addedOrders { ledger.add(order: order) }
    for reject in parsed.rejects { ledger.count(reject) }
    for article in dropped {
      if let duplicate = article.drop.duplicate {
        ledger.count(duplicate: duplicate, order: article.article.order)
      }
    }
    for article in batch.articles { ledger.write(order: article.order) }
    return FinishedBatch(
      frame: frame, description: BatchWorker.describe(batch),
      rejects: RejectLines.encode(&parsed.rejects, skips: parsed.skips),
      duplicates: DuplicateLines.encode(dropped), ledger: ledger.entries, textBytes: parsed.textBytes,
      readBytes: raw.compressedBytesRead, measures: [parsing] + stages + [encoding, compressing])
  }

  /// Stages and records of a batch that has been parsed, uncompressed.
  mutating func work(_ batch: Batch) async throws -> PipelinePreview.Item {
    var batch = batch
    var departures = Departures()
    let measures = try await runner.run(&batch, &departures)
    return PipelinePreview.Item(
      batch: batch, record: encoder.encode(batch), measures: measures, drops: departures.dropped.map(\.drop))
  }

  /// A parsed batch with what the stages make of it, no record.
  func annotate(_ batch: Batch) async throws -> Batch { try await annotateMeasured(batch).batch }

  /// The same, with what each stage took.
  func annotateMeasured(_ batch: Batch) async throws -> (batch: Batch, measures: [StageMeasure]) {
    var batch = batch
    let measures = try await runner.run(&batch)
    return (batch, measures)
  }

  /// The articles of a batch, and what became none.
  func parse(_ raw: RawBatch) -> ParsedBatch {
    var parsed = ParsedBatch(
      batch: Batch(index: raw.index, articles: []), rejects: raw.rejects, skips: raw.skips,
      ledger: BatchLedger(raw.sections))
    parsed.batch.articles.reserveCapacity(raw.records.count)
    for record in raw.records {
      switch parser.parse(record, in: raw) {
      case .success(let article):
        parsed.textBytes += article.textBytes
        let origin = article.origin ?? record.origin
        parsed.batch.articles.append(
          Article(
            id: article.id ?? origin.defaultID, origin: origin,
            title: article.title, source: article.text, encoding: article.encoding, meta: article.meta,
            order: record.order))
      case .failure(.reject(let reject)): parsed.rejects.append(reject)
      case .failure(.skip(let reason)):
        parsed.skips[reason, default: 0] += 1
        parsed.ledger.skip(reason, order: record.order)
      }
    }
    return parsed
  }

  private static func describe(_ batch: Batch) -> FrameDescription {
    guard let first = batch.articles.first, let last = batch.articles.last else {
      return FrameDescription(batchIndex: batch.index, content: nil)
    }
    return FrameDescription(
      batchIndex: batch.index,
      content: FrameDescription.Content(
        records: batch.articles.count, firstID: first.id, lastID: last.id,
        first: ShardPosition(input: first.origin.input, record: first.origin.record),
        last: ShardPosition(input: last.origin.input, record: last.origin.record)))
  }
}

extension DroppedArticle {
  /// The line it gets among the rejects, with the beginning of its text as UTF-8.
  func reject(rawBytes: Int) -> Reject {
    let text = article.source.withUnsafeBufferPointer { UTF8Text.bytes($0) }
    var reject = Reject(
      origin: article.origin, reason: RejectReason(rawValue: drop.reason), detail: drop.detail,
      raw: Array(text.prefix(max(0, rawBytes))), rawByteCount: text.count)
    reject.isFiltered = !drop.isRejected
    reject.id = article.id
    reject.partOf = article.partOf
    reject.order = article.order
    return reject
  }
}
