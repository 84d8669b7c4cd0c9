import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

@Suite(.serialized) struct ShardTests {
  private let folder: URL
  private let dump: URL
  private static let config = ["--set", "output.shardBytes=64KiB", "--set", "input.batchBytes=16KiB"]

  /// Six inputs of different sizes, the sample's articles under ids of their own; one of them has records that are none.
  init() throws {
    folder = try Command.scratch("shard")
    dump = folder.appending(path: "dump")
    try FileManager.default.createDirectory(
      at: dump.appending(path: "deep"), withIntermediateDirectories: true)
    let lines = try String(contentsOfFile: Command.sample, encoding: .utf8).split(separator: "\n")
    for (number, name) in Self.names.enumerated() {
      var text = ""
      for copy in 0..<(number + 1) {
        text +=
          lines.map {
            $0.replacing("\"id\":", with: "\"id\":\"\(number)-\(copy)-\",\"was\":", maxReplacements: 1)
          }
          .enumerated().map { $1.replacing("-\",\"was\"", with: "-\($0)\",\"was\"", maxReplacements: 1) }
          .joined(separator: "\n") + "\n"
      }
      if number == 2 { text += "{broken\n{\"id\": \"empty\", \"text\": \"\"}\n" }
      try Data(text.utf8).write(to: dump.appending(path: name))
    }
  }

  private static let names = ["1.jsonl", "deep/1.jsonl", "deep/2.jsonl", "3.jsonl", "خبر.jsonl", "z.jsonl"]

  private func arguments(_ out: URL, nth: Int, _ more: String...) -> [String] {
    ["shard", Command.news, "--input", dump.path, "--nth", "\(nth)", "--output", out.path] + Self.config
      + more
  }

  private func finish(_ out: URL) throws -> Command {
    try Command.run(["finish", out.path, "--input", dump.path])
  }

  /// The folder as one process after the other fills it.
  private func oneAfterTheOther() throws -> URL {
    let out = folder.appending(path: "whole")
    for nth in 1...6 { #expect(try Command.run(arguments(out, nth: nth)).status == 0) }
    let finished = try finish(out)
    #expect(finished.status == 0, "\(finished.errors)")
    return out
  }

  private func start(_ arguments: [String]) throws -> Process {
    let process = Process()
    process.executableURL = Command.program
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  @Test func processesInAnyOrderKilledAndBegunAgainWriteTheSameBytes() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let clock = ContinuousClock()
    let began = clock.now
    let whole = try oneAfterTheOther()
    // Four at once take longer than one: most of these moments come before the end.
    let longest = max(50, Int((clock.now - began) / .milliseconds(1)) / 6)
    let out = folder.appending(path: "out")
    var random = SeededGenerator(seed: 2026)
    // Four at a time, over each input at least once more than needed; most are killed at a random moment.
    var left = (1...6).flatMap { [$0, $0] }.shuffled(using: &random)
    var running: [(process: Process, nth: Int, killAt: ContinuousClock.Instant?)] = []
    var killed = 0
    while !left.isEmpty || !running.isEmpty {
      while running.count < 4, !left.isEmpty {
        let nth = left.removeFirst()
        let isDoomed = killed < 20 && Int.random(in: 0..<3, using: &random) > 0
        let killAt = clock.now + .milliseconds(Int.random(in: 5...longest, using: &random))
        running.append((try start(arguments(out, nth: nth)), nth, isDoomed ? killAt : nil))
      }
      usleep(5000)
      for job in running {
        if let time = job.killAt, time < clock.now { kill(job.process.processIdentifier, SIGKILL) }
      }
      for job in running where !job.process.isRunning {
        if job.process.terminationReason == .uncaughtSignal {
          killed += 1
          left.append(job.nth)
        } else {
          #expect(job.process.terminationStatus == 0)
        }
      }
      running.removeAll { !$0.process.isRunning }
    }
    #expect(killed > 4)
    let finished = try finish(out)
    #expect(finished.status == 0, "\(finished.errors)")
    #expect(try Command.result(out) == Command.result(whole))
    #expect(try Command.run(["verify", out.path]).status == 0)
    let deep = try Command.run(
      ["verify", out.path, "--deep", "--config", Command.news, "--input", dump.path] + Self.config)
    #expect(deep.status == 0 && deep.output.contains("of 6 inputs"), "\(deep.errors)")
    let records = try Command.run(["cat", out.path]).output.split(separator: "\n")
    let ids = Set(records.map { $0.split(separator: "\"", maxSplits: 4)[3] })
    let articles = try String(contentsOfFile: Command.sample, encoding: .utf8).split(separator: "\n").count
    #expect(records.count == 21 * articles && ids.count == records.count)
  }

  @Test func twoAtOnceOnTheSameInputAreBothRight() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let whole = try oneAfterTheOther()
    let out = folder.appending(path: "out")
    for nth in 1...6 {
      let both = try (0..<2).map { _ in try start(arguments(out, nth: nth)) }
      for process in both {
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
      }
    }
    #expect(try finish(out).status == 0)
    #expect(try Command.result(out) == Command.result(whole))
    // The order that a listing has is not that of the work: named one by one, the same units are known.
    let again = try Command.run(arguments(out, nth: 4))
    #expect(again.status == 0 && again.errors.contains("is done"), "\(again.errors)")
  }

