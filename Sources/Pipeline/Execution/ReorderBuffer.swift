/// Puts what workers finish back into input order. A pure value: no task, no lock.
public struct ReorderBuffer<Element> {
  private var waiting: [Int: Element] = [:]
  /// Index of the element that leaves next.
  public private(set) var nextIndex: Int

  /// Makes a buffer whose first element has the index `first`.
  public init(first: Int = 0) { nextIndex = first }

  /// Number of elements that wait for an earlier one.
  public var count: Int { waiting.count }

  /// Takes an element in; each index comes once.
  public mutating func insert(_ element: Element, at index: Int) { waiting[index] = element }

  /// The next element in order, if it is there.
  public mutating func popNext() -> Element? {
    guard let element = waiting.removeValue(forKey: nextIndex) else { return nil }
    nextIndex += 1
    return element
  }
}
