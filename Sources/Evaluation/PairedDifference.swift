/// Two systems compared document by document: what they have in common (easy and hard documents) drops out, so
/// far smaller differences show than between two means.
public struct PairedDifference: Sendable {
  /// By document: the value of the one less that of the other.
  public let differences: [Double]
  /// Their mean; NaN of no document.
  public let mean: Double
  /// Standard error of the mean: the sample standard deviation over the root of the number of documents. A
  /// difference under two of these says nothing.
  public let standardError: Double
  /// Bootstrap interval of the mean.
  public let interval: ConfidenceInterval
  /// In how many documents the one is better.
  public let better: Int
  /// In how many they are equal, rounding errors (1e-9) aside.
  public let equal: Int
  /// In how many the one is worse.
  public let worse: Int

  /// Compares two systems.
  ///
  /// - Parameters:
  ///   - values: by document, higher is better.
  ///   - others: the same documents' values of the other system; what only one of the arrays has is left out.
  public init(_ values: [Double], minus others: [Double], bootstrap: Bootstrap = Bootstrap()) {
    let differences = zip(values, others).map { $0 - $1 }
    let count = Double(differences.count)
    let mean = differences.reduce(0, +) / count
    let squares = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    self.differences = differences
    self.mean = mean
    standardError = (squares / max(1, count - 1) / count).squareRoot()
    interval = bootstrap.interval(of: differences)
    better = differences.count { $0 > PairedDifference.tolerance }
    worse = differences.count { $0 < -PairedDifference.tolerance }
    equal = differences.count - better - worse
  }

  /// Positions of the documents that differ most, either way; the earlier first among equals. Documents that are
  /// equal are left out.
  public func largest(_ count: Int) -> [Int] {
    let differing = differences.indices.filter { differences[$0].magnitude > PairedDifference.tolerance }
    let sorted = differing.sorted {
      let (a, b) = (differences[$0].magnitude, differences[$1].magnitude)
      return a != b ? a > b : $0 < $1
    }
    return Array(sorted.prefix(max(0, count)))
  }

  private static let tolerance = 1e-9
}
