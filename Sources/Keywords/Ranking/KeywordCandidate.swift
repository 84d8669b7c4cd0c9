/// A phrase that a ranker may choose, and what it is told about it.
public struct KeywordCandidate: Sendable {
  /// The phrase as it would be shown.
  public var phrase: String
  /// A value for each feature, in the order of `RankingFeature.allCases`.
  public var features: [Float]

  /// Makes a candidate.
  public init(phrase: String, features: [Float]) {
    self.phrase = phrase
    self.features = features
  }
}
