import TestSupport
import Foundation
import Testing

/// The yardsticks' files and scripts.
private enum Yardsticks {
  static func path(_ name: String) -> String { SharedData.path("eval/\(name)") }
  static var exist: Bool { SharedData.exists("eval/score_summaries.py") }

  /// What a script prints.
  static func run(_ script: String, _ arguments: [String]) throws -> String {
    String(decoding: try SharedData.output(of: ["python3", path(script)] + arguments), as: UTF8.self)
  }
}

/// The whole way from gold to table, against the scripts on the predictions the command writes.
@Suite(.serialized, .enabled(if: Yardsticks.exist, "no shared data")) struct EvaluateAgreementTests {
  private func evaluate(_ arguments: [String], _ body: (String, [String: Any]) throws -> Void) throws {
    let folder = try Command.scratch("agreement")
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "predictions.jsonl").path
    let command = try Command.run(["evaluate"] + arguments + ["--json", "--predictions", file])
    #expect(command.status == 0, "\(command.errors)")
    try body(
      file,
      try #require(try JSONSerialization.jsonObject(with: Data(command.output.utf8)) as? [String: Any]))
  }

  private func mean(_ result: [String: Any], _ measure: String) throws -> Double {
    let scores = try #require(result["scores"] as? [String: [String: Any]])
    return try #require(scores[measure]?["mean"] as? Double)
  }

  @Test func keywords() throws {
    let gold = Yardsticks.path("akec-dev.jsonl")
    try evaluate(["keywords", Command.news, gold]) { file, result in
      let lines = try Yardsticks.run("score_keywords.py", [gold, file]).split(separator: "\n").dropFirst()
      #expect(lines.count == 3)
      for (k, line) in zip([5, 10, 15], lines) {
        for (match, half) in zip(["exact", "partial"], line.split(separator: "  ").suffix(2)) {
          for measure in ["P", "R", "F1"] {
            let value = String(format: "%.3f", try mean(result, "\(match) \(measure)@\(k)"))
            #expect(half.contains("\(measure) \(value)"), "\(match) \(measure)@\(k): \(value), \(half)")
          }
        }
      }
    }
  }

  @Test(
    arguments: ["easc-dev.jsonl", "easc-shuffled-dev.jsonl"],
    [["--limit-ratio", "0.33"], ["--limit-words", "100"], []])
  func summaries(name: String, limit: [String]) throws {
    let gold = Yardsticks.path(name)
    try evaluate(["summaries", Command.news, gold] + limit) { file, result in
      let output = try Yardsticks.run("score_summaries.py", [gold, file, "--json"] + limit)
      let theirs = try #require(
        try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
      for measure in ["R1-avg", "R2-avg", "RL-avg", "R1-max", "R2-max", "RL-max"] {
        let value = try #require(theirs[measure] as? Double)
        #expect(abs(try mean(result, measure) - value) < 0.005_001, "\(measure)")
      }
      #expect(theirs["over"] as? Int == result["cut"] as? Int)
    }
  }

  @Test func differencesAndTheirStandardErrors() throws {
    let gold = Yardsticks.path("easc-dev.jsonl")
    let limit = ["--limit-ratio", "0.33"]
    let lead = ["--set", "summarize.algorithm=lead"]
    try evaluate(["summaries", Command.news, gold] + limit + lead) { leadFile, _ in
      try evaluate(["summaries", Command.news, gold, "--against-set", "summarize.algorithm=lead"] + limit) {
        file, result in
        let output = try Yardsticks.run(
          "score_summaries.py", [gold, file, "--json", "--compare", leadFile] + limit)
        let theirs = try #require(
          try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
        let compared = try #require(theirs["compare"] as? [String: [String: Double]])
        let against = try #require(result["against"] as? [String: Any])
        let differences = try #require(against["differences"] as? [String: [String: Any]])
        #expect(compared.count == 6)
        for (measure, values) in compared {
          let mean = try #require(differences[measure]?["mean"] as? Double)
          let error = try #require(differences[measure]?["standardError"] as? Double)
          #expect(abs(mean - (values["difference"] ?? 99)) < 0.005_001)
          #expect(abs(error - (values["standard_error"] ?? 99)) < 0.005_001)
        }
      }
    }
  }
}
