import Foundation
import Testing

/// Hostile input through the program: what is beyond a limit is rejected, counted, and listed with its reason. How much
/// memory and time larger ones take, `Scripts/check-hostile` measures.
@Suite struct HostileInputTests {
  @Test func whatIsBeyondALimitIsRejectedAndTheRestWritten() throws {
    let folder = try Command.scratch("hostile")
    defer { try? FileManager.default.removeItem(at: folder) }
    let marks = String(repeating: "\u{0651}\u{064E}", count: 300)
    let hidden = String(repeating: "&#x651;&#x64e;", count: 300)
    let lines = [
      #"{"id":"first","text":"وصلت القافلة قبل المغيب."}"#, #"{"id":"marks","text":"ك\#(marks)"}"#,
      #"{"id":"hidden","text":"ك\#(hidden)"}"#,
      #"{"id":"deep","text":"نص","a":"# + String(repeating: "[", count: 100_000) + "}",
      #"{"id":"words","text":""# + String(repeating: "كلمة ", count: 300) + "\"}",
      #"{"id":"sentences","text":""# + String(repeating: "قف. ", count: 60) + "\"}",
      #"{"id":"line","text":""# + String(repeating: "ن", count: 400_000) + "\"}",
      #"{"id":"last","text":"ثم مضت عند الفجر."}"#,
    ]
    let input = folder.appending(path: "dump.jsonl")
    try Data(lines.joined(separator: "\n").utf8).write(to: input)
    let out = folder.appending(path: "out")
    let run = try Command.run([
      "run", Command.news, "--input", input.path, "--output", out.path, "--set", "limits.words=250", "--set",
      "limits.sentences=50", "--set", "limits.lineBytes=256 KiB",
    ])
    #expect(run.status == 3, "\(run.errors)")
    let report =
      try JSONSerialization.jsonObject(
        with: Data(contentsOf: out.appending(path: "run.json"))) as? [String: Any]
    #expect(report?["records"] as? Int == 2)
    #expect((report?["filtered"] as? [String: Int])?.isEmpty == true)
    #expect(
      report?["rejects"] as? [String: Int] == [
        "tooManyMarks": 2, "tooDeep": 1, "tooManyWords": 1, "tooManySentences": 1, "lineTooLong": 1,
      ])
    let verify = try Command.run(["verify", out.path])
    #expect(verify.status == 0, "\(verify.errors)")
  }
}
