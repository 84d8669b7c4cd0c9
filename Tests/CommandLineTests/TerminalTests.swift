import Foundation
import Testing

@testable import warraq

/// Articles, names and values that try to give orders to the terminal.
@Suite(.serialized) struct TerminalTests {
  /// Sets the window's title, clears the screen, turns the direction of writing, in C0, C1 and bidi controls.
  static let attack = "\u{1B}]0;x\u{07}\u{9B}2J\u{202E}\u{2066}\u{200F}\u{061C}\u{7F}\u{85}\u{2028}"

  private static let text = "افتتح الوزير \(attack) المتحف الوطني. ويضم المتحف الوطني مئات القطع النادرة."

  private struct Article: Encodable {
    var id = "خبر\(TerminalTests.attack)١"
    var title = "عنوان\(TerminalTests.attack)"
    var text = TerminalTests.text
    var author = "كاتب\(TerminalTests.attack)"
    var gold = ["المتحف\(TerminalTests.attack)"]
    var references = ["ملخص\(TerminalTests.attack)"]
    var language = "ar\(TerminalTests.attack)"
  }

  /// A folder whose name, and an input in it whose name and articles, are such.
  private func withInput(_ body: (_ input: String, _ folder: URL) throws -> Void) throws {
    let folder = try Command.scratch("terminal-\u{1B}[31m\u{202E}")
    defer { try? FileManager.default.removeItem(at: folder) }
    let input = folder.appending(path: "dump\u{1B}[2J\u{202E}\nwarraq: all sound.jsonl")
    var lines = try JSONEncoder().encode(Article())
    lines += Data("\n{\"text\": \u{1B}\u{202E}\n".utf8)
    try lines.write(to: input)
    try body(input.path, folder)
  }

