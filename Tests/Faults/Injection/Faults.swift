import ArgumentParser
import FaultChecking
import FoundationEssentials
import Glibc

/// Injects faults into real runs of the program and prints what came of them; `Scripts/test faults`.
@main
struct Faults: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "faults",
    abstract: "Kills runs, fills disks, takes inputs and outputs away, and counts what is lost.",
    discussion: """
      Every run is a process of its own. After each fault the folder must not look finished unless it is, and the same \
      command must bring it to the bytes of a run that was left alone. Exit code 1 when anything is lost, duplicated or \
      wrong.
      """)

  @Option(help: "The warraq to test.") var program: String
  @Flag(help: "All faults at full count; else a selection of each kind.") var long = false
  @Option(
    help: "JSON lines to use in place of the written dump, compressed with zstd, gzip, bzip2 or not at all.")
  var input: String?
  @Option(help: "Seed of everything random.") var seed: UInt64 = 6
  @Option(help: "Only faults whose name contains this.") var only: String?
  @Option(help: "A folder to work in, which must not exist; made and removed.") var folder: String?

  func run() throws {
    // A pipe that a run no longer reads must not end this process.
    signal(SIGPIPE, SIG_IGN)
    let wanted = folder ?? FileManager.default.temporaryDirectory.path + "/warraq-faults-\(getpid())"
    // It is removed at the end, so it must be nobody's.
    guard !FileManager.default.fileExists(atPath: wanted) else {
      throw ValidationError("\(wanted) exists: name a folder that does not, --folder")
    }
    try FileManager.default.createDirectory(atPath: wanted, withIntermediateDirectories: true)
    // Without links: calls are counted by the paths that the system knows.
    let folder = String(cString: realpath(wanted, nil))
    defer { try? FileManager.default.removeItem(atPath: folder) }
    // Other users must get in: some runs are theirs.
    chmod(folder, 0o755)
    // A copy, for the same reason, and so that a build meanwhile changes nothing.
    try Tool.output(["cp", program, folder + "/warraq"])
    chmod(folder + "/warraq", 0o755)
    let shop = Workshop(
      program: folder + "/warraq", folder: folder, seed: seed, isLong: long, isGivenInput: input != nil)
    let start = Moment.now
    var given: String?
    if let input {
      try shop.makeFolder(folder + "/given")
      given = "\(folder)/given/\(shop.baseName(input))"
      try Tool.output(["cp", input, folder + "/given/"])
      try Tool.output(["chmod", "644", given ?? ""])
    }
    var rows = try prepare(shop, given)
    for kind in kinds(shop) where only.map({ kind.name.contains($0) }) ?? true {
      let begin = Moment.now
      let row = try kind.inject()
      rows.append(row)
      note("\(row.fault): \(row.injected) faults, \(row.verdict) (\(Int(Moment.now - begin)) s)")
      for (what, times) in row.misbehaved.sorted(by: { $0.value > $1.value }) { note("  \(times)x \(what)") }
      for (what, times) in row.notes.sorted(by: { $0.value > $1.value }).prefix(12) {
        note("  (\(times)x \(what))")
      }
    }
    print(FaultTable.render(rows))
    print("seed \(seed), \(Int(Moment.now - start)) s")
    if !rows.allSatisfy(\.isSound) { throw ExitCode(1) }
  }

  private func note(_ text: String) { FileHandleNote.write(text + "\n") }

  /// Inputs, configs, and what undisturbed runs make of them.
  private func prepare(_ shop: Workshop, _ input: String?) throws -> [FaultRow] {
    var row = FaultRow("none", how: "a run left alone, against what was put in")
    let common = """
      version: 1
      input: {encoding: utf-8, malformed: reject, batchBytes: \(input == nil ? "8 KiB" : "512 KiB")}
      output: {shardBytes: \(input == nil ? "64 KiB" : "1 MiB")}
      rejects: {limit: 0.5}

      """
    let configs = [
      ("plain", common + "stages: [normalize, segment, keywords]\n"),
      ("survey", common + "stages: [normalize, deduplicate, segment]\ndeduplicate: {memory: 1 MiB}\n"),
    ]
    let large = try input == nil ? Dump(in: shop.folder, articles: 1200, seed: seed) : nil
    try shop.makeFolder(shop.folder + "/small")
    let small = try input == nil ? Dump(in: shop.folder + "/small", articles: 200, seed: seed + 1) : nil
    for (name, text) in configs {
      let path = "\(shop.folder)/\(name).yaml"
      try Data(text.utf8).write(to: URL(filePath: path))
      let isSurvey = name == "survey"
      for dump in input == nil ? [large, small] : [nil] {
        try shop.add(
          Scenario(
            name: name, config: path, inputs: [dump?.path ?? input ?? ""],
            expected: try dump?.expected(deduplicating: isSurvey)
              ?? GivenInput.expected(input ?? "", isSurvey)),
          isSmall: dump != nil && dump?.path == small?.path, &row)
      }
    }
    row.injected = row.runs
    note("left alone: \(row.verdict)")
    for what in row.misbehaved.keys { note("  \(what)") }
    for scenario in shop.scenarios + (input == nil ? shop.smallScenarios : []) {
      let times = [1, 2].map { "\(Int(1000 * scenario.seconds(workers: $0))) ms" }.joined(separator: ", ")
      note("\(scenario.name): \(scenario.expected.count) articles, \(scenario.shardCount) shards, \(times)")
    }
    return [row]
  }

  private struct Kind {
    var name: String
    var inject: () throws -> FaultRow
  }

  private func kinds(_ shop: Workshop) -> [Kind] {
    func kind(_ name: String, _ inject: @escaping () throws -> FaultRow) -> Kind {
      Kind(name: name, inject: inject)
    }
    var kinds = [
      kind("kill random") { try shop.killsAtRandom(SIGKILL, "SIGKILL", count: shop.count(30, 200)) },
      kind("kill aimed") { try shop.killsAtSteps(SIGKILL, "SIGKILL", count: shop.count(30, 200)) },
      kind("kill calls") { try shop.killsAtCalls(count: shop.count(30, 600)) },
      kind("term random") { try shop.killsAtRandom(SIGTERM, "SIGTERM", count: shop.count(15, 200)) },
      kind("term aimed") { try shop.killsAtSteps(SIGTERM, "SIGTERM", count: shop.count(8, 100)) },
      kind("int random") { try shop.killsAtRandom(SIGINT, "SIGINT", count: shop.count(8, 100)) },
      kind("disk limit") { try shop.fileSizeLimits(count: shop.count(10, 60)) },
      kind("disk tmpfs") { try shop.fullDisks(.tmpfs, count: shop.count(6, 40)) },
      kind("disk ext4") { try shop.fullDisks(.ext4, count: shop.count(3, 20)) },
      kind("call errors") { try shop.errorsAtCalls(count: shop.count(30, 600)) },
      kind("read errors") { try shop.errorsAtReads(count: shop.count(12, 200)) },
      kind("input cut") { try shop.cutInputs(count: shop.count(8, 60)) },
    ]
    if input == nil {
      kinds += [
        kind("kill units") { try shop.killedUnits(count: shop.count(10, 100)) },
        kind("input gone") { try shop.vanishingInputs(count: shop.count(10, 60)) },
        kind("input pipe") { try shop.dyingWriters(count: shop.count(10, 60)) },
        kind("input unreadable") { try shop.unreadableInputs(count: shop.count(2, 10)) },
      ]
    }
    return kinds + [
      kind("output read-only") { try shop.readOnlyOutputs(count: shop.count(6, 30)) },
      kind("output removed") { try shop.removedOutputs(count: shop.count(10, 60)) },
      kind("limit files") { try shop.openFileLimits() },
      kind("limit threads") { try shop.threadLimits(count: shop.count(8, 16)) },
      kind("limit memory") { try shop.memoryLimits(count: shop.count(10, 30)) },
      kind("second run") { try shop.secondRuns(count: shop.count(8, 60)) },
      kind("crowd") { try shop.crowds(count: shop.count(4, 30)) },
    ]
  }
}

/// Progress goes to standard error, so that the table can be kept by itself.
enum FileHandleNote {
  static func write(_ text: String) {
    let bytes = Array(text.utf8)
    _ = Glibc.write(2, bytes, bytes.count)
  }
}

/// Articles of a file that somebody else wrote.
enum GivenInput {
  /// One article for each line that is not blank.
  static func expected(_ path: String, _ isDeduplicating: Bool) throws -> [ExpectedArticle] {
    let readers = ["zst": ["zstd", "-dcq"], "gz": ["gzip", "-dc"], "bz2": ["bzip2", "-dc"]]
    let reader = readers[String(path.split(separator: ".").last ?? "")] ?? ["cat"]
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let lines = try Tool.output(reader + [path]).split(separator: 0x0A).filter {
      $0.contains { $0 != 0x20 && $0 != 0x0D && $0 != 0x09 }
    }
    return lines.indices.map {
      ExpectedArticle(place: Place(name, $0 + 1), fate: isDeduplicating ? .any : .recordOrReject)
    }
  }
}
