import ArgumentParser
import Corpus
import Pipeline
import Stages

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
    try await RunConsole(output: output, isQuiet: quiet).conclude(job, rejectLimit: loaded.rejects.limit) {
      "\(Terminal.oneLine(output)) already holds this very run, complete: \($0) records. Use --restart to do it again."
    }
  }
}
