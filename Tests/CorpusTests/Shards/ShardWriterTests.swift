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
      let directory = try OutputDirectory(path: resumed.path, identity: run.identity)
      let writer = try ShardWriter(directory: directory, shardBytes: run.shardBytes)
      try run.append(to: writer, upTo: min(stop, run.batches))
      atStop = writer.committedShards
      if tidy { writer.abandon() }
      if tidy { #expect(try FileManager.default.contentsOfDirectory(atPath: resumed.path + "/_tmp").isEmpty) }
    }
    do {
      let directory = try OutputDirectory(path: resumed.path, identity: run.identity)
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
      let directory = try OutputDirectory(path: folder.path, identity: run.identity)
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
    do { _ = try OutputDirectory(path: folder.path, identity: run.identity) }
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
      let directory = try OutputDirectory(path: folder.path, identity: run.identity)
      let writer = try ShardWriter(directory: directory, shardBytes: run.shardBytes)
      try run.append(to: writer, upTo: 10)
    }
    try folder.write(Array("{\"fingerprint\":".utf8), "_markers/part-00000.json")
    let directory = try OutputDirectory(path: folder.path, identity: run.identity)
    #expect(directory.nextBatchIndex == 0)
  }
}

struct OutputDirectoryTests {
  @Test func foreignFilesAreRefusedAndNeverRemoved() throws {
    let folder = ScratchFolder()
    try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
    try folder.write([1], "thesis.docx")
    #expect(throws: ShardError.foreignFile(path: folder.path + "/thesis.docx")) {
      _ = try OutputDirectory(path: folder.path, identity: .sample("a"))
    }
    _ = try OutputDirectory(path: folder.path, identity: .sample("a"), isRestarting: true)
    #expect(try folder.bytes("thesis.docx") == [1])
  }

  @Test func anotherRunsFilesAreRefusedUntilBegunAnew() throws {
    let folder = ScratchFolder()
    try SampleRun().write(to: folder)
    try folder.write(Array(#"{"state": "complete"}"#.utf8), "run.json")
    #expect(throws: ShardError.otherRun(path: folder.path)) {
      _ = try OutputDirectory(path: folder.path, identity: .sample("other"))
    }
    #expect(folder.names().contains("run.json"), "what is refused is not touched")
    let directory = try OutputDirectory(path: folder.path, identity: .sample("other"), isRestarting: true)
    #expect(directory.state == .fresh && directory.nextBatchIndex == 0)
    #expect(folder.names() == ["_lock", "_markers", "_run.json", "_survey", "_tmp"])
    directory.release()
    #expect(folder.names() == ["_markers", "_run.json", "_survey", "_tmp"])
  }

  @Test func anotherUnfinishedRunIsRefusedWithWhatChanged() throws {
    let folder = ScratchFolder()
    do { _ = try OutputDirectory(path: folder.path, identity: .sample("a")) }
    let error = ShardError.changedRun(
      path: folder.path, isComplete: false, changes: ["test.name: a -> b"])
    #expect(throws: error) { _ = try OutputDirectory(path: folder.path, identity: .sample("b")) }
    #expect("\(error)".contains("an unfinished run") && "\(error)".contains("--restart"))
  }

  @Test func aCompleteRunIsComparedWithWhatItsReportSaysItWas() throws {
    let folder = ScratchFolder()
    let run = SampleRun()
    try run.write(to: folder)
    var touched = run.identity
    touched.inputs[0].modified = 5
    // Without a report the manifest decides, which knows nothing of times.
    #expect(try OutputDirectory(path: folder.path, identity: touched).state != .fresh)
    var reported = run.identity
    reported.inputs[0].modified = 1_000_000_000
    try folder.write(Array(#"{"identity": "#.utf8) + reported.encoded + Array("}".utf8), "run.json")
    #expect(throws: ShardError.self) { _ = try OutputDirectory(path: folder.path, identity: touched) }
    #expect(try OutputDirectory(path: folder.path, identity: reported).nextBatchIndex == 12)
    // A report of some other run says nothing about this one.
    var foreign = reported
    foreign.version = "0.9"
    try folder.write(Array(#"{"identity": "#.utf8) + foreign.encoded + Array("}".utf8), "run.json")
    #expect(try OutputDirectory(path: folder.path, identity: touched).nextBatchIndex == 12)
  }

  @Test func whatAKilledRunLeavesIsSwept() throws {
    let folder = ScratchFolder()
    let run = SampleRun()
    do {
      let directory = try OutputDirectory(path: folder.path, identity: run.identity)
      try run.append(to: ShardWriter(directory: directory, shardBytes: run.shardBytes), upTo: 5)
    }
    try folder.write([1], "_tmp/part-00001.jsonl.zst.7-x")
    try folder.write([1], "_lock.abc")
    try folder.write([1], "run.json")
    let directory = try OutputDirectory(path: folder.path, identity: run.identity)
    #expect(directory.state == .unfinished)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/_tmp").isEmpty)
    #expect(!folder.names().contains("_lock.abc") && !folder.names().contains("run.json"))
  }

  @Test func shardsOfNobodyAreRefused() throws {
    let folder = ScratchFolder()
    try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
    try folder.write([1], "part-00000.jsonl.zst")
    #expect(throws: ShardError.otherRun(path: folder.path)) {
      _ = try OutputDirectory(path: folder.path, identity: .sample("a"))
    }
  }

  @Test func completeRunIsRecognised() throws {
    let folder = ScratchFolder()
    let manifest = try SampleRun().write(to: folder)
    let directory = try OutputDirectory(path: folder.path, identity: .sample("sample-1"))
    #expect(directory.state == .complete(manifest))
    #expect(directory.nextBatchIndex == 12 && directory.committedShards == manifest.shards)
  }

  /// Somebody lost the folder between looking whose it is and writing his manifest.
  @Test func aManifestThatVouchesForWhatIsNotThereIsNotBelieved() throws {
    let (whole, folder) = (ScratchFolder(), ScratchFolder())
    let run = SampleRun()
    let manifest = try run.write(to: whole)
    do { _ = try OutputDirectory(path: folder.path, identity: run.identity) }
    try folder.write(manifest.encoded, "manifest.json")
    do {
      let directory = try OutputDirectory(path: folder.path, identity: run.identity)
      #expect(directory.state == .unfinished && !folder.names().contains("manifest.json"))
    }
    #expect(try run.write(to: folder) == manifest)
    // All is there, and the run's state not yet gone: whoever wrote it was killed at the very end.
    try folder.write(Array("{}".utf8), "_run.json")
    let directory = try OutputDirectory(path: folder.path, identity: run.identity)
    #expect(directory.state == .complete(manifest) && !folder.names().contains("_run.json"))
  }

  @Test func twoWritersAtATimeAreRefused() throws {
    let folder = ScratchFolder()
    let first = try OutputDirectory(path: folder.path, identity: .sample("a"))
    let error = try #require(throws: ShardError.self) {
      _ = try OutputDirectory(path: folder.path, identity: .sample("a"))
    }
    let words =
      "process \(ProcessInfo.processInfo.processIdentifier) on host \(ProcessInfo.processInfo.hostName)"
    guard case .inUse(folder.path, let holder, true) = error else { throw error }
    #expect(
      holder.hasPrefix(words) && holder.contains("has been writing to \(folder.path) for "), "\(holder)")
    #expect(first.state == .fresh)
    first.release()
    #expect(try OutputDirectory(path: folder.path, identity: .sample("a")).state == .unfinished)
  }

  @Test func theOneTheFolderIsTakenFromCommitsNothingMore() throws {
    let folder = ScratchFolder()
    let run = SampleRun()
    let first = try OutputDirectory(path: folder.path, identity: run.identity)
    let writer = try ShardWriter(directory: first, shardBytes: run.shardBytes)
    try run.append(to: writer, upTo: 4)
    let committed = writer.committedShards.count
    let second = try OutputDirectory(path: folder.path, identity: run.identity, isForced: true)
    #expect(second.committedShards.count == committed)
    let names = folder.names()
    let error = try #require(throws: ShardError.self) { try run.append(to: writer) }
    guard case .lostFolder(folder.path, _) = error else { throw error }
    #expect(throws: ShardError.self) { try first.writeReport("{}") }
    writer.abandon()
    first.release()
    #expect(folder.names() == names, "_lock among them: it is the other's")
    let other = try ShardWriter(directory: second, shardBytes: run.shardBytes)
    try run.append(to: other)
    _ = try other.finish()
    second.release()
    #expect(ShardVerifier.verify(directory: folder.path).isSound)
    #expect(!folder.names().contains("_lock"))
  }
}
