import ArgumentParser
import Evaluation
import Language
import Pipeline

/// `warraq evaluate language`
struct EvaluateLanguage: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "language",
    abstract: "Score the language identifier against labels: a table of what was taken for what.",
    discussion: """
      GOLD has id, text and language: ar, fa, ur, ps, ckb, arab (another language in Arabic letters), en, latn (another \
      in Latin letters), zyyy (other letters), mul (two languages), und (no letters), arabizi, or a dialect: arz, apc, \
      afb, ary. Dialects and Arabizi are told apart where the labels do. Text is looked at as it stands, as the stage \
      does by default; articles whose label is a language it does not know are counted all the same.

        warraq evaluate language gold.jsonl
        warraq evaluate language gold.jsonl --length 50
      """)

  @Argument(
    help: "Articles with their language, one JSON object a line, in UTF-8.",
    completion: .file(extensions: ["jsonl"]))
  var gold: String

  @Option(
    help: ArgumentHelp(
      "Look at so many UTF-16 units from the middle of each text, from a blank on; shorter texts are left out.",
      valueName: "units"))
  var length = 0

  @Option(
    help: ArgumentHelp(
      "Also list so many of the articles that were taken for another language.", valueName: "number"))
  var wrong = 0

  func validate() throws {
    if length < 0 { throw ValidationError("--length must be at least 0") }
    if wrong < 0 { throw ValidationError("--wrong must be at least 0") }
  }

  func run() throws {
    let articles = try GoldFile.languages(TextFile.read(gold), name: gold)
    let labels = Set(articles.map(\.language))
    var identifier = LanguageIdentifier()
    var table = ConfusionTable()
    var mistakes: [[String]] = []
    for article in articles {
      guard let text = excerpt(Array(article.text.utf16)) else { continue }
      let language = identifier.identify(text)
      let found = label(of: language, among: labels)
      table.add(gold: article.language, found: found)
      if found != article.language, mistakes.count < wrong {
        mistakes.append([
          Terminal.oneLine(article.id), Terminal.oneLine(article.language), found,
          fixed(language.confidence, 3),
        ])
      }
    }
    guard table.total > 0 else {
      throw UsageError("\(gold): no text has \(length) units: choose a smaller --length")
    }
    Terminal.show(report(table, mistakes))
  }

  private func excerpt(_ text: [UInt16]) -> [UInt16]? {
    if length == 0 { return text }
    guard text.count >= length else { return nil }
    let middle = (text.count - length) / 2
    let start = text[middle...].firstIndex { $0 == 0x20 || $0 == 0x0A } ?? middle
    return Array(text[min(start, text.count - length)...].prefix(length))
  }

  private func label(of language: IdentifiedLanguage, among labels: Set<String>) -> String {
    if language.isArabizi, labels.contains("arabizi") { return "arabizi" }
    if let dialect = language.dialect?.rawValue, !labels.isDisjoint(with: Dialect.allCases.map(\.rawValue)) {
      return dialect
    }
    return language.code.rawValue
  }

  private func report(_ table: ConfusionTable, _ mistakes: [[String]]) -> String {
    let columns = table.foundLabels
    var rows = [["gold \\ found"] + columns.map(Terminal.oneLine) + ["recall", "precision"]]
    for label in table.goldLabels {
      rows.append(
        [Terminal.oneLine(label)] + columns.map { "\(table.count(gold: label, found: $0))" }
          + [table.recall(label), table.precision(label)].map { $0.map { fixed($0, 4) } ?? "" })
    }
    let arabic = Set(Dialect.allCases.map(\.rawValue) + [LanguageCode.arabic.rawValue])
    var text = "\(table.total) articles" + (length > 0 ? ", \(length) units of each" : "") + "\n\n"
    text += TextTable.render(rows, leftAligned: [0]) + "\n\n"
    text += "accuracy \(fixed(table.accuracy, 4)); Arabic, with its dialects, against the rest "
    text += "\(fixed(table.accuracy(of: arabic), 4))\n"
    if !mistakes.isEmpty {
      text +=
        "\n" + TextTable.render([["id", "gold", "found", "confidence"]] + mistakes, leftAligned: [0, 1, 2])
        + "\n"
    }
    return text
  }
}
