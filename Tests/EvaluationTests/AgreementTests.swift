import Randomness
import TestSupport
import Foundation
import Testing

@testable import Evaluation

/// The yardsticks' files, with the scripts that score them.
private enum Yardsticks {
  static var exist: Bool { SharedData.exists("eval/score_keywords.py") }
  static func text(_ name: String) throws -> String { try SharedData.text("eval/\(name)") }

  /// Writes files into a folder of their own and returns what a script prints of them.
  static func score(
    _ script: String, gold: String, predictions: [[String: Any]], options: [String] = []
  ) throws -> String {
    let scratch = FileManager.default.temporaryDirectory.appending(
      path: "warraq-agreement-\(UInt64.random(in: 0 ... .max))")
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: scratch) }
    try Data(gold.utf8).write(to: scratch.appending(path: "gold.jsonl"))
    try Data(lines(predictions).utf8).write(to: scratch.appending(path: "predictions.jsonl"))
    let output = try SharedData.output(
      of: ["python3", SharedData.path("eval/\(script)"), "gold.jsonl", "predictions.jsonl"] + options,
      in: scratch)
    return String(decoding: output, as: UTF8.self)
  }

  static func lines(_ rows: [[String: Any]]) throws -> String {
    try rows.map { String(decoding: try JSONSerialization.data(withJSONObject: $0), as: UTF8.self) + "\n" }
      .joined()
  }
}

private func three(_ value: Double) -> String { String(format: "%.3f", value) }

/// Texts of whatever folding might take for something else.
private struct OddTexts {
  static let pieces = [
    "والمكتبات", "الأُمَّة", "إلى", "ٱلله", "مسؤول", "ئ", "ی", "ک", "ۀ", "ﷺ", "ﻻ", "ﻛﺘﺎﺏ", "ـــ", "١٢٣", "۴۵",
    "½", "²",
    "Ⅷ", "ABC", "É", "e\u{301}", "İ", "ß", "ﬁ", "\u{200B}", "\u{200D}", "\u{202B}", "\u{2068}", "\u{FEFF}",
    "\u{AD}",
    "\u{06DD}", "\u{061C}", "\u{1C}", "\u{85}", "\u{A0}", "\u{2028}", "\u{3000}", " ", " ", " ", " ", "\n",
    "\r\n", "_", "-", "،",
    ".", "中文", "한글", "😀", "\u{1D400}", "\u{0345}", "ǅ", "ؐ", "ۖ", "للبيت", "بالون", "ال", "فال",
  ]
  private var generator: SplitMix64

  init(seed: UInt64) { generator = SplitMix64(seed: seed) }

  mutating func next(pieces count: Int) -> String {
    (0..<count).map { _ in OddTexts.pieces[generator.next(below: OddTexts.pieces.count)] }.joined()
  }

  mutating func number(below count: Int) -> Int { generator.next(below: count) }
}

