import Synchronization
import Testing

@testable import Pipeline

private enum Probe: Annotation {
  typealias Value = Int
  static let name = "probe"
}

private struct Failure: Error {}

@Suite(.serialized) struct StageRunnerTests {
  @Test func independentStagesOfABatchOverlapWhenACoreIsIdle() async throws {
    let meeting = Rendezvous(parties: 2)
    let counter = LifetimeCounter()
    let body: @Sendable (Batch) throws -> StageResult = { _ in
      if meeting.meet() { counter.alive.add(1, ordering: .relaxed) }
      return StageResult()
    }
    let idle = IdleCores()
    idle.lend()
    let runner = try StageRunner(plan([[body, body]]), idle: idle)
    var batch = batch()
    _ = try await runner.run(&batch)
    #expect(counter.alive.load(ordering: .relaxed) == 2)
    #expect(idle.borrow(), "the borrowed core was given back")
  }

  @Test func stagesRunInTurnWhenNoCoreIsIdle() async throws {
    let inside = LifetimeCounter()
    let overlaps = LifetimeCounter()
    let body: @Sendable (Batch) throws -> StageResult = { _ in
      if inside.alive.add(1, ordering: .relaxed).newValue > 1 { overlaps.alive.add(1, ordering: .relaxed) }
      defer { inside.alive.subtract(1, ordering: .relaxed) }
      return StageResult()
    }
    let runner = try StageRunner(plan([[body, body, body]]), idle: IdleCores())
    var batch = batch()
    let measures = try await runner.run(&batch)
    #expect(measures.count == 3)
    #expect(overlaps.alive.load(ordering: .relaxed) == 0)
  }

  @Test func aLaterGroupSeesWhatAnEarlierOneWrote() async throws {
    let first: @Sendable (Batch) throws -> StageResult = { _ in
      var result = StageResult()
      result.annotations[Probe.self] = [7]
      return result
    }
    let second: @Sendable (Batch) throws -> StageResult = { batch in
      StageResult(effect: StageEffect(articles: 1, items: batch[Probe.self].first ?? 0))
    }
    let runner = try StageRunner(plan([[first], [second]]), idle: IdleCores())
    var batch = batch()
    let measures = try await runner.run(&batch)
    #expect(measures[1].effect.items == 7)
    #expect(batch[Probe.self] == [7])
  }

  @Test func anErrorOfOneStageEndsTheBatchAfterItsSiblingEnded() async throws {
    let running = LifetimeCounter()
    let meeting = Rendezvous(parties: 2)
    let fails: @Sendable (Batch) throws -> StageResult = { _ in
      _ = meeting.meet()
      throw Failure()
    }
    let slow: @Sendable (Batch) throws -> StageResult = { _ in
      running.alive.add(1, ordering: .relaxed)
      defer { running.alive.subtract(1, ordering: .relaxed) }
      _ = meeting.meet()
      return StageResult()
    }
    let idle = IdleCores()
    idle.lend()
    let runner = try StageRunner(plan([[fails, slow]]), idle: idle)
    var batch = batch()
    await #expect(throws: Failure.self) { _ = try await runner.run(&batch) }
    #expect(running.alive.load(ordering: .relaxed) == 0)
  }
}
