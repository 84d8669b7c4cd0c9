import Corpus
import Synchronization

/// One pass over the batches of some inputs: one task reads them, workers take those that are wanted through the
/// pipeline, and the caller gets the results in input order.
struct BatchPass {
  let config: PipelineConfig
  let inputs: InputListing
  /// Which batches are worked on, in ascending order; the others are read and passed over.
  let wanted: [Range<Int>]
  /// What had been found in the input being read when a run stopped that goes on now.
  var resuming: LedgerEntry?

  /// Time of the reader's thread, read by the writer's at the end.
  final class ReaderTime: Sendable {
    private let value = Atomic<UInt64>(0)
    var nanoseconds: UInt64 { value.load(ordering: .relaxed) }
    func add(_ nanoseconds: UInt64) { value.add(nanoseconds, ordering: .relaxed) }
  }

  /// Runs until the inputs end or a stop is asked for.
  ///
  /// - Parameter write: Called with each result in input order, on a thread of its own, where it may block.
  /// - Returns: Whether the inputs ended by themselves.
  func run(
    stop: StopSignal, meter: PoolWaitMeter = PoolWaitMeter(), time: ReaderTime = ReaderTime(),
    write: (FinishedBatch) throws -> Void
  ) async throws -> Bool {
    let (config, inputs, wanted, resuming) = (config, inputs, wanted, resuming)
    let pool = WorkerPool<RawBatch, FinishedBatch>(
      workers: config.workerCount, inFlightBytes: config.inFlightBytes, meter: meter)
    // The writer blocks in system calls; a thread of its own keeps that away from the workers' threads.
    return try await withTaskExecutorPreference(BlockingExecutor(label: "warraq.writer")) {
      try await pool.run(
        stop: stop,
        makeReader: {
          var reader = BatchReader(
            inputs: inputs.files, rejects: inputs.rejects, options: config.readerOptions)
          var check = ResumeCheck(resuming)
          let last = wanted.last?.upperBound ?? 0
          return {
            let start = CPUTime.thread
            defer { time.add(CPUTime.thread - start) }
            while let batch = reader.next() {
              guard batch.index < last else { break }
              if wanted.contains(where: { $0.contains(batch.index) }) {
                try check.end()
                return (batch, batch.size)
              }
              check.pass(batch.sections)
              batch.giveBackBytes()
            }
            try check.end()
            return nil
          }
        },
        makeWorker: { idle in try BatchWorker(config, idle: idle) },
        write: write)
    }
  }
}

/// Whether the batches that are passed over hold as much as they did when they were worked on.
private struct ResumeCheck {
  /// The input that was being read when the run stopped, with what had been found in it.
  private var expected: LedgerEntry?
  private var passed: RawSection?

  init(_ expected: LedgerEntry?) { self.expected = expected }

  mutating func pass(_ sections: [RawSection]) {
    for section in sections {
      if passed?.input == section.input { passed?.found += section.found } else { passed = section }
    }
  }

  mutating func end() throws {
    guard let expected else { return }
    self.expected = nil
    guard passed?.input == expected.index, passed?.found == expected.found else {
      throw ChangedInput(input: expected.input, expected: expected.found, found: passed?.found ?? 0)
    }
  }
}

/// An input does not hold what it held when the run was interrupted, although it looks the same from outside.
struct ChangedInput: Error, CustomStringConvertible {
  var input: String
  var expected: Int
  var found: Int
  var description: String {
    "\(input) has changed since the run was interrupted: of the batches already done it held \(expected) records, now "
      + "\(found). Begin anew with --restart."
  }
}
