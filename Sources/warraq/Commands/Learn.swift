import ArgumentParser
import Corpus
import Keywords
import Pipeline
import Stages

/// `warraq learn`
struct Learn: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Learn counts or furniture from a dump, or a ranker from scored articles.",
    subcommands: [LearnBackground.self, LearnKeywords.self, LearnList.self, LearnFurniture.self],
    defaultSubcommand: LearnBackground.self)
}

/// `warraq learn background`
struct LearnBackground: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "background",
    abstract: "Count in how many articles words and phrases occur, for keywords.background.",
    discussion: """
      The model holds counts and no text. Words are counted as keywords are compared: folded, without \
      proclitics and article.

        warraq learn background Pipelines/minimal.yaml --input dump/ --output our.background --source "2024"

      Articles are read once. Memory is bounded however large the dump is: when there are more different words \
      or phrases than may be held, rare ones are dropped, and the model says by how much a count may be too low.
      """)

  @OptionGroup var config: ConfigArguments
  @OptionGroup var inputs: InputArguments

  @Option(name: [.short, .long], help: "The file to write.", completion: .file())
  var output: String

  @Option(help: "Leave out words of fewer articles.")
  var minimum = 5

  @Option(help: "Leave out phrases of fewer articles, and those of words left out.")
  var minimumPhrase = 10

  @Option(help: "Words held while counting (about 200 bytes each); beyond, rare ones are dropped.")
  var mostTerms = 2_000_000

  @Option(help: "Phrases held while counting (about 50 bytes each); beyond, rare ones are dropped.")
  var mostPhrases = 6_000_000

  @Option(help: "Where the counts come from; one line in the file.")
  var source = ""

  func validate() throws {
    if inputs.input.isEmpty {
      throw ValidationError("name at least one --input (a file, a folder, a pattern, or -)")
    }
    for (name, value, least) in [
      ("--minimum", minimum, 1), ("--minimum-phrase", minimumPhrase, 1), ("--most-terms", mostTerms, 1000),
      ("--most-phrases", mostPhrases, 1000),
    ] where value < least || value > 1_000_000_000 {
      throw ValidationError("\(name) must be from \(least) to 1,000,000,000")
    }
  }

  func run() async throws {
    var limits = BackgroundLimits()
    limits.minimumDocuments = minimum
    limits.minimumPhraseDocuments = minimumPhrase
    limits.mostTerms = mostTerms
    limits.mostPhrases = mostPhrases
    let counts = try await BackgroundCounts(
      config.load(), inputs: InputLister.list(inputs.input), limits: limits, source: source)
    try TextFile.write(counts.file, to: output)
    Terminal.note(
      "\(Terminal.oneLine(output)): counts of \(counts.articles) articles, \(counts.file.count / 1024) KiB\n")
  }
}