  @Test func finishNamesWhatIsMissingAndWritesNothing() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let out = folder.appending(path: "out")
    for nth in [1, 3, 4, 6] { #expect(try Command.run(arguments(out, nth: nth)).status == 0) }
    let early = try finish(out)
    #expect(early.status == 1)
    for name in ["dump/3.jsonl: not begun", "dump/z.jsonl: not begun"] {
      #expect(early.errors.contains(name), "\(early.errors)")
    }
    #expect(!FileManager.default.fileExists(atPath: out.appending(path: "manifest.json").path))
    let verify = try Command.run(["verify", out.path])
    #expect(verify.status == 1 && verify.errors.contains("not finished"), "\(verify.errors)")
    // Without a listing what is there is all there is, and that is said.
    let part = try Command.run(["finish", out.path])
    #expect(part.status == 0 && part.errors.contains("never begun"), "\(part.errors)")
    #expect(try Command.run(["finish", out.path]).errors.contains("complete already"))
    #expect(try finish(out).status == 1, "complete, and not of all that is listed")
  }

  @Test func anotherConfigAndWhatIsNoUnitAreRefused() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let out = folder.appending(path: "out")
    #expect(try Command.run(arguments(out, nth: 1)).status == 0)
    let other = try Command.run(arguments(out, nth: 2, "--set", "keywords.count=15"))
    #expect(other.status == 1 && other.errors.contains("keywords.count: 10 -> 15"), "\(other.errors)")
    for (inputs, words) in [
      ([dump.path], "6 are listed"), (["-"], "is no file"),
      ([dump.path, "--nth", "7"], "6 inputs are listed"),
    ] {
      let run = try Command.run(["shard", Command.news, "--output", out.path, "--input"] + inputs)
      #expect(run.status == 2 && run.errors.contains(words), "\(run.errors)")
    }
    let survey = try Command.run(arguments(out, nth: 2, "--set", "stages=[normalize, deduplicate]"))
    #expect(survey.status == 2 && survey.errors.contains("deduplicate compares"), "\(survey.errors)")
    let run = try Command.run(["run", Command.news, "--input", dump.path, "--output", out.path])
    #expect(run.status == 1 && run.errors.contains("filled by warraq shard"), "\(run.errors)")
  }

  @Test func aNameThatStandsForTwoFilesIsRefused() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let out = folder.appending(path: "out")
    func shard(_ name: String, _ more: String...) throws -> Command {
      try Command.run(
        ["shard", Command.news, "--input", dump.appending(path: name).path, "--output", out.path] + more)
    }
    #expect(try shard("1.jsonl").status == 0)
    let other = try shard("deep/1.jsonl")
    #expect(other.status == 1 && other.errors.contains("names of their own"), "\(other.errors)")
    // One by one, they are known to finish by where they lie.
    #expect(
      try Command.run(["finish", out.path, "--input", dump.appending(path: "*.jsonl").path]).status == 1)
    for name in ["3.jsonl", "z.jsonl", "خبر.jsonl"] { #expect(try shard(name).status == 0) }
    let finished = try Command.run(["finish", out.path, "--input", dump.appending(path: "*.jsonl").path])
    #expect(finished.status == 0, "\(finished.errors)")
  }

  @Test func tooManyRejectsAreToldByEachUnitAndByTheWhole() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let out = folder.appending(path: "out")
    let limit = ["--set", "rejects.limit=0.001"]
    let listing = try Command.run(["plan", Command.news, "--input", dump.path]).output
    let inputs = listing.split(separator: "\n").filter { $0.contains(".jsonl") && $0.contains(" bytes") }
    for nth in 1...6 {
      let run = try Command.run(arguments(out, nth: nth) + limit)
      #expect(run.status == (inputs[nth - 1].contains("deep/2.jsonl") ? 3 : 0), "\(run.errors)")
      #expect(try Command.run(arguments(out, nth: nth) + limit).status == 0, "it is done")
    }
    #expect(try finish(out).status == 3)
    #expect(try Command.run(["verify", out.path]).status == 0)
  }

  @Test func nobodyFinishesAFolderThatIsWorkedOn() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let out = folder.appending(path: "out")
    #expect(try Command.run(arguments(out, nth: 1)).status == 0)
    // Held by a process that waits: a run that reads from a pipe, begun by force of nothing at all.
    let other = folder.appending(path: "other")
    let holder = Process()
    holder.executableURL = Command.program
    holder.arguments = ["run", Command.news, "--input", "-", "--output", other.path]
    let input = Pipe()
    holder.standardInput = input
    holder.standardError = FileHandle.nullDevice
    try holder.run()
    while holder.isRunning, !FileManager.default.fileExists(atPath: other.appending(path: "_run.json").path) {
      usleep(2000)
    }
    let refused = try Command.run(arguments(other, nth: 1))
    #expect(refused.status == 1)
    #expect(refused.errors.contains("process \(holder.processIdentifier) on host"), "\(refused.errors)")
    kill(holder.processIdentifier, SIGKILL)
    holder.waitUntilExit()
    let after = try Command.run(arguments(other, nth: 1))
    #expect(after.status == 1 && after.errors.contains("filled by warraq run"), "\(after.errors)")
  }
}
