import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// A run that waits for its standard input: it holds its output folder for as long as a test wants.
private final class WaitingRun {
  let process = Process()
  private let input = Pipe()
  private let errors: URL

  /// Starts it and waits until it holds the folder and has said whose it is.
  init(_ arguments: [String], folder: URL, out: URL) throws {
    errors = folder.appending(path: "errors-\(UInt64.random(in: 0 ... .max))")
    try Data().write(to: errors)
    process.executableURL = Command.program
    process.arguments = arguments
    process.standardInput = input
    process.standardOutput = FileHandle.nullDevice
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    func isThere() -> Bool {
      guard let lock = try? String(contentsOf: out.appending(path: "_lock"), encoding: .utf8) else {
        return false
      }
      return lock.contains("\"process\":\(process.processIdentifier),")
        && FileManager.default.fileExists(atPath: out.appending(path: "_run.json").path)
    }
    while process.isRunning, !isThere() { usleep(2000) }
  }

  func kill() {
    Glibc.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  /// Gives it its input and waits for its end.
  func finish(_ data: Data) throws -> Command {
    try input.fileHandleForWriting.write(contentsOf: data)
    try input.fileHandleForWriting.close()
    process.waitUntilExit()
    return Command(
      status: process.terminationStatus, output: "", errors: try String(contentsOf: errors, encoding: .utf8))
  }

  deinit { if process.isRunning { kill() } }
}

@Suite(.serialized) struct RunOwnershipTests {
  private func withFolder(_ body: (_ folder: URL, _ out: URL) throws -> Void) throws {
    let folder = try Command.scratch("owner")
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder, folder.appending(path: "out"))
  }

  private func arguments(_ out: URL, _ inputs: String..., set: [String] = []) -> [String] {
    ["run", Command.news, "--output", out.path] + inputs.flatMap { ["--input", $0] }
      + set.flatMap { ["--set", $0] }
  }

  private func report(_ out: URL) throws -> [String: Any] {
    let object = try JSONSerialization.jsonObject(with: Data(contentsOf: out.appending(path: "run.json")))
    return try #require(object as? [String: Any])
  }

  private var sample: Data { get throws { try Data(contentsOf: URL(filePath: Command.sample)) } }

