import ArgumentParser
import Corpus
import Pipeline

/// `warraq shard`
struct Shard: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Run a pipeline over one input and write its shards: the unit of work of job arrays and clusters.",
    discussion: """
      Many processes, on many machines, fill one folder at once; warraq finish makes it complete.

        warraq shard Pipelines/news.yaml --input dump/01.jsonl.zst --output out/
        warraq shard Pipelines/news.yaml --input dump/ --nth $SLURM_ARRAY_TASK_ID --output out/
        warraq finish out/ --input dump/

      It may run twice, also twice at once: both write the same bytes, and the second finds them equal. One that was \
      killed goes on behind the shards that it had committed. An input that is done is success at once. Shards are \
      named after the input's name, which begins where --input does: with --input dump/ it is dump/01.jsonl.zst, so \
      files of the same name in several folders are named by a folder above them, and --nth.

      Stages that compare the articles of the whole dump (deduplicate) cannot work on one input.
      """)

  @OptionGroup var config: ConfigArguments
  @OptionGroup var inputs: InputArguments

  @Option(
    help: ArgumentHelp("Which of several inputs to work on, from 1, in the order of plan.", valueName: "k"))
  var nth: Int?

  @Option(
    name: [.short, .long], help: "The folder to write shards to; made when missing.", completion: .directory)
  var output: String

  @Option(help: "Number of workers; the same as --set run.workers=N.")
  var workers: Int?

  @Flag(help: "Begin this input anew: remove its shards first. Refused while others work on the folder.")
  var restart = false

  @Flag(name: [.short, .long], help: "Print nothing but errors.")
  var quiet = false

  func validate() throws {
    if inputs.input.isEmpty {
      throw ValidationError("name the input with --input (one file, or several and --nth)")
    }
    if let workers, workers < 1 { throw ValidationError("--workers must be at least 1") }
    if let nth, nth < 1 { throw ValidationError("--nth counts from 1") }
  }

  func run() async throws {
    var loaded = try config.load()
    if let workers { loaded.run.workers = workers }
    var listing = try InputLister.list(inputs.input)
    if let nth {
      guard nth <= listing.files.count else {
        throw UsageError("--nth \(nth), and \(listing.files.count) inputs are listed")
      }
      // Inputs that cannot be listed are named by finish; they are nobody's.
      listing = InputListing(files: [listing.files[nth - 1]])
    }
    let job = PipelineRun(
      config: loaded, inputs: listing, output: output, isRestarting: restart, scope: .unit)
    let input = listing.files.first?.name ?? ""
    try await RunConsole(output: output, isQuiet: quiet).conclude(job, rejectLimit: loaded.rejects.limit) {
      "\(Terminal.oneLine(input)) is done: \($0) records in \(Terminal.oneLine(output))"
    }
  }
}
