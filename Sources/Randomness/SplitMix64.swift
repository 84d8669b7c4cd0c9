/// SplitMix64 (Steele, Lea and Flood 2014): random numbers that a seed repeats. The standard library's way from random
/// bits to an index may change between versions; this one's does not.
public struct SplitMix64: Sendable {
  private var state: UInt64

  /// Makes a generator.
  public init(seed: UInt64) { state = seed }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// An index from 0 up to, not including, `count`; the bias is below count / 2^64.
  public mutating func next(below count: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(count)).high)
  }

  /// A number from 0 up to, not including, 1.
  public mutating func nextUnit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// So many different indices below `count`, in random order (Fisher and Yates); all of them when fewer are there.
  public mutating func sample(_ wanted: Int, of count: Int) -> [Int] {
    var indices = Array(0..<count)
    for i in indices.indices.prefix(wanted) { indices.swapAt(i, i + next(below: count - i)) }
    return Array(indices.prefix(wanted))
  }
}
