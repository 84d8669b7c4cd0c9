import Foundation
#if canImport(Glibc)
  import Glibc
#endif
import TestSupport
import Testing

@Suite(.serialized) struct DeduplicateTests {
  private static let config = """
    version: 1
    stages: [normalize, deduplicate]
    input: {batchBytes: 32KiB}
    output: {shardBytes: 64KiB}
    """

  private func withDump(_ body: (_ folder: URL, _ arguments: (String, [String]) -> [String]) throws -> Void)
    throws
  {
    let folder = try Command.scratch("deduplicate")
    defer { try? FileManager.default.removeItem(at: folder) }
    let config = folder.appending(path: "config.yaml")
    try Data(Self.config.utf8).write(to: config)
    let dump = folder.appending(path: "dump.jsonl")
    try Self.dump().write(to: dump)
    try body(folder) { out, more in
      ["run", config.path, "--input", dump.path, "--output", folder.appending(path: out).path] + more
    }
  }

  /// 3,000 articles: a third are the sample's with another date and a tail, a third are word for word the same, the
  /// rest are their own.
  private static func dump() throws -> Data {
    var random = SeededGenerator(seed: 77)
    let sample = try String(contentsOfFile: Command.sample, encoding: .utf8).split(separator: "\n")
    let texts = try sample.compactMap { line in
      try (JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])?["text"] as? String
    }
    var lines = Data()
    for number in 1...3000 {
      var text = texts[Int.random(in: 0..<texts.count, using: &random)]
      switch number % 3 {
      case 0: text = "نشر يوم \(number) - \(text)"
      case 1: break
      default:
        text = text.split(separator: " ").map { word in
          Int.random(in: 0..<2, using: &random) == 0 ? "\(word)\(number)" : String(word)
        }.joined(separator: " ")
      }
      lines += try JSONSerialization.data(
        withJSONObject: ["id": "n\(number)", "text": text], options: [.sortedKeys])
      lines.append(0x0A)
    }
    return lines
  }

  private func duplicates(_ folder: URL) throws -> [[String: Any]] {
    let lines = try SharedData.output(of: [
      "zstd", "-dcq", folder.appending(path: "duplicates.jsonl.zst").path,
    ])
    return try lines.split(separator: 0x0A).map {
      try #require(try JSONSerialization.jsonObject(with: Data($0)) as? [String: Any])
    }
  }

  @Test func resultsDoNotDependOnWorkersOrMemory() throws {
    try withDump { folder, arguments in
      var results: [[String: Data]] = []
      for (out, more) in [
        ("one", ["--workers", "1"]), ("four", ["--workers", "4"]),
      ] {
        let run = try Command.run(arguments(out, more))
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.errors.contains("left out as duplicates"))
        results.append(try Command.result(folder.appending(path: out)))
      }
      #expect(results[0] == results[1])
      let small = try Command.run(arguments("small", ["--set", "deduplicate.memory=1MiB"]))
      #expect(small.status == 0, "\(small.errors)")
      let result = try Command.result(folder.appending(path: "small"))
      for name in results[0].keys where name.hasSuffix(".zst") { #expect(result[name] == results[0][name]) }
      #expect(try Command.run(["verify", folder.appending(path: "one").path]).status == 0)

      let listed = try duplicates(folder.appending(path: "one"))
      let report = try #require(
        try JSONSerialization.jsonObject(
          with: Data(contentsOf: folder.appending(path: "one/run.json"))) as? [String: Any])
      let counts = try #require(report["duplicates"] as? [String: Int])
      #expect(counts.values.reduce(0, +) == listed.count)
      #expect((report["records"] as? Int ?? 0) + listed.count == 3000)
      // Where an edited text comes first, those without the edit are near-duplicates of it.
      #expect(counts["exact"] ?? 0 > 200 && counts["near"] ?? 0 > 500, "\(counts)")
      let kept = Set(
        try Command.run(["cat", folder.appending(path: "one").path]).output.split(separator: "\n").map {
          String($0.prefix { $0 != "," })
        })
      var last = 0
      for line in listed {
        let other = try #require(line["duplicateOf"] as? [String: Any])
        #expect(kept.contains(#"{"id":"\#(other["id"] as? String ?? "")""#))
        #expect(!kept.contains(#"{"id":"\#(line["id"] as? String ?? "")""#))
        let record = line["record"] as? Int ?? 0
        #expect(record > last && other["record"] as? Int ?? .max < record)
        #expect(other["input"] as? String == "dump.jsonl" && line["byteOffset"] is Int)
        #expect(line["similarity"] as? Double ?? 0 >= 0.7)
        last = record
      }
    }
  }

  /// Processor time of the survey, as `run.json` says.
  private func surveySeconds(_ folder: URL) throws -> Double? {
    let report =
      try JSONSerialization.jsonObject(with: Data(contentsOf: folder.appending(path: "run.json")))
      as? [String: Any]
    let steps = report?["steps"] as? [[String: Any]] ?? []
    return steps.first { $0["name"] as? String == "survey for deduplicate" }?["cpuSeconds"] as? Double
  }

  @Test func aRunKilledInItsMiddleGoesOnToTheSameBytes() throws {
    try withDump { folder, arguments in
      let process = Process()
      process.executableURL = Command.program
      process.arguments = arguments("killed", ["--workers", "1"])
      process.standardError = FileHandle.nullDevice
      try process.run()
      let first = folder.appending(path: "killed/_markers/part-00000.json").path
      while !FileManager.default.fileExists(atPath: first), process.isRunning { usleep(500) }
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      #expect(process.terminationReason == .uncaughtSignal, "it was killed before its end")
      let finding = folder.appending(path: "killed/_survey/deduplicate").path
      #expect(FileManager.default.fileExists(atPath: finding), "what the survey found is kept")
      let resumed = try Command.run(arguments("killed", []))
      #expect(resumed.status == 0, "\(resumed.errors)")
      #expect(try surveySeconds(folder.appending(path: "killed")) == 0, "the dump is not surveyed again")
      #expect(try Command.run(arguments("whole", [])).status == 0)
      #expect(try surveySeconds(folder.appending(path: "whole")) ?? 0 > 0)
      let whole = try Command.result(folder.appending(path: "whole"))
      #expect(whole.keys.contains("part-00002.jsonl.zst") && whole.keys.contains("duplicates.jsonl.zst"))
      #expect(try Command.result(folder.appending(path: "killed")) == whole)
    }
  }

  @Test func standardInputIsRefusedWithTheStagesName() throws {
    try withDump { folder, _ in
      let out = folder.appending(path: "out").path
      let run = try Command.run([
        "run", folder.appending(path: "config.yaml").path, "--input", "-", "--output", out,
      ])
      #expect(run.status == 2)
      #expect(run.errors.contains("\"deduplicate\" reads all input twice"), "\(run.errors)")
      #expect(!FileManager.default.fileExists(atPath: out))
    }
  }

  @Test func planSaysWhatTheSurveyKeepsAndPreviewKeepsEveryArticle() throws {
    try withDump { folder, _ in
      let config = folder.appending(path: "config.yaml").path
      let plan = try Command.run(["plan", config])
      #expect(plan.output.contains("deduplicate reads all input before the run"), "\(plan.output)")
      #expect(plan.output.contains("survey for deduplicate"))
      let preview = try Command.run([
        "preview", config, "--input", folder.appending(path: "dump.jsonl").path, "--id", "n2999",
      ])
      #expect(preview.status == 0 && preview.output.contains("a preview keeps every article"))
      let neither = try Command.run([
        "plan", config, "--set", "deduplicate.exact=false", "--set", "deduplicate.near=false",
      ])
      #expect(neither.status == 2 && neither.errors.contains("nothing to look for"))
    }
  }
}
