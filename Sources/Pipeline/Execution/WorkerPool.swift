import Synchronization

/// Works on one input after another; owned by one child task, so it need not be `Sendable`.
public protocol PoolWorker<Input, Output> {
  /// What it gets.
  associatedtype Input: Sendable
  /// What it makes of it.
  associatedtype Output: Sendable
  /// Works on one input.
  mutating func process(_ input: Input) async throws -> Output
}

/// Asks a run to take in no more input; what is in flight is finished.
public final class StopSignal: Sendable {
  private let flag = Atomic<Bool>(false)

  /// Not raised.
  public init() {}

  /// Whether a stop was asked for.
  public var isRaised: Bool { flag.load(ordering: .relaxed) }
  /// Asks for a stop.
  public func raise() { flag.store(true, ordering: .relaxed) }
}

/// N child tasks of one task group, fed through one queue, drained through another in input order.
///
///     reader task ──► jobs ──► N workers ──► results ──► caller: reorder, write
///
/// The reader takes bytes from the in-flight budget for each input, the caller gives them back when the
/// output has been written: that bounds both queues. Errors and cancellation propagate along the task tree: the first error cancels
/// every other task, all of them are waited for, and the error is thrown.
public struct WorkerPool<Input: Sendable, Output: Sendable>: Sendable {
  /// Number of workers, at least 1.
  public var workers: Int
  /// Bytes of input that may be between reader and writer.
  public var inFlightBytes: Int
  /// Where the time goes that is spent waiting.
  public var meter: PoolWaitMeter

  /// Makes a pool.
  public init(workers: Int, inFlightBytes: Int, meter: PoolWaitMeter = PoolWaitMeter()) {
    self.workers = workers
    self.inFlightBytes = inFlightBytes
    self.meter = meter
  }

  private struct Job: Sendable {
    var index: Int
    var charge: Int
    var input: Input
  }

  private struct Result: Sendable {
    var index: Int
    var charge: Int
    var output: Output
  }

  /// Runs until the reader has no more input or a stop was asked for.
  ///
  /// - Parameters:
  ///   - stop: raised to take in no more input.
  ///   - makeReader: makes the source, on the thread that will read; its result gives one input and its size
  ///     in bytes, or nil at the end. It may block.
  ///   - makeWorker: makes one worker, in the child task that will own it.
  ///   - write: called with each output in input order, on the caller's task. It may block.
  /// - Returns: whether the input ended by itself (false: a stop was asked for before).
  /// - Throws: the first error of reader, worker or `write`; `CancellationError` when cancelled.
  public func run(
    stop: StopSignal,
    makeReader: @escaping @Sendable () throws -> () throws -> (input: Input, bytes: Int)?,
    makeWorker: @escaping @Sendable (IdleCores) throws -> any PoolWorker<Input, Output>,
    write: (Output) throws -> Void
  ) async throws -> Bool {
    let jobs = HandOverQueue<Job>()
    let results = HandOverQueue<Result>()
    let budget = InFlightBudget(bytes: inFlightBytes)
    let idle = IdleCores()
    let state = RunState()
    let workers = workers
    let meter = meter

    try await withThrowingDiscardingTaskGroup { group in
      group.addTask(executorPreference: BlockingExecutor(label: "warraq.reader")) {
        defer { jobs.finish() }
        let next = try makeReader()
        var index = 0
        while !stop.isRaised {
          guard let (input, bytes) = try next() else {
            state.markInputEnded()
            return
          }
          let charge = budget.charge(for: bytes)
          let start = ContinuousClock.now
          guard await budget.acquire(charge) else { return }
          meter.add(.reader, since: start)
          jobs.put(Job(index: index, charge: charge, input: input))
          index += 1
        }
      }
      group.addTask(executorPreference: globalConcurrentExecutor) {
        // Finishing on every way out: the caller below waits for this queue, not for the group.
        defer { results.finish() }
        try await withThrowingDiscardingTaskGroup { pool in
          for _ in 0..<workers {
            pool.addTask {
              var worker = try makeWorker(idle)
              while true {
                idle.lend()
                let start = ContinuousClock.now
                let job = await jobs.next()
                if job != nil { meter.add(.workers, since: start) }
                idle.takeBack()
                guard let job, !Task.isCancelled else { return }
                let output: Output
                do {
                  output = try await worker.process(job.input)
                } catch is CancellationError where Task.isCancelled {
                  // Somebody else failed; theirs is the error to report.
                  return
                }
                results.put(Result(index: job.index, charge: job.charge, output: output))
                // With the next batch lying ready nothing here would suspend, and as many workers as threads would
                // keep all other tasks, such as the one that waits for signals, from running.
                await Task.yield()
              }
            }
          }
        }
      }
      var order = ReorderBuffer<Result>()
      var waitStart = ContinuousClock.now
      while let result = await results.next() {
        meter.add(.writer, since: waitStart)
        defer { waitStart = ContinuousClock.now }
        order.insert(result, at: result.index)
        while let ready = order.popNext() {
          try write(ready.output)
          budget.release(ready.charge)
        }
      }
    }
    // A cancelled queue just ends: without this a cancelled run would look like a finished one.
    try Task.checkCancellation()
    return state.inputEnded
  }

  private final class RunState: Sendable {
    private let flag = Atomic<Bool>(false)
    var inputEnded: Bool { flag.load(ordering: .acquiring) }
    func markInputEnded() { flag.store(true, ordering: .releasing) }
  }
}
