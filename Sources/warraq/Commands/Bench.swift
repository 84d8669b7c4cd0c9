import ArgumentParser
import Corpus
import Glibc
import Pipeline
import Stages

/// `warraq bench`
struct Bench: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Time a pipeline on your own data: each stage, the waiting, the scaling.",
    discussion: """
      Runs the whole pipeline into a temporary folder (in TMPDIR, or /tmp) that is removed again, once for each \
      number of workers. Take a part of the dump that fits the disk twice over.

        warraq bench Pipelines/news.yaml --input part.jsonl.zst
        warraq bench Pipelines/news.yaml --input part.jsonl.zst --workers 1,2,4
      """)

  @OptionGroup var config: ConfigArguments
  @OptionGroup var inputs: InputArguments

  @Option(
    help: ArgumentHelp("Numbers of workers to try, such as 1,2,4.", valueName: "numbers"),
    transform: WorkerCounts.parse)
  var workers: [Int] = []

  func validate() throws {
    if inputs.input.isEmpty {
      throw ValidationError("name at least one --input (a file, a folder, a pattern)")
    }
    if inputs.input.contains("-"), workers.count > 1 {
      throw ValidationError("standard input can be read only once: name a file to try several --workers")
    }
  }

  func run() async throws {
    var loaded = try config.load()
    let listing = try InputLister.list(inputs.input)
    var summaries: [RunSummary] = []
    for count in workers.isEmpty ? [loaded.workerCount] : workers {
      loaded.run.workers = count
      let folder = try TemporaryFolder(prefix: "warraq-bench")
      defer { folder.remove() }
      let job = PipelineRun(config: loaded, inputs: listing, output: folder.path + "/out")
      guard case .ran(let summary) = try await job.execute(progress: RunProgress(), stop: StopSignal())
      else { continue }
      summaries.append(summary)
      Terminal.show(BenchReport.describe(summary, plan: loaded.plan))
    }
    if summaries.count > 1 { Terminal.show("\n" + BenchReport.scaling(summaries)) }
  }
}

/// The value of `--workers`.
enum WorkerCounts {
  static func parse(_ text: String) throws -> [Int] {
    try text.split(separator: ",", omittingEmptySubsequences: false).map {
      guard let count = Int($0), (1...1024).contains(count) else {
        throw ValidationError("--workers takes numbers from 1 to 1024 with commas between, such as 1,2,4")
      }
      return count
    }
  }
}

/// What `bench` prints of a run.
enum BenchReport {
  static func describe(_ summary: RunSummary, plan: PipelinePlan) -> String {
    let megabytes = Double(summary.textBytes) / 1e6
    var text = "\(summary.workers) worker\(summary.workers == 1 ? "" : "s"): "
    text +=
      "\(fixed(megabytes, 1)) MB of text, \(summary.records) records in \(fixed(summary.seconds, 2)) s: "
    text += "\(fixed(summary.seconds > 0 ? megabytes / summary.seconds : 0, 1)) MB/s, "
    text += "\(fixed(summary.cpuSeconds, 2)) s of processor time, "
    text += "peak memory \(peakMemory / 1_000_000) MB\n\n"
    text += summary.table + "\n\n"
    text += waiting(summary) + "\n"
    return text + "hint: " + hint(summary, plan) + "\n\n"
  }

  /// Speeds of all runs beside that of the first.
  static func scaling(_ summaries: [RunSummary]) -> String {
    guard let first = summaries.first, first.seconds > 0 else { return "" }
    var rows = [["workers", "seconds", "MB/s", "times faster", "of the ideal"]]
    for summary in summaries where summary.seconds > 0 {
      let ratio = first.seconds / summary.seconds
      let ideal = Double(summary.workers) / Double(first.workers)
      rows.append([
        "\(summary.workers)", fixed(summary.seconds, 2),
        fixed(Double(summary.textBytes) / 1e6 / summary.seconds, 1), fixed(ratio, 2),
        "\(Int((100 * ratio / ideal).rounded())) %",
      ])
    }
    return TextTable.render(rows, leftAligned: []) + "\n"
  }

  private static func waiting(_ summary: RunSummary) -> String {
    let workers = Double(summary.workers)
    return
      "waiting, share of the wall time: reader for room \(share(summary.waits.reader, 1, summary)), "
      + "workers for input \(share(summary.waits.workers, workers, summary)), "
      + "writer for work \(share(summary.waits.writer, 1, summary))"
  }

  private static func fraction(_ nanoseconds: UInt64, _ count: Double, _ summary: RunSummary) -> Double {
    summary.seconds > 0 ? Double(nanoseconds) / 1e9 / count / summary.seconds : 0
  }

  private static func share(_ nanoseconds: UInt64, _ count: Double, _ summary: RunSummary) -> String {
    "\(Int((100 * fraction(nanoseconds, count, summary)).rounded())) %"
  }

  /// What to change first: whoever keeps the workers waiting, or else the step that takes most of their time.
  private static func hint(_ summary: RunSummary, _ plan: PipelinePlan) -> String {
    let workers = Double(summary.workers)
    if fraction(summary.waits.workers, workers, summary) > 0.2 {
      // Nothing to work on and no room to read into: all of it waits to be written.
      if fraction(summary.waits.reader, 1, summary) > 0.2 {
        return "reader and workers wait for the disk that is written to"
      }
      return
        "the workers wait for input: fewer of them do as well; zstd and gzip unpack faster than xz and bzip2, "
        + "and a slow disk shows here"
    }
    guard let slowest = summary.steps.max(by: { $0.measure.nanoseconds < $1.measure.nanoseconds }) else {
      return "nothing was done"
    }
    let total = summary.steps.reduce(0) { $0 + $1.seconds }
    let part = total > 0 ? Int((100 * slowest.seconds / total).rounded()) : 0
    let tuning =
      plan.nodes.first { [$0.kind.name, "survey for \($0.kind.name)"].contains(slowest.name) }?.kind.tuning
      ?? advice(slowest.name)
    return "\(slowest.name) takes \(part) % of the processor time" + (tuning.isEmpty ? "" : ": \(tuning)")
  }

  private static func advice(_ step: String) -> String {
    switch step {
    case "read": "zstd and gzip unpack faster than xz and bzip2"
    case "encode": "leave out what nobody reads: segment.tokens, output.sourceText"
    case "compress": "a lower output.compressionLevel"
    case "write": "a faster disk"
    default: ""
    }
  }

  /// Most memory the process has held so far, in bytes.
  private static var peakMemory: Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss * 1024
  }
}
