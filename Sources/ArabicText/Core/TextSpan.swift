/// A half-open range of UTF-16 offsets in one article's text.
///
/// Every library of the package counts in UTF-16 units, because ICU does; offsets are turned into the unit
/// the user asked for (code points, UTF-16, UTF-8) only when a record is written.
public struct TextSpan: Sendable, Hashable, Comparable {
  /// First UTF-16 unit.
  public var start: Int32
  /// One past the last UTF-16 unit.
  public var end: Int32

  /// Makes a span from offsets that fit in 32 bits; `start` is at most `end`.
  @inlinable
  public init(_ start: Int, _ end: Int) {
    self.start = Int32(truncatingIfNeeded: start)
    self.end = Int32(truncatingIfNeeded: end)
  }

  /// Number of UTF-16 units.
  @inlinable public var count: Int { Int(end) - Int(start) }
  /// Whether the span covers nothing.
  @inlinable public var isEmpty: Bool { end <= start }
  /// The same span as a range of array indices.
  @inlinable public var range: Range<Int> { Int(start)..<Int(end) }

  /// Whether `other` lies wholly inside this span.
  @inlinable public func contains(_ other: TextSpan) -> Bool { start <= other.start && other.end <= end }

  /// Orders by start, then by end.
  @inlinable public static func < (a: TextSpan, b: TextSpan) -> Bool {
    (a.start, a.end) < (b.start, b.end)
  }
}
