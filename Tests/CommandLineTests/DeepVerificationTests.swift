import Foundation
import Testing

@Suite(.serialized) struct DeepVerificationTests {
  private func withFolder(_ body: (URL) throws -> Void) throws {
    let folder = try Command.scratch("deep")
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  private static let minimal = Command.root.appending(path: "Pipelines/minimal.yaml").path
  private static let web = Command.root.appending(path: "Pipelines/web.yaml").path

  @Test func aRunOverManyFormatsAccountsForEveryRecord() throws {
    try withFolder { folder in
      let samples = Command.root.appending(path: "Pipelines/sample")
      let inputs = ["articles.jsonl", "text", "wiki.xml.bz2", "web.warc.gz", "pages"].map {
        samples.appending(path: $0).path
      }
      let out = folder.appending(path: "out").path
      let options = ["--set", "input.batchBytes=4096", "--set", "output.shardBytes=64KiB"]
      #expect(
        try Command.run(["run", Self.web, "--input"] + inputs + ["--output", out] + options).status == 0)
      let check = try Command.run(
        ["verify", out, "--deep", "--config", Self.web, "--input"] + inputs + options)
      #expect(check.status == 0, "\(check.errors)")
      #expect(check.output.contains("in exactly one place"))
      // With another config the folder is another run's.
      let other = try Command.run(["verify", out, "--deep", "--config", Self.web, "--input"] + inputs)
      #expect(other.status == 1 && other.errors.contains("another config"), "\(other.errors)")
    }
  }

  /// The folder agrees with itself; only the input can tell that it was not all of it.
  @Test func anInputThatHeldMoreThanWasWrittenIsFound() throws {
    try withFolder { folder in
      let input = folder.appending(path: "a.jsonl")
      let lines = (1...9).map { #"{"id":"\#($0)","text":"خبر قصير رقم \#($0) من الميناء القديم"}"# }
      try Data(lines.joined(separator: "\n").utf8).write(to: input)
      var damaged = lines
      // The same size: a blank line in place of a record.
      damaged[4] = String(repeating: " ", count: lines[4].utf8.count)
      let out = folder.appending(path: "out").path
      let whole = try Data(contentsOf: input)
      try Data(damaged.joined(separator: "\n").utf8).write(to: input)
      #expect(try Command.run(["run", Self.minimal, "--input", input.path, "--output", out]).status == 0)
      #expect(try Command.run(["verify", out]).status == 0)
      try whole.write(to: input)
      let check = try Command.run(
        ["verify", out, "--deep", "--config", Self.minimal, "--input", input.path])
      #expect(check.status == 1)
      #expect(check.errors.contains("record 5 of a.jsonl has another id"), "\(check.errors)")
      #expect(check.errors.contains("ledger"), "\(check.errors)")
    }
  }

  @Test func deepOptionsBelongTogether() throws {
    #expect(try Command.run(["verify", "out", "--deep"]).status == 2)
    #expect(try Command.run(["verify", "out", "--config", Self.minimal]).status == 2)
  }
}
