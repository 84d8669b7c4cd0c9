/// Finds the end of one value in a JSON array by its quotes and brackets, without parsing it.
struct ElementScanner {
  private var depth = 0
  private var isInString = false
  private var isEscaped = false

  /// Goes on from `at`; returns where the value ends, or nil with `at` behind the last whole unit.
  mutating func end(
    in window: UnsafeBufferPointer<UInt8>, from at: inout Int, units: CodeUnits
  ) -> Int? {
    if units.width == 1 { return endOfBytes(in: window, from: &at) }
    while at + units.width <= window.count {
      let unit = units.ascii(window, at: at)
      if closesParent(unit) { return at }
      at += units.width
      if take(unit) { return at }
    }
    return nil
  }

  /// The same for one byte a unit; the insides of strings go by in a tight loop.
  private mutating func endOfBytes(in window: UnsafeBufferPointer<UInt8>, from at: inout Int) -> Int? {
    var index = at
    defer { at = index }
    while index < window.count {
      if isInString, !isEscaped {
        while index < window.count, window[index] != UInt8(ascii: "\""), window[index] != UInt8(ascii: "\\") {
          index += 1
        }
        if index == window.count { return nil }
      }
      let unit = window[index]
      if closesParent(unit) { return index }
      index += 1
      if take(unit) { return index }
    }
    return nil
  }

  /// Whether a scalar of the array ends before this unit.
  @inline(__always)
  private func closesParent(_ unit: UInt8) -> Bool {
    guard depth == 0, !isInString else { return false }
    return unit == UInt8(ascii: ",") || unit == UInt8(ascii: "]") || unit == UInt8(ascii: "}")
      || RecordFramer.isBlank(unit)
  }

  /// Takes one unit; true when the value ends with it.
  @inline(__always)
  private mutating func take(_ unit: UInt8) -> Bool {
    if isInString {
      if isEscaped {
        isEscaped = false
      } else if unit == UInt8(ascii: "\\") {
        isEscaped = true
      } else if unit == UInt8(ascii: "\"") {
        isInString = false
        return depth == 0
      }
      return false
    }
    switch unit {
    case UInt8(ascii: "\""): isInString = true
    case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      depth -= 1
      return depth == 0
    default: break
    }
    return false
  }
}
