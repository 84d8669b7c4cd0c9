import Foundation
import Testing

/// What was rejected for a wrong setting is read again from the bytes that were kept, and gives the records that the right
/// setting would have given in the first place.
@Suite(.serialized) struct ReplayTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var bytes: [UInt8]
    var wrong: [String]
    var right: [String]
    var testDescription: String { name }
  }

  private static let jsonl = Array(
    """
    {"id":"a-1","body":"وصلت السفينة إلى ميناء طنجة فجر اليوم."}
    {"id":"a-2","body":"تراجعت أسعار الزيتون في سوق نابلس.","section":"اقتصاد"}

    {"id":"a-3","body":"أعلنت البلدية مواعيد جمع النفايات."}
    """.utf8)

  private static let table = Array(
    "رقم;عنوان;نص\r\n1;\"أول\";\"سطر فيه؛ فاصلة; وأخرى\r\nوسطر ثان\"\r\n2;ثان;خبر قصير\r\n".utf8)

  private static let corpus = Array(
    """
    <?xml version="1.0"?><corpus>
    <article id="x1"><head>عنوان</head><p>فقرة أولى عن المطر.</p><p>فقرة ثانية.</p></article>
    <article id="x2"><p>خبر آخر من الساحل.</p></article></corpus>
    """.utf8)

  static let cases: [Case] = [
    Case(name: "lines.jsonl", bytes: jsonl, wrong: [], right: ["input.fields.text=body"]),
    Case(
      name: "wide.jsonl",
      bytes: [0xFF, 0xFE]
        + String(decoding: jsonl, as: UTF8.self).utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] },
      wrong: [], right: ["input.fields.text=body"]),
    Case(
      name: "table.csv", bytes: table, wrong: ["input.format=csv"],
      right: ["input.format=csv", "input.fields.text=نص", "input.fields.title=عنوان"]),
    Case(
      name: "corpus.xml", bytes: corpus, wrong: ["input.format=xml", "input.xml.text=body"],
      right: ["input.format=xml", "input.xml.text=p"]),
    Case(
      name: "note.txt", bytes: Array("سطر سليم ثم ".utf8) + [0xFF, 0xC0] + Array(" بقية النص".utf8),
      wrong: ["input.encoding=utf-8", "input.malformed=reject"], right: ["input.encoding=utf-8"]),
    Case(
      name: "long.jsonl",
      bytes: Array(#"{"id":"l","text":"\#(String(repeating: "كلمة ", count: 900))"}"#.utf8),
      wrong: ["input.maxArticleBytes=2KiB"], right: []),
  ]

  private static let minimal = Command.root.appending(path: "Pipelines/minimal.yaml").path

  private func sets(_ options: [String]) -> [String] { options.flatMap { ["--set", $0] } }

  private func records(_ folder: URL) throws -> String {
    try Command.run(["cat", folder.path]).output
  }

  @Test(arguments: cases)
  func replayedRejectsAreTheRecordsOfARightRun(test: Case) throws {
    let folder = try Command.scratch("replay")
    defer { try? FileManager.default.removeItem(at: folder) }
    let input = folder.appending(path: test.name)
    try Data(test.bytes).write(to: input)
    let (wrong, right, replayed) = (
      folder.appending(path: "wrong"), folder.appending(path: "right"), folder.appending(path: "replayed")
    )
    let first = try Command.run(
      ["run", Self.minimal, "--input", input.path, "--output", wrong.path] + sets(test.wrong))
    #expect(first.status == 3, "\(first.errors)")
    #expect(
      try Command.run(
        ["run", Self.minimal, "--input", input.path, "--output", right.path] + sets(test.right)
      ).status == 0)
    let replay = try Command.run(
      ["replay", Self.minimal, "--from", wrong.path, "--output", replayed.path] + sets(test.right))
    #expect(replay.status == 0, "\(replay.errors)")
    #expect(try records(replayed) == records(right))
    #expect(try !records(right).isEmpty)
    #expect(try Command.run(["verify", replayed.path]).status == 0)
  }

  @Test func whatCannotBeReadAgainStaysRejectedAsItWas() throws {
    let folder = try Command.scratch("replay")
    defer { try? FileManager.default.removeItem(at: folder) }
    let input = folder.appending(path: "a.jsonl")
    let long = #"{"id":"l","body":"\#(String(repeating: "كلمة ", count: 900))"}"#
    try Data("\(long)\n{\"id\":\"s\",\"body\":\"قصير\"}\n{broken\n".utf8).write(to: input)
    let (out, again) = (folder.appending(path: "out").path, folder.appending(path: "again"))
    #expect(
      try Command.run(
        ["run", Self.minimal, "--input", input.path, "--output", out, "--set", "rejects.rawBytes=512"]
      ).status == 3)
    let replay = try Command.run(
      ["replay", Self.minimal, "--from", out, "--output", again.path, "--set", "input.fields.text=body"])
    #expect(replay.status == 3, "two of three are still rejected")
    #expect(replay.errors.contains("missingText 1") && replay.errors.contains("invalidJSON 1"))
    #expect(try records(again).contains(#""id":"s""#))
    #expect(
      try Command.run(["replay", Self.minimal, "--from", again.path + "x", "--output", out]).status == 1)
  }
}
