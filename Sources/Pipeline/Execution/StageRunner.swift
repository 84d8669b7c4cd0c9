import Synchronization

/// How many cores have nothing to do right now, among those the run may use.
///
/// A worker lends its core while it waits for a batch; another worker borrows it to run two independent
/// stages of its batch at the same time. With every worker busy nothing is lent and stages run in turn.
public final class IdleCores: Sendable {
  private let count = Atomic<Int>(0)

  /// None idle.
  public init() {}

  /// A core became idle.
  public func lend() { count.add(1, ordering: .relaxed) }

  /// Takes back a core lent before; it may be borrowed still, for the rest of one stage.
  public func takeBack() { count.subtract(1, ordering: .relaxed) }

  /// Borrows a core if one is idle.
  public func borrow() -> Bool {
    var seen = count.load(ordering: .relaxed)
    while seen > 0 {
      let (exchanged, now) = count.compareExchange(expected: seen, desired: seen - 1, ordering: .relaxed)
      if exchanged { return true }
      seen = now
    }
    return false
  }
}

/// Time and effect of one stage, added up over batches.
public struct StageMeasure: Sendable {
  /// CPU time in nanoseconds.
  public var nanoseconds: UInt64 = 0
  /// What the stage did.
  public var effect = StageEffect()

  /// Nothing yet.
  public init() {}

  /// Adds up.
  public static func += (a: inout StageMeasure, b: StageMeasure) {
    a.nanoseconds += b.nanoseconds
    a.effect += b.effect
  }
}

/// Runs the stages of a plan on one batch after another; one for each worker.
public struct StageRunner {
  /// A stage instance that a child task may run. The lock is never contended: a stage runs once a batch, and
  /// a worker has one batch at a time. It is what lets the compiler see that the hand-over is safe.
  private final class Slot: Sendable {
    private let stage: Mutex<any Stage>

    init(_ stage: sending any Stage) { self.stage = Mutex(stage) }

    func run(_ batch: Batch) throws -> (result: StageResult, nanoseconds: UInt64) {
      let start = CPUTime.thread
      let result = try stage.withLock { try $0.process(batch) }
      return (result, CPUTime.thread - start)
    }
  }

  private let groups: [[Slot]]
  /// Names of the stages, in the order of `PipelinePlan.nodes`.
  private let names: [String]
  private let idle: IdleCores

  /// Makes the stages of one worker.
  ///
  /// - Parameter annotations: those that are read although no stage of the plan does.
  /// - Throws: what a factory throws, such as an ICU service that is not installed.
  public init(_ plan: PipelinePlan, idle: IdleCores, alsoReading annotations: [String] = []) throws {
    let read = Set(plan.nodes.flatMap(\.reads) + annotations)
    groups = try plan.groups.map { try $0.map { Slot(try $0.factory.makeStage(forReaders: read)) } }
    self.names = plan.nodes.map(\.kind.name)
    self.idle = idle
  }

  /// Takes a batch through all groups.
  ///
  /// - Returns: one measure a stage, in the order of `PipelinePlan.nodes`.
  /// - Throws: what a stage throws; the other stages of its group are cancelled and waited for.
  @discardableResult
  public func run(_ batch: inout Batch) async throws -> [StageMeasure] {
    var departures = Departures()
    return try await run(&batch, &departures)
  }

  /// The same; the articles that leave the batch on the way, or join it, are noted.
  func run(_ batch: inout Batch, _ departures: inout Departures) async throws -> [StageMeasure] {
    var measures: [StageMeasure] = []
    for group in groups {
      var refused: [ArticleDrop] = []
      for (result, nanoseconds) in try await StageRunner.run(group, on: batch, idle: idle) {
        try batch.apply(result, noting: &departures, stage: names[measures.count])
        refused += result.refused
        var measure = StageMeasure()
        measure.nanoseconds = nanoseconds
        measure.effect = result.effect
        measures.append(measure)
      }
      departures.dropped += batch.refuse(refused)
    }
    return measures
  }

  /// Runs independent stages: this task takes one after another, and so does a child task for every core
  /// that is idle, until none is left.
  private static func run(
    _ slots: [Slot], on batch: Batch, idle: IdleCores
  ) async throws -> [(result: StageResult, nanoseconds: UInt64)] {
    if slots.count == 1 { return [try slots[0].run(batch)] }
    let next = NextIndex()
    @Sendable func lane() throws -> [(Int, StageResult, UInt64)] {
      var done: [(Int, StageResult, UInt64)] = []
      while let index = next.take(below: slots.count) {
        try Task.checkCancellation()
        let (result, nanoseconds) = try slots[index].run(batch)
        done.append((index, result, nanoseconds))
      }
      return done
    }
    return try await withThrowingTaskGroup(of: [(Int, StageResult, UInt64)].self) { tasks in
      for _ in 1..<slots.count where idle.borrow() {
        tasks.addTask {
          defer { idle.lend() }
          return try lane()
        }
      }
      var done = try lane()
      for try await more in tasks { done += more }
      done.sort { $0.0 < $1.0 }
      return done.map { ($0.1, $0.2) }
    }
  }

  /// Hands out stage numbers to lanes.
  private final class NextIndex: Sendable {
    private let value = Atomic<Int>(0)

    func take(below limit: Int) -> Int? {
      let index = value.add(1, ordering: .relaxed).oldValue
      return index < limit ? index : nil
    }
  }
}
