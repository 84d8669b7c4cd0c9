import TestSupport
import Foundation

@testable import Corpus

/// A folder with input files that goes with the test.
final class InputFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/inputs-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file, with the folders it lies in; returns its path.
  @discardableResult
  func write(_ bytes: [UInt8], _ name: String = "input") throws -> String {
    let file = path + "/" + name
    let parent = (file as NSString).deletingLastPathComponent
    try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(filePath: file))
    return file
  }
}

/// Everything that was read of some inputs.
struct ReadResult: Equatable {
  struct Record: Equatable {
    var bytes: [UInt8]
    var origin: RecordOrigin
    var text: String { String(decoding: bytes, as: UTF8.self) }
  }

  struct Rejected: Equatable {
    var reason: RejectReason
    var origin: RecordOrigin
    var raw: [UInt8]
    var count: Int
    var detail: String
  }

  var records: [Record] = []
  var rejects: [Rejected] = []
  var texts: [String] { records.map(\.text) }
  var reasons: [RejectReason] { rejects.map(\.reason) }

  init(_ paths: [String], _ options: ReaderOptions = ReaderOptions()) throws {
    let listing = try InputLister.list(paths)
    var reader = BatchReader(inputs: listing.files, rejects: listing.rejects, options: options)
    while let batch = reader.next() {
      for record in batch.records {
        records.append(Record(bytes: Array(batch.bytes(of: record)), origin: record.origin))
      }
      for reject in batch.rejects {
        rejects.append(
          Rejected(
            reason: reject.reason, origin: reject.origin, raw: reject.raw, count: reject.rawByteCount,
            detail: reject.detail))
      }
    }
  }

  /// What is read of these bytes, so many at once.
  init(_ bytes: [UInt8], chunk: Int = 256 << 10, _ options: ReaderOptions = ReaderOptions()) throws {
    let folder = try InputFolder()
    var options = options
    options.chunkBytes = chunk
    try self.init([try folder.write(bytes)], options)
  }

  init(_ text: String, chunk: Int = 256 << 10, _ options: ReaderOptions = ReaderOptions()) throws {
    try self.init(Array(text.utf8), chunk: chunk, options)
  }
}

/// Files under Fixtures, made by gzip, bzip2, xz and zstd from articles.jsonl.
enum Fixture {
  static let formats = ["gz", "bz2", "xz", "zst"]

  static func bytes(_ name: String) throws -> [UInt8] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return Array(try Data(contentsOf: folder.appending(path: "Fixtures/\(name)")))
  }

  static func plain() throws -> [UInt8] { try bytes("articles.jsonl") }
  static func compressed(_ format: String) throws -> [UInt8] { try bytes("articles.jsonl.\(format)") }
}

/// Real articles that lie beside the repository on some machines, never in it.
enum RealData {
  static func path(_ name: String) -> String { SharedData.path("data/\(name)") }
  static func exists(_ name: String) -> Bool { SharedData.exists("data/\(name)") }
}

/// One record parsed on its own.
func parsed(
  _ bytes: [UInt8], _ options: ParserOptions = ParserOptions(), units: CodeUnits = .bytes, isJSON: Bool = true
) throws -> Result<ParsedRecord, NoArticle> {
  var batch = RawBatch(index: 0)
  batch.bytes = bytes
  let record = RawRecord(
    origin: RecordOrigin(input: "a.txt", record: 1, byteOffset: 0), range: 0..<bytes.count,
    kind: isJSON ? .json : .text,
    units: units, order: 0)
  return try RecordParser(options).parse(record, in: batch)
}

func parsed(_ json: String, _ options: ParserOptions = ParserOptions()) throws -> Result<
  ParsedRecord, NoArticle
> {
  try parsed(Array(json.utf8), options)
}

extension ParsedRecord {
  var textString: String { String(decoding: text, as: UTF16.self) }
  var titleString: String { String(decoding: title, as: UTF16.self) }
  var metaString: String { String(decoding: meta, as: UTF8.self) }
}

extension Result where Success == ParsedRecord, Failure == NoArticle {
  var reject: Reject? {
    if case .failure(.reject(let reject)) = self { return reject }
    return nil
  }
}
