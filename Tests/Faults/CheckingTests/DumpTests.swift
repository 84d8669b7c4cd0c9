import FaultChecking
import Foundation
import Testing

@Suite struct DumpTests {
  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = NSTemporaryDirectory() + "fault-dump-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  @Test func everyLineOfTheDumpIsExpectedOnce() throws {
    try withFolder { folder in
      let dump = try Dump(in: folder, articles: 1000, seed: 3)
      let expected = dump.expected(deduplicating: true)
      #expect(Set(expected.map(\.place)).count == expected.count)
      let readers = [
        "gz": ["gzip", "-dc"], "bz2": ["bzip2", "-dc"], "zst": ["zstd", "-dcq"], "jsonl": ["cat"],
      ]
      for input in dump.inputs where !input.hasSuffix(".txt") {
        let reader = try #require(readers[String(input.split(separator: ".").last ?? "")])
        let lines = try Tool.output(reader + ["\(folder)/\(input)"]).split(separator: 0x0A).filter {
          $0.contains { $0 != 0x20 }
        }
        #expect(lines.count == expected.count { $0.place.input == input }, "\(input)")
        for (line, article) in zip(lines, expected.filter { $0.place.input == input }) {
          guard let mark = article.mark else { continue }
          #expect(String(decoding: line, as: UTF8.self).contains("\"mark\":\"\(mark)\""))
        }
      }
      let fates = expected.map(\.fate)
      #expect(fates.contains { if case .duplicate = $0 { true } else { false } })
      #expect(Set(fates.compactMap { if case .reject(let reason) = $0 { reason } else { nil } }).count >= 5)
      #expect(
        dump.expected(deduplicating: false).allSatisfy {
          if case .duplicate = $0.fate { false } else { true }
        })
    }
  }

  @Test func theSameSeedGivesTheSameDump() throws {
    try withFolder { folder in
      for name in ["a", "b"] {
        try FileManager.default.createDirectory(
          atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
      }
      let one = try Dump(in: folder + "/a", articles: 100, seed: 9)
      let two = try Dump(in: folder + "/b", articles: 100, seed: 9)
      #expect(one.expected(deduplicating: true) == two.expected(deduplicating: true))
      for input in one.inputs {
        #expect(
          try Data(contentsOf: URL(filePath: "\(folder)/a/\(input)"))
            == Data(contentsOf: URL(filePath: "\(folder)/b/\(input)")))
      }
    }
  }
}
