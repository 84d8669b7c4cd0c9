import Randomness
import Evaluation
import Keywords
import Testing

@testable import Training

@Suite struct RankerTrainerTests {
  /// Phrases that readers want when they are frequent and end in a noun, and seldom otherwise.
  private static func examples(_ count: Int, seed: UInt64) -> [RankedExample] {
    var random = SplitMix64(seed: seed)
    return (0..<count).map { _ in
      let features = RankingFeature.allCases.map { _ in Float(random.nextUnit()) }
      let isWanted =
        features[RankingFeature.frequency.rawValue] > 0.6
        && features[RankingFeature.backgroundLastDefinite.rawValue] > 0.5
      return RankedExample(features: features, target: isWanted == (random.nextUnit() < 0.95) ? 1 : 0)
    }
  }

  private static func accuracy(_ ranker: PhraseRanker, _ examples: [RankedExample]) -> Double {
    let right = examples.count { (ranker.logOdds($0.features) > 0) == ($0.target > 0.5) }
    return Double(right) / Double(examples.count)
  }

  @Test func whatReadersWantIsLearned() {
    let ranker = RankerTrainer().train(Self.examples(2000, seed: 1))
    #expect(Self.accuracy(ranker, Self.examples(2000, seed: 2)) > 0.9)
    #expect(ranker.tables.count == RankerTrainer.Options().rounds)
  }

  @Test func theSameExamplesGiveTheSameRanker() {
    let examples = Self.examples(300, seed: 3)
    #expect(RankerTrainer().train(examples) == RankerTrainer().train(examples))
  }

  @Test func featuresToDoWithoutAreNotAskedFor() {
    var options = RankerTrainer.Options()
    options.without = [.frequency, .words]
    let ranker = RankerTrainer(options).train(Self.examples(500, seed: 4))
    #expect(ranker.features.isDisjoint(with: options.without))
    #expect(Self.accuracy(ranker, Self.examples(1000, seed: 5)) < 0.9, "they were what counts")
  }

  @Test func examplesOfOneKindTeachNothing() {
    #expect(RankerTrainer().train([]).tables.isEmpty)
    let alike = Self.examples(50, seed: 6).map { RankedExample(features: $0.features, target: 0) }
    #expect(RankerTrainer().train(alike).tables.isEmpty)
  }

  @Test func targetsFallWithTheRankAmongTheChosen() {
    func candidate(_ phrase: String) -> KeywordCandidate {
      KeywordCandidate(phrase: phrase, features: RankingFeature.allCases.map { _ in 0 })
    }
    let chosen = ["سوق الكتب"] + (1...30).map { "كتاب \($0)" }
    let article = GoldArticle(
      candidates: ["سوقُ الكتب", "كتاب 12", "كتاب 25", "بائع الورق"].map(candidate), phrases: chosen)
    #expect(article.examples.map(\.target) == [1, 0.45, 0.15, 0])
  }
}
