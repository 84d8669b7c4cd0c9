import ArgumentParser
import Corpus
import Evaluation
import Pipeline
import Stages

/// `warraq evaluate keywords`
struct EvaluateKeywords: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keywords",
    abstract: "Score keywords against phrases that people chose: precision, recall and F1 at k.",
    discussion: """
      GOLD has id, text and gold: a list of phrases, most often chosen first. Phrases are compared folded (marks, \
      forms of alef and ya, case, the article). exact: a phrase equals a gold phrase; partial: it counts by the \
      words it shares with the best of them. Scores are means over articles (macro).

        warraq evaluate keywords Pipelines/news.yaml Pipelines/sample/gold.jsonl
        warraq evaluate keywords my.yaml gold.jsonl --against Pipelines/news.yaml
        warraq evaluate keywords my.yaml gold.jsonl --against-set keywords.algorithm=textrank --json
      """)

  @OptionGroup var common: EvaluationArguments

  @Option(
    help: ArgumentHelp("How many keywords count, such as 5,10,15.", valueName: "numbers"),
    transform: Cutoffs.parse)
  var at = [5, 10, 15]

  @Option(
    name: .customLong("gold"), help: ArgumentHelp("How many gold phrases count.", valueName: "number"))
  var goldSize = 10

  func validate() throws {
    if goldSize < 1 { throw ValidationError("--gold must be at least 1") }
  }

  func run() async throws {
    let gold = try GoldFile.keywords(TextFile.read(common.gold), name: common.gold)
    let scored = try raisingCount(of: common.loadScored()) { try common.loadScored(settings: $0) }
    let other = try common.loadOther().map { config in
      try raisingCount(of: config) { try common.loadOther(settings: $0) ?? config }
    }
    let ids = gold.map(\.id)
    let phrases = try await common.outputs(of: scored, ids: ids, by: StageOutputs.keywords)
    try common.writePredictions(phrases, ids: ids, member: "keywords")

    let scorer = KeywordScorer(gold: gold.map(\.phrases), size: goldSize)
    let report = EvaluationReport(
      gold: common.gold, ids: ids, config: scored, other: other, bootstrap: Bootstrap(), digits: 3)
    let table = KeywordTable(scorer, phrases, at: at, report)
    var otherTable: KeywordTable?
    if let other {
      let others = try await common.outputs(of: other, ids: ids, by: StageOutputs.keywords)
      otherTable = KeywordTable(scorer, others, at: at, report)
    }
    if common.json {
      Terminal.show(json: Array(json(table, otherTable).utf8))
    } else {
      Terminal.show(text(table, otherTable))
    }
  }

  /// The config, loaded anew if it returns fewer keywords than are to be scored.
  private func raisingCount(
    of config: EvaluatedConfig, _ load: ([String]) throws -> EvaluatedConfig
  ) throws -> EvaluatedConfig {
    let options = try config.options(of: "keywords")
    guard let largest = at.max(),
      case .integer(let count)? = options.first(where: { $0.key == "count" })?.value,
      count < largest
    else { return config }
    Terminal.note(
      "\(Terminal.oneLine(config.name)): keywords.count raised from \(count) to \(largest), to score at \(largest)\n"
    )
    return try load(["keywords.count=\(largest)"])
  }

  private func text(_ table: KeywordTable, _ other: KeywordTable?) -> String {
    var text = table.report.heading("the first \(goldSize) gold phrases") + table.text
    guard let other else { return text }
    text += table.report.comparison(table.f1, other.f1)
    // Where as many keywords count as gold phrases, or else where most count.
    let k = at.contains(goldSize) ? goldSize : at.max() ?? goldSize
    guard let position = at.firstIndex(of: k) else { return text }
    return text
      + table.report.differing(
        table.f1[2 * position], other.f1[2 * position], count: common.differing
      ) { article in
        let ours = table.hits(article, at: k)
        let theirs = other.hits(article, at: k)
        return alone("A", ours, theirs) + alone("B", theirs, ours)
      }
  }

  /// A line on the gold phrases that one config found and the other did not; none when there are none.
  private func alone(
    _ name: String, _ hits: [(phrase: FoldedPhrase, form: String)],
    _ others: [(phrase: FoldedPhrase, form: String)]
  ) -> [String] {
    let alone = hits.filter { hit in !others.contains { $0.phrase == hit.phrase } }
    guard !alone.isEmpty else { return [] }
    return ["\(name) alone: " + alone.map { "\u{2068}\($0.form)\u{2069}" }.joined(separator: ", ")]
  }

  private func json(_ table: KeywordTable, _ other: KeywordTable?) -> String {
    var document = table.report.document
    document.append("goldPhrases", .integer(goldSize))
    document.append("scores", table.report.scores(table.all))
    if let other { document.append("against", table.report.comparisonDocument(table.all, other.all)) }
    document.append("articles", table.report.articles(table.all, other?.all ?? []))
    return document.json() + "\n"
  }
}

