import ArgumentParser
import Corpus
import Pipeline

/// `warraq finish`
struct Finish: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Make a folder complete that warraq shard filled: check that all inputs are there, write the manifest.",
    discussion: """
      With --input exactly the inputs listed must be there; missing ones are named, and nothing is written. Without \
      it, all that were begun must be done; an input that was never begun is not noticed then.

        warraq finish out/ --input dump/
        warraq verify out/

      Rejects, duplicates and ledger of all inputs become one file each, in the order of the inputs' names. The bytes \
      do not depend on the order in which inputs were worked on, nor on who did.
      """)

  @Argument(help: "The output folder.", completion: .directory)
  var folder: String

  @OptionGroup var inputs: InputArguments

  @Flag(help: "Take the folder although another process seems to be writing to it.")
  var force = false

  func run() throws {
    let listing = inputs.input.isEmpty ? nil : try InputLister.list(inputs.input)
    let (outcome, limit) = try ShardsFinish(output: folder, inputs: listing, isForced: force).execute()
    switch outcome {
    case .alreadyComplete(let manifest):
      Terminal.note("\(Terminal.oneLine(folder)) is complete already: \(manifest.totals.records) records\n")
    case .finished(let manifest):
      let totals = manifest.totals
      Terminal.note(
        "\(Terminal.oneLine(folder)): \(totals.records) records in \(manifest.shards.count) shards, "
          + "\(LeftOut.sum(totals.leftOut.rejected)) rejected, \(LeftOut.sum(totals.leftOut.filtered)) filtered out, "
          + "\(LeftOut.sum(totals.leftOut.skipped)) skipped\n")
      if listing == nil {
        Terminal.note("note: only --input can show an input that was never begun\n")
      }
      if totals.rejectShare > limit { CommandExit.exit(.tooManyRejects) }
    }
  }
}
