import Glibc

/// Looks for elements in XML whose shape is known, without building a tree.
struct XMLText {
  let bytes: UnsafeBufferPointer<UInt8>

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// The next place of a byte at or behind `from`.
  @inline(__always)
  func next(_ byte: UInt8, from: Int) -> Int? {
    guard let base = bytes.baseAddress, from < bytes.count else { return nil }
    return memchr(base + from, Int32(byte), bytes.count - from).map {
      UnsafeRawPointer($0) - UnsafeRawPointer(base)
    }
  }

  /// Whether some ASCII stands at a place.
  @inline(__always)
  func has(_ text: StaticString, at index: Int) -> Bool {
    guard let base = bytes.baseAddress, index >= 0, bytes.count - index >= text.utf8CodeUnitCount else {
      return false
    }
    return memcmp(base + index, text.utf8Start, text.utf8CodeUnitCount) == 0
  }

  /// Whether two ranges hold the same bytes.
  func isEqual(_ one: Range<Int>, _ other: Range<Int>) -> Bool {
    guard one.count == other.count, let base = bytes.baseAddress else { return false }
    return memcmp(base + one.lowerBound, base + other.lowerBound, one.count) == 0
  }

  /// Calls `body` with the tag, without its brackets, and the content of each element of a name that holds only text.
  func forEach(_ name: StaticString, _ body: (_ tag: Range<Int>, _ content: Range<Int>) -> Void) {
    var at = 0
    while let open = next(0x3C, from: at) {
      at = open + 1
      guard has(name, at: at), let tagEnd = next(0x3E, from: at) else { continue }
      let after = at + name.utf8CodeUnitCount
      guard after == tagEnd || bytes[after] == 0x20 || bytes[after] == 0x2F || bytes[after] == 0x0A else {
        continue
      }
      let isEmpty = bytes[tagEnd - 1] == 0x2F
      let contentEnd = isEmpty ? tagEnd + 1 : next(0x3C, from: tagEnd) ?? bytes.count
      body(at..<tagEnd, (tagEnd + 1)..<contentEnd)
      at = tagEnd + 1
    }
  }

  /// The text at the beginning of the first element of a name.
  func content(ofFirst name: StaticString) -> Range<Int>? {
    var found: Range<Int>?
    forEach(name) { _, content in found = found ?? content }
    return found
  }

  /// The value of an attribute of the first element of a name.
  func attribute(_ attribute: StaticString, ofFirst name: StaticString) -> Range<Int>? {
    var found: Range<Int>?
    forEach(name) { tag, _ in found = found ?? tag }
    return found.flatMap { self.attribute(attribute, in: $0) }
  }

  /// The value of an attribute in a tag.
  func attribute(_ name: StaticString, in tag: Range<Int>) -> Range<Int>? {
    var at = tag.lowerBound
    while at < tag.upperBound {
      guard let equals = next(0x3D, from: at), equals + 1 < tag.upperBound else { return nil }
      let quote = bytes[equals + 1]
      guard quote == 0x22 || quote == 0x27, let end = next(quote, from: equals + 2), end < tag.upperBound
      else {
        return nil
      }
      let nameStart = equals - name.utf8CodeUnitCount
      if nameStart > tag.lowerBound, has(name, at: nameStart), bytes[nameStart - 1] <= 0x20 {
        return (equals + 2)..<end
      }
      at = end + 1
    }
    return nil
  }

  /// The characters of a range, its references decoded.
  func string(_ range: Range<Int>) -> String {
    var text: [UInt8] = []
    appendText(range, to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// Appends the characters of a range, its references decoded: the five of XML, and numbers. Others stay as they are.
  func appendText(_ range: Range<Int>, to out: inout [UInt8]) {
    out.reserveCapacity(out.count + range.count)
    var at = range.lowerBound
    while at < range.upperBound {
      let ampersand = min(next(0x26, from: at) ?? range.upperBound, range.upperBound)
      out.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[at..<ampersand]))
      at = ampersand
      guard at < range.upperBound else { break }
      at = appendReference(at, to: &out)
    }
  }

  /// Appends what a reference stands for; returns where it ends.
  private func appendReference(_ at: Int, to out: inout [UInt8]) -> Int {
    func take(_ byte: UInt8, _ length: Int) -> Int {
      out.append(byte)
      return at + length
    }
    if has("&lt;", at: at) { return take(0x3C, 4) }
    if has("&gt;", at: at) { return take(0x3E, 4) }
    if has("&amp;", at: at) { return take(0x26, 5) }
    if has("&quot;", at: at) { return take(0x22, 6) }
    if has("&apos;", at: at) { return take(0x27, 6) }
    guard has("&#", at: at) else { return take(0x26, 1) }
    let isHexadecimal = has("x", at: at + 2)
    let start = at + (isHexadecimal ? 3 : 2)
    var end = start
    var value: UInt32 = 0
    while end < bytes.count, end - start < 8, let digit = hexadecimal(bytes[end]), isHexadecimal || digit < 10
    {
      value = value &* (isHexadecimal ? 16 : 10) &+ digit
      end += 1
    }
    guard end > start, has(";", at: end), let scalar = Unicode.Scalar(value), value > 0 else {
      return take(0x26, 1)
    }
    out.append(contentsOf: UTF8.encode(scalar).unsafelyUnwrapped)
    return end + 1
  }

  private func hexadecimal(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x30...0x39: UInt32(byte) - 0x30
    case 0x41...0x46: UInt32(byte) - 0x37
    case 0x61...0x66: UInt32(byte) - 0x57
    default: nil
    }
  }
}
