import Corpus

/// What a worker made of one batch: a compressed frame, rejects, and figures to add up.
struct FinishedBatch: Sendable {
  var frame: CompressedFrame?
  var description: FrameDescription
  var rejects: RejectedRecords
  var textBytes: Int
  var readBytes: Int
  /// Parse, each stage in plan order, encode, compress.
  var measures: [StageMeasure]
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
    var (batch, rejects, textBytes) = parse(raw)
    raw.giveBackBytes()
    parsing.nanoseconds = CPUTime.thread - parseStart

    let stages = try await runner.run(&batch)

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
      rejects: RejectLines.encode(&rejects), textBytes: textBytes,
      readBytes: raw.compressedBytesRead, measures: [parsing] + stages + [encoding, compressing])
  }

  /// Stages and record of a batch that has been parsed, uncompressed.
  mutating func work(_ batch: Batch) async throws -> (Batch, [StageMeasure], [UInt8]) {
    var batch = batch
    let measures = try await runner.run(&batch)
    return (batch, measures, encoder.encode(batch))
  }

  /// A parsed batch with what the stages make of it, no record.
  func annotate(_ batch: Batch) async throws -> Batch {
    var batch = batch
    _ = try await runner.run(&batch)
    return batch
  }

  /// The articles of a batch, what could not become one, and how long the articles' texts are as UTF-8.
  func parse(_ raw: RawBatch) -> (batch: Batch, rejects: [Reject], textBytes: Int) {
    var textBytes = 0
    var articles: [Article] = []
    articles.reserveCapacity(raw.records.count)
    var rejects = raw.rejects
    for record in raw.records {
      switch parser.parse(record, in: raw) {
      case .success(let parsed):
        textBytes += parsed.textBytes
        articles.append(
          Article(
            id: parsed.id ?? "\(record.origin.input)#\(record.origin.record)", origin: record.origin,
            title: parsed.title, source: parsed.text, encoding: parsed.encoding, meta: parsed.meta))
      case .failure(let reject): rejects.append(reject)
      }
    }
    return (Batch(index: raw.index, articles: articles), rejects, textBytes)
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

/// Rejected records as JSON lines, in input order.
enum RejectLines {
  static func encode(_ rejects: inout [Reject]) -> RejectedRecords {
    guard !rejects.isEmpty else { return RejectedRecords() }
    rejects.sort { $0.order < $1.order }
    var json = JSONWriter()
    var counts: [String: Int] = [:]
    for reject in rejects {
      counts[reject.reason.rawValue, default: 0] += 1
      json.beginObject()
      json.key("reason")
      json.string(reject.reason.rawValue)
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
      json.endObject()
      json.newline()
    }
    return RejectedRecords(lines: json.bytes, countByReason: counts)
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
