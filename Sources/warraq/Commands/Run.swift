import ArgumentParser
import Corpus
import Pipeline
import Stages
import UnixSignals

/// `warraq run`
struct Run: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run a pipeline over a dump and write shards.",
    discussion: """
      Examples:

        warraq run Pipelines/news.yaml --input dump/ --output out/
        warraq run Pipelines/news.yaml --input 'dump/*.jsonl.zst' --output out/ --workers 8
        zcat dump.gz | warraq run Pipelines/news.yaml --input - --output out/ --set keywords.count=15

      A run that was interrupted goes on where it stopped when the same command is given again. When the config, \
      the version or the inputs (sizes, times of change; with --set run.hashInputs=true their bytes) are not the \
      same any more, it says what changed and does nothing. --restart removes what earlier runs wrote to the folder \
      and begins anew; files that are not ours stay.

      One process at a time writes to a folder; a second one is told who does and since when. --force takes the \
      folder nevertheless, for the case that the other one hangs or its host is gone: if it still runs, it ends \
      with an error before it would have written its next shard. run.json says how a run ended.
      """)

  @OptionGroup var config: ConfigArguments
  @OptionGroup var inputs: InputArguments

  @Option(
    name: [.short, .long], help: "The folder to write shards to; made when missing.", completion: .directory)
  var output: String

  @Option(help: "Number of workers; the same as --set run.workers=N.")
  var workers: Int?

  @Flag(
    name: [.customLong("restart"), .customLong("overwrite")],
    help: "Begin anew: remove the files of another run, or of an earlier one, from the output folder first.")
  var restart = false

  @Flag(help: "Take the output folder although another process seems to be writing to it.")
  var force = false

  @Flag(name: [.short, .long], help: "Print nothing but errors.")
  var quiet = false

  func validate() throws {
    if inputs.input.isEmpty {
      throw ValidationError("name at least one --input (a file, a folder, a pattern, or -)")
    }
    if let workers, workers < 1 { throw ValidationError("--workers must be at least 1") }
  }

  func run() async throws {
    var loaded = try config.load()
    if let workers { loaded.run.workers = workers }
    let listing = try InputLister.list(inputs.input)
    let job = PipelineRun(
      config: loaded, inputs: listing, output: output, isRestarting: restart, isForced: force)
    let progress = RunProgress()
    let stop = StopSignal()
    let outcome = try await supervise(job, progress: progress, stop: stop)
    switch outcome {
    case .alreadyComplete(let records):
      say(
        "\(Terminal.oneLine(output)) already holds this very run, complete: \(records) records. Use --restart to do it again.\n"
      )
    case .ran(let summary):
      report(summary)
      if summary.state == .interrupted { CommandExit.exit(.interrupted) }
      if summary.rejectShare > loaded.rejects.limit { CommandExit.exit(.tooManyRejects) }
    }
  }

  /// Runs the job with a display and a signal watcher beside it.
  private func supervise(
    _ job: PipelineRun, progress: RunProgress, stop: StopSignal
  ) async throws -> PipelineRun.Outcome {
    let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
    let display = ProgressDisplay(progress)
    let isQuiet = quiet
    return try await withThrowingTaskGroup(of: PipelineRun.Outcome?.self) { group in
      group.addTask { try await job.execute(progress: progress, stop: stop) }
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

  private func report(_ summary: RunSummary) {
    var text = summary.table + "\n\n"
    text +=
      "\(summary.records) records in \(summary.shards) shards, \(megabytes(summary.shardBytes)) MB compressed "
    text += "from \(megabytes(summary.jsonBytes)) MB of JSON\n"
    text += "\(megabytes(summary.textBytes)) MB of text in \(fixed(summary.seconds, 2)) s: "
    text += "\(fixed(summary.seconds > 0 ? Double(summary.textBytes) / 1e6 / summary.seconds : 0, 1)) MB/s "
    text += "with \(summary.workers) workers\n"
    let leftOut = summary.leftOut
    text += line(
      leftOut.rejected,
      "rejected, with their raw bytes in \(Terminal.oneLine(output))/\(OutputLayout.rejects)")
    text += line(leftOut.filtered, "filtered out, listed there as well")
    text += line(
      leftOut.duplicates,
      "left out as duplicates, listed in \(Terminal.oneLine(output))/\(OutputLayout.duplicates)")
    text += line(leftOut.skipped, "skipped, which are no articles")
    if let ledger = summary.ledger {
      let added = ledger.added == 0 ? "" : " + \(ledger.added) found inside others"
      text += "ledger: \(ledger.found) in the input\(added) = \(summary.records) written + "
      text +=
        "\(leftOut.total) left out; input by input in \(Terminal.oneLine(output))/\(OutputLayout.ledger)\n"
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

  private func say(_ text: String) {
    if !quiet { Terminal.note(text) }
  }
}
