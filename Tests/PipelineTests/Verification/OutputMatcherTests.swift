import Corpus
import TestSupport
import Testing

@testable import Pipeline

@Suite struct OutputMatcherTests {
  private enum End: CaseIterable { case shard, reject, filtered, duplicate, skip }

  /// What a made-up input holds, and the three listings of a run that lost nothing of it.
  private struct World {
    var expected: [(origin: RecordOrigin, end: End)] = []
    var listings: [[OutputLine]] = [[], [], []]

    init(seed: UInt64, records: Int = 60) {
      var random = SeededGenerator(seed: seed)
      var input = 0
      var number = 0
      for _ in 0..<records {
        if Int.random(in: 0..<12, using: &random) == 0 {
          input += 1
          number = 0
        }
        number += 1
        let origin = RecordOrigin(input: "in-\(input)", record: number, byteOffset: 0)
        let end = End.allCases[Int.random(in: 0..<5, using: &random)]
        expected.append((origin, end))
        func line(_ partOf: String? = nil, _ suffix: String = "") -> OutputLine {
          OutputLine(
            id: origin.defaultID + suffix, partOf: partOf, input: origin.input, record: origin.record)
        }
        switch end {
        case .shard: listings[0].append(line())
        case .reject:
          var line = line()
          line.id = nil
          line.reason = "emptyArticle"
          listings[1].append(line)
        case .filtered:
          var line = line()
          line.reason = "quality.words"
          line.isFiltered = true
          listings[1].append(line)
        case .duplicate:
          var line = line()
          line.duplicateKind = "exact"
          listings[2].append(line)
        case .skip: break
        }
        if end == .shard || end == .filtered, Int.random(in: 0..<4, using: &random) == 0 {
          var part = line(origin.defaultID, "#2")
          if Bool.random(using: &random) {
            listings[0].append(part)
          } else {
            part.reason = "language"
            part.isFiltered = true
            listings[1].append(part)
          }
        }
      }
    }

    func problems() throws -> [OutputMatcher.Problem] { try matched().problems }

    func matched() throws -> OutputMatcher {
      let at = Places()
      var matcher = try OutputMatcher { listing in
        let lines = listings[listing.rawValue]
        defer { at.next[listing.rawValue] += 1 }
        return at.next[listing.rawValue] < lines.count ? lines[at.next[listing.rawValue]] : nil
      }
      for (origin, end) in expected {
        switch end {
        case .skip: continue
        case .reject:
          try matcher.expectReject(
            Reject(origin: origin, reason: .emptyArticle, detail: "", raw: [], rawByteCount: 0))
        default: try matcher.expectArticle(id: origin.defaultID, origin: origin)
        }
      }
      try matcher.finish()
      return matcher
    }

    private final class Places { var next = [0, 0, 0] }
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func nothingIsFoundWhereNothingIsWrong(seed: UInt64) throws {
    let world = World(seed: seed)
    let matcher = try world.matched()
    #expect(matcher.problems == [])
    #expect(
      matcher.tally.written + matcher.tally.leftOut.total
        == world.listings.reduce(0) { $0 + $1.count })
  }

  /// Each line in turn is taken away.
  @Test(arguments: 0..<8 as Range<UInt64>)
  func everyLostRecordIsFound(seed: UInt64) throws {
    for listing in 0..<3 {
      let world = World(seed: seed)
      for index in world.listings[listing].indices where world.listings[listing][index].partOf == nil {
        var damaged = world
        let line = damaged.listings[listing].remove(at: index)
        let problems = try damaged.problems()
        #expect(problems.first?.kind == .lostRecord, "\(line)")
        #expect(problems.first?.message.contains("record \(line.record) of \(line.input)") ?? false)
      }
    }
  }

  /// Each line in turn stands there once more, in each listing.
  @Test(arguments: 0..<8 as Range<UInt64>)
  func everyDoubledRecordIsFound(seed: UInt64) throws {
    let world = World(seed: seed)
    for listing in 0..<3 {
      for index in world.listings[listing].indices where world.listings[listing][index].partOf == nil {
        var damaged = world
        damaged.listings[listing].insert(damaged.listings[listing][index], at: index)
        #expect(!(try damaged.problems().isEmpty), "\(damaged.listings[listing][index])")
      }
    }
  }

  @Test(arguments: 0..<8 as Range<UInt64>)
  func recordsOutOfOrderAreFound(seed: UInt64) throws {
    let world = World(seed: seed)
    for index in world.listings[0].indices.dropLast() {
      let (a, b) = (world.listings[0][index], world.listings[0][index + 1])
      if a.input == b.input, a.record == b.record { continue }
      var damaged = world
      damaged.listings[0].swapAt(index, index + 1)
      #expect(!(try damaged.problems().isEmpty), "\(a) \(b)")
    }
  }

  @Test func aRecordInTheWrongPlaceOrUnderAnotherNameIsFound() throws {
    let world = World(seed: 3)
    let shard = try #require(world.listings[0].firstIndex { $0.partOf == nil })
    var renamed = world
    renamed.listings[0][shard].id = "another"
    #expect(try renamed.problems().map(\.kind) == [.unexpectedRecord])
    var reason = world
    let reject = try #require(world.listings[1].firstIndex { $0.id == nil })
    reason.listings[1][reject].reason = "tooDeep"
    #expect(try reason.problems().map(\.kind) == [.unexpectedRecord])
    var foreign = world
    foreign.listings[2].append(OutputLine(id: "x", input: "elsewhere", record: 1))
    #expect(try foreign.problems().map(\.kind) == [.unexpectedRecord])
  }
}
