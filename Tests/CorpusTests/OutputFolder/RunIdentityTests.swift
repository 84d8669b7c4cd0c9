import Foundation
import TestSupport
import Testing

@testable import Corpus

struct RunIdentityTests {
  private let identity = RunIdentity(
    version: "1.2.0",
    config: [
      ("version", "1"), ("stages", #"["normalize", "keywords"]"#), ("keywords.count", "10"),
      ("keywords.never", "\"قائمة.txt\""), ("input.format", "\"auto\""),
    ],
    resources: ["keywords.never": "ab12"],
    inputs: [
      .init(name: "اخبار/1.jsonl", bytes: 12, modified: 1_000_000_000, sha256: "aa"),
      .init(name: "-", bytes: nil), .init(name: "secret", bytes: nil, problem: "Permission denied"),
    ])

  private func changes(_ change: (inout RunIdentity) -> Void, hash: String? = nil) -> [RunChange] {
    var other = identity
    change(&other)
    return other.changes(since: identity) { _ in hash }
  }

  @Test func itReadsBackAsItWasWritten() throws {
    let copy = try JSONDecoder().decode(RunIdentity.self, from: Data(identity.encoded))
    #expect(copy == identity)
    #expect(try copy.fingerprint() == identity.fingerprint())
    #expect(identity.changes(since: copy) { _ in nil } == [])
  }

  @Test func theFingerprintKnowsContentOnly() throws {
    var other = identity
    other.inputs[0].modified = 5
    other.inputs[0].sha256 = nil
    other.inputs[0].path = "/somewhere"
    other.config.reverse()
    #expect(try other.fingerprint() == identity.fingerprint())
    let differing: [(inout RunIdentity) -> Void] = [
      { $0.version = "1.2.1" }, { $0.kind = .shards }, { $0.config[2].value = "15" },
      { $0.resources["keywords.never"] = "ab13" }, { $0.inputs[0].bytes = 13 }, { $0.inputs[0].name += "x" },
      { $0.inputs.removeLast() }, { $0.inputs.swapAt(0, 1) }, { $0.inputs[2].problem = "gone" },
    ]
    for change in differing {
      var other = identity
      change(&other)
      #expect(try other.fingerprint() != identity.fingerprint())
    }
  }

  @Test func everyChangeIsNamed() {
    func lines(_ change: (inout RunIdentity) -> Void) -> [String] { changes(change).map(\.description) }
    #expect(lines { _ in } == [])
    #expect(lines { $0.version = "1.3.0" } == ["version: 1.2.0 -> 1.3.0"])
    #expect(lines { $0.config[2].value = "15" } == ["keywords.count: 10 -> 15"])
    #expect(lines { $0.config.remove(at: 2) } == ["keywords.count: 10 -> not set"])
    #expect(lines { $0.config.append(("keywords.ranker", "\"r\"")) } == [#"keywords.ranker: not set -> "r""#])
    #expect(
      lines { $0.resources["keywords.never"] = "c" } == [
        "keywords.never: the file it names holds something else"
      ])
    #expect(
      lines { $0.inputs[0].bytes = 13 } == ["input changed: اخبار/1.jsonl: 12 bytes -> 13 bytes"])
    #expect(lines { $0.inputs.append(.init(name: "b", bytes: 1)) } == ["input added: b"])
    #expect(lines { $0.inputs.removeFirst() } == ["input removed: اخبار/1.jsonl"])
    #expect(lines { $0.inputs.swapAt(0, 1) } == ["inputs: the same, in another order"])
    #expect(lines { $0.inputs[2].problem = nil }.count == 1)
    #expect(lines { $0.kind = .shards }.count == 1)
  }

  @Test func theOptionsOfAnAddedStageAreNotListed() {
    let lines = changes {
      $0.config[1].value = #"["normalize", "keywords", "summarize"]"#
      $0.config += [("summarize.sentences", "3"), ("summarize.words", "60")]
    }
    #expect(
      lines == [
        .option(
          "stages", old: #"["normalize", "keywords"]"#, new: #"["normalize", "keywords", "summarize"]"#)
      ])
  }

  @Test func aTimeOfChangeCountsUnlessTheHashIsTheSame() {
    var plain = identity
    plain.inputs[0].sha256 = nil
    var touched = plain
    touched.inputs[0].modified = 61_000_000_000
    #expect(
      touched.changes(since: plain) { _ in "aa" }.map(\.description) == [
        "input changed: اخبار/1.jsonl: modified 1970-01-01T00:00:01Z -> 1970-01-01T00:01:01Z"
      ])
    #expect(touched.changes(since: identity) { _ in "aa" } == [])
    #expect(touched.changes(since: identity) { _ in "bb" } == [.inputContent("اخبار/1.jsonl")])
    #expect(touched.changes(since: identity) { _ in nil } == [.inputContent("اخبار/1.jsonl")])
    touched.inputs[0].sha256 = "aa"
    #expect(touched.changes(since: identity) { _ in "bb" } == [])
    // Bytes that changed while the time stayed.
    #expect(changes { $0.inputs[0].sha256 = "bb" } == [.inputContent("اخبار/1.jsonl")])
    touched.inputs[0].sha256 = nil
    touched.inputs[0].modified = 1_000_000_001
    #expect(touched.changes(since: plain) { _ in nil }[0].description.contains("00:00:01.000000001Z"))
  }

  @Test func aFileNamedTwiceIsComparedPlaceByPlace() {
    var twice = identity
    twice.inputs = [.init(name: "a", bytes: 1), .init(name: "b", bytes: 2), .init(name: "a", bytes: 3)]
    #expect(twice.changes(since: twice) { _ in nil } == [])
    var once = twice
    once.inputs.removeLast()
    #expect(once.changes(since: twice) { _ in nil } == [.inputRemoved("a")])
    #expect(twice.changes(since: once) { _ in nil } == [.inputAdded("a")])
  }

  @Test func ofManyInputsTheFirstAreShown() {
    var other = identity
    other.version = "2"
    other.inputs += (0..<13).map { .init(name: "new-\($0)", bytes: 1) }
    let lines = RunIdentity.lines(other.changes(since: identity) { _ in nil })
    #expect(lines.count == 12)
    #expect(lines[0] == "version: 1.2.0 -> 2" && lines[1] == "input added: new-0")
    #expect(lines[11] == "and 3 more inputs")
  }

  /// Changed, added and removed inputs, at random: each is told once, and nothing else.
  @Test func nothingIsMissedOrMadeUp() {
    var random = SeededGenerator(seed: 41)
    for _ in 0..<200 {
      var old = identity
      old.inputs = (0..<Int.random(in: 0..<30, using: &random)).map { .init(name: "\($0)", bytes: $0) }
      var new = old
      var expected: Set<RunChange> = []
      for index in new.inputs.indices.reversed() {
        switch Int.random(in: 0..<6, using: &random) {
        case 0: expected.insert(.inputRemoved(new.inputs.remove(at: index).name))
        case 1:
          new.inputs[index].bytes = 1000
          expected.insert(.inputResized("\(index)", old: index, new: 1000))
        case 2:
          new.inputs.insert(.init(name: "new-\(index)", bytes: 1), at: index)
          expected.insert(.inputAdded("new-\(index)"))
        default: break
        }
      }
      let found = new.changes(since: old) { _ in nil }
      #expect(Set(found) == expected && found.count == expected.count)
    }
  }
}
