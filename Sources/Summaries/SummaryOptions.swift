/// How sentences are chosen.
public enum SummaryAlgorithm: String, Sendable, CaseIterable {
  /// The default: sentences central in the graph of shared stems, weighed by position, title and form, with
  /// repetition held down.
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
  /// Weights of `SummaryAlgorithm.centrality`.
  public var weights: SummaryWeights

  /// Makes options; three sentences by default, as news summaries are.
  public init(
    algorithm: SummaryAlgorithm = .centrality, budget: SummaryBudget = .sentences(3),
    weights: SummaryWeights = SummaryWeights()
  ) {
    self.algorithm = algorithm
    self.budget = budget
    self.weights = weights
  }
}

/// Weights of the centrality algorithm: the square root of a sentence's centrality (1 on average) is
/// multiplied by one factor for each, set by hand.
public struct SummaryWeights: Sendable, Equatable {
  /// Bonus of the first sentence; the second has half of it, the third a third.
  public var position: Float = 4
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
  /// Factor of sentences whose opening points back (وأضاف، كما): alone they do not make sense.
  public var pointingBack: Float = 0.5
  /// Factor of lines that look like page furniture: addresses, or mostly numbers.
  public var furniture: Float = 0.3

  /// The default weights.
  public init() {}
}
