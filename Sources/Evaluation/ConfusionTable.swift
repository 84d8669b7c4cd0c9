/// How often each label was found where each label is right.
public struct ConfusionTable: Sendable {
  private var counts: [String: [String: Int]] = [:]
  /// Articles counted.
  public private(set) var total = 0

  /// An empty table.
  public init() {}

  /// Counts an article.
  public mutating func add(gold: String, found: String) {
    counts[gold, default: [:]][found, default: 0] += 1
    total += 1
  }

  /// How often `found` was found where `gold` is right.
  public func count(gold: String, found: String) -> Int { counts[gold]?[found] ?? 0 }

  /// The labels that are right somewhere, sorted.
  public var goldLabels: [String] { counts.keys.sorted() }
  /// The labels that were found somewhere, the right ones first, each part sorted.
  public var foundLabels: [String] {
    let found = Set(counts.values.flatMap(\.keys))
    return goldLabels.filter(found.contains) + found.subtracting(goldLabels).sorted()
  }

  /// Share of articles for which the right label was found; 0 for an empty table.
  public var accuracy: Double { share { $0 == $1 } }

  /// Share of articles for which it was rightly found whether their label is one of these.
  public func accuracy(of labels: Set<String>) -> Double {
    share { labels.contains($0) == labels.contains($1) }
  }

  private func share(_ isRight: (String, String) -> Bool) -> Double {
    guard total > 0 else { return 0 }
    var right = 0
    for (gold, row) in counts {
      for (found, count) in row where isRight(gold, found) { right += count }
    }
    return Double(right) / Double(total)
  }

  /// Share of the articles with this label for which it was found; nil if there is none.
  public func recall(_ label: String) -> Double? {
    guard let row = counts[label] else { return nil }
    return Double(row[label] ?? 0) / Double(row.values.reduce(0, +))
  }

  /// Share of the articles for which this label was found that have it; nil if it was not found.
  public func precision(_ label: String) -> Double? {
    let found = counts.values.reduce(0) { $0 + ($1[label] ?? 0) }
    return found == 0 ? nil : Double(counts[label]?[label] ?? 0) / Double(found)
  }
}
