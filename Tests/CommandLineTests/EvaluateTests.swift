import Foundation
import Testing

@Suite(.serialized) struct EvaluateTests {
  private static var gold: String { Command.root.appending(path: "Pipelines/sample/gold.jsonl").path }

  private func json(_ arguments: [String]) throws -> [String: Any] {
    let command = try Command.run(["evaluate"] + arguments + ["--json"])
    #expect(command.status == 0, "\(command.errors)")
    return try #require(
      try JSONSerialization.jsonObject(with: Data(command.output.utf8)) as? [String: Any])
  }

  private func mean(_ scores: Any?, _ measure: String) -> Double? {
    ((scores as? [String: Any])?[measure] as? [String: Any])?["mean"] as? Double
  }

  private func withFile(_ text: String, _ body: (String) throws -> Void) throws {
    let folder = try Command.scratch("evaluate")
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "gold.jsonl")
    try Data(text.utf8).write(to: file)
    try body(file.path)
  }

  @Test func languagesAreScoredByATableOfWhatWasTakenForWhat() throws {
    let gold = """
      {"id": 1, "language": "ar", "text": "وصل رئيس الوزراء إلى العاصمة صباح اليوم، وكان في استقباله عدد من السفراء."}
      {"id": 2, "language": "arz", "text": "انا مش عارف ليه الناس دي كلها واقفة في الشارع دلوقتي، هو فيه ايه؟"}
      {"id": 3, "language": "fa", "text": "دولت اعلام کرد که از هفته آینده قیمت بلیت قطار تغییر نخواهد کرد."}
      {"id": 4, "language": "ur", "text": "The museum will open its new wing next month."}

      """
    try withFile(gold) { file in
      let table = try Command.run(["evaluate", "language", file, "--wrong", "5"])
      #expect(table.status == 0, "\(table.errors)")
      #expect(table.output.contains("accuracy 0.7500; Arabic, with its dialects, against the rest 1.0000"))
      #expect(table.output.contains("4   ur    en"))
      #expect(try Command.run(["evaluate", "language", file, "--length", "5000"]).status == 2)
    }
    try withFile("{\"id\": 1, \"text\": \"نص\"}\n") { file in
      let command = try Command.run(["evaluate", "language", file])
      #expect(command.status != 0 && command.errors.contains("needs \"language\""))
    }
  }

  @Test func keywordsAreScoredAtEachCutoff() throws {
    let table = try Command.run(["evaluate", "keywords", Command.news, Self.gold])
    #expect(table.status == 0, "\(table.errors)")
    for row in [" 5  exact ", "10  partial ", "15  exact ", "6 articles"] {
      #expect(table.output.contains(row), "\(row)")
    }
    #expect(table.errors.contains("keywords.count raised from 10 to 15"))
    let few = try Command.run(["evaluate", "keywords", Command.news, Self.gold, "--at", "3,10"])
    #expect(few.errors.isEmpty, "ten keywords are enough")
    let again = try Command.run(["evaluate", "keywords", Command.news, Self.gold])
    #expect(again.output == table.output, "the same intervals on every run")
  }

  @Test func goldThatIsWhatThePipelineFindsScoresOne() throws {
    let sample = try String(contentsOfFile: Self.gold, encoding: .utf8).split(separator: "\n")
    let folder = try Command.scratch("evaluate")
    defer { try? FileManager.default.removeItem(at: folder) }
    let predictions = folder.appending(path: "predictions.jsonl")
    for (kind, found, wanted) in [("keywords", "keywords", "gold"), ("summaries", "summary", "references")] {
      try Command.run([
        "evaluate", kind, Command.news, Self.gold, "--predictions", predictions.path,
      ])
      let lines = try String(contentsOf: predictions, encoding: .utf8).split(separator: "\n")
      try #require(lines.count == sample.count)
      var perfect = ""
      for (article, line) in zip(sample, lines) {
        var object = try #require(
          try JSONSerialization.jsonObject(with: Data(article.utf8)) as? [String: Any])
        let prediction = try #require(
          try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        #expect(prediction["id"] as? String == object["id"] as? String)
        let texts = try #require(prediction[found] as? [String])
        object[wanted] = kind == "keywords" ? texts : [texts.joined(separator: " ")]
        perfect += String(decoding: try JSONSerialization.data(withJSONObject: object), as: UTF8.self) + "\n"
      }
      try withFile(perfect) { file in
        let scores = try json([kind, Command.news, file] + (kind == "keywords" ? ["--at", "10"] : []))[
          "scores"]
        #expect(mean(scores, kind == "keywords" ? "exact F1@10" : "RL-avg") == (kind == "keywords" ? 1 : 100))
      }
    }
  }

  @Test func aConfigDoesNotDifferFromItself() throws {
    for kind in ["keywords", "summaries"] {
      let result = try json([kind, Command.news, Self.gold, "--against", Command.news])
      let against = try #require(result["against"] as? [String: Any])
      let differences = try #require(against["differences"] as? [String: [String: Any]])
      #expect(!differences.isEmpty)
      for difference in differences.values {
        #expect(difference["mean"] as? Double == 0)
        #expect(difference["equal"] as? Int == 6)
      }
    }
  }

  @Test func twoConfigsAreComparedArticleByArticle() throws {
    let arguments = [
      "keywords", Command.news, Self.gold, "--at", "10", "--against-set", "keywords.algorithm=textrank",
    ]
    let result = try json(arguments)
    let against = try #require(result["against"] as? [String: Any])
    let ours = try #require(mean(result["scores"], "exact F1@10"))
    let theirs = try #require(mean(against["scores"], "exact F1@10"))
    let difference = try #require(mean(against["differences"], "exact F1@10"))
    #expect(abs(difference - (ours - theirs)) < 1e-12)
    #expect((result["articles"] as? [Any])?.count == 6)
    let reversed = try json([
      "keywords", Command.news, Self.gold, "--at", "10", "--set", "keywords.algorithm=textrank", "--against",
      Command.news,
    ])
    let back = (reversed["against"] as? [String: Any])?["differences"]
    #expect(mean(back, "exact F1@10") == -difference)
    let table = try Command.run(["evaluate"] + arguments + ["--differing", "2"])
    #expect(table.output.contains("B is \(Command.news) --set keywords.algorithm=textrank"))
    #expect(table.output.split(separator: "\n").count { $0.hasPrefix("  \u{2068}gold-") } == 2)
  }

  @Test func aLimitOnSummariesReplacesTheConfigsLength() throws {
    let limited = try json(["summaries", Command.news, Self.gold, "--limit-words", "25"])
    #expect(limited["limitWords"] as? Int == 25)
    #expect(try #require(limited["words"] as? Double) <= 25)
    let same = try json([
      "summaries", Command.news, Self.gold, "--limit-words", "25", "--set", "summarize.ratio=0.9",
    ])
    #expect(mean(same["scores"], "R2-avg") == mean(limited["scores"], "R2-avg"))
    let free = try json(["summaries", Command.news, Self.gold])
    #expect(free["cut"] as? Int == 0)
    #expect(try #require(free["words"] as? Double) > 25, "three sentences of the config")
    let ratio = try Command.run(["evaluate", "summaries", Command.news, Self.gold, "--limit-ratio", "0.33"])
    #expect(ratio.output.contains("R2-max   ROUGE-2, best of the references"))
  }

  @Test(arguments: [
    (["keywords", Command.news], "gold"),
    (["keywords", Command.news, "/no/such.jsonl"], "cannot read /no/such.jsonl"),
    (["keywords", Command.news, Self.gold, "--at", "5,0"], "--at takes numbers"),
    (["keywords", Command.news, Self.gold, "--at", "5,5"], "twice"),
    (["keywords", Command.news, Self.gold, "--gold", "0"], "--gold must be at least 1"),
    (["keywords", Command.news, Self.gold, "--against", "/no.yaml"], "cannot read /no.yaml"),
    (["keywords", Command.news, Self.gold, "--against-set", "keywords.cuont=5"], "did you mean \"count\"?"),
    (
      ["keywords", Command.news, Self.gold, "--set", "stages=[normalize, segment]"],
      "runs no stage \"keywords\""
    ),
    (["keywords", Command.news, Self.gold, "--predictions", "/no/such/file"], "cannot write /no/such/file"),
    (
      ["keywords", Command.news, Self.gold, "--set", "input.maxArticleBytes=1KiB"], "gold-water was rejected"
    ),
    (["summaries", Command.news, Self.gold, "--limit-ratio", "1.5"], "above 0, and at most 1"),
    (["summaries", Command.news, Self.gold, "--limit-ratio", "0.3", "--limit-words", "9"], "not both"),
    (["summaries", Command.news, Self.gold, "--set", "stages=[normalize]"], "runs no stage \"summarize\""),
  ])
  func aMistakeEndsWithCodeTwoAndSaysWhat(arguments: [String], words: String) throws {
    let command = try Command.run(["evaluate"] + arguments)
    #expect(command.status == 2)
    #expect(command.errors.contains(words), "\(command.errors)")
  }

  @Test func badGoldIsNamedByFileAndLine() throws {
    let good = #"{"id": "a", "text": "وصل الوفد إلى العاصمة.", "gold": ["الوفد"]}"#
    try withFile(good + "\n" + #"{"id": "b", "text": "غادر الوفد."}"# + "\n{") { file in
      let command = try Command.run(["evaluate", "keywords", Command.news, file])
      #expect(command.status == 2)
      #expect(command.output.isEmpty)
      #expect(
        command.errors == """
          warraq: \(file):2: needs "gold", a list of phrases, most often chosen first
          \(file):3: not valid JSON: one object a line is expected

          """)
    }
  }

  @Test func theGoldFileSaysWhatIsIDAndTextNotTheConfig() throws {
    let scores = try json([
      "keywords", Command.news, Self.gold, "--set", "input.fields.text=body.content", "--set",
      "input.fields.id=key", "--set", "input.format=text",
    ])["scores"]
    #expect(mean(scores, "exact F1@10") ?? 0 > 0)
  }
}
