import ArgumentParser
import Keywords

/// `warraq learn list`
struct LearnList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Print a background model as text: what it is, its words and phrases, the commonest first.",
    discussion: """
      Shares say how a word is used: with the article (definite), with a conjunction or preposition written \
      onto it (proclitic), behind a particle that verbs follow (verbal), behind a preposition (nominal).

        warraq learn list Pipelines/background/news.background --terms 50 --phrases 50
      """)

  @Argument(help: "The model.", completion: .file())
  var file: String

  @Option(help: "How many words to print; all when not given.")
  var terms: Int?

  @Option(help: "How many phrases to print; all when not given.")
  var phrases: Int?

  func validate() throws {
    if min(terms ?? 0, phrases ?? 0) < 0 {
      throw ValidationError("--terms and --phrases must not be below 0")
    }
  }

  func run() throws {
    let model = try open()
    let listing = BackgroundListing(model, terms: terms ?? .max, phrases: phrases ?? .max)
    var text = ""
    listing.forEachLine { line in
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
      text += columns.map { Terminal.oneLine(String($0)) }.joined(separator: "\t") + "\n"
      if text.utf8.count > 1 << 16 {
        Terminal.show(text)
        text = ""
      }
    }
    Terminal.show(text)
  }

  private func open() throws -> BackgroundModel {
    do throws(BackgroundModelError) {
      let model = try BackgroundModel(mapping: file)
      try model.verify()
      return model
    } catch {
      throw UsageError("\(file): \(error)")
    }
  }
}
