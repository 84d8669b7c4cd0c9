import Evaluation
import Pipeline

/// Tables and JSON that both kinds of evaluation print.
struct EvaluationReport {
  /// The gold file.
  let gold: String
  /// Ids of its articles.
  let ids: [String]
  /// What is scored.
  let config: EvaluatedConfig
  /// What it is compared with.
  let other: EvaluatedConfig?
  /// How intervals are found.
  let bootstrap: Bootstrap
  /// Digits after the point.
  let digits: Int

  // MARK: Tables

  /// What was measured, on what, and how sure it is.
  func heading(_ what: String) -> String {
    var text = "\(Terminal.oneLine(config.name)) on \(Terminal.oneLine(gold)): "
    text += ids.count == 1 ? "1 article" : "\(ids.count) articles"
    text += ", \(what)\n\(percent): interval, percentile bootstrap over articles, "
    return text + "\(bootstrap.resamples) resamples (Efron 1979)\n\n"
  }

  /// The confidence of intervals.
  var percent: String { "\(Int((bootstrap.level * 100).rounded())) %" }

  /// A mean.
  func figure(_ value: Double) -> String { fixed(value, digits) }

  /// The interval of a mean.
  func figure(_ interval: ConfidenceInterval) -> String {
    "[\(figure(interval.lower)), \(figure(interval.upper))]"
  }

  /// Both configs side by side, and the difference article by article.
  func comparison(_ measures: [EvaluatedMeasure], _ others: [EvaluatedMeasure]) -> String {
    guard let other else { return "" }
    var rows = [
      ["measure", "A", "B", "A - B", "std. error", percent, "A better", "equal", "B better"]
    ]
    for ((measure, theirs), difference) in zip(zip(measures, others), differences(measures, others)) {
      rows.append([
        measure.name, figure(measure.mean), figure(theirs.mean), signed(difference.mean),
        figure(difference.standardError), figure(difference.interval), "\(difference.better)",
        "\(difference.equal)", "\(difference.worse)",
      ])
    }
    var text = "\nArticle by article: A is \(Terminal.oneLine(config.name)), "
    text += "B is \(Terminal.oneLine(other.name))\n\n"
    return text + TextTable.render(rows, leftAligned: [0]) + "\n"
  }

  /// The articles that differ most in one measure.
  ///
  /// - Parameter detail: a line on what differs in an article, by its position in the gold.
  func differing(
    _ measure: EvaluatedMeasure, _ other: EvaluatedMeasure, count: Int,
    detail: (Int) -> [String] = { _ in [] }
  ) -> String {
    let difference = PairedDifference(measure.values, minus: other.values, bootstrap: bootstrap)
    let articles = difference.largest(count)
    guard count > 0 else { return "" }
    guard !articles.isEmpty else { return "\nNo article differs in \(measure.name).\n" }
    var text = "\nArticles that differ most in \(measure.name):\n"
    for index in articles {
      text += "  \(Terminal.isolated(ids[index]))  "
      text += "A \(figure(measure.values[index]))  B \(figure(other.values[index]))  "
      text += "\(signed(difference.differences[index]))\n"
      for line in detail(index) { text += "    \(Terminal.safe(line))\n" }
    }
    return text
  }

  private func differences(
    _ measures: [EvaluatedMeasure], _ others: [EvaluatedMeasure]
  ) -> [PairedDifference] {
    zip(measures, others).map { PairedDifference($0.values, minus: $1.values, bootstrap: bootstrap) }
  }

  private func signed(_ value: Double) -> String { (value > 0 ? "+" : "") + figure(value) }

  // MARK: JSON

  /// What every document of results begins with.
  var document: DocumentValue {
    [
      "gold": .text(gold), "documents": .integer(ids.count), "config": .text(config.name),
      "bootstrap": [
        "resamples": .integer(bootstrap.resamples), "level": .number(bootstrap.level),
        "seed": .integer(Int(bootstrap.seed)),
      ],
    ]
  }

  /// Mean and interval of each measure.
  func scores(_ measures: [EvaluatedMeasure]) -> DocumentValue {
    .object(
      measures.map { measure in
        (
          key: measure.name,
          value: ["mean": .number(measure.mean), "interval": EvaluationReport.pair(measure.interval)]
        )
      })
  }

  /// The config compared with, its scores, and the differences.
  func comparisonDocument(_ measures: [EvaluatedMeasure], _ others: [EvaluatedMeasure]) -> DocumentValue {
    let paired = zip(measures, differences(measures, others)).map { measure, difference in
      (
        key: measure.name,
        value: [
          "mean": .number(difference.mean), "standardError": .number(difference.standardError),
          "interval": EvaluationReport.pair(difference.interval), "better": .integer(difference.better),
          "equal": .integer(difference.equal), "worse": .integer(difference.worse),
        ] as DocumentValue
      )
    }
    return [
      "config": .text(other?.name ?? ""), "scores": scores(others), "differences": .object(paired),
    ]
  }

  /// The scores of each article, and those of the config compared with.
  func articles(_ measures: [EvaluatedMeasure], _ others: [EvaluatedMeasure]) -> DocumentValue {
    func values(_ measures: [EvaluatedMeasure], _ index: Int) -> DocumentValue {
      .object(measures.map { (key: $0.name, value: .number($0.values[index])) })
    }
    return .list(
      ids.indices.map { index in
        var article: DocumentValue = ["id": .text(ids[index]), "scores": values(measures, index)]
        if !others.isEmpty { article.append("against", values(others, index)) }
        return article
      })
  }

  private static func pair(_ interval: ConfidenceInterval) -> DocumentValue {
    [.number(interval.lower), .number(interval.upper)]
  }
}
