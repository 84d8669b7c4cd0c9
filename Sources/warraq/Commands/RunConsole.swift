import Corpus
import Pipeline
import UnixSignals

/// What commands that run a pipeline have in common: a display, signals, and the report at the end.
struct RunConsole {
  /// The output folder, as it is printed.
  private let output: String
  /// Whether nothing but errors is printed.
  private let isQuiet: Bool

  /// - Parameter output: The output folder, as the user named it.
  init(output: String, isQuiet: Bool) {
    self.output = Terminal.oneLine(output)
    self.isQuiet = isQuiet
  }

  /// Runs the job and says how it ended: an exit of its own for an interrupted run and for too many rejects.
  ///
  /// - Parameters:
  ///   - rejectLimit: Share of rejects above which it is too many.
  ///   - alreadyComplete: What is said, with the number of records, when there was nothing to do.
  func conclude(_ job: PipelineRun, rejectLimit: Double, alreadyComplete: (Int) -> String) async throws {
    switch try await supervise(job.config, { try await job.execute(progress: $0, stop: $1) }) {
    case .alreadyComplete(let records): say(alreadyComplete(records) + "\n")
    case .ran(let summary):
      report(summary)
      if summary.state == .interrupted { CommandExit.exit(.interrupted) }
      if summary.rejectShare > rejectLimit { CommandExit.exit(.tooManyRejects) }
    }
  }

  /// Runs the job with a display and a signal watcher beside it.
  ///
  /// - Throws: `LimitError` when the system's limits are too tight, or what the job throws.
  func supervise<Outcome: Sendable>(
    _ config: PipelineConfig, _ job: @escaping @Sendable (RunProgress, StopSignal) async throws -> Outcome
  ) async throws -> Outcome {
    try ResourceLimits.check(config)
    let progress = RunProgress()
    let stop = StopSignal()
    let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
    let display = ProgressDisplay(progress)
    let isQuiet = isQuiet
    return try await withThrowingTaskGroup(of: Outcome?.self) { group in
      group.addTask { try await job(progress, stop) }
      group.addTask {
        if !isQuiet { await display.run() }
        return nil
      }
      group.addTask {
        var count = 0
        for await _ in signals {
          count += 1
          if count > 1 { CommandExit.exit(.interrupted) }
          stop.raise()
          if !isQuiet {
            display.clear()
            Terminal.note("warraq: stopping; finishing what is in flight (a second signal stops at once)\n")
          }
        }
        return nil
      }
      defer { group.cancelAll() }
      while let result = try await group.next() {
        if let outcome = result {
          if !isQuiet { display.clear() }
          return outcome
        }
      }
      throw CancellationError()
    }
  }

  /// Prints what a run did.
  func report(_ summary: RunSummary) {
    var text = summary.table + "\n\n"
    text +=
      "\(summary.records) records in \(summary.shards) shards, \(megabytes(summary.shardBytes)) MB compressed "
    text += "from \(megabytes(summary.jsonBytes)) MB of JSON\n"
    text += "\(megabytes(summary.textBytes)) MB of text in \(fixed(summary.seconds, 2)) s: "
    text += "\(fixed(summary.seconds > 0 ? Double(summary.textBytes) / 1e6 / summary.seconds : 0, 1)) MB/s "
    text += "with \(summary.workers) workers\n"
    let leftOut = summary.leftOut
    text += line(leftOut.rejected, "rejected, with their raw bytes in \(output)/\(OutputLayout.rejects)")
    text += line(leftOut.filtered, "filtered out, listed there as well")
    text += line(leftOut.duplicates, "left out as duplicates, listed in \(output)/\(OutputLayout.duplicates)")
    text += line(leftOut.skipped, "skipped, which are no articles")
    if let ledger = summary.ledger {
      let added = ledger.added == 0 ? "" : " + \(ledger.added) found inside others"
      text += "ledger: \(ledger.found) in the input\(added) = \(summary.records) written + "
      text += "\(leftOut.total) left out; input by input in \(output)/\(OutputLayout.ledger)\n"
    }
    for stage in summary.idleStages {
      text +=
        "note: \(stage) had no effect on any article; is that what you expect of this input and config?\n"
    }
    if summary.state == .interrupted {
      text += "interrupted: \(summary.shards) shards are committed and whole; "
      text += "give the same command again to go on, or --restart to begin anew\n"
    }
    say(text)
  }

  /// What was left out in one way, with the reasons; nothing when there is none.
  private func line(_ counts: [String: Int], _ words: String) -> String {
    if counts.isEmpty { return "" }
    let reasons = counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    return "\(LeftOut.sum(counts)) \(words): \(reasons)\n"
  }

  private func megabytes(_ bytes: Int) -> String { fixed(Double(bytes) / 1e6, 1) }

  /// Prints, unless nothing but errors is wanted; names of inputs in it cannot steer the terminal.
  func say(_ text: String) {
    if !isQuiet { Terminal.note(Terminal.escaped(text)) }
  }
}
