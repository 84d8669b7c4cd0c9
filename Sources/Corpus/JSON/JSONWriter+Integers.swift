import CJSON

extension JSONWriter {
  /// Most bytes of a 32-bit integer, its sign and a comma.
  private static let mostIntegerBytes = 12

  /// An integer value.
  public mutating func int(_ value: Int) {
    buffer.reserve(24)
    separateInPlace()
    if value < 0 { put(0x2D) }
    if value.magnitude <= UInt(UInt32.max) {
      buffer.next += JSONDigits.write(UInt32(truncatingIfNeeded: value.magnitude), at: buffer.next)
    } else {
      buffer.next += JSONDigits.write(UInt64(value.magnitude), at: buffer.next)
    }
    needsComma = true
  }

  /// An array of integers, for example all offsets of an article.
  ///
  /// Faster than one ``int(_:)`` after another: room is made once for all.
  public mutating func ints(_ values: UnsafeBufferPointer<Int32>) {
    beginArray()
    buffer.reserve(values.count * Self.mostIntegerBytes)
    for index in values.indices {
      if index > 0 { put(0x2C) }
      let value = values[index]
      if value < 0 { put(0x2D) }
      buffer.next += JSONDigits.write(value.magnitude, at: buffer.next)
    }
    endArray()
  }

  /// Two members, each an array of two numbers, such as a range: `"one":[start,end],"two":[start,end]`.
  ///
  /// As `key`, `beginArray`, `int`, `int`, `endArray` twice, but room is made once; inlined for the sake of the
  /// names, as ``key(_:)``.
  ///
  /// - Precondition: the numbers have 32 bits.
  @inlinable
  @inline(__always)
  public mutating func pairs(
    _ first: StaticString, _ firstStart: Int, _ firstEnd: Int, _ second: StaticString, _ secondStart: Int,
    _ secondEnd: Int
  ) {
    buffer.reserve(first.utf8CodeUnitCount + second.utf8CodeUnitCount + 2 * JSONWriter.pairRoom + 8)
    separateInPlace()
    putPairs(first, firstStart, firstEnd, second, secondStart, secondEnd)
    needsComma = true
  }

  /// An object of the same two members.
  @inlinable
  @inline(__always)
  public mutating func objectOfPairs(
    _ first: StaticString, _ firstStart: Int, _ firstEnd: Int, _ second: StaticString, _ secondStart: Int,
    _ secondEnd: Int
  ) {
    buffer.reserve(first.utf8CodeUnitCount + second.utf8CodeUnitCount + 2 * JSONWriter.pairRoom + 10)
    separateInPlace()
    put(0x7B)
    putPairs(first, firstStart, firstEnd, second, secondStart, secondEnd)
    put(0x7D)
    needsComma = true
  }

  @inlinable
  @inline(__always)
  mutating func putPairs(
    _ first: StaticString, _ firstStart: Int, _ firstEnd: Int, _ second: StaticString, _ secondStart: Int,
    _ secondEnd: Int
  ) {
    putKey(first)
    let start = buffer.next
    putPair(UInt32(firstStart), UInt32(firstEnd))
    let length = buffer.next - start
    put(0x2C)
    putKey(second)
    if firstStart == secondStart, firstEnd == secondEnd {
      // Mostly, since most texts are not edited before the place.
      putPair(from: start, length)
    } else {
      putPair(UInt32(secondStart), UInt32(secondEnd))
    }
  }

  /// Bytes that a pair may take, and more than its longest form has.
  @usableFromInline static var pairRoom: Int { 32 }

  /// Writes `[start,end]` into room that the caller has made.
  @usableFromInline
  mutating func putPair(_ start: UInt32, _ end: UInt32) {
    var out = buffer.next
    out[0] = 0x5B
    out += 1
    out += JSONDigits.write(start, at: out)
    out[0] = 0x2C
    out += 1
    out += JSONDigits.write(end, at: out)
    out[0] = 0x5D
    buffer.next = out + 1
  }

  /// Writes the pair again that was written at `start`, as a block of the size of the longest one.
  @inlinable
  @inline(__always)
  mutating func putPair(from start: UnsafeMutablePointer<UInt8>, _ length: Int) {
    let bytes = UnsafeRawPointer(start).loadUnaligned(as: SIMD32<UInt8>.self)
    UnsafeMutableRawPointer(buffer.next).storeBytes(of: bytes, as: SIMD32<UInt8>.self)
    buffer.next += length
  }
}

/// Decimal digits.
enum JSONDigits {
  /// 00 to 99: two digits at a time take half the divisions.
  private static let pairs: StaticString = """
    0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849\
    5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899
    """

  /// Writes a number at `out`, where there is room for 12 bytes, and returns how many digits it has.
  @inline(__always)
  static func write(_ value: UInt32, at out: UnsafeMutablePointer<UInt8>) -> Int {
    if value < 10_000 { return writeShort(value, at: out) }
    let high = value / 10_000
    var count = 0
    if high < 10_000 {
      count = writeShort(high, at: out)
    } else {
      count = writeShort(high / 10_000, at: out)
      store(four(high % 10_000), at: out + count)
      count += 4
    }
    store(four(value % 10_000), at: out + count)
    return count + 4
  }

  /// Writes a number at `out`, where there is room for 24 bytes, and returns how many digits it has.
  static func write(_ value: UInt64, at out: UnsafeMutablePointer<UInt8>) -> Int {
    if value <= UInt64(UInt32.max) { return write(UInt32(truncatingIfNeeded: value), at: out) }
    let count = write(value / 10_000, at: out)
    store(four(UInt32(truncatingIfNeeded: value % 10_000)), at: out + count)
    return count + 4
  }

  /// Writes a number of ten thousandths with its point at `out`, where there is room for 12 bytes, and returns how
  /// many characters it has. Scores have four places; divisions by a constant are multiplications.
  @inline(__always)
  static func write(tenThousandths value: UInt32, at out: UnsafeMutablePointer<UInt8>) -> Int {
    let count = write(value / 10_000, at: out)
    out[count] = 0x2E
    store(four(value % 10_000), at: out + count + 1)
    return count + 5
  }

  /// Writes a number below 10,000 as four bytes, of which the digits come first.
  @inline(__always)
  private static func writeShort(_ value: UInt32, at out: UnsafeMutablePointer<UInt8>) -> Int {
    if value < 1000 {
      let digits = warraq_json_small_number(value)
      store(digits, at: out)
      return Int(digits >> 24)
    }
    store(four(value), at: out)
    return 4
  }

  /// Four digits with leading zeros, the first in the lowest byte.
  @inline(__always)
  private static func four(_ value: UInt32) -> UInt32 {
    let high = value / 100
    let low = value &- high &* 100
    return UInt32(two(high)) | UInt32(two(low)) &<< 16
  }

  @inline(__always)
  private static func two(_ value: UInt32) -> UInt16 {
    UInt16(
      littleEndian: UnsafeRawPointer(pairs.utf8Start).loadUnaligned(
        fromByteOffset: 2 &* Int(value), as: UInt16.self))
  }

  @inline(__always)
  private static func store(_ digits: UInt32, at out: UnsafeMutablePointer<UInt8>) {
    UnsafeMutableRawPointer(out).storeBytes(of: digits.littleEndian, as: UInt32.self)
  }
}
