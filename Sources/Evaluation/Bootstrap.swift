import Randomness

/// An interval that a figure lies in with a stated confidence.
public struct ConfidenceInterval: Sendable, Hashable {
  /// The lower end.
  public var lower: Double
  /// The upper end.
  public var upper: Double

  /// Makes an interval.
  public init(lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
  }
}

/// The percentile bootstrap over documents (Efron 1979, "Bootstrap methods: another look at the jackknife"): the
/// mean is taken of many samples of the documents, drawn with replacement, and the interval holds the middle of
/// those means.
///
/// Deterministic: one seed gives one sequence of samples, whatever is measured on them.
public struct Bootstrap: Sendable, Hashable {
  /// How many samples are drawn.
  public let resamples: Int
  /// The confidence, between 0 and 1.
  public let level: Double
  /// What the samples depend on.
  public let seed: UInt64

  /// Makes a bootstrap; fewer than 1 resample count as 1, a level outside 0...1 as the nearer end.
  public init(resamples: Int = 2000, level: Double = 0.95, seed: UInt64 = 1979) {
    self.resamples = max(1, resamples)
    self.level = level.isNaN ? 0.95 : min(max(level, 0), 1)
    self.seed = seed
  }

  /// The interval of the mean of one value a document; NaN of no values.
  ///
  /// Ends between two means are interpolated (type 7 of Hyndman and Fan 1996).
  public func interval(of values: [Double]) -> ConfidenceInterval {
    guard !values.isEmpty else { return ConfidenceInterval(lower: .nan, upper: .nan) }
    var generator = SplitMix64(seed: seed)
    var means: [Double] = []
    means.reserveCapacity(resamples)
    for _ in 0..<resamples {
      var sum = 0.0
      for _ in values.indices { sum += values[generator.next(below: values.count)] }
      means.append(sum / Double(values.count))
    }
    means.sort()
    let tail = (1 - level) / 2
    return ConfidenceInterval(
      lower: Bootstrap.quantile(tail, of: means), upper: Bootstrap.quantile(1 - tail, of: means))
  }

  private static func quantile(_ share: Double, of sorted: [Double]) -> Double {
    let position = share * Double(sorted.count - 1)
    let below = Int(position)
    let above = min(below + 1, sorted.count - 1)
    let low = sorted[below]
    return low + (position - Double(below)) * (sorted[above] - low)
  }
}
