/// A trained ranker of candidate phrases: a sum of small decision tables, two questions each.
///
/// Boosted oblivious trees of depth two (Friedman 2001; the shape of the trees is that of Kohavi and Li 1995). Every
/// table asks whether two features lie above a threshold and adds one of four numbers to the log-odds that a reader
/// would choose the phrase. Tables are few, and the file that holds them can be read:
///
///     #warraq-ranker 1
///     #source what it was trained on, on one line
///     #start LOG-ODDS
///     FEATURE ABOVE FEATURE ABOVE NEITHER SECOND FIRST BOTH
///
/// with a tab between columns. `RankerTrainer` makes it.
public struct PhraseRanker: Sendable, Equatable {
  /// One table.
  public struct Table: Sendable, Equatable {
    /// A question: whether a feature is greater than a threshold.
    public struct Question: Sendable, Equatable {
      /// The feature.
      public var feature: RankingFeature
      /// What it must exceed.
      public var threshold: Float

      /// Makes a question.
      public init(_ feature: RankingFeature, above threshold: Float) {
        self.feature = feature
        self.threshold = threshold
      }
    }

    /// The first question.
    public var first: Question
    /// The second question.
    public var second: Question
    /// What is added when neither holds, only the second, only the first, both.
    public var values: SIMD4<Float>

    /// Makes a table.
    public init(_ first: Question, _ second: Question, values: SIMD4<Float>) {
      self.first = first
      self.second = second
      self.values = values
    }
  }

  /// Log-odds before any table.
  public var start: Float
  /// The tables, in the order they are added.
  public var tables: [Table]
  /// Where it comes from, one line.
  public var source: String

  /// Makes a ranker.
  public init(start: Float, tables: [Table], source: String = "") {
    self.start = start
    self.tables = tables
    self.source = source
  }

  /// A ranker that asks nothing.
  static let unknowing = PhraseRanker(start: 0, tables: [])

  /// The features that some table asks for.
  public var features: Set<RankingFeature> {
    Set(tables.flatMap { [$0.first.feature, $0.second.feature] })
  }

  /// Log-odds of a candidate, given a value for each feature in the order of `RankingFeature.allCases`.
  public func logOdds(_ values: [Float]) -> Float {
    tables.reduce(start) { sum, table in
      let first = values[table.first.feature.rawValue] > table.first.threshold ? 2 : 0
      let second = values[table.second.feature.rawValue] > table.second.threshold ? 1 : 0
      return sum + table.values[first + second]
    }
  }
}