  @Test func nothingOfAnArticleOrANameSteersTheTerminal() throws {
    try withInput { input, folder in
      let out = folder.appending(path: "out\u{1B}c\u{2067}").path
      let keep = ["--set", "normalize.invisibles=keep", "--set", "rejects.limit=1"]
      let furniture = folder.appending(path: "f\u{1B}").path
      let good = folder.appending(path: "gold\u{1B}\u{202E}.jsonl")
      try (JSONEncoder().encode(Article()) + Data("\n".utf8)).write(to: good)
      let commands: [(arguments: [String], status: Int32)] = [
        (["run", Command.news, "--input", input, "--output", out] + keep, 0),
        (["run", Command.news, "--input", input, "--output", out] + keep, 0),
        (["verify", out], 0), (["cat", out], 0), (["cat", out, "--pretty"], 0),
        (["cat", out, "--id", Self.attack], 2), (["cat", out + "x"], 2), (["verify", out + "x"], 1),
        (["plan", Command.news, "--input", input], 0),
        (["plan", Command.news, "--input", input, "--json"], 0),
        (["plan", Command.news, "--set", #"normalize.emailPlaceholder="\e]0;x\a\x9b\u202e""#], 0),
        (["plan", Command.news, "--set", "keywords.algorithm=\(Self.attack)"], 2),
        (["plan", Command.news, "--set", "\(Self.attack)=1"], 2), (["plan", input], 2),
        (["plan", Command.news, "--input", input + "x"], 2), (["plan", Self.attack], 2),
        (["preview", Command.news, "--input", input] + keep, 0),
        (["preview", Command.news, "--input", input, "--json"] + keep, 0),
        (["preview", Command.news, "--input", input, "--id", Self.attack], 2),
        (["bench", Command.news, "--input", input] + keep, 0),
        (["learn", "furniture", Command.news, "--input", input, "--output", furniture], 0),
        (["learn", "list", input], 2), (["learn", "background", Command.news, "--input", input], 2),
        (["evaluate", "keywords", Command.news, good.path, "--set", "keywords.count=3"], 0),
        (["evaluate", "keywords", Command.news, good.path, "--json"], 0),
        (
          ["evaluate", "keywords", Command.news, good.path, "--against-set", "keywords.algorithm=textrank"], 0
        ),
        (["evaluate", "keywords", Command.news, input], 2),
        (["evaluate", "summaries", Command.news, good.path], 0),
        (["evaluate", "language", good.path, "--wrong", "3"], 0), ([Self.attack], 2),
        (["run", "--\(Self.attack)"], 2),
      ]
      for command in commands {
        let run = try Command.runOnTerminal(command.arguments)
        #expect(run.status == command.status, "\(command.arguments): \(run.printed)")
        #expect(Command.steering(run.printed) == [], "\(command.arguments)")
        #expect(!run.printed.contains("\nwarraq: all sound"), "a name's line end stays in its line")
      }
    }
  }

  @Test func verifyNamesDamageWithoutObeyingIt() throws {
    try withInput { input, folder in
      let out = folder.appending(path: "out")
      try Command.run([
        "run", Command.news, "--input", input, "--output", out.path, "--set", "rejects.limit=1",
      ])
      try Data("x".utf8).write(to: out.appending(path: "part-1\u{1B}c\u{202E}.zst"))
      let run = try Command.runOnTerminal(["verify", out.path])
      #expect(run.status == 1 && run.printed.contains("⟨U+202E⟩"), "\(run.printed)")
      #expect(Command.steering(run.printed) == [])
    }
  }

  @Test func recordsOnATerminalAreTheSameJSONAndThroughAPipeTheSameBytes() throws {
    try withInput { input, folder in
      let out = folder.appending(path: "out").path
      try Command.run([
        "run", Command.news, "--input", input, "--output", out, "--set", "normalize.invisibles=keep", "--set",
        "rejects.limit=1",
      ])
      let piped = try Command.run(["cat", out]).output
      #expect(piped.unicodeScalars.contains("\u{202E}") && piped.unicodeScalars.contains("\u{9B}"))
      #expect(!Command.steering(piped).isEmpty, "what this suite looks for is there to be found")
      let shown = try Command.runOnTerminal(["cat", out]).printed
      #expect(shown.contains(#"\u202e"#) && shown.contains(#"\u007f"#) && Command.steering(shown) == [])
      func object(_ json: String) throws -> NSDictionary? {
        try JSONSerialization.jsonObject(with: Data(json.utf8)) as? NSDictionary
      }
      #expect(try object(shown) == object(piped))
    }
  }

  @Test func whatIsPrintedKeepsOurStylesAndLosesOthers() {
    let ours = Terminal.styled("عنوان", .title, color: true) + "\n\u{2068}نص\u{2069}\tx"
    #expect(Terminal.printable(ours) == ours)
    #expect(Terminal.printable("\u{1B}[31mأحمر\u{1B}[1") == "⟨U+001B⟩[31mأحمر⟨U+001B⟩[1")
    #expect(Terminal.printable("a\rb\u{202E}") == "a⟨U+000D⟩b⟨U+202E⟩")
  }

  @Test func everyCharacterThatSteersIsEscapedInEveryWay() {
    for value in (0...0x2_FFFF as ClosedRange<UInt32>).compactMap(Unicode.Scalar.init) {
      let category = value.properties.generalCategory
      let isBidi = value.properties.isBidiControl
      guard category == .control || isBidi else { continue }
      #expect(Terminal.steers(value))
      let text = "ا\(value)ب"
      #expect(!Terminal.oneLine(text).unicodeScalars.contains(value))
      if value != "\n", value != "\t" {
        #expect(!Terminal.escapedJSON(Array(text.utf8)).unicodeScalars.contains(value))
      }
    }
    #expect(Terminal.escapedJSON([0x22, 0x9B, 0xFF, 0x22]) == "\"\u{FFFD}\u{FFFD}\"")
    #expect(Terminal.isolated("سطر\nآخر\u{2069}") == "\u{2068}سطر⏎آخر⟨U+2069⟩\u{2069}")
  }
}
