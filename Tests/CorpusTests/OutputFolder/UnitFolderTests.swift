import Foundation
import TestSupport
import Testing

@testable import Corpus

struct UnitFolderTests {
  private let units = [
    SampleRun(batches: 12, input: "ب.jsonl"), SampleRun(batches: 9, input: "b/2.jsonl"),
    SampleRun(batches: 0, input: "empty.jsonl"), SampleRun(batches: 1, input: "b/1.jsonl"),
  ]

  private func finish(_ folder: ScratchFolder) throws -> Manifest {
    let units = try UnitFolder(path: folder.path)
    return try units.finish { _ in
      #"{"identity": "# + String(decoding: units.identity.encoded, as: UTF8.self) + "}"
    }
  }

  private func files(_ folder: ScratchFolder) throws -> [String: [UInt8]] {
    Dictionary(uniqueKeysWithValues: try folder.names().map { ($0, try folder.bytes($0)) })
  }

  private func expected() throws -> [String: [UInt8]] {
    let folder = ScratchFolder()
    for unit in units { try unit.writeUnit(to: folder) }
    _ = try finish(folder)
    return try files(folder)
  }

  @Test func theManifestHasTheInputsInTheOrderOfTheirNames() throws {
    let folder = ScratchFolder()
    for unit in units { try unit.writeUnit(to: folder) }
    let manifest = try finish(folder)
    var inputs: [String] = []
    for shard in manifest.shards where inputs.last != shard.first.input { inputs.append(shard.first.input) }
    #expect(inputs == ["b/1.jsonl", "b/2.jsonl", "ب.jsonl"])
    #expect(manifest.batches == 22)
    #expect(manifest.totals.records == units.reduce(0) { $0 + ($1.batches == 0 ? 0 : $1.recordCount) })
    #expect(manifest.totals.leftOut.rejected == ["empty_text": 6])
    #expect(
      manifest.rejects?.records == 6 && manifest.duplicates?.records == 7 && manifest.ledger?.records == 3)
    #expect(ShardVerifier.verify(directory: folder.path).problems == [])
    let collection = try ShardCollection(directory: folder.path)
    var count = 0
    try collection.forEachRecord { _ in
      count += 1
      return true
    }
    #expect(count == manifest.totals.records)
    // Again, and by whoever was killed behind the manifest.
    try FileManager.default.createDirectory(
      atPath: folder.path + "/_markers/0123456789abcdef", withIntermediateDirectories: true)
    try folder.write([1], "_lock.xyz")
    #expect(try UnitFolder(path: folder.path).manifest == manifest)
    #expect(ShardVerifier.verify(directory: folder.path).isSound)
    #expect(folder.names().filter { $0.hasPrefix("_") } == [])
  }

  /// Units in any order, each stopped anywhere and begun again.
  @Test(arguments: 0..<12)
  func theBytesDependOnNoOrderAndNoInterruption(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let folder = ScratchFolder()
    var left = units
    while !left.isEmpty {
      let index = Int.random(in: 0..<left.count, using: &random)
      if Bool.random(using: &random) {
        // It goes on where the attempt before stopped, or begins.
        let stop = Int.random(in: 0...left[index].batches, using: &random)
        let directory = try OutputDirectory(path: folder.path, unit: left[index].unit, rejectLimit: 0.5)
        if directory.nextBatchIndex <= stop {
          let writer = try ShardWriter(directory: directory, shardBytes: 900)
          try left[index].append(to: writer, upTo: stop)
          if Bool.random(using: &random) { writer.abandon() }
        }
      } else {
        try left.remove(at: index).writeUnit(to: folder)
      }
    }
    _ = try finish(folder)
    #expect(try files(folder) == expected())
  }

  @Test func twoAttemptsAtOnceWriteTheSame() throws {
    let folder = ScratchFolder()
    let unit = units[0]
    let writers = try (0..<2).map { _ in
      try ShardWriter(
        directory: try OutputDirectory(path: folder.path, unit: unit.unit, rejectLimit: 0.5), shardBytes: 900)
    }
    for end in 1...unit.batches {
      for writer in end % 2 == 0 ? writers : writers.reversed() { try unit.append(to: writer, upTo: end) }
    }
    let done = try writers.map { try $0.finishUnit() }
    #expect(done[0] == done[1])
    for other in units.dropFirst() { try other.writeUnit(to: folder) }
    for writer in writers { withExtendedLifetime(writer) {} }
  }

  @Test func whoeverWorksOnAUnitKeepsTheFolderFromBeingFinished() throws {
    let folder = ScratchFolder()
    try units[0].writeUnit(to: folder)
    let working = try OutputDirectory(path: folder.path, unit: units[1].unit, rejectLimit: 0.5)
    let error = try #require(throws: ShardError.self) { try UnitFolder(path: folder.path) }
    guard case .inUse = error else { throw error }
    // By force, and the other one learns of it before it writes anything.
    let finishing = try UnitFolder(path: folder.path, isForced: true)
    let lost = try #require(throws: ShardError.self) {
      try units[1].append(to: ShardWriter(directory: working, shardBytes: 900))
    }
    guard case .lostFolder = lost else { throw lost }
    finishing.release()
  }

  @Test func aDoneUnitIsDoneAndADamagedMarkIsMadeAgain() throws {
    let folder = ScratchFolder()
    let done = try #require(try units[0].writeUnit(to: folder))
    #expect(done.records == units[0].recordCount && done.found == done.records + done.leftOut.total)
    #expect(
      try OutputDirectory(path: folder.path, unit: units[0].unit, rejectLimit: 0.5).state
        == .unitDone(records: done.records))
    let markers = folder.path + "/_markers/" + (try #require(ShardSeries(unit: units[0].input).key))
    for name in try FileManager.default.contentsOfDirectory(atPath: markers) where name != "unit.json" {
      try Data("{".utf8).write(to: URL(filePath: markers + "/" + name))
      #expect(throws: ShardError.self) { try finish(folder) }
      #expect(try units[0].writeUnit(to: folder) == done, "\(name)")
    }
    let shard = try #require(folder.names().first { $0.hasPrefix("part-") })
    try FileManager.default.removeItem(at: folder.url(shard))
    #expect(throws: ShardError.self) { try finish(folder) }
    #expect(try units[0].writeUnit(to: folder) == done)
    for unit in units { try unit.writeUnit(to: folder) }
    _ = try finish(folder)
    #expect(try files(folder) == expected())
  }

  @Test func aChangedInputIsRefusedUntilTheUnitIsBegunAnew() throws {
    let folder = ScratchFolder()
    for unit in units { try unit.writeUnit(to: folder) }
    let other = SampleRun(batches: 11, input: units[0].input)
    let error = try #require(throws: ShardError.self) { try other.writeUnit(to: folder) }
    #expect("\(error)".contains("ب.jsonl: 912 bytes -> 911 bytes") && "\(error)".contains("--restart"))
    let others = folder.names().filter { $0.hasPrefix("part-") }
    do {
      let anew = try OutputDirectory(
        path: folder.path, unit: other.unit, rejectLimit: 0.5, isRestarting: true)
      #expect(anew.state == .fresh)
      #expect(folder.names().filter { $0.hasPrefix("part-") }.count < others.count)
    }
    try other.writeUnit(to: folder)
    #expect(try finish(folder).batches == 21)
    #expect(ShardVerifier.verify(directory: folder.path).isSound)
  }

  @Test func anotherConfigIsRefused() throws {
    let folder = ScratchFolder()
    try units[0].writeUnit(to: folder)
    let other = SampleRun(name: "sample-2", input: "b/2.jsonl")
    #expect(
      throws: ShardError.changedRun(
        path: folder.path, isComplete: false, isShared: true, changes: ["test.name: sample-1 -> sample-2"])
    ) { try other.writeUnit(to: folder) }
    #expect(throws: ShardError.self) { try SampleRun().write(to: folder) }
    let run = ScratchFolder()
    try SampleRun().write(to: run)
    #expect(throws: ShardError.otherRun(path: run.path)) { try units[0].writeUnit(to: run) }
    #expect(throws: ShardError.noUnits(path: run.path)) { try UnitFolder(path: run.path) }
  }

  @Test func whoeverFinishesAndIsKilledLeavesNothingUnsaid() throws {
    let folder = ScratchFolder()
    for unit in units { try unit.writeUnit(to: folder) }
    let (before, manager) = (ScratchFolder(), FileManager.default)
    try manager.copyItem(atPath: folder.path, toPath: before.path)
    let manifest = try finish(folder)
    // Behind the manifest, before the report: all is still there, and is joined again.
    for name in folder.names() where name != "run.json" && !before.names().contains(name) {
      try before.write(try folder.bytes(name), name)
    }
    #expect(try units[0].writeUnit(to: before) == nil)
    #expect(try UnitFolder(path: before.path).manifest == nil)
    #expect(try finish(before) == manifest)
    #expect(try files(before) == files(folder))
    // Behind the report, while the units' files go.
    try before.write(try folder.bytes("run.json"), "_run.json")
    try manager.createDirectory(atPath: before.path + "/_markers", withIntermediateDirectories: true)
    #expect(try UnitFolder(path: before.path).manifest == manifest)
    #expect(try files(before) == files(folder))
    #expect(try units[1].writeUnit(to: before) == nil)
    // Without its report, removed by hand.
    try manager.removeItem(at: before.url("run.json"))
    let units = try UnitFolder(path: before.path)
    #expect(
      units.manifest == manifest
        && units.identity.inputs.map(\.name) == ["b/1.jsonl", "b/2.jsonl", "ب.jsonl"])
  }

  @Test func otherBytesUnderAShardsNameAreAnError() throws {
    let folder = ScratchFolder()
    _ = try OutputDirectory(path: folder.path, unit: units[0].unit, rejectLimit: 0.5)
    let name = try ShardSeries(unit: units[0].input).shardName(0)
    try folder.write([1, 2, 3], name)
    #expect(throws: ShardError.conflictingFile(path: folder.path + "/" + name)) {
      try units[0].writeUnit(to: folder)
    }
    #expect(try folder.bytes(name) == [1, 2, 3])
  }

  @Test func aShardOutOfPlaceIsFound() throws {
    let folder = ScratchFolder()
    for unit in units { try unit.writeUnit(to: folder) }
    let manifest = try finish(folder)
    func problems(_ change: (inout [ShardRow]) -> Void) throws -> Set<VerificationReport.Kind> {
      var damaged = manifest
      change(&damaged.shards)
      try folder.write(damaged.encoded, "manifest.json")
      return Set(ShardVerifier.verify(directory: folder.path).problems.map(\.kind))
    }
    #expect(try problems { _ in } == [])
    #expect(try problems { $0.swapAt(1, 2) }.contains(.wrongOrder))
    #expect(try problems { $0.append($0[0]) }.contains(.wrongOrder))
    #expect(try problems { $0.removeFirst() }.contains(.wrongOrder))
    #expect(try problems { $0.removeLast() }.contains(.extraFile))
  }

  @Test func namesOfShardsReadBack() throws {
    let series = try ShardSeries(unit: "اخبار/1.jsonl")
    for index in [0, 99_999, 100_000] {
      let name = series.shardName(index)
      #expect(series.index(of: name) == index && ShardSeries.run.index(of: name) == nil)
      #expect(ShardSeries.of(name)?.series == series && ShardSeries.of(name)?.index == index)
    }
    #expect(ShardSeries.of("part-00007.jsonl.zst")?.series == .run)
    for name in [
      "part-0123456789abcde-00000.jsonl.zst", "part-0123456789ABCDEF-00000.jsonl.zst",
      "part-0123456789abcdef-0.jsonl.zst", "part-0123456789abcdef-00000.json",
      "part-0123456789abcdef.jsonl.zst",
    ] { #expect(ShardSeries.of(name) == nil, "\(name)") }
    #expect(
      ShardSeries.shards(among: [
        "part-f000000000000000-00001.jsonl.zst", "part-100000.jsonl.zst", "x", "part-00001.jsonl.zst",
        "part-f000000000000000-00000.jsonl.zst", "part-0000000000000000-00000.jsonl.zst",
      ]) == [
        "part-00001.jsonl.zst", "part-100000.jsonl.zst", "part-0000000000000000-00000.jsonl.zst",
        "part-f000000000000000-00000.jsonl.zst", "part-f000000000000000-00001.jsonl.zst",
      ])
  }
}

