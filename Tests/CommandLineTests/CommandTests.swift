import Foundation
import Testing

@Suite(.serialized) struct CommandTests {
  @Test func versionAndHelp() throws {
    #expect(try Command.run(["--version"]).output.hasPrefix("0."))
    for command in [
      "run", "learn background", "learn keywords", "learn list", "plan", "preview", "schema", "cat", "verify",
      "evaluate keywords",
      "evaluate summaries",
    ] {
      let help = try Command.run(["help"] + command.split(separator: " ").map(String.init))
      #expect(help.status == 0)
      #expect(help.output.contains("warraq \(command)"), "help shows an example")
    }
    #expect(try Command.run(["--generate-completion-script", "bash"]).output.contains("warraq"))
  }

  @Test(arguments: [
    (["run"], "config"),
    (["run", Command.news, "--input", "x", "--output"], "output"),
    (
      ["run", Command.news, "--input", "/no/such/place", "--output", "/tmp/none"],
      "no input at /no/such/place"
    ),
    (["plan", "/no/such.yaml"], "cannot read /no/such.yaml"),
    (["plan", Command.news, "--set", "keywords.cuont=5"], "did you mean \"count\"?"),
    (["plan", Command.news, "--set", "stages=[normalize, keywords]"], "add \"segment\" before it"),
    (["cat", "/tmp", "--records", "0"], "is no range"),
    (["learn", "list", Command.news], "not a background model"),
    (["plan", Command.news, "--set", "keywords.background=/no/such"], "the background model cannot be read"),
    (["frobnicate"], "frobnicate"),
  ])
  func aMistakeEndsWithCodeTwoAndSaysWhat(arguments: [String], words: String) throws {
    let command = try Command.run(arguments)
    #expect(command.status == 2)
    #expect(command.errors.contains(words), "\(command.errors)")
  }

  @Test func planShowsConfigStagesMemoryAndInputs() throws {
    let plan = try Command.run([
      "plan", Command.news, "--input", Command.sample, "--set", "keywords.count=15",
    ])
    #expect(plan.status == 0)
    for words in ["count: 15", "3 ┬ keywords", "3 └ summarize", "Memory: at most", "articles.jsonl"] {
      #expect(plan.output.contains(words), "\(words)")
    }
    let json = try Command.run(["plan", Command.news, "--json"]).output
    let object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    #expect(object["memoryBoundBytes"] is Int)
  }

  @Test func previewShowsAnArticleWithoutControlCharacters() throws {
    let preview = try Command.run(["preview", Command.news, "--input", Command.sample, "--count", "40"])
    #expect(preview.status == 0)
    #expect(preview.output.contains("⟦"))
    let unsafe = preview.output.unicodeScalars.filter { scalar in
      (scalar.value < 0x20 && scalar != "\n") || (0x202A...0x202E).contains(scalar.value)
    }
    #expect(unsafe.isEmpty)
    let opened = preview.output.unicodeScalars.count { $0 == "\u{2068}" }
    #expect(opened == preview.output.unicodeScalars.count { $0 == "\u{2069}" }, "isolates are closed")
  }

  @Test func previewAsJSONHoldsTheRecordThatRunWouldWrite() throws {
    let folder = try Command.scratch("preview")
    defer { try? FileManager.default.removeItem(at: folder) }
    try Command.run([
      "run", Command.news, "--input", Command.sample, "--output", folder.appending(path: "out").path,
    ])
    let record = try Command.run(["cat", folder.appending(path: "out").path, "--records", "1"]).output
    let preview = try Command.run(["preview", Command.news, "--input", Command.sample, "--json"]).output
    #expect(preview.hasPrefix(#"{"records":["# + record.dropLast() + #"],"stages":["#))
  }

  @Test func learnedCountsCanBeUsed() throws {
    let folder = try Command.scratch("learn")
    defer { try? FileManager.default.removeItem(at: folder) }
    let table = folder.appending(path: "our.background").path
    let learn = try Command.run([
      "learn", "background", Command.news, "--input", Command.sample, "--output", table, "--minimum", "3",
      "--minimum-phrase", "3",
      "--source", "sample",
    ])
    #expect(learn.status == 0, "\(learn.errors)")
    let bytes = try Data(contentsOf: URL(filePath: table))
    #expect(bytes.count > 128 && bytes.suffix(6) == Data("sample".utf8))
    let list = try Command.run(["learn", "list", table, "--terms", "1", "--phrases", "1"])
    let lines = list.output.split(separator: "\n")
    #expect(list.status == 0 && lines.count == 9, "\(list.errors)")
    #expect(lines.contains("# source: sample") && lines[2].hasPrefix("# 62 documents"))
    #expect(lines[6].split(separator: "\t").count == 7)
    let preview = try Command.run([
      "preview", Command.news, "--input", Command.sample, "--set", "keywords.background=\(table)", "--set",
      "keywords.algorithm=tfidf",
    ])
    #expect(preview.status == 0, "\(preview.errors)")
  }

  @Test func theSchemaCommandPrintsTheShippedSchema() throws {
    let shipped = try String(
      contentsOf: Command.root.appending(path: "Pipelines/warraq.schema.json"), encoding: .utf8)
    #expect(try Command.run(["schema"]).output == shipped)
  }
}
