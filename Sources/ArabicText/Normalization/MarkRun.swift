import CICU

/// Combining marks in a row. Canonical order takes those who put them into it a time that grows with the square of
/// their number, and no writing has many.
public enum MarkRun {
  /// How many marks (general category M) the first run of more than `limit` has; nil when there is none, or when the
  /// limit is 0. Looks at one UTF-16 unit of `limit` only where there are no marks.
  public static func length(in units: [UInt16], above limit: Int) -> Int? {
    guard limit > 0, limit < units.count else { return nil }
    let count = units.withUnsafeBufferPointer {
      warraq_mark_run($0.baseAddress, Int32(clamping: $0.count), Int32(clamping: limit))
    }
    return count > 0 ? Int(count) : nil
  }

  /// Says how many there are of how many.
  public static func words(_ count: Int, _ part: String, limit: Int) -> String {
    "\(count) combining marks in a row in the \(part); limits.combiningMarks is \(limit)"
  }
}
