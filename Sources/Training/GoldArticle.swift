import Evaluation
import Keywords

/// An article's candidate phrases beside the phrases that people chose.
public struct GoldArticle: Sendable {
  /// What the ranker may choose.
  public var candidates: [KeywordCandidate]
  /// What people chose, most often chosen first.
  public var phrases: [String]

  /// Makes an article.
  public init(candidates: [KeywordCandidate], phrases: [String]) {
    self.candidates = candidates
    self.phrases = phrases
  }

  /// The candidates as examples.
  ///
  /// The first ten phrases are what is scored, but those below them were chosen by people as well, only by fewer:
  /// targets that fall in steps use what they say. The steps are rounded, not tuned.
  public var examples: [RankedExample] {
    let gold = FoldedPhrase.unique(phrases)
    let ranks = Dictionary(zip(gold, gold.indices), uniquingKeysWith: { first, _ in first })
    return candidates.map { candidate in
      let target: Float =
        switch ranks[FoldedPhrase(candidate.phrase)] {
        case nil: 0
        case .some(..<10): 1
        case .some(..<20): 0.45
        case .some: 0.15
        }
      return RankedExample(features: candidate.features, target: target)
    }
  }
}
