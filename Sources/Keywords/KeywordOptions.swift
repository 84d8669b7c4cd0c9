/// How phrases are scored.
public enum KeywordAlgorithm: String, Sendable, CaseIterable {
  /// The default: damped counts of phrase and stems, length, position, title, nesting, what stands around the
  /// phrase and a light background idf, added with hand-set weights (`KeywordWeights`).
  case warraq
  /// Count of the phrase times the mean inverse document frequency of its content words (Spärck Jones 1972);
  /// without a background model it is the plain count.
  case tfidf
  /// Words ranked in their co-occurrence graph, phrases made of adjacent winners (Mihalcea and Tarau 2004).
  case textrank
}

/// What to extract, and how.
public struct KeywordOptions: Sendable, Equatable {
  /// How phrases are scored.
  public var algorithm: KeywordAlgorithm
  /// How many keywords to return at most.
  public var count: Int
  /// Longest phrase, in words: 1 to `KeywordOptions.longestPhrase`.
  public var maxWords: Int
  /// How often a phrase must occur to be considered.
  public var minimumCount: Int
  /// How many returned phrases may share one content word (compared by stem) while others are left; 0 is no
  /// limit.
  public var sharedWordLimit: Int
  /// Weights of `KeywordAlgorithm.warraq`.
  public var weights: KeywordWeights

  /// The largest `maxWords`.
  public static let longestPhrase = 6

  /// Makes options; values out of range are moved to the nearest one in range.
  public init(
    algorithm: KeywordAlgorithm = .warraq, count: Int = 10, maxWords: Int = 4, minimumCount: Int = 1,
    sharedWordLimit: Int = 4, weights: KeywordWeights = KeywordWeights()
  ) {
    self.algorithm = algorithm
    self.count = max(0, count)
    self.maxWords = min(max(1, maxWords), KeywordOptions.longestPhrase)
    self.minimumCount = max(1, minimumCount)
    self.sharedWordLimit = max(0, sharedWordLimit)
    self.weights = weights
  }
}
