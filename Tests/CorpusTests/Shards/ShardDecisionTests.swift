import Testing

@testable import Corpus

/// The decisions that need no file.
struct ShardDecisionTests {
  private func frame(_ count: Int) -> CompressedFrame {
    CompressedFrame(bytes: [UInt8](repeating: 1, count: count), uncompressedByteCount: count * 3)
  }

  private func description(_ batch: Int, records: Int = 2) -> FrameDescription {
    FrameDescription(
      batchIndex: batch,
      content: .init(
        records: records, firstID: "f\(batch)", lastID: "l\(batch)",
        first: .init(input: "a", record: batch * 2),
        last: .init(input: "a", record: batch * 2 + 1)))
  }

  @Test func shardEndsAfterTheFrameThatFillsIt() throws {
    var assembly = ShardAssembly(shardBytes: 100)
    #expect(try assembly.add(frame(60), describing: description(0)) == .goOn)
    #expect(try assembly.add(nil, describing: .init(batchIndex: 1, content: nil)) == .goOn)
    #expect(try assembly.add(frame(40), describing: description(2)) == .commit)
    let row = try #require(assembly.row(sha256: "x"))
    #expect(row.records == 4 && row.batches == 0..<3 && row.firstID == "f0" && row.lastID == "l2")
    #expect(row.bytes == 100 + assembly.seekTable.byteCount && row.uncompressedBytes == 300)
    #expect(row.last == ShardPosition(input: "a", record: 5))
    assembly.startNext()
    #expect(assembly.index == 1 && assembly.nextBatch == 3 && assembly.row(sha256: "") == nil)
  }

  @Test func aFrameLargerThanAShardIsAShardOfItsOwn() throws {
    var assembly = ShardAssembly(shardBytes: 10)
    #expect(try assembly.add(frame(500), describing: description(0)) == .commit)
  }

  @Test func batchesOutOfOrderAreRefusedAndChangeNothing() throws {
    var assembly = ShardAssembly(shardBytes: 100, index: 2, nextBatch: 5)
    let before = assembly
    #expect(throws: ShardError.batchOutOfOrder(expected: 5, got: 6)) {
      try assembly.add(frame(1), describing: description(6))
    }
    #expect(throws: ShardError.batchOutOfOrder(expected: 5, got: 4)) {
      try assembly.add(frame(1), describing: description(4))
    }
    #expect(throws: ShardError.frameDisagreesWithDescription(batch: 5)) {
      try assembly.add(nil, describing: description(5))
    }
    #expect(throws: ShardError.frameDisagreesWithDescription(batch: 5)) {
      try assembly.add(frame(1), describing: description(5, records: 0))
    }
    #expect(assembly == before)
  }

  @Test func commitNeverReplacesOtherContent() {
    #expect(CommitDecision(existing: nil, ours: "a") == .link)
    #expect(CommitDecision(existing: "a", ours: "a") == .alreadyCommitted)
    #expect(CommitDecision(existing: "b", ours: "a") == .conflict)
  }

  @Test func resumeStopsAtTheFirstGap() {
    func marker(_ index: Int, _ batches: Range<Int>) -> ShardMarker {
      ShardMarker(
        fingerprint: "f",
        shard: ShardRow(
          name: OutputLayout.shardName(index), records: 1, bytes: 1, uncompressedBytes: 1, sha256: "",
          firstID: "", lastID: "", first: .init(input: "", record: 0), last: .init(input: "", record: 0),
          batches: batches, frames: []))
    }
    let all = [marker(2, 7..<9), marker(0, 0..<4), marker(1, 4..<7)]
    #expect(ResumePoint(markers: all) { _ in true }.nextBatchIndex == 9)
    #expect(ResumePoint(markers: [all[0], all[1]]) { _ in true }.nextBatchIndex == 4)
    #expect(ResumePoint(markers: all) { $0.shard.name != "part-00001.jsonl.zst" }.committed.count == 1)
    #expect(ResumePoint(markers: [marker(0, 1..<2)]) { _ in true }.nextBatchIndex == 0)
    #expect(ResumePoint(markers: []) { _ in true }.nextBatchIndex == 0)
  }

  @Test func shardNamesReadBack() {
    for index in [0, 7, 99_999, 100_000, 1_234_567] {
      #expect(OutputLayout.shardIndex(OutputLayout.shardName(index)) == index)
    }
    for name in [
      "part-0.jsonl.zst", "part-000001.jsonl.zst", "part--0001.jsonl.zst", "../part-00000.jsonl.zst",
    ] {
      #expect(OutputLayout.shardIndex(name) == nil)
    }
  }

  @Test func seekTableReadsBackAndDamagedOnesDoNot() throws {
    let table = SeekTable(entries: [
      .init(compressed: 10, uncompressed: 70_000, checksum: 5),
      .init(compressed: .max, uncompressed: 0, checksum: .max),
    ])
    let bytes = table.encoded
    #expect(bytes.count == table.byteCount)
    #expect(SeekTable(decoding: bytes) == table)
    #expect(SeekTable(decoding: SeekTable().encoded) == SeekTable())
    #expect(SeekTable(decoding: Array(bytes.dropFirst())) == nil)
    for index in [0, 4, bytes.count - 9, bytes.count - 1] {
      var damaged = bytes
      damaged[index] ^= 1
      #expect(SeekTable(decoding: damaged) == nil)
    }
    for count in 0..<bytes.count { #expect(SeekTable(decoding: Array(bytes.prefix(count))) == nil) }
  }
}
