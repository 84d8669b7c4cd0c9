/// Numbers 0, 1, 2... for the term-table ids of one article, in order of first sight.
///
/// Ids of the shared table depend on the articles before; these depend on the article alone, so they may decide
/// orders that reach the output, and arrays over them are as short as the article.
public struct LocalNumbering: Sendable {
  /// The id behind each number.
  public private(set) var ids: [UInt32] = []
  private var numbers: [Int32] = []

  /// Makes an empty numbering.
  public init() {}

  /// How many ids have a number.
  public var count: Int { ids.count }

  /// Forgets all numbers, in time of their count.
  ///
  /// - Parameter idCount: ids to come are below this.
  public mutating func reset(idCount: Int) {
    for id in ids { numbers[Int(id)] = -1 }
    ids.removeAll(keepingCapacity: true)
    if numbers.count < idCount {
      numbers.append(contentsOf: repeatElement(-1, count: idCount - numbers.count))
    }
  }

  /// The id's number, given now if it has none.
  public mutating func number(_ id: UInt32) -> Int32 {
    let known = numbers[Int(id)]
    if known >= 0 { return known }
    let number = Int32(ids.count)
    numbers[Int(id)] = number
    ids.append(id)
    return number
  }

  /// The id's number if it has one.
  public func find(_ id: UInt32) -> Int32? {
    guard Int(id) < numbers.count, numbers[Int(id)] >= 0 else { return nil }
    return numbers[Int(id)]
  }
}
