import Foundation
#if canImport(Glibc)
  import Glibc
#endif
import Testing

@Suite(.serialized) struct RunTests {
  private func withFolder(_ body: (URL) throws -> Void) throws {
    let folder = try Command.scratch("run")
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  @Test func outputBytesDoNotDependOnTheNumberOfWorkers() throws {
    try withFolder { folder in
      var results: [[String: Data]] = []
      for workers in [1, 2, 7] {
        let out = folder.appending(path: "out\(workers)")
        let run = try Command.run([
          "run", Command.news, "--input", Command.sample, Command.sample, Command.sample, "--output",
          out.path,
          "--workers", "\(workers)",
          "--set", "input.batchBytes=4096", "--set", "output.shardBytes=64KiB",
        ])
        #expect(run.status == 0, "\(run.errors)")
        results.append(try Command.result(out))
      }
      #expect(results[0].keys.contains("part-00001.jsonl.zst"))
      #expect(results[0] == results[1])
      #expect(results[0] == results[2])
    }
  }

  @Test func outputBytesDoNotDependOnHowBreakRulesAreRun() throws {
    try withFolder { folder in
      var shards: [Data] = []
      for engine in ["tables", "icu"] {
        let out = folder.appending(path: engine)
        let run = try Command.run([
          "run", Command.news, "--input", Command.sample, "--output", out.path, "--set",
          "segment.breakEngine=\(engine)",
        ])
        #expect(run.status == 0, "\(run.errors)")
        shards.append(try Data(contentsOf: out.appending(path: "part-00000.jsonl.zst")))
      }
      #expect(shards[0] == shards[1])
    }
  }

  @Test func benchTimesEveryStageAndTheScaling() throws {
    let run = try Command.run(["bench", Command.news, "--input", Command.sample, "--workers", "1,2"])
    #expect(run.status == 0, "\(run.errors)")
    for part in ["keywords", "compress", "workers for input", "hint: ", "times faster"] {
      #expect(run.output.contains(part), "\(part)")
    }
    #expect(
      try Command.run(["bench", Command.news, "--input", Command.sample, "--workers", "0"]).status == 2)
    #expect(try Command.run(["bench", Command.news, "--input", "-", "--workers", "1,2"]).status == 2)
  }

