import TestSupport
import Foundation
import Testing

@testable import Corpus

@Suite struct InputTests {
  private func withHarness(_ body: (ReaderHarness) throws -> Void) throws {
    let harness = try ReaderHarness()
    defer { harness.remove() }
    try body(harness)
  }

  @Test func foldersAreSearchedDeeplyAndSortedByBytes() throws {
    try withHarness { harness in
      for name in ["d/b.txt", "d/a/z.txt", "d/B.txt", "d/.hidden", "d/_tmp/x.txt", "d/ب.txt"] {
        try harness.write([0x78], name)
      }
      let listing = try InputLister.list([harness.folder.appending(path: "d").path])
      #expect(listing.files.map(\.name) == ["d/B.txt", "d/a/z.txt", "d/b.txt", "d/ب.txt"])
      #expect(listing.byteCount == 4)
    }
  }

  @Test func patternsAndFilesKeepTheOrderTheyAreNamedIn() throws {
    try withHarness { harness in
      for name in ["2.jsonl", "1.jsonl", "x.txt"] { try harness.write([0x78], name) }
      let listing = try InputLister.list([
        harness.folder.appending(path: "x.txt").path, harness.folder.appending(path: "*.jsonl").path,
      ])
      #expect(listing.files.map(\.name) == ["x.txt", "1.jsonl", "2.jsonl"])
    }
  }

  @Test func whatDoesNotExistIsAnError() {
    #expect(throws: InputError.notFound("/no/such")) { try InputLister.list(["/no/such"]) }
    #expect(throws: InputError.notFound("/no/such/*.x")) { try InputLister.list(["/no/such/*.x"]) }
  }

  @Test func anInputThatVanishesIsARejectAndTheOthersAreRead() throws {
    try withHarness { harness in
      let first = try harness.write(Array("نص".utf8), "a.txt")
      let second = try harness.write(Array("نص".utf8), "b.txt")
      let listing = try InputLister.list([first, second])
      try FileManager.default.removeItem(atPath: first)
      var reader = BatchReader(inputs: listing.files)
      let next = reader.next()
      let batch = try #require(next)
      #expect(batch.rejects.map(\.reason) == [.unreadable])
      #expect(batch.records.count == 1)
    }
  }

  @Test(arguments: ReaderHarness.tools)
  func compressionIsToldByContentAndSeveralMembersAreRead(tool: String) throws {
    try withHarness { harness in
      let lines = (0..<500).map { "{\"id\":\($0),\"text\":\"نص رقم \($0)\"}" }
      let first = try harness.compress(Array(lines[..<200].joined(separator: "\n").utf8) + [0x0A], with: tool)
      let second = try harness.compress(Array(lines[200...].joined(separator: "\n").utf8), with: tool)
      guard let first, let second else {
        print("skipped: \(tool) is not installed")
        return
      }
      #expect(try harness.read(first + second).texts == lines)
      #expect(try harness.read(first + second + [0, 0, 0, 0]).texts == lines, "padding")
      let trailing = try harness.read(first + Array("garbage".utf8))
      #expect(trailing.texts == Array(lines[..<200]))
      #expect(trailing.rejects.map(\.reason) == [.corruptStream])
    }
  }

  @Test(arguments: ReaderHarness.tools)
  func aStreamCutAnywhereIsTruncatedAndNeverMore(tool: String) throws {
    try withHarness { harness in
      guard let packed = try harness.compress(Array("{\"id\":1,\"text\":\"نص قصير\"}\n".utf8), with: tool)
      else {
        print("skipped: \(tool) is not installed")
        return
      }
      for count in 8..<packed.count {
        let result = try harness.read(Array(packed[..<count]), ReaderOptions(format: .jsonl))
        #expect(result.rejects.count == 1, "\(tool) cut at \(count)")
        #expect([.truncatedStream, .corruptStream].contains(result.rejects.first?.reason))
      }
    }
  }

  @Test(arguments: ReaderHarness.tools)
  func aDamagedStreamIsCorruptAndNeverCrashes(tool: String) throws {
    try withHarness { harness in
      let text = (0..<200).map { "{\"id\":\($0),\"text\":\"\($0 &* 7919)\"}" }.joined(separator: "\n")
      guard let packed = try harness.compress(Array(text.utf8), with: tool) else {
        print("skipped: \(tool) is not installed")
        return
      }
      var random = SeededGenerator(seed: 4)
      var noticed = 0
      for _ in 0..<60 {
        var damaged = packed
        damaged[Int.random(in: 8..<packed.count, using: &random)] ^=
          1 << UInt8.random(in: 0..<8, using: &random)
        if try !harness.read(damaged, ReaderOptions(format: .jsonl)).rejects.isEmpty { noticed += 1 }
      }
      #expect(noticed > 40, "\(tool) has checksums; a few flipped bits lie in fields without meaning")
    }
  }
}
