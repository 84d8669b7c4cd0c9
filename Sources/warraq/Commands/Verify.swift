import ArgumentParser
import Corpus
import Pipeline

/// `warraq verify`
struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check an output folder: every shard against the manifest.",
    discussion: """
      Sizes, SHA-256, checksums of all frames, seek tables, record counts, first and last ids, files that do \
      not belong there, and that the ledger balances. Exits with 1 when anything is wrong, and says which file and \
      byte.

        warraq verify out/

      With --deep, the inputs are read once more: each of their records must be in exactly one of shards, rejects \
      and duplicates. Config and inputs are those of the run.

        warraq verify out/ --deep --config Pipelines/news.yaml --input dump/
      """)

  @Argument(help: "The output folder of a finished run.", completion: .directory)
  var folder: String

  @Flag(help: "Read the inputs again and compare, record by record.")
  var deep = false

  @OptionGroup(title: "For --deep") var made: FinishedRunArguments

  func validate() throws {
    if !deep, !made.isEmpty { throw ValidationError("--config, --set and --input are for --deep") }
  }

  func run() throws {
    if deep { return try verifyDeeply() }
    let report = ShardVerifier.verify(directory: folder)
    for problem in report.problems { Terminal.note(Terminal.oneLine("\(problem)") + "\n") }
    guard report.isSound else { CommandExit.exit(.failed) }
    let manifest = try Manifest.read(directory: folder)
    let rejected = manifest.totals.leftOut.rejectLines
    Terminal.show(
      "\(Terminal.oneLine(folder)): \(manifest.shards.count) shards, \(manifest.totals.records) records, \(rejected) rejects: all sound\n"
    )
  }

  private func verifyDeeply() throws {
    let report = try DeepVerifier(made.run(output: folder)).verify()
    for problem in report.problems { Terminal.note(Terminal.oneLine("\(problem)") + "\n") }
    let untold = report.problemCount - report.problems.count
    if untold > 0 { Terminal.note("and \(untold) more\n") }
    guard report.isSound else { CommandExit.exit(.failed) }
    Terminal.show(
      "\(Terminal.oneLine(folder)): all sound; each of \(report.found) records of \(report.inputs) inputs is in exactly one place\n"
    )
  }
}
