import Synchronization
import Testing

@testable import Pipeline

private struct Failure: Error {}

/// Counts itself while it is alive, so that a leak shows.
private final class Tracked: Sendable {
  let value: Int
  private let counter: LifetimeCounter

  init(_ value: Int, _ counter: LifetimeCounter) {
    self.value = value
    self.counter = counter
    counter.alive.add(1, ordering: .relaxed)
  }

  deinit { counter.alive.subtract(1, ordering: .relaxed) }
}

private struct ClosureWorker: PoolWorker {
  let body: @Sendable (Tracked) async throws -> Tracked
  mutating func process(_ input: Tracked) async throws -> Tracked { try await body(input) }
}

@Suite(.serialized) struct WorkerPoolTests {
  private func run(
    _ count: Int, workers: Int, bytes: Int = 1, inFlight: Int = 8,
    counter: LifetimeCounter = LifetimeCounter(),
    stop: StopSignal = StopSignal(), failReaderAt: Int? = nil, onWrite: (Int) throws -> Void = { _ in },
    body: @escaping @Sendable (Tracked) async throws -> Tracked
  ) async throws -> (written: [Int], ended: Bool) {
    var written: [Int] = []
    let pool = WorkerPool<Tracked, Tracked>(workers: workers, inFlightBytes: inFlight)
    let ended = try await pool.run(
      stop: stop,
      makeReader: {
        var next = 0
        return {
          if next == failReaderAt { throw Failure() }
          guard next < count else { return nil }
          defer { next += 1 }
          return (Tracked(next, counter), bytes)
        }
      },
      makeWorker: { _ in ClosureWorker(body: body) },
      write: {
        try onWrite($0.value)
        written.append($0.value)
      })
    return (written, ended)
  }

  @Test(arguments: [1, 2, 7])
  func outputsLeaveInInputOrder(workers: Int) async throws {
    let (written, ended) = try await run(200, workers: workers) { input in
      // Uneven work: later inputs finish before earlier ones.
      for _ in 0..<(input.value % 7) { await Task.yield() }
      return input
    }
    #expect(written == Array(0..<200))
    #expect(ended)
  }

  @Test func severalBatchesAreInWorkAtOnce() async throws {
    let meeting = Rendezvous(parties: 2)
    let met = LifetimeCounter()
    _ = try await run(2, workers: 2) { input in
      if meeting.meet() { met.alive.add(1, ordering: .relaxed) }
      return input
    }
    #expect(met.alive.load(ordering: .relaxed) == 2)
  }

  @Test func noMoreIsInFlightThanTheBudgetAllows() async throws {
    let inside = LifetimeCounter()
    let most = Mutex(0)
    let counter = LifetimeCounter()
    let (written, _) = try await run(100, workers: 7, bytes: 2, inFlight: 6, counter: counter) { input in
      let now = inside.alive.add(1, ordering: .sequentiallyConsistent).newValue
      most.withLock { $0 = max($0, now) }
      await Task.yield()
      inside.alive.subtract(1, ordering: .sequentiallyConsistent)
      return input
    }
    #expect(written.count == 100)
    #expect(most.withLock { $0 } <= 3)
  }

  @Test func anInputLargerThanTheBudgetStillPasses() async throws {
    #expect(try await run(5, workers: 3, bytes: 1000, inFlight: 10) { $0 }.written == [0, 1, 2, 3, 4])
  }

  @Test(arguments: [1, 2, 7])
  func anErrorInAWorkerEndsTheRunAndLeaksNothing(workers: Int) async throws {
    let counter = LifetimeCounter()
    await #expect(throws: Failure.self) {
      _ = try await run(1000, workers: workers, counter: counter) { input in
        if input.value == 50 { throw Failure() }
        return input
      }
    }
    #expect(counter.alive.load(ordering: .relaxed) == 0)
  }

  @Test func anErrorInTheReaderEndsTheRunAndLeaksNothing() async throws {
    let counter = LifetimeCounter()
    await #expect(throws: Failure.self) {
      _ = try await run(100, workers: 2, counter: counter, failReaderAt: 30) { $0 }
    }
    #expect(counter.alive.load(ordering: .relaxed) == 0)
  }

  @Test func anErrorInTheWriterEndsTheRunAndLeaksNothing() async throws {
    let counter = LifetimeCounter()
    await #expect(throws: Failure.self) {
      _ = try await run(1000, workers: 2, counter: counter, onWrite: { if $0 == 20 { throw Failure() } }) {
        $0
      }
    }
    #expect(counter.alive.load(ordering: .relaxed) == 0)
  }

  @Test func aCancelledRunThrowsAndLeaksNothing() async throws {
    let counter = LifetimeCounter()
    let started = Rendezvous(parties: 2)
    await withTaskGroup(of: Bool.self) { group in
      group.addTask {
        do {
          _ = try await run(1_000_000, workers: 2, counter: counter) { input in
            if input.value == 10 { _ = started.meet() }
            return input
          }
          return false
        } catch { return error is CancellationError }
      }
      _ = started.meet()
      group.cancelAll()
      for await cancelled in group { #expect(cancelled) }
    }
    #expect(counter.alive.load(ordering: .relaxed) == 0)
  }

  @Test func aStopFinishesWhatIsInFlight() async throws {
    let stop = StopSignal()
    let (written, ended) = try await run(1_000_000, workers: 2, stop: stop) { input in
      if input.value == 25 { stop.raise() }
      return input
    }
    #expect(!ended)
    #expect(written.count > 25)
    #expect(written == Array(0..<written.count))
  }

  @Test func aReorderBufferGivesElementsInOrder() {
    var buffer = ReorderBuffer<String>(first: 3)
    buffer.insert("e", at: 5)
    #expect(buffer.popNext() == nil)
    buffer.insert("c", at: 3)
    buffer.insert("d", at: 4)
    #expect(
      [buffer.popNext(), buffer.popNext(), buffer.popNext(), buffer.popNext()] == ["c", "d", "e", nil])
  }
}