struct UnitCensusTests {
  private func unit(_ name: String, _ isDone: Bool = true, path: String = "") -> UnitCensus.Unit {
    UnitCensus.Unit(name: name, path: path, key: "k", isDone: isDone)
  }

  @Test func allThatWasBegunMustBeDone() {
    #expect(UnitCensus(units: [unit("a"), unit("b")], listed: nil).isComplete)
    #expect(UnitCensus(units: [unit("a"), unit("b", false)], listed: nil).lines == ["b: begun, not done"])
    #expect(UnitCensus(units: [], listed: nil).isComplete)
  }

  @Test func exactlyWhatIsListedMustBeThere() {
    let census = UnitCensus(
      units: [unit("a"), unit("b", false), unit("x")],
      listed: [(name: "a", path: "/a"), (name: "b", path: "/b"), (name: "c", path: "/c")],
      unlisted: [(name: "d", reason: "Permission denied")])
    #expect(
      census.lines == [
        "c: not begun", "b: begun, not done", "d: cannot be listed: Permission denied",
        "x: is there and not listed by --input",
      ])
  }

  @Test func anInputIsKnownByWhereItLies() {
    let units = [unit("1.jsonl", path: "/dump/1.jsonl"), unit("2.jsonl")]
    #expect(
      UnitCensus(
        units: units,
        listed: [(name: "dump/1.jsonl", path: "/dump/1.jsonl"), (name: "2.jsonl", path: "/y/2.jsonl")]
      ).isComplete)
    #expect(UnitCensus(units: units, listed: [(name: "2.jsonl", path: "/2.jsonl")]).extra == ["1.jsonl"])
  }

  @Test func aFileUnderTwoNamesIsFound() {
    let units = [unit("1.jsonl", path: "/dump/1.jsonl"), unit("dump/1.jsonl", path: "/dump/1.jsonl")]
    #expect(UnitCensus(units: units, listed: nil).doubled.count == 1)
    #expect(!UnitCensus(units: units, listed: [(name: "dump/1.jsonl", path: "/dump/1.jsonl")]).isComplete)
  }

  @Test func ofManyTheFirstAreNamed() {
    let lines = UnitCensus(units: (0..<25).map { unit("\($0)", false) }, listed: nil).lines
    #expect(lines.count == 11 && lines.last == "and 15 more")
  }
}
