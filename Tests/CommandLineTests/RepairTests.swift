import Foundation
import Testing

/// Damaged and missing files come back byte for byte, and the others are not touched.
@Suite(.serialized) struct RepairTests {
  private static let web = Command.root.appending(path: "Pipelines/web.yaml").path
  private static let minimal = Command.root.appending(path: "Pipelines/minimal.yaml").path
  private static let samples = ["articles.jsonl", "web.warc.gz", "text"].map {
    Command.root.appending(path: "Pipelines/sample/\($0)").path
  }
  private static let options = ["--set", "input.batchBytes=4096", "--set", "output.shardBytes=64KiB"]

  private func withRun(_ config: String, _ body: (URL, [String: Data]) throws -> Void) throws {
    let folder = try Command.scratch("repair")
    defer { try? FileManager.default.removeItem(at: folder) }
    let out = folder.appending(path: "out")
    let run = try Command.run(
      ["run", config, "--input"] + Self.samples + ["--output", out.path] + Self.options)
    #expect(run.status == 0, "\(run.errors)")
    try body(out, try Command.result(out))
  }

  private func repair(_ out: URL, _ config: String) throws -> Command {
    try Command.run(
      ["repair", out.path, "--config", config, "--input"] + Self.samples + Self.options)
  }

  /// When each file was made; a file that is left alone keeps it.
  private func inodes(_ out: URL) throws -> [String: Int] {
    var found: [String: Int] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: out.path) {
      let attributes = try FileManager.default.attributesOfItem(atPath: out.appending(path: name).path)
      found[name] = attributes[.systemFileNumber] as? Int
    }
    return found
  }

  /// Every file but the manifest in turn, cut, changed, and taken away, with a config that surveys and one that does not.
  @Test(arguments: [web, minimal]) func everyFileComesBackAlone(config: String) throws {
    try withRun(config) { out, whole in
      for (number, name) in whole.keys.sorted().enumerated() where name != "manifest.json" {
        let file = out.appending(path: name)
        let before = try inodes(out)
        var bytes = try #require(whole[name])
        switch number % 3 {
        case 0: try FileManager.default.removeItem(at: file)
        case 1: try bytes.prefix(bytes.count / 2).write(to: file)
        default:
          bytes[bytes.count / 3] ^= 0x40
          try bytes.write(to: file)
        }
        let repaired = try repair(out, config)
        #expect(repaired.status == 0, "\(name): \(repaired.errors)")
        #expect(repaired.errors.contains("made again \(name),"), "\(repaired.errors)")
        #expect(try Command.result(out) == whole)
        for (other, inode) in try inodes(out) where other != name && other != "run.json" {
          #expect(before[other] == inode, "\(other) was not to be touched for \(name)")
        }
      }
    }
  }

  @Test func aShardTakesNoMoreThanItsBatches() throws {
    try withRun(Self.minimal) { out, _ in
      try FileManager.default.removeItem(at: out.appending(path: "part-00001.jsonl.zst"))
      let words = try repair(out, Self.minimal).errors.split(separator: " ")
      let place = try #require(words.firstIndex(of: "with"))
      let (worked, all) = (try #require(Int(words[place + 1])), try #require(Int(words[place + 3])))
      #expect(worked > 0 && worked < all / 2, "\(worked) of \(all)")
    }
  }

  @Test func nothingIsReplacedByAnythingElse() throws {
    try withRun(Self.minimal) { out, whole in
      #expect(try repair(out, Self.minimal).errors.contains("nothing to repair"))
      // Another config is refused, whatever is damaged.
      try FileManager.default.removeItem(at: out.appending(path: "part-00000.jsonl.zst"))
      let other = try repair(out, Self.web)
      #expect(other.status == 1 && other.errors.contains("another config"), "\(other.errors)")
      #expect(!FileManager.default.fileExists(atPath: out.appending(path: "part-00000.jsonl.zst").path))
      // Without a sound manifest nobody knows what the others were.
      try Data("{}".utf8).write(to: out.appending(path: "manifest.json"))
      #expect(try repair(out, Self.minimal).status == 1)
      _ = whole
    }
  }

  @Test func aFolderFilledInputByInputIsRepairedToo() throws {
    let folder = try Command.scratch("repair")
    defer { try? FileManager.default.removeItem(at: folder) }
    let out = folder.appending(path: "out")
    let inputs = ["articles.jsonl", "web.warc.gz", "corpus.xml"].map {
      Command.root.appending(path: "Pipelines/sample/\($0)").path
    }
    for input in inputs {
      let shard = try Command.run(
        ["shard", Self.minimal, "--input", input, "--output", out.path] + Self.options)
      #expect(shard.status == 0, "\(shard.errors)")
    }
    #expect(try Command.run(["finish", out.path, "--input"] + inputs).status == 0)
    let whole = try Command.result(out)
    let deep = try Command.run(
      ["verify", out.path, "--deep", "--config", Self.minimal, "--input"] + inputs + Self.options)
    #expect(deep.status == 0, "\(deep.errors)")
    for name in whole.keys.sorted() where name != "manifest.json" {
      try FileManager.default.removeItem(at: out.appending(path: name))
      let repaired = try Command.run(
        ["repair", out.path, "--config", Self.minimal, "--input"] + inputs + Self.options)
      #expect(repaired.status == 0, "\(name): \(repaired.errors)")
      #expect(try Command.result(out) == whole, "\(name)")
    }
  }
}
