// The standard library's ways to empty, refill and append are made for any element and take some hundred
// instructions before they touch the first one. An article of one line needs dozens of them.

extension Array {
  /// Gives the array at least so many elements; those it has keep what they hold.
  @inlinable @inline(__always)
  package mutating func grow(to count: Int, _ blank: @autoclosure () -> Element) {
    let missing = count - self.count
    guard missing > 0 else { return }
    append(addingCapacity: missing) { $0.append(repeating: blank(), count: missing) }
  }

  /// Makes an array in room for `capacity` elements, of which `body` initializes the first ones; it returns how many.
  ///
  /// As `init(unsafeUninitializedCapacity:initializingWith:)`, which the compiler does not specialize.
  @inlinable @inline(__always)
  package init(capacity: Int, filledBy body: (UnsafeMutableBufferPointer<Element>) -> Int) {
    self = []
    // With no room at all the standard library writes the count of the one empty array that all threads share.
    guard capacity > 0 else { return }
    append(addingCapacity: capacity) { span in
      span.withUnsafeMutableBufferPointer { room, count in count = body(room) }
    }
  }
}

extension Array where Element: BitwiseCopyable {
  /// Gives the array at least so many elements, of which the first `count` are the same; it never shrinks.
  @inlinable @inline(__always)
  package mutating func refill(first count: Int, _ value: Element) {
    grow(to: count, value)
    withUnsafeMutableBufferPointer { $0[..<count].update(repeating: value) }
  }

  /// Appends copies of a few elements.
  @inlinable @inline(__always)
  package mutating func append(copying elements: UnsafeBufferPointer<Element>) {
    guard let source = elements.baseAddress, elements.count > 0 else { return }
    append(addingCapacity: elements.count) { span in
      span.withUnsafeMutableBufferPointer { room, count in
        room.baseAddress.unsafelyUnwrapped.update(from: source, count: elements.count)
        count = elements.count
      }
    }
  }
}
