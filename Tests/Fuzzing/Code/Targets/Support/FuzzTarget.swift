/// One thing that is fed with arbitrary bytes: by libFuzzer (`Scripts/fuzz NAME SECONDS`), and by the tests with seeds,
/// crashers of old, and mutations of both.
public struct FuzzTarget: Sendable {
  /// Takes one input; throws ``PropertyViolation`` where a promise is broken. What the code under test throws on
  /// purpose is no failure.
  public typealias Run = (UnsafeBufferPointer<UInt8>) throws -> Void

  /// Its name on the command line, and that of its folder of seeds.
  public let name: String
  /// Mutated inputs that the tests feed it in a debug build.
  public let mutations: Int
  /// Sets it up for one thread. What the code under test keeps from input to input stays, as it does in a run.
  public let make: @Sendable () throws -> Run

  init(_ name: String, mutations: Int = 100, _ make: @escaping @Sendable () throws -> Run) {
    self.name = name
    self.mutations = mutations
    self.make = make
  }
}

/// A promise that an input broke.
public struct PropertyViolation: Error, CustomStringConvertible {
  /// What was promised, and where it did not hold.
  public let description: String
}

/// Fails unless a promise holds.
func require(_ holds: Bool, _ promise: @autoclosure () -> String) throws {
  if !holds { throw PropertyViolation(description: promise()) }
}
