/// What a ranker may ask about a candidate phrase.
///
/// Raw values number the columns of a `CandidateTable`. Counts are damped by log(1 + n); shares are 0...1. "Background" is how the word is
/// used in the background collection (`BackgroundModel`), which says what the article alone is too short to say.
public enum RankingFeature: Int, CaseIterable, Sendable {
  /// log(1 + occurrences of the phrase).
  case frequency
  /// Number of words.
  case words
  /// Letters of all its words, folded, without proclitics and article.
  case letters
  /// Letters of its first word.
  case firstLetters
  /// Letters of its last word.
  case lastLetters

  /// Mean over content words of log(1 + occurrences of the word's stem).
  case stems
  /// The least of those.
  case leastStem
  /// That of the first word.
  case firstStem
  /// That of the last word.
  case lastStem
  /// Occurrences of its most frequent stem, as a share of the article's most frequent one.
  case stemShare

  /// How early it is met: 1 for the first word of the article, falling with the logarithm of the place.
  case position
  /// Where it is met last, as a share of the article's words.
  case lastPosition
  /// Words between first and last occurrence, as a share of the article's words.
  case spread

  /// Share of occurrences inside a longer phrase that recurs (the subsumption that C-value discounts: Frantzi,
  /// Ananiadou and Mima 2000).
  case nesting
  /// Share of occurrences that touch a stop word, punctuation or a proclitic on the left.
  case leftEdge
  /// The same on the right.
  case rightEdge
  /// Share of occurrences right after a stop word.
  case afterStopWord
  /// Share of occurrences right after punctuation or at the start of a sentence.
  case afterBreak
  /// Share of occurrences right after a word that bears the article.
  case afterDefinite
  /// Share of occurrences right before a stop word.
  case beforeStopWord
  /// Share of occurrences right before punctuation or at the end of a sentence.
  case beforeBreak
  /// Share of occurrences whose first word bears the article.
  case firstDefinite
  /// Share of occurrences whose last word bears the article.
  case lastDefinite
  /// Share of occurrences with a conjunction or preposition written onto an inner word.
  case innerClitic
  /// Share of its words that are stop words.
  case innerStop

  /// Mean background idf of its content words, 0...1.
  case idf
  /// The least of them.
  case leastIdf
  /// The greatest of them.
  case greatestIdf
  /// How often the background writes its first word with the article: often for nouns and adjectives, never for verbs.
  case backgroundFirstDefinite
  /// The same of its last word.
  case backgroundLastDefinite
  /// The least over all its words.
  case backgroundLeastDefinite
  /// How often the background writes a conjunction or preposition onto its first word.
  case backgroundFirstProclitic
  /// log(1 + documents of the background that have the phrase); of words as well.
  case backgroundPhrase
  /// Mean pointwise mutual information of neighbours in the background (Church and Hanks 1990), counted by documents;
  /// 0 for single words.
  case cohesion
}

extension RankingFeature {
  /// Its name in ranker files.
  public var name: String { "\(self)" }

  /// By name: making a name of a case asks the runtime for it, too much to do for each feature of each question of a
  /// ranker file.
  private static let named = Dictionary(uniqueKeysWithValues: allCases.map { ($0.name, $0) })

  /// The feature of a name.
  public init?(name: some StringProtocol) {
    guard let feature = RankingFeature.named[String(name)] else { return nil }
    self = feature
  }
}
