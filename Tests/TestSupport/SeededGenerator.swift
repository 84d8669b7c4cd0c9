import Randomness

/// Random numbers for tests, the same on every run.
public struct SeededGenerator: RandomNumberGenerator {
  private var numbers: SplitMix64

  /// Makes a generator.
  public init(seed: UInt64) { numbers = SplitMix64(seed: seed) }

  /// The next 64 bits.
  public mutating func next() -> UInt64 { numbers.next() }
}
