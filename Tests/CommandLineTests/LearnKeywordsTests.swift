import Foundation
import Testing

@Suite(.serialized) struct LearnKeywordsTests {
  private static var gold: String { Command.root.appending(path: "Pipelines/sample/gold.jsonl").path }

  @Test func aRankerIsTrainedCrossValidatedAndRun() throws {
    let folder = try Command.scratch("ranker")
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "ranker.tsv").path
    let arguments = ["learn", "keywords", Command.news, Self.gold, "--tables", "10", "--folds", "3"]
    let learned = try Command.run(arguments + ["--output", file, "--source", "the sample"])
    #expect(learned.status == 0, "\(learned.errors)")
    #expect(learned.output.contains("6 articles, 3 folds"))
    #expect(learned.output.contains("10  exact "))
    let written = try String(contentsOfFile: file, encoding: .utf8)
    #expect(written.hasPrefix("#warraq-ranker 1\n#source the sample\n"))
    #expect(try Command.run(arguments).output == learned.output, "the same figures on every run")
    let scored = try Command.run([
      "evaluate", "keywords", Command.news, Self.gold, "--at", "10", "--set", "keywords.ranker=\(file)",
    ])
    #expect(scored.status == 0, "\(scored.errors)")
  }

  @Test(arguments: [
    ("keywords.background=", "a ranker needs"),
    ("keywords.ranker=background/news.background", "not a ranker"),
    ("keywords.ranker=none.tsv", "cannot read"),
  ])
  func whatARankerNeedsIsSaid(setting: String, reason: String) throws {
    let command = try Command.run(["plan", Command.news, "--set", setting])
    #expect(command.status == 2)
    #expect(command.errors.contains(reason), "\(command.errors)")
  }

  @Test func unknownFeaturesAreNamed() throws {
    let command = try Command.run(["learn", "keywords", Command.news, Self.gold, "--without", "shoeSize"])
    #expect(command.status == 2)
    #expect(command.errors.contains("shoeSize"))
  }
}
