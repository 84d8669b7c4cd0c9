import Randomness
import ArabicText
import Evaluation
import Keywords

/// A candidate phrase with what readers thought of it, for training.
public struct RankedExample: Sendable {
  /// A value for each feature, in the order of `RankingFeature.allCases`.
  public var features: [Float]
  /// How much readers want the phrase, 0...1.
  public var target: Float

  /// Makes an example.
  public init(features: [Float], target: Float) {
    self.features = features
    self.target = target
  }
}

/// Trains a `PhraseRanker` by gradient boosting with logistic loss (Friedman 2001), second-order gains (Chen and
/// Guestrin 2016), histograms of a few quantiles a feature, and a sample of rows and features each round (Friedman
/// 2002). The same examples and options give the same ranker.
public struct RankerTrainer: Sendable {
  /// How to train.
  public struct Options: Sendable, Equatable {
    /// Tables to make.
    public var rounds = 120
    /// Share of each step that is taken.
    public var learningRate = 0.2
    /// Pulls the values of a table to zero where examples are few.
    public var regularization = 5.0
    /// Curvature (about 4 examples in doubt) that some side of a question must have.
    public var leastCurvature = 5.0
    /// Share of features looked at in a round.
    public var featureShare = 0.5
    /// Share of examples looked at in a round.
    public var exampleShare = 0.8
    /// Most thresholds a feature has.
    public var thresholds = 31
    /// Features that are not asked for.
    public var without: Set<RankingFeature> = []
    /// Seeds the samples.
    public var seed: UInt64 = 1

    /// The defaults.
    public init() {}
  }

  private let options: Options

  /// Makes a trainer.
  public init(_ options: Options = Options()) { self.options = options }

  /// A ranker of the examples; without any of both kinds it knows nothing and all log-odds are zero.
  public func train(_ examples: [RankedExample]) -> PhraseRanker {
    let mean = examples.reduce(0) { $0 + Double($1.target) } / Double(max(1, examples.count))
    guard mean > 0, mean < 1 else { return PhraseRanker(start: 0, tables: []) }
    let columns = RankingFeature.allCases.indices.map { feature in
      BinnedColumn(
        examples.map { $0.features[feature] },
        thresholds: options.without.contains(RankingFeature.allCases[feature]) ? 0 : options.thresholds)
    }
    var random = SplitMix64(seed: options.seed)
    var ranker = PhraseRanker(start: Float(reproducibleLog(mean / (1 - mean))), tables: [])
    var logOdds = Array(repeating: Double(ranker.start), count: examples.count)
    var slopes = Array(repeating: Slope.zero, count: examples.count)
    for _ in 0..<options.rounds {
      for i in examples.indices {
        let isSampled = random.nextUnit() < options.exampleShare
        let chance = 1 / (1 + reproducibleExp(-logOdds[i]))
        slopes[i] =
          isSampled ? Slope(chance - Double(examples[i].target), chance * (1 - chance)) : .zero
      }
      guard let table = table(columns, slopes, &random) else { break }
      ranker.tables.append(table.table)
      for i in examples.indices { logOdds[i] += Double(table.table.values[table.cells[i]]) }
    }
    return ranker
  }

  /// The best table for the slopes, and the cell of each example in it.
  private func table(
    _ columns: [BinnedColumn], _ slopes: [Slope], _ random: inout SplitMix64
  ) -> (table: PhraseRanker.Table, cells: [Int])? {
    let asked = columns.indices.filter { !columns[$0].thresholds.isEmpty }
    let wanted = max(1, Int(Double(asked.count) * options.featureShare))
    let features = random.sample(wanted, of: asked.count).map { asked[$0] }
    var cells = Array(repeating: 0, count: slopes.count)
    var questions: [PhraseRanker.Table.Question] = []
    for level in 0..<2 {
      guard let split = bestSplit(columns, features, slopes, cells, cellCount: 1 << level) else { return nil }
      let column = columns[split.feature]
      questions.append(.init(RankingFeature.allCases[split.feature], above: column.thresholds[split.bin]))
      for i in cells.indices { cells[i] = cells[i] * 2 + (Int(column.bins[i]) > split.bin ? 1 : 0) }
    }
    var sums = Array(repeating: Slope.zero, count: 4)
    for i in cells.indices { sums[cells[i]] += slopes[i] }
    var values = SIMD4<Float>.zero
    for cell in 0..<4 {
      values[cell] = Float(
        -options.learningRate * sums[cell].gradient / (sums[cell].curvature + options.regularization))
    }
    return (PhraseRanker.Table(questions[0], questions[1], values: values), cells)
  }

  /// The question that gains most over all cells together.
  private func bestSplit(
    _ columns: [BinnedColumn], _ features: [Int], _ slopes: [Slope], _ cells: [Int], cellCount: Int
  ) -> (feature: Int, bin: Int)? {
    var best: (gain: Double, feature: Int, bin: Int)?
    for feature in features {
      let column = columns[feature]
      let binCount = column.thresholds.count + 1
      guard binCount > 1 else { continue }
      var sums = Array(repeating: Slope.zero, count: cellCount * binCount)
      for i in cells.indices { sums[cells[i] * binCount + Int(column.bins[i])] += slopes[i] }
      let totals = (0..<cellCount).map { cell in
        sums[(cell * binCount)..<((cell + 1) * binCount)].reduce(Slope.zero, +)
      }
      var below = Array(repeating: Slope.zero, count: cellCount)
      for bin in 0..<(binCount - 1) {
        var gain = 0.0
        var isBelowEnough = false
        var isAboveEnough = false
        for cell in 0..<cellCount {
          below[cell] += sums[cell * binCount + bin]
          let above = totals[cell] - below[cell]
          gain += worth(below[cell]) + worth(above)
          isBelowEnough = isBelowEnough || below[cell].curvature >= options.leastCurvature
          isAboveEnough = isAboveEnough || above.curvature >= options.leastCurvature
        }
        guard isBelowEnough, isAboveEnough else { continue }
        if best.map({ gain > $0.gain }) ?? true { best = (gain, feature, bin) }
      }
    }
    return best.map { ($0.feature, $0.bin) }
  }

  private func worth(_ slope: Slope) -> Double {
    slope.gradient * slope.gradient / (slope.curvature + options.regularization)
  }
}

/// First and second derivative of the loss by the log-odds.
private typealias Slope = SIMD2<Double>

extension SIMD2<Double> {
  fileprivate var gradient: Double { self[0] }
  fileprivate var curvature: Double { self[1] }
}

/// A feature's values as numbers of bins between its quantiles.
private struct BinnedColumn {
  /// Ascending; bin `b` holds values up to `thresholds[b]`, the last bin those above all.
  var thresholds: [Float] = []
  var bins: [UInt8] = []

  init(_ values: [Float], thresholds count: Int) {
    let sorted = values.sorted()
    for quantile in 1..<(min(count, 254) + 1) {
      let value = sorted[sorted.count * quantile / (count + 1)]
      // Nothing lies above the greatest value.
      if value != thresholds.last, value < sorted[sorted.count - 1] { thresholds.append(value) }
    }
    bins = values.map { value in UInt8(thresholds.firstIndex { value <= $0 } ?? thresholds.count) }
  }
}
