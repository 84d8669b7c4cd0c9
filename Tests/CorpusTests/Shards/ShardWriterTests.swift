import Foundation
import Testing

@testable import Corpus

struct ShardWriterTests {
  @Test func runWritesShardsListingsAndManifestOnly() throws {
    let folder = ScratchFolder()
    let run = SampleRun()
    let manifest = try run.write(to: folder)
    #expect(manifest.shards.count > 2)
    #expect(manifest.totals.records == run.recordCount && manifest.batches == run.batches)
    #expect(manifest.totals.leftOut.rejected == ["empty_text": 3] && manifest.rejects?.records == 3)
    #expect(manifest.totals.leftOut.duplicates == ["near": 3] && manifest.duplicates?.records == 3)
    #expect(
      folder.names() == ["duplicates.jsonl.zst", "ledger.jsonl.zst", "manifest.json"]
        + manifest.shards.map(\.name) + [
          "rejects.jsonl.zst"
        ])
    #expect(try Manifest.read(directory: folder.path) == manifest)
    #expect(ShardVerifier.verify(directory: folder.path).problems == [])
  }

  @Test func emptyRunHasAManifestWithoutShards() throws {
    let folder = ScratchFolder()
    let manifest = try SampleRun(batches: 0).write(to: folder)
    #expect(manifest.shards.isEmpty && manifest.rejects == nil && manifest.duplicates == nil)
    #expect(folder.names() == ["manifest.json"])
    #expect(ShardVerifier.verify(directory: folder.path).isSound)
  }

  @Test func equalRunsGiveEqualBytes() throws {
    let (a, b) = (ScratchFolder(), ScratchFolder())
    try SampleRun().write(to: a)
    try SampleRun().write(to: b)
    #expect(a.names() == b.names())
    for name in a.names() { #expect(try a.bytes(name) == b.bytes(name)) }
  }

  /// Interrupts after every number of batches, with and without tidying up, and goes on.
  @Test(arguments: 0..<13, [true, false])
  func resumedRunGivesTheBytesOfAnUninterruptedOne(stop: Int, tidy: Bool) throws {
    let (whole, resumed) = (ScratchFolder(), ScratchFolder())
    let run = SampleRun()
    try run.write(to: whole)
    var atStop: [ShardRow] = []
    do {
      let directory = try OutputDirectory(path: resumed.path, fingerprint: run.fingerprint)
      let writer = try ShardWriter(directory: directory, shardBytes: run.shardBytes)
      try run.append(to: writer, upTo: min(stop, run.batches))
      atStop = writer.committedShards
      if tidy { writer.abandon() }
      if tidy { #expect(try FileManager.default.contentsOfDirectory(atPath: resumed.path + "/_tmp").isEmpty) }
    }
    do {
      let directory = try OutputDirectory(path: resumed.path, fingerprint: run.fingerprint)
      #expect(directory.state == .unfinished && directory.committedShards == atStop)
      #expect(directory.nextBatchIndex == atStop.last?.batches.upperBound ?? 0)
      let writer = try ShardWriter(directory: directory, shardBytes: run.shardBytes)
      try run.append(to: writer)
      _ = try writer.finish()
    }
    #expect(whole.names() == resumed.names())
    for name in whole.names() { #expect(try whole.bytes(name) == resumed.bytes(name)) }
  }

  /// A crash between the link and the marker leaves a shard that nobody vouches for.
  @Test func shardWithoutMarkerIsMadeAgainAndFoundEqual() throws {
    let folder = ScratchFolder()
    let run = SampleRun()
    do {
      let directory = try OutputDirectory(path: folder.path, fingerprint: run.fingerprint)
      let writer = try ShardWriter(directory: directory, shardBytes: run.shardBytes)
      try run.append(to: writer, upTo: 10)
      #expect(writer.committedShards.count > 1)
    }
    try FileManager.default.removeItem(at: folder.url("_markers/part-00001.json"))
    try folder.write([1, 2, 3], "_tmp/part-00009.jsonl.zst.1-x")
    let manifest = try run.write(to: folder)
    #expect(manifest.totals.records == run.recordCount)
    #expect(ShardVerifier.verify(directory: folder.path).isSound)
  }

  @Test func otherContentUnderAFinalNameIsAnErrorAndStays() throws {
    let folder = ScratchFolder()
    let run = SampleRun()
    do { _ = try OutputDirectory(path: folder.path, fingerprint: run.fingerprint) }
    try folder.write([1, 2, 3], "part-00000.jsonl.zst")
    #expect(throws: ShardError.conflictingFile(path: folder.path + "/part-00000.jsonl.zst")) {
      try run.write(to: folder)
    }
    #expect(try folder.bytes("part-00000.jsonl.zst") == [1, 2, 3])
    #expect(folder.names().contains("manifest.json") == false)
  }

  @Test func damagedMarkerCountsAsAbsent() throws {
    let folder = ScratchFolder()
    let run = SampleRun()
    do {
      let directory = try OutputDirectory(path: folder.path, fingerprint: run.fingerprint)
      let writer = try ShardWriter(directory: directory, shardBytes: run.shardBytes)
      try run.append(to: writer, upTo: 10)
    }
    try folder.write(Array("{\"fingerprint\":".utf8), "_markers/part-00000.json")
    let directory = try OutputDirectory(path: folder.path, fingerprint: run.fingerprint)
    #expect(directory.nextBatchIndex == 0)
  }
}

struct OutputDirectoryTests {
  @Test func foreignFilesAreRefusedAndNeverRemoved() throws {
    let folder = ScratchFolder()
    try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
    try folder.write([1], "thesis.docx")
    #expect(throws: ShardError.foreignFile(path: folder.path + "/thesis.docx")) {
      _ = try OutputDirectory(path: folder.path, fingerprint: "a")
    }
    _ = try OutputDirectory(path: folder.path, fingerprint: "a", overwriting: true)
    #expect(try folder.bytes("thesis.docx") == [1])
  }

  @Test func anotherRunsFilesAreRefusedUntilOverwritten() throws {
    let folder = ScratchFolder()
    try SampleRun().write(to: folder)
    #expect(throws: ShardError.otherRun(path: folder.path)) {
      _ = try OutputDirectory(path: folder.path, fingerprint: "other")
    }
    let directory = try OutputDirectory(path: folder.path, fingerprint: "other", overwriting: true)
    #expect(directory.state == .fresh && directory.nextBatchIndex == 0)
    #expect(folder.names() == ["_markers", "_run.json", "_tmp"])
  }

  @Test func anotherUnfinishedRunIsRefused() throws {
    let folder = ScratchFolder()
    do { _ = try OutputDirectory(path: folder.path, fingerprint: "a") }
    #expect(throws: ShardError.otherRun(path: folder.path)) {
      _ = try OutputDirectory(path: folder.path, fingerprint: "b")
    }
  }

  @Test func shardsOfNobodyAreRefused() throws {
    let folder = ScratchFolder()
    try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
    try folder.write([1], "part-00000.jsonl.zst")
    #expect(throws: ShardError.otherRun(path: folder.path)) {
      _ = try OutputDirectory(path: folder.path, fingerprint: "a")
    }
  }

  @Test func completeRunIsRecognised() throws {
    let folder = ScratchFolder()
    let manifest = try SampleRun().write(to: folder)
    let directory = try OutputDirectory(path: folder.path, fingerprint: "sample-1")
    #expect(directory.state == .complete(manifest))
    #expect(directory.nextBatchIndex == 12 && directory.committedShards == manifest.shards)
  }

  @Test func twoWritersAtATimeAreRefused() throws {
    let folder = ScratchFolder()
    let first = try OutputDirectory(path: folder.path, fingerprint: "a")
    #expect(throws: ShardError.inUse(path: folder.path)) {
      _ = try OutputDirectory(path: folder.path, fingerprint: "a")
    }
    #expect(first.state == .fresh)
  }
}
