import Foundation
import Testing

@testable import Corpus

/// Reads bytes through real files, as a run does.
struct ReaderHarness {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(
      path: "warraq-readers-\(UInt64.random(in: 0 ... .max))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }

  @discardableResult
  func write(_ bytes: [UInt8], _ name: String) throws -> String {
    let file = folder.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
    return file.path
  }

  /// What reading gave: the records' bytes with their origins, and the rejects.
  struct Result {
    var records: [(bytes: [UInt8], record: RawRecord)] = []
    var rejects: [Reject] = []
    var skips: [SkipReason: Int] = [:]
    var batches = 0
    var texts: [String] { records.map { String(decoding: $0.bytes, as: UTF8.self) } }
  }

  func read(_ paths: [String], _ options: ReaderOptions = ReaderOptions()) throws -> Result {
    let listing = try InputLister.list(paths)
    var reader = BatchReader(inputs: listing.files, rejects: listing.rejects, options: options)
    var result = Result()
    while let batch = reader.next() {
      #expect(batch.index == result.batches)
      result.batches += 1
      for record in batch.records { result.records.append((Array(batch.bytes(of: record)), record)) }
      result.rejects += batch.rejects
      result.skips.merge(batch.skips, uniquingKeysWith: +)
    }
    return result
  }

  func read(_ bytes: [UInt8], _ options: ReaderOptions = ReaderOptions()) throws -> Result {
    try read([try write(bytes, "input")], options)
  }

  func read(_ text: String, _ options: ReaderOptions = ReaderOptions()) throws -> Result {
    try read(Array(text.utf8), options)
  }

  /// The bytes as a command line tool compresses them; nil when the tool is not there.
  func compress(_ bytes: [UInt8], with tool: String) throws -> [UInt8]? {
    guard let path = ReaderHarness.find(tool) else { return nil }
    let source = try write(bytes, "plain-\(tool)")
    let target = folder.appending(path: "packed-\(tool)")
    try Data().write(to: target)
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = ["-c", source]
    process.standardOutput = try FileHandle(forWritingTo: target)
    try process.run()
    process.waitUntilExit()
    return [UInt8](try Data(contentsOf: target))
  }

  static let tools = ["gzip", "bzip2", "xz", "zstd"]
  static func find(_ tool: String) -> String? {
    ["/usr/bin/\(tool)", "/bin/\(tool)"].first { FileManager.default.isExecutableFile(atPath: $0) }
  }
}