  @Test func theSecondRunLearnsWhoHoldsTheFolderAndAKilledOneHoldsNothing() throws {
    try withFolder { folder, out in
      let first = try WaitingRun(arguments(out, "-"), folder: folder, out: out)
      let second = try Command.run(arguments(out, "-"), input: sample)
      #expect(second.status == 1)
      for words in [
        "process \(first.process.processIdentifier) on host \(ProcessInfo.processInfo.hostName) has been writing",
        "(since 20", "--force",
      ] { #expect(second.errors.contains(words), "\(second.errors)") }
      first.kill()
      #expect(FileManager.default.fileExists(atPath: out.appending(path: "_lock").path))
      #expect(!FileManager.default.fileExists(atPath: out.appending(path: "run.json").path))
      let verify = try Command.run(["verify", out.path])
      #expect(verify.status == 1 && verify.errors.contains("not finished"))
      let third = try Command.run(arguments(out, "-"), input: sample)
      #expect(third.status == 0, "\(third.errors)")
      #expect(try Command.run(["verify", out.path]).status == 0)
      #expect(try report(out)["state"] as? String == "complete")
      #expect(!FileManager.default.fileExists(atPath: out.appending(path: "_lock").path))
    }
  }

  @Test func theOneTheFolderIsTakenFromEndsAndChangesNothing() throws {
    try withFolder { folder, out in
      let first = try WaitingRun(arguments(out, "-"), folder: folder, out: out)
      let second = try Command.run(arguments(out, "-") + ["--force"], input: sample)
      #expect(second.status == 0, "\(second.errors)")
      let result = try Command.result(out)
      let lost = try first.finish(Data(#"{"id": "x", "text": "خبر عاجل"}"#.utf8))
      #expect(lost.status == 1)
      #expect(lost.errors.contains("is not this run's any more"), "\(lost.errors)")
      #expect(try Command.result(out) == result)
      #expect(try report(out)["state"] as? String == "complete")
      #expect(try Command.run(["verify", out.path]).status == 0)
    }
  }

  @Test func twoThatTakeAFolderByForceDoNotBothHaveIt() throws {
    try withFolder { folder, out in
      let first = try WaitingRun(arguments(out, "-"), folder: folder, out: out)
      let second = try WaitingRun(arguments(out, "-") + ["--force"], folder: folder, out: out)
      first.kill()
      let third = try Command.run(arguments(out, "-"), input: sample)
      #expect(third.status == 1)
      #expect(third.errors.contains("process \(second.process.processIdentifier) on"), "\(third.errors)")
      #expect(try second.finish(sample).status == 0)
      #expect(try Command.run(["verify", out.path]).status == 0)
    }
  }

  @Test func whatChangedSinceTheInterruptionIsToldAndNothingIsDone() throws {
    try withFolder { folder, out in
      let dump = folder.appending(path: "dump")
      try FileManager.default.createDirectory(at: dump, withIntermediateDirectories: true)
      let news = dump.appending(path: "news.jsonl")
      try sample.write(to: news)
      try sample.write(to: dump.appending(path: "old.jsonl"))
      // The files first, then the wait: it is killed with its work half done.
      let set = ["output.shardBytes=64KiB", "input.batchBytes=4096"]
      let killed = try WaitingRun(arguments(out, dump.path, "-", set: set), folder: folder, out: out)
      killed.kill()
      let state = try Data(contentsOf: out.appending(path: "_run.json"))
      let other = try Command.run(
        arguments(out, dump.path, "-", set: set + ["keywords.count=15"]), input: Data())
      #expect(other.status == 1)
      #expect(other.errors.contains("  keywords.count: 10 -> 15\n"), "\(other.errors)")
      #expect(other.errors.contains("--restart") && other.errors.contains("another --output"))

      try sample.write(to: dump.appending(path: "more.jsonl"))
      try FileManager.default.removeItem(at: dump.appending(path: "old.jsonl"))
      try (sample + sample).write(to: news)
      let inputs = try Command.run(arguments(out, dump.path, "-", set: set), input: Data())
      #expect(inputs.status == 1)
      for words in [
        "input added: dump/more.jsonl", "input removed: dump/old.jsonl", "input changed: dump/news.jsonl: ",
      ] { #expect(inputs.errors.contains(words), "\(inputs.errors)") }
      #expect(try Data(contentsOf: out.appending(path: "_run.json")) == state)

      let anew = try Command.run(arguments(out, dump.path, "-", set: set) + ["--restart"], input: Data())
      #expect(anew.status == 0, "\(anew.errors)")
      #expect(try Command.run(["verify", out.path]).status == 0)
    }
  }

  @Test func aTouchedInputIsAChangeUnlessItsHashIsKnown() throws {
    try withFolder { folder, out in
      let news = folder.appending(path: "news.jsonl")
      try sample.write(to: news)
      func touch(_ seconds: Double) throws {
        try FileManager.default.setAttributes(
          [.modificationDate: Date(timeIntervalSince1970: seconds)], ofItemAtPath: news.path)
      }
      try touch(1_000_000_000)
      #expect(try Command.run(arguments(out, news.path)).status == 0)
      let same = try Command.run(
        arguments(out, news.path, set: ["segment.breakEngine=icu", "rejects.limit=0.9"]))
      #expect(same.status == 0 && same.errors.contains("already holds this very run"), "\(same.errors)")
      try touch(1_000_000_060)
      let touched = try Command.run(arguments(out, news.path))
      #expect(touched.status == 1)
      #expect(
        touched.errors.contains("news.jsonl: modified 2001-09-09T01:46:40Z -> 2001-09-09T01:47:40Z"),
        "\(touched.errors)")

      let hashed = folder.appending(path: "hashed")
      #expect(try Command.run(arguments(hashed, news.path, set: ["run.hashInputs=true"])).status == 0)
      #expect(
        try Data(contentsOf: hashed.appending(path: "manifest.json"))
          == Data(contentsOf: out.appending(path: "manifest.json")), "hashes and times are not in it")
      try touch(1_000_000_120)
      for set in [["run.hashInputs=true"], []] {
        #expect(try Command.run(arguments(hashed, news.path, set: set)).status == 0)
      }
      // Another byte, the same size, the same time.
      var bytes = try sample
      bytes[bytes.count / 2] ^= 1
      try bytes.write(to: news)
      try touch(1_000_000_180)
      let changed = try Command.run(arguments(hashed, news.path))
      #expect(changed.status == 1 && changed.errors.contains("as its SHA-256 says"), "\(changed.errors)")
    }
  }

  @Test func aRestartThatIsKilledNeverLooksFinished() throws {
    try withFolder { folder, out in
      try FileManager.default.createDirectory(at: out, withIntermediateDirectories: true)
      try Data("mine".utf8).write(to: out.appending(path: "notes.txt"))
      #expect(try Command.run(arguments(out, "-"), input: sample).status == 1, "a file that is not ours")
      #expect(try Command.run(arguments(out, "-") + ["--restart"], input: sample).status == 0)
      #expect(try report(out)["state"] as? String == "complete")
      let killed = try WaitingRun(arguments(out, "-") + ["--restart"], folder: folder, out: out)
      killed.kill()
      let left = try FileManager.default.contentsOfDirectory(atPath: out.path).filter { !$0.hasPrefix("_") }
      #expect(left == ["notes.txt"], "no manifest, no report, no shard of the run before")
      #expect(try Command.run(["verify", out.path]).status == 1)
      #expect(try String(contentsOf: out.appending(path: "notes.txt"), encoding: .utf8) == "mine")
    }
  }
}
