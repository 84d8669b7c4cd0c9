import Glibc

/// Bytes being put together: one block of memory that is used again and grows by doubling.
///
/// Appending a run is a bounds check and a `memcpy`; taking back what was written is setting `count`.
struct ByteSink: ~Copyable {
  private(set) var base: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  /// How many bytes there are. Lower it to take bytes back; it must not be raised by hand.
  var count = 0

  init(capacity: Int = 4096) {
    self.capacity = max(64, capacity)
    base = .allocate(capacity: self.capacity)
  }

  deinit { base.deallocate() }

  /// What is there; valid until the next change.
  var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base, count: count) }

  /// The last byte, or a line end when there is none.
  @inline(__always)
  var last: UInt8 { count > 0 ? base[count - 1] : 0x0A }

  @inline(__always)
  mutating func reserve(_ more: Int) {
    if capacity - count < more { grow(more) }
  }

  @inline(never)
  private mutating func grow(_ more: Int) {
    capacity = max(capacity * 2, count + more)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    memcpy(larger, base, count)
    base.deallocate()
    base = larger
  }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    reserve(1)
    base[count] = byte
    count += 1
  }

  @inline(__always)
  mutating func append(_ run: UnsafeBufferPointer<UInt8>) {
    guard let start = run.baseAddress, run.count > 0 else { return }
    reserve(run.count)
    memcpy(base + count, start, run.count)
    count += run.count
  }

  @inline(__always)
  mutating func append(_ input: UnsafeBufferPointer<UInt8>, _ from: Int, _ to: Int) {
    guard from < to, let start = input.baseAddress else { return }
    reserve(to - from)
    memcpy(base + count, start + from, to - from)
    count += to - from
  }

  mutating func append(_ text: StaticString) {
    append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  mutating func append(_ text: [UInt8]) { text.withUnsafeBufferPointer { append($0) } }

  /// Appends a code point; U+FFFD for what is none.
  mutating func append(scalar value: UInt32) {
    let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
    for byte in UTF8.encode(scalar).unsafelyUnwrapped { append(byte) }
  }

  /// Takes spaces back, down to a position.
  @inline(__always)
  mutating func trimSpaces(downTo floor: Int) {
    while count > floor, base[count - 1] == 0x20 || base[count - 1] == 0x09 || base[count - 1] == 0x0D {
      count -= 1
    }
  }
}

/// Places in text, by the bytes that can be of interest there.
struct ByteSet {
  private let isMember: [Bool]

  init(_ text: StaticString) {
    var members = [Bool](repeating: false, count: 256)
    for byte in UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount) {
      members[Int(byte)] = true
    }
    isMember = members
  }

  /// The first place at or behind `from` with such a byte; the end when there is none.
  @inline(__always)
  func first(in input: UnsafeBufferPointer<UInt8>, from: Int) -> Int {
    isMember.withUnsafeBufferPointer { isMember in
      var at = from
      while at < input.count, !isMember[Int(input[at])] { at += 1 }
      return at
    }
  }
}

/// ASCII as it is asked for here.
enum ASCII {
  @inline(__always)
  static func lowercased(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }

  @inline(__always)
  static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A }

  @inline(__always)
  static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  /// A space, tab, line end or carriage return.
  @inline(__always)
  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }
}

extension UnsafeBufferPointer<UInt8> {
  /// A part of it, without the blanks at both ends.
  func trimmed(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
    var low = range.lowerBound
    var high = range.upperBound
    while low < high, ASCII.isBlank(self[low]) { low += 1 }
    while low < high, ASCII.isBlank(self[high - 1]) { high -= 1 }
    return UnsafeBufferPointer(rebasing: self[low..<high])
  }

  /// Whether some ASCII stands at a place.
  @inline(__always)
  func has(_ text: StaticString, at index: Int) -> Bool {
    let length = text.utf8CodeUnitCount
    guard let baseAddress, index >= 0, count - index >= length else { return false }
    return memcmp(baseAddress + index, text.utf8Start, length) == 0
  }

  /// The next place of a byte at or behind `from`; nil when there is none.
  @inline(__always)
  func next(_ byte: UInt8, from: Int) -> Int? {
    guard let baseAddress, from < count else { return nil }
    return memchr(baseAddress + from, Int32(byte), count - from).map {
      UnsafeRawPointer($0) - UnsafeRawPointer(baseAddress)
    }
  }
}