  @Test func everyInputRecordIsARecordOrAReject() throws {
    try withFolder { folder in
      let input = folder.appending(path: "mixed.jsonl")
      let lines = [
        #"{"id":"a","text":"وصل الوفد إلى العاصمة."}"#, #"{"id":"b","text":""}"#, #"{"id":"c"}"#,
        #"{"id":"d","text":7}"#, "{broken",
        "[1]", #"{"id":"e","text":"غادر الوفد العاصمة.","extra":{"n":1.50}}"#,
      ]
      try Data(lines.joined(separator: "\n").utf8).write(to: input)
      let out = folder.appending(path: "out")
      let run = try Command.run(["run", Command.news, "--input", input.path, "--output", out.path])
      #expect(run.status == 3, "too many rejects for the default limit")
      let report = try JSONSerialization.jsonObject(with: Data(contentsOf: out.appending(path: "run.json")))
      let object = try #require(report as? [String: Any])
      #expect(object["records"] as? Int == 2)
      #expect(
        object["rejects"] as? [String: Int]
          == ["emptyArticle": 1, "missingText": 1, "wrongFieldType": 1, "invalidJSON": 1, "notAnObject": 1])
      #expect(try Command.run(["verify", out.path]).status == 0)
      let record = try Command.run(["cat", out.path, "--id", "e"]).output
      #expect(record.contains(#""meta":{"extra":{"n":1.50}}"#))
      let lenient = try Command.run([
        "run", Command.news, "--input", input.path, "--output", folder.appending(path: "lenient").path,
        "--set",
        "rejects.limit=0.9",
      ])
      #expect(lenient.status == 0)
    }
  }

  @Test func standardInputAndAFolderAreRead() throws {
    try withFolder { folder in
      let dump = folder.appending(path: "dump/deep")
      try FileManager.default.createDirectory(at: dump, withIntermediateDirectories: true)
      try Data("هذا نص المقال الأول.".utf8).write(to: dump.appending(path: "b.txt"))
      try Data("وهذا نص المقال الثاني.".utf8).write(to: dump.appending(path: "a.txt"))
      let out = folder.appending(path: "out")
      let run = try Command.run([
        "run", Command.news, "--input", folder.appending(path: "dump").path, "--output", out.path,
      ])
      #expect(run.status == 0, "\(run.errors)")
      let records = try Command.run(["cat", out.path]).output.split(separator: "\n")
      #expect(records.map { $0.hasPrefix(#"{"id":"dump/deep/a.txt""#) } == [true, false])
      let piped = folder.appending(path: "piped")
      let input = try Data(contentsOf: URL(filePath: Command.sample))
      let run2 = try Command.run(["run", Command.news, "-i", "-", "-o", piped.path], input: input)
      #expect(run2.status == 0, "\(run2.errors)")
      #expect(
        try Command.run(["cat", piped.path, "--records", "2..3"]).output.split(separator: "\n").count == 2)
    }
  }

  @Test func aFolderOfAnotherRunIsRefusedUnlessAskedFor() throws {
    try withFolder { folder in
      let arguments = [
        "run", Command.news, "--input", Command.sample, "--output", folder.appending(path: "out").path,
      ]
      #expect(try Command.run(arguments).status == 0)
      let again = try Command.run(arguments)
      #expect(again.status == 0)
      #expect(again.errors.contains("already holds this very run"))
      let other = try Command.run(arguments + ["--set", "keywords.count=3"])
      #expect(other.status == 1)
      #expect(other.errors.contains("keywords.count: 10 -> 3"), "\(other.errors)")
      #expect(try Command.run(arguments + ["--set", "keywords.count=3", "--overwrite"]).status == 0)
    }
  }

  @Test func whatNamedFilesHoldIsPartOfTheRun() throws {
    try withFolder { folder in
      let list = folder.appending(path: "never.txt")
      try Data("سوق الذهب\n".utf8).write(to: list)
      let arguments = [
        "run", Command.news, "--input", Command.sample, "--output", folder.appending(path: "out").path,
        "--set",
        "keywords.never=\(list.path)",
      ]
      #expect(try Command.run(arguments).status == 0)
      #expect(try Command.run(arguments).status == 0, "the same run is complete")
      try Data("سوق الكتب\n".utf8).write(to: list)
      let other = try Command.run(arguments)
      #expect(other.status == 1)
      #expect(other.errors.contains("keywords.never: the file it names"), "\(other.errors)")
    }
  }

  @Test func anInterruptedRunGoesOnToTheSameBytes() throws {
    try withFolder { folder in
      // Enough work for the signal to arrive in its middle.
      let dump = folder.appending(path: "dump.jsonl")
      let sample = try Data(contentsOf: URL(filePath: Command.sample))
      var large = Data()
      for _ in 0..<60 { large += sample }
      try large.write(to: dump)
      func arguments(_ out: String) -> [String] {
        [
          "run", Command.news, "--input", dump.path, "--output", folder.appending(path: out).path, "--set",
          "output.shardBytes=64KiB", "--set", "input.batchBytes=32KiB",
        ]
      }
      let process = Process()
      process.executableURL = Command.program
      process.arguments = arguments("stopped")
      let errors = Pipe()
      process.standardError = errors
      try process.run()
      let first = folder.appending(path: "stopped/part-00000.jsonl.zst").path
      while !FileManager.default.fileExists(atPath: first), process.isRunning { usleep(5000) }
      process.interrupt()
      let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      #expect(process.terminationStatus == 130, "\(text)")
      #expect(text.contains("give the same command again to go on"))
      let report = try String(contentsOf: folder.appending(path: "stopped/run.json"), encoding: .utf8)
      #expect(report.hasPrefix("{\n  \"state\": \"interrupted\","))
      #expect(try Command.run(["verify", folder.appending(path: "stopped").path]).status == 1)
      let resumed = try Command.run(arguments("stopped"))
      #expect(resumed.status == 0, "\(resumed.errors)")
      #expect(try Command.run(arguments("whole")).status == 0)
      #expect(
        try Command.result(folder.appending(path: "stopped"))
          == Command.result(folder.appending(path: "whole")))
    }
  }

  @Test func memoryStaysUnderTheBoundThatPlanPrints() throws {
    try withFolder { folder in
      let dump = folder.appending(path: "dump.jsonl")
      let sample = try Data(contentsOf: URL(filePath: Command.sample))
      var large = Data()
      for _ in 0..<12 { large += sample }
      try large.write(to: dump)
      let options = ["--set", "segment.tokens=true", "--set", "transliterate.fields=[title, keywords, text]"]
      let plan = try Command.run(["plan", Command.news, "--json"] + options)
      let object = try JSONSerialization.jsonObject(with: Data(plan.output.utf8)) as? [String: Any]
      let bound = try #require(object?["memoryBoundBytes"] as? Int)
      let run = try Command.run(
        ["run", Command.news, "--input", dump.path, "--output", folder.appending(path: "out").path] + options)
      #expect(run.status == 0, "\(run.errors)")
      var usage = rusage()
      // The largest of all processes these tests have run, this one among them.
      getrusage(RUSAGE_CHILDREN.rawValue, &usage)
      #expect(usage.ru_maxrss * 1024 > 0)
      #expect(usage.ru_maxrss * 1024 < bound)
    }
  }

  @Test func aDamagedShardIsFound() throws {
    try withFolder { folder in
      let out = folder.appending(path: "out")
      #expect(
        try Command.run(["run", Command.news, "--input", Command.sample, "--output", out.path]).status == 0)
      let shard = out.appending(path: "part-00000.jsonl.zst")
      var bytes = try Data(contentsOf: shard)
      bytes[bytes.count / 2] ^= 1
      try bytes.write(to: shard)
      let verify = try Command.run(["verify", out.path])
      #expect(verify.status == 1)
      #expect(verify.errors.contains("part-00000.jsonl.zst"))
    }
  }

  @Test func truncatedAndUnreadableInputsDoNotEndTheRun() throws {
    try withFolder { folder in
      let whole = folder.appending(path: "whole.jsonl")
      try FileManager.default.copyItem(at: URL(filePath: Command.sample), to: whole)
      let out = folder.appending(path: "first")
      #expect(
        try Command.run(["run", Command.news, "--input", whole.path, "--output", out.path]).status == 0)
      // A shard without its end is a truncated compressed input.
      let shard = try Data(contentsOf: out.appending(path: "part-00000.jsonl.zst"))
      let cut = folder.appending(path: "cut.jsonl.zst")
      try shard.prefix(shard.count / 2).write(to: cut)
      let run = try Command.run([
        "run", Command.news, "--input", cut.path, whole.path, "--output", folder.appending(path: "out").path,
      ])
      #expect([0, 3].contains(run.status), "\(run.errors)")
      #expect(run.errors.contains("truncatedStream"))
    }
  }
}
