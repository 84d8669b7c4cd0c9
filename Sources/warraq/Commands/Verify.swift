import ArgumentParser
import Corpus

/// `warraq verify`
struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check an output folder: every shard against the manifest.",
    discussion: """
      Sizes, SHA-256, checksums of all frames, seek tables, record counts, first and last ids, files that do \
      not belong there. Exits with 1 when anything is wrong, and says which file and byte.

        warraq verify out/
      """)

  @Argument(help: "The output folder of a finished run.", completion: .directory)
  var folder: String

  func run() throws {
    let report = ShardVerifier.verify(directory: folder)
    for problem in report.problems { Terminal.note("\(Terminal.escaped("\(problem)"))\n") }
    guard report.isSound else { CommandExit.exit(.failed) }
    let manifest = try Manifest.read(directory: folder)
    let rejected = manifest.totals.leftOut.rejectLines
    Terminal.show(
      "\(folder): \(manifest.shards.count) shards, \(manifest.totals.records) records, \(rejected) rejects: all sound\n"
    )
  }
}
