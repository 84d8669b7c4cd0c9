import TestSupport
import Foundation
import Testing

@testable import Corpus

struct ShardReaderTests {
  private func numbers(_ body: (@escaping (UnsafeBufferPointer<UInt8>) -> Bool) throws -> Void) throws
    -> [String]
  {
    var lines: [String] = []
    try body { line in
      lines.append(String(decoding: line, as: UTF8.self))
      return true
    }
    return lines
  }

  private func expected(_ range: Range<Int>) -> [String] {
    range.map { String(decoding: SampleRun().line($0).dropLast(), as: UTF8.self) }
  }

  @Test(arguments: [0..<1, 0..<77, 5..<9, 6..<8, 70..<77, 76..<200, 77..<90, 30..<30])
  func anyRangeOfRecordsIsRead(range: Range<Int>) throws {
    let folder = ScratchFolder()
    let manifest = try SampleRun().write(to: folder)
    let wanted = expected(range.clamped(to: 0..<manifest.totals.records))
    let collection = try ShardCollection(directory: folder.path)
    #expect(try numbers { try collection.forEachRecord(in: range, $0) } == wanted)
    try FileManager.default.removeItem(at: folder.url("manifest.json"))
    let bare = try ShardCollection(directory: folder.path)
    #expect(bare.manifest == nil)
    #expect(try numbers { try bare.forEachRecord(in: range, $0) } == wanted)
  }

  @Test func readingStopsWhenAsked() throws {
    let folder = ScratchFolder()
    try SampleRun().write(to: folder)
    var count = 0
    try ShardCollection(directory: folder.path).forEachRecord { _ in
      count += 1
      return count < 20
    }
    #expect(count == 20)
  }

  @Test func recordsAreFoundByID() throws {
    let folder = ScratchFolder()
    try SampleRun().write(to: folder)
    let collection = try ShardCollection(directory: folder.path)
    for number in [0, 1, 33, 76] {
      let found = try collection.record(withID: SampleRun.id(number))
      #expect(found == Array(SampleRun().line(number).dropLast()))
    }
    #expect(try collection.record(withID: "not this one") == nil)
    #expect(try collection.record(withID: "") == nil)
  }

  @Test func shardWithoutSeekTableIsWalked() throws {
    let folder = ScratchFolder()
    let manifest = try SampleRun().write(to: folder)
    let row = manifest.shards[0]
    let name = folder.path + "/" + row.name
    let sought = try ShardReader(path: name, row: row)
    #expect(sought.hasSeekTable)
    let size = SeekTable(entries: row.frames.map { _ in .init(compressed: 0, uncompressed: 0, checksum: 0) })
      .byteCount
    try folder.write(folder.bytes(row.name).dropLast(size), row.name)
    let walked = try ShardReader(path: name, row: row)
    #expect(!walked.hasSeekTable && walked.frames == sought.frames)
    for index in walked.frames.indices {
      #expect(try walked.content(ofFrame: index) == sought.content(ofFrame: index))
    }
  }

  /// Whatever bytes are changed or cut, reading throws or succeeds; it never crashes.
  @Test(arguments: 0..<60) func damagedShardsNeverCrash(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let folder = ScratchFolder()
    let row = try SampleRun(batches: 3).write(to: folder).shards[0]
    var bytes = try folder.bytes(row.name)
    if seed % 3 == 0 { bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random)) }
    for _ in 0..<Int.random(in: 0...3, using: &random) where !bytes.isEmpty {
      bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
    }
    try folder.write(bytes, row.name)
    let reader = try? ShardReader(path: folder.path + "/" + row.name)
    for index in reader?.frames.indices ?? 0..<0 { _ = try? reader?.content(ofFrame: index) }
    _ = try? reader?.record(withID: "x")
    _ = ShardVerifier.verify(directory: folder.path)
  }

  static let zstd = ["/usr/bin/zstd", "/usr/local/bin/zstd", "/opt/homebrew/bin/zstd"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  @Test(.enabled(if: ShardReaderTests.zstd != nil, "the zstd command is not installed"))
  func zstdCommandReadsShards() throws {
    let folder = ScratchFolder()
    let run = SampleRun()
    let manifest = try run.write(to: folder)
    var number = 0
    for row in manifest.shards {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: try #require(Self.zstd))
      process.arguments = ["-dcq", folder.path + "/" + row.name]
      let pipe = Pipe()
      process.standardOutput = pipe
      try process.run()
      let output = pipe.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
      #expect(Array(output) == (number..<number + row.records).flatMap(run.line))
      number += row.records
    }
    #expect(number == run.recordCount)
  }
}

struct RecordLineTests {
  private func id(_ text: String) -> String? {
    Array(text.utf8).withUnsafeBufferPointer { RecordLine.id(of: $0) }
  }

  @Test func onlyTheTopLevelIDCounts() {
    #expect(id(#"{"a":{"id":"x"},"b":[{"id":"y"}],"id":"z","id":"w"}"#) == "z")
    #expect(id(#"{ "n" : -1.5e3 , "t":true,"s":"\"id\":\"x\"" , "id" : "ب" }"#) == "ب")
    #expect(id(#"{"a":"id","b":"x"}"#) == nil)
    #expect(id(#"{"id":7}"#) == nil)
    #expect(id(#"["id","x"]"#) == nil)
  }

  @Test func escapedIDsAreDecoded() {
    #expect(id(#"{"id":"\u0645\ud83d\ude00\n\/\\"}"#) == "م😀\n/\\")
    let line = Array(#"{"id":"\u0645"}"#.utf8)
    line.withUnsafeBufferPointer { line in
      #expect(RecordLine.hasID(Array("م".utf8), in: line))
      #expect(!RecordLine.hasID(Array("n".utf8), in: line))
    }
  }

  @Test func everyPrefixOfARecordIsSurvived() {
    let line = Array(#"{"a":[1,{"b":"\u00e9\\"}],"c":null,"id":"x\u0"#.utf8)
    for count in 0...line.count {
      line.prefix(count).withUnsafeBufferPointer { #expect(RecordLine.id(of: $0) == nil) }
    }
  }
}
