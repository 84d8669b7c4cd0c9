import ArgumentParser
import Corpus
import PageStructure
import Pipeline
import Stages

/// `warraq learn furniture`
struct LearnFurniture: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "furniture",
    abstract: "Count the lines that recur on each site's pages, for structure.furniture.",
    discussion: """
      The table holds hashes of folded lines with counts and no text. A site is the host of the record's url; another \
      member can be named by structure.site; pages that name none are one site together. Of the config, only input and structure count.

        warraq learn furniture Pipelines/web.yaml --input dump/ --output furniture.table
        warraq run Pipelines/web.yaml --input dump/ --output out/ --set structure.furniture=$PWD/furniture.table

      Pages are read once. Memory is bounded however large the dump is: when there are more different lines than may \
      be held, rare ones are dropped, and the command says by how much a count may be too low.
      """)

  @OptionGroup var config: ConfigArguments
  @OptionGroup var inputs: InputArguments

  @Option(name: [.short, .long], help: "The file to write.", completion: .file())
  var output: String

  @Option(help: "Leave out lines of fewer pages.")
  var minimum = 3

  @Option(help: "Lines held while counting (about 60 bytes each); beyond, rare ones are dropped.")
  var mostLines = 1_000_000

  @Option(help: "Sites held while counting; pages of others are passed over.")
  var mostSites = 20_000

  func validate() throws {
    if inputs.input.isEmpty {
      throw ValidationError("name at least one --input (a file, a folder, a pattern, or -)")
    }
    for (name, value, least) in [
      ("--minimum", minimum, 1), ("--most-lines", mostLines, 1000), ("--most-sites", mostSites, 1),
    ] where value < least || value > 1_000_000_000 {
      throw ValidationError("\(name) must be from \(least) to 1,000,000,000")
    }
  }

  func run() async throws {
    var limits = FurnitureLearner.Limits()
    limits.minimumPages = minimum
    limits.mostLines = mostLines
    limits.mostSites = mostSites
    // The table of an earlier dump must not be asked for while the new one is counted.
    let config = try ConfigArguments.load(
      config.config, overrides: config.overrides + ["stages=[structure]", "structure.furniture="])
    let counts = try await FurnitureCounts(config, inputs: InputLister.list(inputs.input), limits: limits)
    try TextFile.write(Array(counts.table.file.utf8), to: output)
    var note =
      "\(Terminal.oneLine(output)): lines of \(counts.pages) pages of \(counts.table.sites.count) sites"
    if counts.passedOver > 0 { note += ", \(counts.passedOver) pages of further sites passed over" }
    if counts.error > 0 { note += "; counts may be too low by \(counts.error)" }
    Terminal.note(note + "\n")
  }
}
