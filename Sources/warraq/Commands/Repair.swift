import ArgumentParser
import Corpus
import Pipeline

/// `warraq repair`
struct Repair: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make damaged or missing files of an output folder again, and no others.",
    discussion: """
      What verify finds damaged is made again from the input: of shards only the batches they hold are worked on, a \
      listing (rejects, duplicates, ledger) needs all. Config and inputs are those of the run, the manifest must be \
      sound, and a file takes its place only when its hash is the one that the manifest names.

        warraq repair out/ --config Pipelines/news.yaml --input dump/
      """)

  @Argument(help: "The output folder of a finished run.", completion: .directory)
  var folder: String

  @OptionGroup var made: FinishedRunArguments

  @Flag(name: [.short, .long], help: "Print nothing but errors.")
  var quiet = false

  func run() async throws {
    let run = try made.run(output: folder)
    let repair = PipelineRepair(run)
    let console = RunConsole(output: folder, isQuiet: quiet)
    guard
      let outcome = try await console.supervise(
        run.config, { try await repair.execute(progress: $0, stop: $1) })
    else {
      CommandExit.exit(.interrupted)
    }
    let names = outcome.repaired.joined(separator: ", ")
    console.say(
      outcome.repaired.isEmpty
        ? "\(Terminal.oneLine(folder)): nothing to repair\n"
        : "\(Terminal.oneLine(folder)): made again \(names), with \(outcome.batches.worked) of \(outcome.batches.all) batches\n"
    )
    for problem in outcome.remaining { Terminal.note("\(Terminal.oneLine("\(problem)"))\n") }
    if !outcome.remaining.isEmpty { CommandExit.exit(.failed) }
  }
}
