/// Writes compact JSON as UTF-8 bytes into one buffer that is reused from record to record.
///
/// Commas are put between members and elements; the caller keeps the nesting right (a key before each value
/// of an object, as many ends as beginnings). Nothing here depends on the locale, and equal calls give equal
/// bytes, so output files can be compared by hash.
public struct JSONWriter: Sendable {
  /// What has been written so far. May be read, handed on or appended to between two values.
  public var bytes: [UInt8]

  /// Whether the next value or key is preceded by another one at its level.
  ///
  /// One flag is enough for every level: whatever opens clears it, whatever closes sets it.
  var needsComma = false

  /// An empty writer with room for `capacity` bytes.
  public init(capacity: Int = 0) {
    bytes = []
    bytes.reserveCapacity(capacity)
  }

  /// Empties the buffer for the next use.
  public mutating func removeAll(keepingCapacity: Bool = true) {
    bytes.removeAll(keepingCapacity: keepingCapacity)
    needsComma = false
  }

  // MARK: Structure

  /// Opens an object: `{`.
  public mutating func beginObject() {
    separate()
    bytes.append(0x7B)
    needsComma = false
  }

  /// Closes the innermost object: `}`.
  public mutating func endObject() {
    bytes.append(0x7D)
    needsComma = true
  }

  /// Opens an array: `[`.
  public mutating func beginArray() {
    separate()
    bytes.append(0x5B)
    needsComma = false
  }

  /// Closes the innermost array: `]`.
  public mutating func endArray() {
    bytes.append(0x5D)
    needsComma = true
  }

  /// Ends a line of JSON Lines; the next value starts a new document.
  public mutating func newline() {
    bytes.append(0x0A)
    needsComma = false
  }

  /// Ends a line inside a document, after an element or member; the comma is written before the line end.
  public mutating func breakLine() {
    separate()
    bytes.append(0x0A)
    needsComma = false
  }

  /// A member name known when the program is written; copied as it is, so it must need no escape.
  public mutating func key(_ name: StaticString) {
    separate()
    bytes.append(0x22)
    name.withUTF8Buffer { bytes.append(contentsOf: $0) }
    bytes.append(0x22)
    bytes.append(0x3A)
    needsComma = false
  }

  /// A member name known only when the program runs; escaped like any string.
  public mutating func key(string name: String) {
    string(name)
    bytes.append(0x3A)
    needsComma = false
  }

  // MARK: Strings

  /// A string value.
  public mutating func string(_ value: String) {
    var value = value
    value.withUTF8 { string(utf8: $0) }
  }

  /// A string value given as UTF-8. The bytes must be well formed; they are not checked again.
  public mutating func string(utf8 text: UnsafeBufferPointer<UInt8>) {
    separate()
    bytes.append(0x22)
    JSONEscaping.append(utf8: text, to: &bytes)
    bytes.append(0x22)
    needsComma = true
  }

  /// A string value given as UTF-16. A surrogate without its partner is written as U+FFFD.
  public mutating func string(utf16 text: UnsafeBufferPointer<UInt16>) {
    separate()
    bytes.append(0x22)
    JSONEscaping.append(utf16: text, to: &bytes)
    bytes.append(0x22)
    needsComma = true
  }

  // MARK: Other values

  /// An integer value.
  public mutating func int(_ value: Int) {
    separate()
    if value < 0 { bytes.append(0x2D) }
    digits(of: UInt64(value.magnitude))
    needsComma = true
  }

  /// A number, in the fewest digits that read back as the same value; infinities and NaN, which JSON cannot
  /// say, become `null`.
  public mutating func double(_ value: Double) {
    guard value.isFinite else { return null() }
    separate()
    var text = value.description
    text.withUTF8 { bytes.append(contentsOf: $0) }
    needsComma = true
  }

  /// A number rounded to `digits` places after the point (0 to 9), ties away from zero, trailing zeros kept.
  ///
  /// Values too large to be rounded exactly are written as by ``double(_:)``; infinities and NaN become `null`.
  public mutating func fixed(_ value: Double, digits places: Int) {
    guard value.isFinite else { return null() }
    let places = min(max(places, 0), 9)
    var scale: UInt64 = 1
    for _ in 0..<places { scale *= 10 }
    let scaled = value.magnitude * Double(scale)
    guard scaled < 9_007_199_254_740_992 else { return double(value) }  // 2^53: integers are exact below
    separate()
    // By integers, not `rounded()`: that one calls into libm.
    var whole = UInt64(scaled)
    if scaled - Double(whole) >= 0.5 { whole += 1 }
    if value < 0, whole > 0 { bytes.append(0x2D) }
    digits(of: whole / scale)
    if places > 0 {
      bytes.append(0x2E)
      var rest = whole % scale
      var unit = scale / 10
      while unit > 0 {
        bytes.append(0x30 + UInt8(truncatingIfNeeded: rest / unit))
        rest %= unit
        unit /= 10
      }
    }
    needsComma = true
  }

  /// `true` or `false`.
  public mutating func bool(_ value: Bool) {
    literal(value ? "true" : "false")
  }

  /// `null`.
  public mutating func null() {
    literal("null")
  }

  /// A value that is already JSON; copied as it is.
  public mutating func raw(_ json: UnsafeBufferPointer<UInt8>) {
    separate()
    bytes.append(contentsOf: json)
    needsComma = true
  }

  /// A value that is already JSON; copied as it is.
  public mutating func raw(_ json: [UInt8]) {
    separate()
    bytes.append(contentsOf: json)
    needsComma = true
  }

  // MARK: Parts

  @inline(__always)
  mutating func separate() {
    if needsComma { bytes.append(0x2C) }
  }

  private mutating func literal(_ text: StaticString) {
    separate()
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
    needsComma = true
  }

  private mutating func digits(of value: UInt64) {
    // Offsets and counts are short and by far the most frequent; single appends are inlined.
    if value < 10_000 {
      let value = UInt32(truncatingIfNeeded: value)
      if value >= 1000 { append(digit: value / 1000) }
      if value >= 100 { append(digit: value / 100 % 10) }
      if value >= 10 { append(digit: value / 10 % 10) }
      return append(digit: value % 10)
    }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { buffer in
      var at = 20
      var rest = value
      repeat {
        at -= 1
        let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
        buffer[at] = 0x30 + UInt8(truncatingIfNeeded: digit)
        rest = quotient
      } while rest > 0
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: buffer[at..<20]))
    }
  }

  @inline(__always)
  private mutating func append(digit: UInt32) {
    bytes.append(0x30 &+ UInt8(truncatingIfNeeded: digit))
  }
}
