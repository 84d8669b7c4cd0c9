/// Numbers 0, 1, 2... for the term-table ids of one article, in order of first sight.
///
/// Ids of the shared table depend on the articles before; these depend on the article alone, so they may decide
/// orders that reach the output, and arrays over them are as short as the article.
public struct LocalNumbering: Sendable {
  /// The id behind each number.
  public var ids: [UInt32] { given }
  @usableFromInline var given: [UInt32] = []
  @usableFromInline var numbers: [Int32] = []

  /// Makes an empty numbering.
  public init() {}

  /// How many ids have a number.
  @inlinable public var count: Int { given.count }

  /// Forgets all numbers, in time of their count.
  ///
  /// - Parameter idCount: ids to come are below this.
  public mutating func reset(idCount: Int) {
    for id in given { numbers[Int(id)] = -1 }
    given.removeAll(keepingCapacity: true)
    if numbers.count < idCount {
      numbers.append(contentsOf: repeatElement(-1, count: idCount - numbers.count))
    }
  }

  /// Makes room for the numbers of `count` ids to come, some of them perhaps more than once.
  ///
  /// Looking at all of them in one short loop lets the processor fetch many at a time; `number(_:)`, which
  /// branches on what it finds, would wait for each.
  @inlinable
  public mutating func prepare(count: Int, id: (Int) -> UInt32) {
    var unnumbered = 0
    numbers.withUnsafeBufferPointer { numbers in
      for i in 0..<count { unnumbered += numbers[Int(id(i))] < 0 ? 1 : 0 }
    }
    given.reserveCapacity(unnumbered)
  }

  /// The id's number, given now if it has none.
  @inlinable
  public mutating func number(_ id: UInt32) -> Int32 {
    let known = numbers[Int(id)]
    if known >= 0 { return known }
    let number = Int32(given.count)
    numbers[Int(id)] = number
    given.append(id)
    return number
  }

  /// The id's number if it has one.
  @inlinable
  public func find(_ id: UInt32) -> Int32? {
    guard Int(id) < numbers.count, numbers[Int(id)] >= 0 else { return nil }
    return numbers[Int(id)]
  }
}
