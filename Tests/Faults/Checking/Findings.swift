/// What a checker found.
public struct Findings: Sendable, Hashable {
  /// Articles that are nowhere in the output.
  public var lost: [Place] = []
  /// Articles that are there once too often, once for each time.
  public var duplicated: [Place] = []
  /// Everything else that is not as it should be, in words.
  public var wrong: [String] = []

  /// Nothing found.
  public init() {}

  /// Whether everything is as it should be.
  public var isSound: Bool { lost.isEmpty && duplicated.isEmpty && wrong.isEmpty }

  /// The first few in words.
  public var summary: String {
    let all =
      lost.map { "lost \($0)" } + duplicated.map { "twice \($0)" } + wrong
    return all.prefix(4).joined(separator: "; ") + (all.count > 4 ? "; and \(all.count - 4) more" : "")
  }
}
