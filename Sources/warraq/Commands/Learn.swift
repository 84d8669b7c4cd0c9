import ArgumentParser
import Corpus
import Pipeline
import Stages

/// `warraq learn`
struct Learn: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Learn counts from a dump, or a ranker from scored articles.",
    subcommands: [LearnBackground.self, LearnKeywords.self], defaultSubcommand: LearnBackground.self)
}

/// `warraq learn background`
struct LearnBackground: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "background",
    abstract: "Count in how many articles each word occurs, for keywords.background.",
    discussion: """
      The table holds counts and no text. Words are counted as keywords are compared: folded, without \
      proclitics and article.

        warraq learn background Pipelines/minimal.yaml --input dump/ --output counts.tsv --source "our dump, 2024"
      """)

  @OptionGroup var config: ConfigArguments
  @OptionGroup var inputs: InputArguments

  @Option(name: [.short, .long], help: "The file to write.", completion: .file())
  var output: String

  @Option(help: "Leave out words of fewer articles.")
  var minimum = 5

  @Option(help: "Where the counts come from; one line in the file.")
  var source = ""

  func validate() throws {
    if inputs.input.isEmpty {
      throw ValidationError("name at least one --input (a file, a folder, a pattern, or -)")
    }
    if minimum < 1 { throw ValidationError("--minimum must be at least 1") }
  }

  func run() async throws {
    let counts = try await BackgroundCounts(
      config.load(), inputs: InputLister.list(inputs.input), minimumArticles: minimum, source: source)
    try TextFile.write(counts.file, to: output)
    Terminal.note("\(output): counts of \(counts.articles) articles, \(counts.file.count / 1024) KiB\n")
  }
}