@Suite(.enabled(if: Yardsticks.exist, "no shared data")) struct AgreementTests {
  private func expectKeywordAgreement(_ contents: String, _ predictions: [[String]], size: Int) throws {
    let gold = try GoldFile.keywords(contents, name: "gold.jsonl")
    let cutoffs = [1, 5, 10, 15]
    let output = try Yardsticks.score(
      "score_keywords.py", gold: contents,
      predictions: zip(gold, predictions).map { ["id": $0.id, "keywords": $1] },
      options: ["--at", "1,5,10,15", "--gold", "\(size)"])
    let scores: [[KeywordScore]] = KeywordScorer(gold: gold.map(\.phrases), size: size).score(
      predictions: predictions, at: cutoffs)
    let lines = output.split(separator: "\n").dropFirst().map(String.init)
    #expect(lines.count == cutoffs.count)
    for ((k, documents), line) in zip(zip(cutoffs, scores), lines) {
      let mean = KeywordScore(meanOf: documents)
      func cell(_ name: String, _ match: MatchScore) -> String {
        "\(name) P \(three(match.precision)) R \(three(match.recall)) F1 \(three(match.f1))"
      }
      let number = "@\(k)" + String(repeating: " ", count: 3 - "\(k)".count)
      #expect(line == "\(number) \(cell("exact", mean.exact))  \(cell("partial", mean.partial))")
    }
  }

  private func expectSummaryAgreement(
    _ contents: String, _ summaries: [String], limit: SummaryLimit?, options: [String]
  ) throws {
    let gold = try GoldFile.summaries(contents, name: "gold.jsonl")
    let output = try Yardsticks.score(
      "score_summaries.py", gold: contents,
      predictions: zip(gold, summaries).map { ["id": $0.id, "summary": $1] },
      options: options + ["--per-document", "--json"])
    let cuts = zip(gold, summaries).map {
      SummaryLimit.cut($1, after: limit?.words(ofArticle: $0.text))
    }
    let scores = RougeScorer(references: gold.map(\.references)).score(summaries: cuts.map(\.text))
    var lines = output.split(separator: "\n").map(String.init)
    let totals = try #require(
      try JSONSerialization.jsonObject(with: Data(lines.removeLast().utf8)) as? [String: Any])
    #expect(totals["over"] as? Int == cuts.count { $0.wasCut })
    // Each document, not the means alone: there a wrong token would hide.
    let expected = Dictionary(
      uniqueKeysWithValues: lines.map { line in
        let cells = line.split(separator: " ").map(String.init)
        return (cells[0], cells.dropFirst().compactMap(Double.init))
      })
    #expect(expected.count == gold.count)
    for (article, score) in zip(gold, scores) {
      let (mean, best) = (score.average, score.best)
      let ours = [mean.rouge1, mean.rouge2, mean.rougeL, best.rouge1, best.rouge2, best.rougeL]
      for (value, theirs) in zip(ours, expected[article.id] ?? []) {
        // Printed with two digits, in percent.
        #expect(abs(100 * value - theirs) < 0.005_001, "\(article.id)")
      }
      #expect(expected[article.id]?.count == 6)
    }
  }

  @Test(arguments: [3, 10, 15]) func keywordsOfRealArticles(size: Int) throws {
    let contents = try Yardsticks.text("akec-dev.jsonl")
    // A third of the gold between stretches of the text.
    let predictions = try GoldFile.keywords(contents, name: "").map { article in
      let words = article.text.split(whereSeparator: \.isWhitespace).map(String.init)
      return (0..<18).map { i in
        i % 3 == 1 && i < article.phrases.count
          ? article.phrases[i] : words.dropFirst(11 * i).prefix(1 + i % 3).joined(separator: " ")
      }
    }
    try expectKeywordAgreement(contents, predictions, size: size)
  }

  @Test func keywordsOfOddTexts() throws {
    var texts = OddTexts(seed: 5)
    var rows: [[String: Any]] = []
    var predictions: [[String]] = []
    for i in 0..<300 {
      rows.append([
        "id": "odd\(i)", "text": "نص",
        "gold": (0..<texts.number(below: 14)).map { _ in texts.next(pieces: 1 + i % 5) },
      ])
      predictions.append((0..<texts.number(below: 20)).map { _ in texts.next(pieces: 1 + i % 5) })
    }
    try expectKeywordAgreement(Yardsticks.lines(rows), predictions, size: 10)
  }

  @Test(arguments: ["easc-dev.jsonl", "easc-shuffled-dev.jsonl"], [0.33, 100, 0])
  func summariesOfRealArticles(name: String, limit: Double) throws {
    let contents = try Yardsticks.text(name)
    // Every other sentence or so, longer than the limit for many.
    let summaries = try GoldFile.summaries(contents, name: "").map { article in
      article.text.split(separator: ".").enumerated().filter { $0.offset % 2 == 0 }.map(\.element).joined(
        separator: ". ")
    }
    switch limit {
    case 0: try expectSummaryAgreement(contents, summaries, limit: nil, options: [])
    case 100:
      try expectSummaryAgreement(contents, summaries, limit: .words(100), options: ["--limit-words", "100"])
    default:
      try expectSummaryAgreement(
        contents, summaries, limit: .ratio(limit), options: ["--limit-ratio", "\(limit)"])
    }
  }

  @Test func summariesOfOddTexts() throws {
    var texts = OddTexts(seed: 6)
    var rows: [[String: Any]] = []
    var summaries: [String] = []
    for i in 0..<300 {
      rows.append([
        "id": "odd\(i)", "text": "نص " + texts.next(pieces: 150),
        "references": (0...texts.number(below: 3)).map { _ in texts.next(pieces: 90) },
      ])
      summaries.append(texts.next(pieces: texts.number(below: 120)))
    }
    try expectSummaryAgreement(
      Yardsticks.lines(rows), summaries, limit: .ratio(0.4), options: ["--limit-ratio", "0.4"])
  }
}
