import TestSupport
import Foundation
import Testing

private let news = "data/saudinewsnet/articles.jsonl.zst"

/// What no keyword may begin or end with, told by lists of this test's own.
@Suite(.serialized) struct KeywordEdgesTests {
  private static let prepositions = Set(
    "في من على إلى الى عن مع بين خلال عبر ضد بعد قبل حول نحو لدى عند منذ حتى دون تحت فوق ضمن أمام وراء".split(
      separator: " "))
  private static let particles = Set(
    "أن ان إن أو لا لم لن قد ما هل ثم بل لكن إذا لو الذي التي الذين هذا هذه ذلك تلك هو هي هم كان كانت كما حيث"
      .split(separator: " "))
  private static let sayings = Set(
    """
    قال قالت قالوا يقول تقول أضاف أضافت وأضاف مضيفا أكد أكدت يؤكد مؤكدا أوضح أوضحت موضحا أشار أشارت يشير مشيرا ذكر ذكرت يذكر أعلن أعلنت \
    يعلن أفاد أفادت صرح صرحت لفت لفتت شدد شددت نوه نوهت حذر دعا نفى اعتبر اعتبرت رأى تابع تحدث أعرب أشاد
    """.split(separator: " "))

  private static func check(_ phrase: String) -> String? {
    let words = phrase.split(separator: " ")
    for word in [words.first, words.last].compactMap({ $0 }) {
      let bare = String(word.unicodeScalars.filter { !(0x064B...0x0652).contains($0.value) })
      if prepositions.contains(Substring(bare)) { return "preposition" }
      if particles.contains(Substring(bare)) { return "particle" }
      if sayings.contains(Substring(bare)) { return "verb of saying" }
      if bare.count < 2 { return "lone letter" }
      if bare.allSatisfy({ $0.isNumber || ".,٫٬-/".contains($0) }) { return "number" }
    }
    return words.isEmpty ? "empty" : nil
  }

  /// The keywords of a run over a file, every n-th record.
  private func keywords(_ file: String, every step: Int) throws -> [[String]] {
    let folder = try Command.scratch("edges")
    defer { try? FileManager.default.removeItem(at: folder) }
    let run = try Command.run(["run", Command.news, "--input", file, "--output", folder.path])
    try #require(run.status == 0, "\(run.errors)")
    let cat = try Command.run(["cat", folder.path])
    return try cat.output.split(separator: "\n").enumerated().filter { $0.offset % step == 0 }.map {
      _, line in
      let record = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      return (record?["keywords"] as? [[String: Any]] ?? []).compactMap { $0["phrase"] as? String }
    }
  }

  private func expectSound(_ articles: [[String]]) {
    for phrase in articles.joined() {
      let mistake = Self.check(phrase)
      #expect(mistake == nil, "\(phrase)")
    }
  }

  @Test func theSamplesKeywordsBeginAndEndInContentWords() throws {
    let articles = try keywords(Command.sample, every: 1)
    #expect(articles.joined().count > 300)
    expectSound(articles)
  }

  @Test(.enabled(if: SharedData.exists(news), "no shared data"))
  func theKeywordsOfAThousandArticlesBeginAndEndInContentWords() throws {
    let articles = try keywords(SharedData.path(news), every: 15)
    #expect(articles.count >= 1000)
    expectSound(articles)
  }

  @Test(arguments: ["في البيت", "قال الوزير", "الوزير أكّد", "مدينة و", "خطة 2030", "سوق من"])
  func theCheckFindsWhatItLooksFor(phrase: String) { #expect(Self.check(phrase) != nil) }
}
