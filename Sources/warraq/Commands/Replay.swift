import ArgumentParser
import Corpus
import Pipeline

/// `warraq replay`
struct Replay: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Read the rejects of a run again, from the bytes that were kept, after a fix.",
    discussion: """
      Each reject is parsed as if it stood where it was read at first, with the config given now, and goes through all \
      stages. What becomes a record is written to an output folder of its own, with the origin it had; what is still no \
      record is among that folder's rejects. Rejects that were not kept whole (rejects.rawBytes), and damage such as a \
      file that was cut off, stay rejected as they were: their inputs must be run again. What stages had filtered out \
      is passed over.

        warraq replay Pipelines/news.yaml --from out/ --output out-replayed/ --set input.fields.text=body
      """)

  @OptionGroup var config: ConfigArguments

  @Option(help: "The output folder of the finished run.", completion: .directory)
  var from: String

  @Option(
    name: [.short, .long], help: "The folder to write shards to; made when missing.", completion: .directory)
  var output: String

  @Flag(name: [.short, .long], help: "Print nothing but errors.")
  var quiet = false

  func run() async throws {
    var loaded = try config.load()
    loaded.input.format = .rejects
    let manifest = try Manifest.read(directory: from)
    guard let rejects = manifest.rejects else {
      throw UsageError("\(from) has no rejects: there is nothing to replay")
    }
    let job = PipelineRun(
      config: loaded, inputs: try InputLister.list(["\(from)/\(rejects.name)"]), output: output)
    try await RunConsole(output: output, isQuiet: quiet).conclude(job, rejectLimit: loaded.rejects.limit) {
      "\(Terminal.oneLine(output)) already holds this very replay, complete: \($0) records."
    }
  }
}
