import ArgumentParser
import Corpus
import Evaluation
import Pipeline
import Stages

/// `warraq evaluate summaries`
struct EvaluateSummaries: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "summaries",
    abstract: "Score summaries against summaries that people made: ROUGE-1, ROUGE-2 and ROUGE-L.",
    discussion: """
      GOLD has id, text and references: a list of summaries. A limit sets the budget of the summarize stage, \
      which fills it with whole sentences, and what is still longer in words between white space is cut before \
      scoring. Without a limit, summaries are as long as the config makes them; figures of different lengths \
      cannot be compared.

        warraq evaluate summaries Pipelines/news.yaml Pipelines/sample/gold.jsonl --limit-ratio 0.33
        warraq evaluate summaries my.yaml gold.jsonl --limit-words 100 --against-set summarize.algorithm=lead
      """)

  @OptionGroup var common: EvaluationArguments

  @Option(help: ArgumentHelp("Length as a share of the article's words, such as 0.33.", valueName: "ratio"))
  var limitRatio: Double?

  @Option(help: ArgumentHelp("Length in words.", valueName: "number"))
  var limitWords: Int?

  func validate() throws {
    if limitRatio != nil, limitWords != nil {
      throw ValidationError("give --limit-ratio or --limit-words, not both")
    }
    if let limitRatio, !(limitRatio > 0 && limitRatio <= 1) {
      throw ValidationError("--limit-ratio must be above 0, and at most 1")
    }
    if let limitWords, !(1...100_000).contains(limitWords) {
      throw ValidationError("--limit-words must be from 1 to 100000")
    }
  }

  private var limit: SummaryLimit? { limitRatio.map { .ratio($0) } ?? limitWords.map { .words($0) } }

  /// What the limit makes of the stage's budget.
  private var settings: [String] {
    switch limit {
    case .ratio(let share): ["summarize.ratio=\(share)", "summarize.words=0"]
    case .words(let count): ["summarize.words=\(count)", "summarize.ratio=0"]
    case nil: []
    }
  }

  func run() async throws {
    let gold = try GoldFile.summaries(TextFile.read(common.gold), name: common.gold)
    let scored = try common.loadScored(settings: settings)
    let other = try common.loadOther(settings: settings)
    _ = try scored.options(of: "summarize")
    _ = try other?.options(of: "summarize")
    let ids = gold.map(\.id)
    let sentences = try await common.outputs(of: scored, ids: ids, by: StageOutputs.summaries)
    try common.writePredictions(sentences, ids: ids, member: "summary")

    let scorer = RougeScorer(references: gold.map(\.references))
    let limits = gold.map { limit?.words(ofArticle: $0.text) }
    let report = EvaluationReport(
      gold: common.gold, ids: ids, config: scored, other: other, bootstrap: Bootstrap(), digits: 2)
    let table = SummaryTable(scorer, sentences, limits, report)
    var otherTable: SummaryTable?
    if let other {
      let others = try await common.outputs(of: other, ids: ids, by: StageOutputs.summaries)
      otherTable = SummaryTable(scorer, others, limits, report)
    }
    if common.json {
      Terminal.show(json: Array(json(table, otherTable).utf8))
    } else {
      Terminal.show(text(table, otherTable))
    }
  }

  private var limitText: String {
    switch limit {
    case .ratio(let share): "at most \(share) of the article's words"
    case .words(let count): "at most \(count) words"
    case nil: "length as configured"
    }
  }

  private func text(_ table: SummaryTable, _ other: SummaryTable?) -> String {
    var text = table.report.heading("F1 in percent, \(limitText)") + table.text
    text += "\n" + lengths(table, other == nil ? "" : "A: ")
    guard let other else { return text }
    text += lengths(other, "B: ") + table.report.comparison(table.measures, other.measures)
    return text + table.report.differing(table.measures[0], other.measures[0], count: common.differing)
  }

  private func lengths(_ table: SummaryTable, _ prefix: String) -> String {
    let cut = limit == nil ? "" : "; \(table.cutCount) of \(table.report.ids.count) cut to the limit"
    return "\(prefix)\(fixed(table.meanWords, 1)) words a summary\(cut)\n"
  }

  private func json(_ table: SummaryTable, _ other: SummaryTable?) -> String {
    var document = table.report.document
    switch limit {
    case .ratio(let share): document.append("limitRatio", .number(share))
    case .words(let count): document.append("limitWords", .integer(count))
    case nil: break
    }
    document.append("scores", table.report.scores(table.measures))
    document.append("words", .number(table.meanWords))
    document.append("cut", .integer(table.cutCount))
    if let other {
      var comparison = table.report.comparisonDocument(table.measures, other.measures)
      comparison.append("words", .number(other.meanWords))
      comparison.append("cut", .integer(other.cutCount))
      document.append("against", comparison)
    }
    document.append("articles", table.report.articles(table.measures, other?.measures ?? []))
    return document.json() + "\n"
  }
}

/// Scores of one config's summaries, in percent.
private struct SummaryTable {
  let report: EvaluationReport
  /// ROUGE-1, ROUGE-2 and ROUGE-L, first averaged over the references, then the best of them.
  let measures: [EvaluatedMeasure]
  /// Mean length as scored.
  let meanWords: Double
  /// How many were longer.
  let cutCount: Int

  init(_ scorer: RougeScorer, _ sentences: [[String]], _ limits: [Int?], _ report: EvaluationReport) {
    let cuts = zip(sentences, limits).map { SummaryLimit.cut($0.joined(separator: " "), after: $1) }
    let scores = scorer.score(summaries: cuts.map(\.text))
    let rows: [(String, [Double])] = [
      ("R1-avg", scores.map(\.average.rouge1)), ("R2-avg", scores.map(\.average.rouge2)),
      ("RL-avg", scores.map(\.average.rougeL)), ("R1-max", scores.map(\.best.rouge1)),
      ("R2-max", scores.map(\.best.rouge2)), ("RL-max", scores.map(\.best.rougeL)),
    ]
    measures = rows.map { EvaluatedMeasure($0, $1.map { 100 * $0 }, report.bootstrap) }
    meanWords = Double(cuts.reduce(0) { $0 + $1.words }) / Double(max(1, cuts.count))
    cutCount = cuts.count { $0.wasCut }
    self.report = report
  }

  var text: String {
    var rows = [["measure", "", "F1", report.percent]]
    for (index, measure) in measures.enumerated() {
      let kind = ["ROUGE-1", "ROUGE-2", "ROUGE-L"][index % 3]
      rows.append([
        measure.name, "\(kind), \(index < 3 ? "mean over" : "best of") the references",
        report.figure(measure.mean), report.figure(measure.interval),
      ])
    }
    return TextTable.render(rows, leftAligned: [0, 1]) + "\n"
  }
}