/// The value of `--at`.
enum Cutoffs {
  static func parse(_ text: String) throws -> [Int] {
    let numbers = try text.split(separator: ",", omittingEmptySubsequences: false).map {
      guard let number = Int($0), (1...1000).contains(number) else {
        throw ValidationError("--at takes numbers from 1 to 1000 with commas between, such as 5,10,15")
      }
      return number
    }
    guard Set(numbers).count == numbers.count else {
      throw ValidationError("--at has a number twice: keep one of them")
    }
    return numbers
  }
}

/// Scores of one config's keywords.
private struct KeywordTable {
  let report: EvaluationReport
  /// By cutoff: exact and partial, of each precision, recall and F1.
  let all: [EvaluatedMeasure]
  private let scorer: KeywordScorer
  private let cutoffs: [Int]
  private let phrases: [[String]]

  init(_ scorer: KeywordScorer, _ phrases: [[String]], at cutoffs: [Int], _ report: EvaluationReport) {
    self.scorer = scorer
    self.cutoffs = cutoffs
    self.phrases = phrases
    self.report = report
    all = zip(cutoffs, scorer.score(predictions: phrases, at: cutoffs)).flatMap { k, scores in
      [("exact", scores.map(\.exact)), ("partial", scores.map(\.partial))].flatMap { match, scores in
        [
          EvaluatedMeasure("\(match) P@\(k)", scores.map(\.precision), report.bootstrap),
          EvaluatedMeasure("\(match) R@\(k)", scores.map(\.recall), report.bootstrap),
          EvaluatedMeasure("\(match) F1@\(k)", scores.map(\.f1), report.bootstrap),
        ]
      }
    }
  }

  /// By cutoff: F1 of exact and of partial match.
  var f1: [EvaluatedMeasure] { stride(from: 2, to: all.count, by: 3).map { all[$0] } }

  /// Which of an article's first keywords are gold phrases, as the article writes them.
  func hits(_ article: Int, at k: Int) -> [(phrase: FoldedPhrase, form: String)] {
    let forms = Dictionary(phrases[article].map { (FoldedPhrase($0), $0) }) { first, _ in first }
    return FoldedPhrase.unique(phrases[article]).prefix(k).filter(scorer.gold[article].contains).map {
      (phrase: $0, form: forms[$0] ?? $0.description)
    }
  }

  var text: String {
    var rows = [["k", "match", "P", report.percent, "R", report.percent, "F1", report.percent]]
    for (index, k) in cutoffs.enumerated() {
      for (row, match) in ["exact", "partial"].enumerated() {
        let first = 6 * index + 3 * row
        rows.append(
          ["\(k)", match]
            + all[first..<first + 3].flatMap { [report.figure($0.mean), report.figure($0.interval)] })
      }
    }
    return TextTable.render(rows, leftAligned: [1]) + "\n"
  }
}
