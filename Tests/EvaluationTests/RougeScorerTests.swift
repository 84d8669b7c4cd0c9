import Randomness
import Testing

@testable import Evaluation

private func close(_ a: Double, _ b: Double) -> Bool { abs(a - b) < 1e-12 }

@Suite struct RougeScorerTests {
  @Test func workedByHand() {
    let scorer = RougeScorer(references: [["فتحت المكتبة أبوابها اليوم.", "أبوابها فتحت المكتبة"]])
    let score = scorer.score("فتحت المكتبة اليوم أبوابها!", of: 0)
    // Against the first: 4 of 4 words; 1 of 3 pairs; a subsequence of 3 of 4.
    // Against the second: 3 words of 4 and 3; 1 pair of 3 and 2; a subsequence of 2.
    #expect(close(score.average.rouge1, (1 + 6.0 / 7) / 2))
    #expect(close(score.average.rouge2, (1.0 / 3 + 2.0 / 5) / 2))
    #expect(close(score.average.rougeL, (3.0 / 4 + 4.0 / 7) / 2))
    #expect(score.best == RougeValues(rouge1: 1, rouge2: 0.4, rougeL: 0.75))
  }

  @Test func aWordCountsAsOftenAsItStandsInBoth() {
    let scorer = RougeScorer(references: [["البحر البحر بعيد"]])
    // البحر three times against twice: 2 shared of 3 and 3.
    #expect(close(scorer.score("البحر البحر البحر", of: 0).average.rouge1, 2.0 / 3))
  }

  @Test func anEmptySummaryAndNoReferencesScoreZero() {
    let zero = RougeScore(average: RougeValues(), best: RougeValues())
    #expect(RougeScorer(references: [["نص"]]).score("", of: 0) == zero)
    #expect(RougeScorer(references: [["نص"]]).score(" ،. ", of: 0) == zero)
    #expect(RougeScorer(references: [[""]]).score("نص", of: 0) == zero)
    #expect(RougeScorer(references: [[]]).score("نص", of: 0) == zero)
  }

  @Test func aCopyScoresOneAndWordsUnknownToTheReferenceMatchNothing() {
    let text = "بدأ هذا الأسبوع ترميم أسوار المدينة القديمة"
    #expect(
      RougeScorer(references: [[text]]).score(text, of: 0).average
        == RougeValues(rouge1: 1, rouge2: 1, rougeL: 1))
    let other = RougeScorer(references: [[text]]).score("كرة كرة القدم كرة القدم", of: 0)
    #expect(other.best == RougeValues())
  }

  @Test func theOrderOfDocumentsAndReferencesChangesNothing() {
    let references = [["أشرقت الشمس", "الشمس فوق البحر"], ["هطل المطر"], ["عاد الصياد من البحر", "عاد"]]
    let summaries = ["الشمس والبحر", "المطر", "عاد الصياد"]
    let forward = RougeScorer(references: references).score(summaries: summaries)
    let backward = RougeScorer(references: references.reversed().map { $0.reversed() })
      .score(summaries: summaries.reversed())
    for (a, b) in zip(forward, backward.reversed()) {
      #expect(a.best == b.best)
      #expect(close(a.average.rouge1, b.average.rouge1) && close(a.average.rougeL, b.average.rougeL))
    }
  }

  @Test func theLongestSubsequenceIsThatOfTheTextbookTable() {
    var generator = SplitMix64(seed: 11)
    for round in 0..<400 {
      let longest = round % 4 == 0 ? 200 : 12
      let letters = round % 2 == 0 ? 3 : 30
      func words() -> [String] {
        (0...generator.next(below: longest)).map { _ in "كلمة\(generator.next(below: letters))" }
      }
      let (a, b) = (words(), words())
      let score = RougeScorer(references: [[a.joined(separator: " ")]]).score(b.joined(separator: " "), of: 0)
      let expected = 2 * Double(table(a, b)) / Double(a.count + b.count)
      #expect(close(score.average.rougeL, expected))
    }
  }

  private func table(_ a: [String], _ b: [String]) -> Int {
    var row = [Int](repeating: 0, count: b.count + 1)
    for x in a {
      var diagonal = 0
      for (j, y) in b.enumerated() {
        let above = row[j + 1]
        row[j + 1] = x == y ? diagonal + 1 : max(above, row[j])
        diagonal = above
      }
    }
    return row[b.count]
  }
}

@Suite struct SummaryTokensTests {
  @Test(arguments: [
    ("الأُمَّـــةُ، إلى ١٢٣ ABC!", "الامه|الي|123|abc"),
    ("۴۵ ﷺ", "45|صلي|الله|عليه|وسلم"),
    ("ﻛﺘﺎﺏ ﬁne", "كتاب|fine"),
    ("مد\u{200D}رسة \u{FEFF}نص", "مدرسه|نص"),
    ("م² و½", "م2|و1|2"),
    ("كتب_الأدب", "كتب_الادب"),
    ("مسؤول رئيس", "مسؤول|رئيس"),
    ("", ""),
  ])
  func tokensAreCutAndFolded(text: String, tokens: String) {
    let found = SummaryTokens.tokens(of: text).map { String(String.UnicodeScalarView($0)) }
    #expect(found.joined(separator: "|") == tokens)
  }

  @Test func aLimitCutsBetweenWordsAndRoundsUp() {
    let text = "ا ب ت ث ج ح"
    #expect(SummaryLimit.ratio(0.33).words(ofArticle: text) == 2)
    #expect(SummaryLimit.ratio(1.0 / 3).words(ofArticle: text) == 2, "a third of six is not rounded to three")
    #expect(SummaryLimit.ratio(0.34).words(ofArticle: text) == 3)
    #expect(SummaryLimit.words(4).words(ofArticle: text) == 4)
    let cut = SummaryLimit.cut("أول \u{00A0} ثانٍ\nثالث.\tرابع", after: 3)
    #expect(cut == SummaryLimit.Cut(text: "أول ثانٍ ثالث.", words: 3, wasCut: true))
    #expect(SummaryLimit.cut("أول ثانٍ", after: 2).wasCut == false)
    #expect(SummaryLimit.cut("أول ثانٍ", after: nil).words == 2)
    #expect(SummaryLimit.cut("", after: 5) == SummaryLimit.Cut(text: "", words: 0, wasCut: false))
  }
}
