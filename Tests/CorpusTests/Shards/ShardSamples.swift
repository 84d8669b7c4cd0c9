import TestSupport
import Foundation

@testable import Corpus

/// A folder that goes with the test.
final class ScratchFolder {
  let path: String
  init() {
    path = NSTemporaryDirectory() + "shards-" + UUID().uuidString
  }
  deinit { try? FileManager.default.removeItem(atPath: path) }

  func names() -> [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() }
  func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: url(name))) }
  func write(_ bytes: [UInt8], _ name: String) throws { try Data(bytes).write(to: url(name)) }
  func url(_ name: String) -> URL { URL(fileURLWithPath: path + "/" + name) }
}

/// A small corpus: every batch has some records, batch 3 has none, every fifth batch has a reject, every fourth a
/// duplicate.
struct SampleRun {
  var batches = 12
  var recordsPerBatch = 7
  var shardBytes = 900
  var name = "sample-1"
  var input = "a.jsonl"
  var identity: RunIdentity { .sample(name) }

  static func id(_ number: Int) -> String { "مقال-\(number)/\"é\"" }

  func line(_ number: Int) -> [UInt8] {
    var random = SeededGenerator(seed: UInt64(number))
    var json = JSONWriter()
    json.beginObject()
    json.key("meta")
    json.beginObject()
    json.key("id")
    json.string("not this one")
    json.endObject()
    json.key("id")
    json.string(Self.id(number))
    json.key("text")
    json.string("نص تجريبي رقم \(number) \(random.next()) } ] , : \" \\")
    json.endObject()
    json.newline()
    return json.bytes
  }

  func records(of batch: Int) -> Range<Int> {
    func start(_ batch: Int) -> Int { (batch > 3 ? batch - 1 : batch) * recordsPerBatch }
    return start(batch)..<(batch == 3 ? start(batch) : start(batch) + recordsPerBatch)
  }

  var recordCount: Int { records(of: batches - 1).upperBound }

  /// Appends batches from where the writer stands up to `end`.
  func append(to writer: ShardWriter, upTo end: Int? = nil) throws {
    let compressor = try FrameCompressor()
    for batch in writer.nextBatchIndex..<(end ?? batches) {
      let numbers = records(of: batch)
      let bytes = numbers.flatMap(line)
      let frame =
        numbers.isEmpty
        ? nil : try bytes.withUnsafeBufferPointer { try compressor.compress($0, level: 3) }
      let content =
        numbers.isEmpty
        ? nil
        : FrameDescription.Content(
          records: numbers.count, firstID: Self.id(numbers.lowerBound),
          lastID: Self.id(numbers.upperBound - 1),
          first: ShardPosition(input: input, record: numbers.lowerBound),
          last: ShardPosition(input: input, record: numbers.upperBound - 1))
      let rejected =
        batch % 5 == 0
        ? ListingLines(
          lines: Array("{\"batch\":\(batch)}\n".utf8), leftOut: LeftOut(rejected: ["empty_text": 1]))
        : ListingLines()
      let duplicated =
        batch % 4 == 0
        ? ListingLines(
          lines: Array("{\"duplicate\":\(batch)}\n".utf8), leftOut: LeftOut(duplicates: ["near": 1]))
        : ListingLines()
      var entry = LedgerEntry(index: 0, input: input)
      entry.written = numbers.count
      entry.leftOut += rejected.leftOut
      entry.leftOut += duplicated.leftOut
      entry.found = entry.written + entry.leftOut.total
      try writer.append(
        frame, describing: .init(batchIndex: batch, content: content), rejected: rejected,
        duplicated: duplicated, accounting: [entry])
    }
  }

  /// The run as a unit of work.
  var unit: RunIdentity {
    RunIdentity(
      kind: .shards, version: "1.0.0", config: [("test.name", name)],
      inputs: [RunIdentity.Input(name: input, bytes: 900 + batches)])
  }

  /// Works on the unit up to a batch, or to its end.
  @discardableResult
  func writeUnit(to folder: ScratchFolder, upTo end: Int? = nil) throws -> UnitDone? {
    let directory = try OutputDirectory(path: folder.path, unit: unit, rejectLimit: 0.5)
    if case .unitDone = directory.state { return nil }
    let writer = try ShardWriter(directory: directory, shardBytes: shardBytes)
    try append(to: writer, upTo: end)
    return end == nil ? try writer.finishUnit() : nil
  }

  @discardableResult
  func write(to folder: ScratchFolder) throws -> Manifest {
    let directory = try OutputDirectory(path: folder.path, identity: identity)
    let writer = try ShardWriter(directory: directory, shardBytes: shardBytes)
    try append(to: writer)
    return try writer.finish()
  }
}

extension RunIdentity {
  /// A run that differs from others by its name.
  static func sample(_ name: String) -> RunIdentity {
    RunIdentity(version: "1.0.0", config: [("test.name", name)], inputs: [Input(name: "a.jsonl", bytes: 900)])
  }
}
