import Foundation
import TestSupport
import Testing

@testable import Deduplication

@Suite struct ExternalMemoryTests {
  private let folder = FileManager.default.temporaryDirectory.path

  @Test(arguments: [0, 100, 5000, 1 << 20])
  func recordsComeOutSortedWhateverTheMemory(_ memory: Int) throws {
    var random = SeededGenerator(seed: UInt64(memory) + 3)
    for width in 1...3 {
      for count in [0, 1, 2, 7, 1500] {
        let sorter = RecordSorter(width: width, memory: memory, folder: folder)
        var expected: [[UInt64]] = []
        for _ in 0..<count {
          let record = (0..<width).map { _ in UInt64.random(in: 0..<40, using: &random) }
          expected.append(record)
          switch width {
          case 1: try sorter.append(record[0])
          case 2: try sorter.append(record[0], record[1])
          default: try sorter.append(record[0], record[1], record[2])
          }
        }
        if count > 1, memory == 0 { #expect(sorter.hasSpilled) }
        expected.sort { $0.lexicographicallyPrecedes($1) }
        let stream = try sorter.sorted()
        var found: [[UInt64]] = []
        while let record = try stream.next() { found.append((0..<width).map { record[$0] }) }
        #expect(found == expected)
      }
    }
  }

  @Test(arguments: [0, 2000, 1 << 20])
  func messagesArriveInOrderWhateverTheMemory(_ memory: Int) throws {
    var random = SeededGenerator(seed: 17)
    let queue = MessageQueue(memory: memory, folder: folder)
    var expected: [UInt64: [[UInt64]]] = [:]
    var message = [UInt64](repeating: 0, count: MessageQueue.width)
    for now in UInt64(0)..<600 {
      var received: [[UInt64]] = []
      while try queue.pop(for: now, into: &message) { received.append(message) }
      #expect(received == (expected[now] ?? []).sorted { $0.lexicographicallyPrecedes($1) })
      for _ in 0..<Int.random(in: 0...8, using: &random) {
        let to = now + UInt64.random(in: 1...200, using: &random)
        let sent = [to] + (0..<5).map { _ in UInt64.random(in: 0..<10, using: &random) }
        if to < 600 {
          try queue.push(sent)
          expected[to, default: []].append(sent)
        }
      }
    }
  }

  @Test func aFolderThatIsNotThereIsSaid() {
    #expect(throws: DuplicateSurveyError.self) {
      try DuplicateSurvey(DuplicateOptions(), folder: "/nowhere/at/all")
    }
  }
}
