import CJSON

/// Writes compact JSON as UTF-8 bytes into one buffer that is reused from record to record.
///
/// Commas are put between members and elements; the caller keeps the nesting right (a key before each value
/// of an object, as many ends as beginnings). Nothing here depends on the locale, and equal calls give equal
/// bytes, so output files can be compared by hash.
///
/// There is one owner of the buffer: a writer is passed on `inout`, never copied.
public struct JSONWriter: ~Copyable {
  @usableFromInline var buffer: JSONBuffer

  /// Whether the next value or key is preceded by another one at its level.
  ///
  /// One flag is enough for every level: whatever opens clears it, whatever closes sets it.
  @usableFromInline var needsComma = false

  /// An empty writer with room for `capacity` bytes.
  public init(capacity: Int = 0) {
    buffer = JSONBuffer(capacity: capacity)
  }

  /// A copy of what has been written so far.
  public var bytes: [UInt8] { Array(buffer.bytes) }

  /// Calls `body` with what has been written so far.
  public func withBytes<Result>(
    _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result {
    try body(buffer.bytes)
  }

  /// Empties the buffer for the next use.
  public mutating func removeAll() {
    buffer.removeAll()
    needsComma = false
  }

  // MARK: Structure

  /// Opens an object: `{`.
  @inlinable
  public mutating func beginObject() { open(0x7B) }

  /// Closes the innermost object: `}`.
  @inlinable
  public mutating func endObject() { close(0x7D) }

  /// Opens an array: `[`.
  @inlinable
  public mutating func beginArray() { open(0x5B) }

  /// Closes the innermost array: `]`.
  @inlinable
  public mutating func endArray() { close(0x5D) }

  /// What stands before a value and is known when the program is written, such as `{"name":` or `"names":[`; copied as
  /// it is.
  ///
  /// As `beginObject`, `key` and so on one after another, but room is made once; inlined for the sake of the text, as
  /// ``key(_:)``.
  @inlinable
  @inline(__always)
  public mutating func fragment(_ json: StaticString) {
    let length = json.utf8CodeUnitCount
    buffer.reserve(length + 1)
    separateInPlace()
    buffer.next.update(from: json.utf8Start, count: length)
    buffer.next += length
    needsComma = false
  }

  /// Ends a line of JSON Lines; the next value starts a new document.
  public mutating func newline() {
    buffer.append(0x0A)
    needsComma = false
  }

  /// Ends a line inside a document, after an element or member; the comma is written before the line end.
  public mutating func breakLine() {
    separate()
    buffer.append(0x0A)
    needsComma = false
  }

  /// A member name known when the program is written; copied as it is, so it must need no escape.
  ///
  /// Inlined, so that the copy is a store or two of constants.
  @inlinable
  @inline(__always)
  public mutating func key(_ name: StaticString) {
    buffer.reserve(name.utf8CodeUnitCount + 4)
    separateInPlace()
    putKey(name)
    needsComma = false
  }

  /// A member name known only when the program runs; escaped like any string.
  public mutating func key(string name: String) {
    string(name)
    buffer.append(0x3A)
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
    quote()
    JSONEscaping.append(utf8: text, to: &buffer)
    buffer.append(0x22)
    needsComma = true
  }

  /// A string value given as UTF-16. A surrogate without its partner is written as U+FFFD.
  public mutating func string(utf16 text: UnsafeBufferPointer<UInt16>) {
    if text.count <= JSONEscaping.chunk {
      // One that is short, as nearly all are: room is made once.
      buffer.reserve(text.count * 6 + Int(WARRAQ_JSON_TEXT_SLACK) + 3)
      separateInPlace()
      put(0x22)
      if let units = text.baseAddress {
        buffer.next += warraq_json_text_from_utf16(units, text.count, buffer.next)
      }
      put(0x22)
    } else {
      quote()
      JSONEscaping.append(utf16: text, to: &buffer)
      buffer.append(0x22)
    }
    needsComma = true
  }

  // MARK: Other values

  /// A number, in the fewest digits that read back as the same value; infinities and NaN, which JSON cannot
  /// say, become `null`.
  public mutating func double(_ value: Double) {
    guard value.isFinite else { return null() }
    separate()
    var text = value.description
    text.withUTF8 { buffer.append(contentsOf: $0) }
    needsComma = true
  }

  /// A number rounded to `digits` places after the point (0 to 9), ties away from zero, trailing zeros kept.
  ///
  /// Values too large to be rounded exactly are written as by ``double(_:)``; infinities and NaN become `null`.
  public mutating func fixed(_ value: Double, digits places: Int) {
    if places == 4, value >= 0, value < 400_000 { return tenThousandths(value) }
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
      at += JSONDigits.write(whole / scale, at: out + at)
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

  /// What scores are: not negative, not large, four places.
  private mutating func tenThousandths(_ value: Double) {
    let scaled = value * 10_000
    var whole = UInt32(scaled)
    if scaled - Double(whole) >= 0.5 { whole += 1 }
    buffer.reserve(13)
    separateInPlace()
    buffer.next += JSONDigits.write(tenThousandths: whole, at: buffer.next)
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
    buffer.append(contentsOf: json)
    needsComma = true
  }

  /// A value that is already JSON; copied as it is.
  public mutating func raw(_ json: [UInt8]) {
    json.withUnsafeBufferPointer { raw($0) }
  }

  /// What stands before a value and is already JSON: whole members, maybe, and a name with its colon.
  public mutating func raw(beforeValue json: [UInt8]) {
    json.withUnsafeBufferPointer { raw($0) }
    needsComma = false
  }

  // MARK: Parts

  @usableFromInline
  mutating func open(_ bracket: UInt8) {
    buffer.reserve(2)
    separateInPlace()
    put(bracket)
    needsComma = false
  }

  @usableFromInline
  mutating func close(_ bracket: UInt8) {
    buffer.append(bracket)
    needsComma = true
  }

  private mutating func quote() {
    buffer.reserve(2)
    separateInPlace()
    put(0x22)
  }

  @inline(__always)
  mutating func separate() {
    if needsComma { buffer.append(0x2C) }
  }

  private mutating func literal(_ text: StaticString) {
    separate()
    text.withUTF8Buffer { buffer.append(contentsOf: $0) }
    needsComma = true
  }

  /// Appends a comma, where one is due, and at most 80 bytes that `body` writes; it returns how many.
  @inline(__always)
  private mutating func append(_ body: (UnsafeMutablePointer<UInt8>) -> Int) {
    buffer.reserve(81)
    separateInPlace()
    buffer.next += body(buffer.next)
  }

  // What follows writes into room that the caller has made.

  /// Writes a comma where one is due, by no branch: what comes next overwrites one that is not.
  @inlinable
  @inline(__always)
  mutating func separateInPlace() {
    buffer.next.pointee = 0x2C
    buffer.next += needsComma ? 1 : 0
  }

  @inlinable
  @inline(__always)
  mutating func put(_ byte: UInt8) {
    buffer.next.pointee = byte
    buffer.next += 1
  }

  /// Writes `"name":`.
  @inlinable
  @inline(__always)
  mutating func putKey(_ name: StaticString) {
    let length = name.utf8CodeUnitCount
    put(0x22)
    buffer.next.update(from: name.utf8Start, count: length)
    buffer.next[length] = 0x22
    buffer.next[length + 1] = 0x3A
    buffer.next += length + 2
  }
}
