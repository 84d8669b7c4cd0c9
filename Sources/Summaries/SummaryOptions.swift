/// How sentences are chosen.
public enum SummaryAlgorithm: String, Sendable, CaseIterable {
  /// The default: sentences that say much of what recurs in the article, weighed by position, title and form, with
  /// repetition held down.
  case recurrence
  /// The same with sentences central in the graph of shared stems (LexRank, Erkan and Radev 2004) in their place.
  case centrality
  /// The first sentences.
  case lead
}

/// How long a summary may be. Sentences are never cut: the budget is filled with whole ones, and one sentence is
/// given even if it is longer than the budget.
public enum SummaryBudget: Sendable, Equatable {
  /// At most so many sentences.
  case sentences(Int)
  /// At most so many words.
  case words(Int)
  /// At most this share (0...1) of the article's words.
  case ratio(Double)
}

/// What to choose, and how.
public struct SummaryOptions: Sendable, Equatable {
  /// How sentences are chosen.
  public var algorithm: SummaryAlgorithm
  /// How long the summary may be.
  public var budget: SummaryBudget
  /// Weights of every algorithm but `SummaryAlgorithm.lead`.
  public var weights: SummaryWeights

  /// Makes options; three sentences by default, as news summaries are.
  public init(
    algorithm: SummaryAlgorithm = .recurrence, budget: SummaryBudget = .sentences(3),
    weights: SummaryWeights = SummaryWeights()
  ) {
    self.algorithm = algorithm
    self.budget = budget
    self.weights = weights
  }
}

/// Weights of the algorithms by content: the square root of a sentence's recurrence or centrality is multiplied by
/// one factor for each. Set by hand to round values, with an eye on development halves of test sets; what each is
/// worth there is in Benchmarks/quality.md.
public struct SummaryWeights: Sendable, Equatable {
  /// Bonus of the first sentence of running text; the second has half of it, the third a third. None in a text that
  /// opens in mid-flow (with a conjunction or a word that points back): its order is not that of an article.
  public var position: Float = 8
  /// How many words at the beginning of a sentence tell its topic.
  public var opening: Int = 6
  /// How much more than the others the stems of these words count in the recurrence of a sentence.
  public var topic: Float = 3
  /// Bonus of a sentence that holds all the title's content words.
  public var title: Float = 0.5
  /// Factor of a sentence whose words all stand in sentences chosen before it.
  public var repetition: Float = 0.5
  /// Factor of headings.
  public var heading: Float = 0.3
  /// Factor of lines of a list.
  public var listItem: Float = 0.6
  /// Factor of questions: they ask for what a summary should say.
  public var question: Float = 0.6
  /// Factor of sentences of fewer than `shortSentence` words.
  public var short: Float = 0.5
  /// Below how many words a sentence is short.
  public var shortSentence: Int = 8
  /// Factor of sentences whose opening points back (وأضاف، كما) and of those that open inside a quotation begun
  /// before: alone they do not make sense, or seem to say themselves what someone said.
  public var pointingBack: Float = 0.5
  /// Factor of sentences that open with a conjunction (و، ف): they go on with something.
  public var conjunction: Float = 0.7
  /// Factor of sentences that tell what something is (X هو، يعد X) in their first `opening` words.
  public var definition: Float = 1.5
  /// Factor of lines that look like page furniture: captions, bylines, tags, addresses, or mostly numbers.
  public var furniture: Float = 0.3

  /// The default weights.
  public init() {}
}
