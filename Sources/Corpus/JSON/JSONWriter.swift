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
  ///
  /// - Precondition: the name has at most 64 bytes.
  public mutating func key(_ name: StaticString) {
    let length = name.utf8CodeUnitCount
    precondition(length <= 64)
    append { out in
      out[0] = 0x22
      for i in 0..<length { out[1 + i] = name.utf8Start[i] }
      out[1 + length] = 0x22
      out[2 + length] = 0x3A
      return length + 3
    }
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
    append { out in
      if value < 0 { out[0] = 0x2D }
      let sign = value < 0 ? 1 : 0
      return sign + JSONWriter.write(UInt64(value.magnitude), at: out + sign)
    }
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
    // By integers, not `rounded()`: that one calls into libm.
    var whole = UInt64(scaled)
    if scaled - Double(whole) >= 0.5 { whole += 1 }
    append { out in
      var at = 0
      if value < 0, whole > 0 {
        out[0] = 0x2D
        at = 1
      }
      at += JSONWriter.write(whole / scale, at: out + at)
      guard places > 0 else { return at }
      out[at] = 0x2E
      var rest = whole % scale
      for place in stride(from: places, to: 0, by: -1) {
        out[at + place] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
      }
      return at + 1 + places
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

  /// Appends a comma, where one is due, and at most 80 bytes that `body` writes; it returns how many.
  ///
  /// One growth of the buffer instead of one a byte.
  @inline(__always)
  private mutating func append(_ body: (UnsafeMutablePointer<UInt8>) -> Int) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 96) { buffer in
      guard let start = buffer.baseAddress else { return }
      start[0] = 0x2C
      let comma = needsComma ? 1 : 0
      let count = comma + body(start + comma)
      bytes.append(contentsOf: UnsafeBufferPointer(start: start, count: count))
    }
  }

  /// Writes decimal digits, at most 20, and returns how many.
  @inline(__always)
  private static func write(_ value: UInt64, at out: UnsafeMutablePointer<UInt8>) -> Int {
    if value < UInt64(UInt32.max) { return write(UInt32(truncatingIfNeeded: value), at: out) }
    var count = 0
    var rest = value
    while rest > 0 {
      rest /= 10
      count += 1
    }
    rest = value
    for at in stride(from: count - 1, through: 0, by: -1) {
      out[at] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
    return count
  }
}
