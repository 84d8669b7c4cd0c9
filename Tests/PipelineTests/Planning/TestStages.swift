import Corpus
import Glibc
import Synchronization

@testable import Pipeline

/// Options of the stages below: none.
struct NoOptions: ConfigSection {
  static let summary = "For tests."
  static var options: [ConfigOption<NoOptions>] { [] }
}

/// Stages whose work is a closure, for tests of planning and running.
struct ClosureStage: Stage {
  var body: @Sendable (Batch) throws -> StageResult
  mutating func process(_ batch: Batch) throws -> StageResult { try body(batch) }
}

struct ClosureFactory: StageFactory {
  static let name = "closure"
  static let itemName = "items"
  static func reads(_ options: NoOptions) -> [String] { [] }
  static let writes: [String] = []
  var body: @Sendable (Batch) throws -> StageResult = { _ in StageResult() }
  var onDeinit: LifetimeCounter?

  init(_ options: NoOptions, context: StageContext) {}
  init(_ body: @escaping @Sendable (Batch) throws -> StageResult) { self.body = body }
  func makeStage() throws -> any Stage { ClosureStage(body: body) }
}

/// Counts objects that are alive.
final class LifetimeCounter: Sendable {
  let alive = Atomic<Int>(0)
}

/// Lets `parties` threads wait for each other, for a quarter of an hour: other tests
/// keep the machine busy.
final class Rendezvous: Sendable {
  private let parties: Int
  private let arrived = Atomic<Int>(0)

  init(parties: Int) { self.parties = parties }

  /// Whether all came while this one waited.
  func meet(seconds: Double = 900) -> Bool {
    arrived.add(1, ordering: .sequentiallyConsistent)
    let clock = ContinuousClock()
    let end = clock.now + .seconds(seconds)
    while arrived.load(ordering: .sequentiallyConsistent) < parties {
      if clock.now > end { return false }
      usleep(1000)
    }
    return true
  }
}

func kind(_ name: String, writes: [String] = [], reshapes: Bool = false) -> StageKind {
  StageKind(
    name: name, summary: "", itemName: "items", writes: writes, reshapes: reshapes, schema: { [:] },
    configure: { _, _ in
      ConfiguredStage(
        options: [:], content: [:], reads: [], make: { _ in ClosureFactory { _ in StageResult() } })
    })
}

func plan(_ groups: [[@Sendable (Batch) throws -> StageResult]]) -> PipelinePlan {
  PipelinePlan(
    groups: groups.enumerated().map { level, bodies in
      bodies.enumerated().map { index, body in
        PipelinePlan.Node(
          kind: kind("stage\(level).\(index)"), reads: [], options: [:], content: [:],
          factory: ClosureFactory(body))
      }
    })
}

func batch(_ index: Int = 0) -> Batch { Batch(index: index, articles: []) }
