/// Weights of the default scoring. Every feature is between 0 and about 1 except the logarithms; a phrase's
/// score is their weighted sum.
///
/// Set by hand from what each feature is worth on news and magazine articles, then rounded: they are priors,
/// not a fitted model. A strong idf, dropping nested phrases and capping repeats of a word all cost quality.
public struct KeywordWeights: Sendable, Equatable {
  /// log(1 + count of the phrase), damped so that a word met 30 times does not drown the rest.
  public var frequency: Float = 1.0
  /// Mean over content words of log(1 + count of the stem): a phrase about the article's words is about it.
  public var stems: Float = 0.3
  /// Prior of phrases of 1, 2, 3 and 4 words; longer ones take the last.
  public var length: [Float] = [0.0, 0.8, 0.4, 0.0]
  /// How early the phrase is met: 1 at the first word, falling with the logarithm of the position.
  public var position: Float = 1.0
  /// Share of the phrase's content words that are in the title.
  public var title: Float = 0.5
  /// Share of occurrences inside longer phrases that recur.
  public var nesting: Float = -0.75
  /// Share of edges that touch a stop word, punctuation or a proclitic: where a phrase starts and ends.
  public var boundedness: Float = 0.75
  /// Share of occurrences whose last word bears the article: only nouns and adjectives do.
  public var definite: Float = 0.6
  /// Share of occurrences with a conjunction or preposition written onto an inner word.
  public var innerClitic: Float = -0.3
  /// Share of inner words that are stop words.
  public var innerStop: Float = -0.3
  /// Mean background idf of the content words, scaled to 0...1.
  public var idf: Float = 0.4

  /// The default weights.
  public init() {}

  func prior(ofLength words: Int) -> Float {
    length.isEmpty ? 0 : length[min(words, length.count) - 1]
  }
}
