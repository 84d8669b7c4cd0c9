import ArabicText
import Corpus

/// What a worker made of one batch: a compressed frame, rejects, and figures to add up.
struct FinishedBatch: Sendable {
  var frame: CompressedFrame?
  var description: FrameDescription
  var rejects: RejectedRecords
  var duplicates: RejectedRecords
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
  /// How long the articles' texts are as UTF-8.
  var textBytes = 0
}

/// Takes raw records to a compressed frame: parse, stages, encode, compress. One for each worker, with all it
/// uses again: parser, stage instances, encoder, zstd context.
struct BatchWorker: PoolWorker {
  private let parser: RecordParser
  private let runner: StageRunner
  private let encoder: RecordEncoder
  private let compressor: FrameCompressor
  private let config: PipelineConfig

  init(_ config: PipelineConfig, idle: IdleCores, alsoReading names: [String] = []) throws {
    self.config = config
    parser = try RecordParser(config.parserOptions)
    runner = try StageRunner(config.plan, idle: idle, alsoReading: names)
    encoder = RecordEncoder(config.plan, options: config.output)
    compressor = try FrameCompressor()
  }

  mutating func process(_ raw: RawBatch) async throws -> FinishedBatch {
    var parsing = StageMeasure()
    let parseStart = CPUTime.thread
    var parsed = parse(raw)
    raw.giveBackBytes()
    parsing.nanoseconds = CPUTime.thread - parseStart

    var dropped: [DroppedArticle] = []
    let stages = try await runner.run(&parsed.batch, dropped: &dropped)
    let batch = parsed.batch
    for article in dropped where article.drop.duplicate == nil {
      parsed.rejects.append(article.reject(rawBytes: config.rejects.rawBytes))
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
        defer { compressing.nanoseconds = CPUTime.thread - compressStart }
        return try compressor.compress(lines, level: config.output.compressionLevel)
      }
    }

    return FinishedBatch(
      frame: frame, description: BatchWorker.describe(batch),
      rejects: RejectLines.encode(&parsed.rejects, skips: parsed.skips),
      duplicates: DuplicateLines.encode(dropped), textBytes: parsed.textBytes,
      readBytes: raw.compressedBytesRead, measures: [parsing] + stages + [encoding, compressing])
  }

  /// Stages and records of a batch that has been parsed, uncompressed.
  mutating func work(_ batch: Batch) async throws -> PipelinePreview.Item {
    var batch = batch
    var dropped: [DroppedArticle] = []
    let measures = try await runner.run(&batch, dropped: &dropped)
    return PipelinePreview.Item(
      batch: batch, record: encoder.encode(batch), measures: measures, drops: dropped.map(\.drop))
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
      batch: Batch(index: raw.index, articles: []), rejects: raw.rejects, skips: raw.skips)
    parsed.batch.articles.reserveCapacity(raw.records.count)
    for record in raw.records {
      switch parser.parse(record, in: raw) {
      case .success(let article):
        parsed.textBytes += article.textBytes
        parsed.batch.articles.append(
          Article(
            id: article.id ?? "\(record.origin.input)#\(record.origin.record)", origin: record.origin,
            title: article.title, source: article.text, encoding: article.encoding, meta: article.meta,
            order: record.order))
      case .failure(.reject(let reject)): parsed.rejects.append(reject)
      case .failure(.skip(let reason)): parsed.skips[reason, default: 0] += 1
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
    reject.isFiltered = true
    reject.order = article.order
    return reject
  }
}

/// Rejected records as JSON lines, in input order, and counts of what has no line.
enum RejectLines {
  static func encode(_ rejects: inout [Reject], skips: [SkipReason: Int]) -> RejectedRecords {
    var leftOut = LeftOut()
    for (reason, count) in skips { leftOut.skipped[reason.rawValue] = count }
    guard !rejects.isEmpty else { return RejectedRecords(leftOut: leftOut) }
    rejects.sort { $0.order < $1.order }
    var json = JSONWriter()
    for reject in rejects {
      let reason = reject.reason.rawValue
      if reject.isFiltered {
        leftOut.filtered[reason, default: 0] += 1
      } else {
        leftOut.rejected[reason, default: 0] += 1
      }
      json.beginObject()
      json.key("reason")
      json.string(reason)
      json.key("detail")
      json.string(reject.detail)
      json.key("input")
      json.string(reject.origin.input)
      json.key("record")
      json.int(reject.origin.record)
      json.key("byteOffset")
      json.int(reject.origin.byteOffset)
      json.key("rawBytes")
      json.int(reject.rawByteCount)
      json.key("raw")
      json.string(Base64.encode(reject.raw))
      if reject.isFiltered {
        json.key("filtered")
        json.bool(true)
      }
      json.endObject()
      json.newline()
    }
    return RejectedRecords(lines: json.bytes, leftOut: leftOut)
  }
}

/// Raw bytes as JSON can carry them (RFC 4648): a rejected record need not be text.
enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func encode(_ bytes: [UInt8]) -> String {
    var out: [UInt8] = []
    out.reserveCapacity((bytes.count + 2) / 3 * 4)
    var at = 0
    while at < bytes.count {
      let count = min(3, bytes.count - at)
      var group = 0
      for i in 0..<3 { group = group << 8 | (i < count ? Int(bytes[at + i]) : 0) }
      for i in 0..<4 {
        out.append(i <= count ? alphabet[(group >> (18 - 6 * i)) & 63] : UInt8(ascii: "="))
      }
      at += 3
    }
    return String(decoding: out, as: UTF8.self)
  }
}
