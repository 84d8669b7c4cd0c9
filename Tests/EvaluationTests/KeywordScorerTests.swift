import Randomness
import Testing

@testable import Evaluation

private func close(_ a: Double, _ b: Double) -> Bool { abs(a - b) < 1e-12 }

@Suite struct KeywordScorerTests {
  private let gold = [
    ["الطاقة الشمسية", "تحلية المياه", "وقود الديزل"],
    ["قلة النوم", "الذاكرة"],
  ]
  private let predictions = [
    // Equal to the first; half of the second; nothing. The variant of the first is no prediction of its own.
    ["طاقة شمسية", "والطاقة الشمسية", "المياه", "بلدية الساحل"],
    ["الذاكرة"],
  ]

  @Test func workedByHand() {
    let scores = KeywordScorer(gold: gold).score(predictions: predictions, at: 10)
    // 1 of 3 predictions, 1 of 3 gold phrases.
    #expect(close(scores[0].exact.precision, 1.0 / 3))
    #expect(close(scores[0].exact.recall, 1.0 / 3))
    #expect(close(scores[0].exact.f1, 1.0 / 3))
    // (1 + 2/3 + 0) / 3 both ways.
    #expect(close(scores[0].partial.precision, 5.0 / 9))
    #expect(close(scores[0].partial.recall, 5.0 / 9))
    // 1 of 1 and 1 of 2.
    #expect(scores[1].exact.precision == 1)
    #expect(scores[1].exact.recall == 0.5)
    #expect(close(scores[1].exact.f1, 2.0 / 3))
    let mean = KeywordScore(meanOf: scores)
    #expect(close(mean.exact.precision, 2.0 / 3))
    #expect(close(mean.exact.recall, 5.0 / 12))
    #expect(close(mean.exact.f1, 0.5), "macro: the mean of the documents' F1, not the F1 of the means")
  }

  @Test func onlyTheFirstPredictionsAndTheFirstGoldPhrasesCount() {
    let first = KeywordScorer(gold: gold).score(predictions: predictions, at: 1)[0]
    #expect(first.exact.precision == 1)
    #expect(close(first.exact.recall, 1.0 / 3))
    #expect(close(first.exact.f1, 0.5))
    let second = KeywordScorer(gold: gold).score(predictions: predictions, at: 2)[0]
    #expect(second.exact.precision == 0.5, "the duplicate took no place")
    let one = KeywordScorer(gold: gold, size: 1).score(predictions: predictions, at: 10)[0]
    #expect(one.exact.recall == 1)
    #expect(close(one.exact.precision, 1.0 / 3))
    // المياه now shares nothing with the one gold phrase.
    #expect(close(one.partial.precision, 1.0 / 3))
  }

  @Test func severalCutoffsAtOnceAreTheSameScores() {
    let scorer = KeywordScorer(gold: gold)
    let together: [[KeywordScore]] = scorer.score(predictions: predictions, at: [1, 2, 10])
    for (k, scores) in zip([1, 2, 10], together) {
      #expect(scores == scorer.score(predictions: predictions, at: k))
    }
  }

  @Test func nothingPredictedAndNoGoldScoreZero() {
    let scores = KeywordScorer(gold: [["القمر"], [], ["الشمس"]]).score(
      predictions: [[], ["القمر"], ["،"]], at: 5)
    for score in scores { #expect(score.exact.f1 == 0 && score.partial.f1 == 0) }
  }

  @Test func perfectPredictionsScoreOneAndNoneLeavesTheUnitInterval() {
    var generator = SplitMix64(seed: 3)
    let words = ["النوم", "الذاكرة", "بغداد", "مياه", "البحر", "والقمر", "طاقة", "الشمس"]
    func phrases() -> [String] {
      (0..<generator.next(below: 12)).map { _ in
        (0...generator.next(below: 3)).map { _ in words[generator.next(below: words.count)] }.joined(
          separator: " ")
      }
    }
    for _ in 0..<300 {
      let (gold, other) = (phrases(), phrases())
      let scorer = KeywordScorer(gold: [gold])
      let perfect = scorer.score(predictions: [gold], at: 10)[0]
      #expect(perfect.exact.f1 == (gold.isEmpty ? 0 : 1))
      #expect(perfect.partial.f1 == (gold.isEmpty ? 0 : 1))
      for k in [1, 5, 15] {
        let score = scorer.score(predictions: [other], at: k)[0]
        for match in [score.exact, score.partial] {
          for value in [match.precision, match.recall, match.f1] { #expect((0...1).contains(value)) }
          #expect(match.f1 <= max(match.precision, match.recall) + 1e-12)
        }
        #expect(score.partial.precision >= score.exact.precision)
      }
    }
  }

  @Test func theOrderOfDocumentsChangesNothing() {
    let forward = KeywordScorer(gold: gold).score(predictions: predictions, at: 5)
    let backward = KeywordScorer(gold: gold.reversed()).score(predictions: predictions.reversed(), at: 5)
    #expect(backward.reversed() == forward)
  }
}
