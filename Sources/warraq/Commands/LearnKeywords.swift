import ArgumentParser
import Corpus
import Evaluation
import Keywords
import Pipeline
import Stages
import Training

/// `warraq learn keywords`
struct LearnKeywords: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keywords",
    abstract: "Train a ranker of keywords on articles with phrases that people chose, for keywords.ranker.",
    discussion: """
      GOLD has id, text and gold: a list of phrases, most often chosen first. The ranker is a table of small \
      questions that can be read. What is printed is cross-validated: every article is scored by a ranker trained on \
      the articles of the other folds, so the figures tell what to expect of articles never seen.

        warraq learn keywords Pipelines/news.yaml gold.jsonl --output ranker.tsv
        warraq evaluate keywords my.yaml other-gold.jsonl --set keywords.ranker=ranker.tsv
      """)

  @OptionGroup var config: ConfigArguments

  @Argument(
    help: "Articles with gold, one JSON object a line, in UTF-8.", completion: .file(extensions: ["jsonl"]))
  var gold: String

  @Option(
    name: [.short, .long], help: "The file to write; without it only the figures are printed.",
    completion: .file())
  var output: String?

  @Option(help: "Folds of the cross-validation; 0 does without.")
  var folds = 5

  @Option(help: "How often the cross-validation is repeated, with other folds; figures are means.")
  var repeats = 3

  @Option(help: "Questions asked: tables of the ranker.")
  var tables = RankerTrainer.Options().rounds

  @Option(
    help: ArgumentHelp("Features to do without, such as idf,cohesion.", valueName: "names"),
    transform: { names in
      try names.split(separator: ",").map { name in
        guard let feature = RankingFeature(name: name) else {
          throw ValidationError("there is no feature '\(name)'")
        }
        return feature
      }
    })
  var without: [RankingFeature] = []

  @Option(help: "Seeds the samples that training draws.")
  var seed: UInt64 = 1

  @Option(help: "What the ranker is trained on; one line in the file.")
  var source = ""

  func validate() throws {
    if folds < 0 || folds == 1 { throw ValidationError("--folds must be 0, or at least 2") }
    if repeats < 1 { throw ValidationError("--repeats must be at least 1") }
    if tables < 1 { throw ValidationError("--tables must be at least 1") }
  }

  func run() async throws {
    let gold = try GoldFile.keywords(TextFile.read(self.gold), name: self.gold)
    let training = try KeywordTraining(config.load(), inputs: InputLister.list([self.gold]))
    let candidates = try await training.candidates()
    let articles = try gold.map { article in
      guard let found = candidates[article.id] else {
        throw UsageError("\(self.gold): the article \(article.id) was rejected: see why with warraq preview")
      }
      return GoldArticle(candidates: found, phrases: article.phrases)
    }
    if folds > 0 { try await crossValidate(gold, articles, training) }
    guard let output else { return }
    var ranker = train(articles.flatMap(\.examples), seed: seed)
    ranker.source = source
    try TextFile.write(Array(ranker.file.utf8), to: output)
    Terminal.note(
      "\(Terminal.oneLine(output)): \(ranker.tables.count) tables from \(articles.count) articles\n")
  }

  private func train(_ examples: [RankedExample], seed: UInt64) -> PhraseRanker {
    var options = RankerTrainer.Options()
    options.rounds = tables
    options.without = Set(without)
    options.seed = seed
    return RankerTrainer(options).train(examples)
  }

  private func crossValidate(
    _ gold: [KeywordGold], _ articles: [GoldArticle], _ training: KeywordTraining
  ) async throws {
    let scorer = KeywordScorer(gold: gold.map(\.phrases))
    let examples = articles.map(\.examples)
    var scores: [[KeywordScore]] = Self.cutoffs.map { _ in [] }
    for turn in 0..<repeats {
      var phrases: [[String]] = Array(repeating: [], count: gold.count)
      for fold in Folds(folds, of: gold.count, seed: seed + UInt64(turn)).documents {
        let held = Set(fold)
        let ranker = train(
          examples.indices.filter { !held.contains($0) }.flatMap { examples[$0] }, seed: seed + UInt64(turn))
        let found = try await training.keywords(by: ranker, count: Self.cutoffs.max() ?? 10)
        for document in fold { phrases[document] = found[gold[document].id] ?? [] }
      }
      for (at, found) in scorer.score(predictions: phrases, at: Self.cutoffs).enumerated() {
        scores[at] += found
      }
    }
    Terminal.show(report(scores, documents: gold.count))
  }

  private static let cutoffs = [5, 10, 15]

  private func report(_ scores: [[KeywordScore]], documents: Int) -> String {
    var rows = [["k", "match", "P", "R", "F1"]]
    for (k, scores) in zip(Self.cutoffs, scores) {
      let mean = KeywordScore(meanOf: scores)
      for (name, match) in [("exact", mean.exact), ("partial", mean.partial)] {
        rows.append(["\(k)", name] + [match.precision, match.recall, match.f1].map { fixed($0, 3) })
      }
    }
    return
      "\(documents) articles, \(folds) folds, \(repeats) times; each scored by a ranker that has not seen it\n\n"
      + TextTable.render(rows, leftAligned: [1]) + "\n"
  }
}
