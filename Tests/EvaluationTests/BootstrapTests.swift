import Randomness
import Testing

@testable import Evaluation

@Suite struct BootstrapTests {
  private func values(_ count: Int, seed: UInt64) -> [Double] {
    var generator = SplitMix64(seed: seed)
    return (0..<count).map { _ in Double(generator.next(below: 1000)) / 1000 }
  }

  @Test func oneSeedGivesOneInterval() {
    let values = values(50, seed: 1)
    #expect(Bootstrap().interval(of: values) == Bootstrap().interval(of: values))
    #expect(Bootstrap(seed: 1).interval(of: values) != Bootstrap(seed: 2).interval(of: values))
  }

  @Test func theIntervalOfConstantDataIsTheConstant() {
    for constant in [0, 0.1, 1, 71.3] {
      let values = [Double](repeating: constant, count: 30)
      let interval = Bootstrap().interval(of: values)
      #expect(interval.lower == interval.upper)
      #expect(interval.lower == values.reduce(0, +) / 30)
    }
    #expect(Bootstrap().interval(of: [0.4]) == ConfidenceInterval(lower: 0.4, upper: 0.4))
  }

  @Test func theIntervalHoldsTheMeanAndLiesInTheData() {
    for seed in 1...20 as ClosedRange<UInt64> {
      let values = values(40, seed: seed)
      let interval = Bootstrap(seed: seed).interval(of: values)
      let mean = values.reduce(0, +) / 40
      #expect(interval.lower < mean && mean < interval.upper)
      #expect(interval.lower > values.min() ?? 1 && interval.upper < values.max() ?? 0)
    }
  }

  @Test func theIntervalIsAsWideAsTheoryHasItForManyDocuments() {
    // Half zeros, half ones: the standard error of the mean of 400 is 0.5 / 20.
    let values = (0..<400).map { Double($0 % 2) }
    let interval = Bootstrap().interval(of: values)
    #expect(abs(interval.lower - (0.5 - 1.96 * 0.025)) < 0.005)
    #expect(abs(interval.upper - (0.5 + 1.96 * 0.025)) < 0.005)
    let narrow = Bootstrap(level: 0.5).interval(of: values)
    #expect(narrow.lower > interval.lower && narrow.upper < interval.upper)
  }

  @Test func endsBetweenTwoMeansAreInterpolated() {
    // One resample: both ends are its mean. A level of 1: the smallest and the largest mean there can be.
    let one = Bootstrap(resamples: 1).interval(of: [0, 1, 2])
    #expect(one.lower == one.upper)
    #expect(Bootstrap(level: 1).interval(of: [0, 1]) == ConfidenceInterval(lower: 0, upper: 1))
  }

  @Test func noValuesHaveNoInterval() {
    let interval = Bootstrap().interval(of: [])
    #expect(interval.lower.isNaN && interval.upper.isNaN)
  }
}

@Suite struct PairedDifferenceTests {
  @Test func workedByHand() {
    let difference = PairedDifference([0.5, 0.2, 0.9], minus: [0.4, 0.2, 0.1])
    #expect(abs(difference.mean - 0.3) < 1e-12)
    // Squares about the mean: 0.04, 0.09, 0.25; over 2, over 3, root.
    #expect(abs(difference.standardError - (0.19 / 3).squareRoot()) < 1e-12)
    #expect([difference.better, difference.equal, difference.worse] == [2, 1, 0])
    #expect(difference.largest(5) == [2, 0], "what is equal does not differ most")
    #expect(difference.largest(1) == [2])
    #expect(difference.interval.lower <= 0.3 && difference.interval.upper >= 0.3)
  }

  @Test func swappingTheSystemsSwapsTheSigns() {
    let (a, b) = ([0.1, 0.7, 0.3, 0.3], [0.2, 0.5, 0.3, 0.9])
    let (forward, backward) = (PairedDifference(a, minus: b), PairedDifference(b, minus: a))
    #expect(forward.mean == -backward.mean)
    #expect(forward.standardError == backward.standardError)
    #expect([forward.better, forward.worse] == [backward.worse, backward.better])
    #expect(forward.largest(4) == backward.largest(4))
  }

  @Test func aSystemDoesNotDifferFromItself() {
    let difference = PairedDifference([0.1, 0.2], minus: [0.1, 0.2])
    #expect(difference.mean == 0 && difference.standardError == 0 && difference.equal == 2)
    #expect(difference.interval == ConfidenceInterval(lower: 0, upper: 0))
    #expect(difference.largest(3).isEmpty)
  }

  @Test func amongEqualDifferencesTheEarlierDocumentComesFirst() {
    #expect(PairedDifference([1, 0, 1], minus: [0, 1, 0]).largest(3) == [0, 1, 2])
  }

  @Test func roundingIsNoDifference() {
    #expect(PairedDifference([0.1 + 0.2], minus: [0.3]).equal == 1)
  }

  @Test func oneDocumentHasNoSpread() {
    let difference = PairedDifference([0.5], minus: [0.25])
    #expect(difference.mean == 0.25 && difference.standardError == 0)
  }
}
