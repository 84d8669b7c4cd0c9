import CTextScan
import Glibc

/// The header lines of a WARC record or an HTTP message: `Name: value`, with CRLF or LF ends, folded lines allowed.
///
/// A view of bytes that nothing is copied from until a value is asked for.
struct HeaderFields {
  /// The lines, without the blank line that ends them.
  private let bytes: UnsafeBufferPointer<UInt8>

  /// Of a header whose first line (version, status) is passed over.
  init(afterFirstLineOf header: UnsafeBufferPointer<UInt8>) {
    let first = header.firstIndex(of: 0x0A) ?? header.count
    bytes = UnsafeBufferPointer(rebasing: header[min(first + 1, header.count)...])
  }

  /// Where a header ends, behind its blank line; nil when there is none.
  ///
  /// - Parameter from: an offset at or before the last line feed that was looked at.
  static func end(of bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    var at = start
    while at < bytes.count, let found = memchr(bytes.baseAddress! + at, 0x0A, bytes.count - at) {
      let feed = UnsafeRawPointer(found) - UnsafeRawPointer(bytes.baseAddress!)
      let next = feed + 1
      if next < bytes.count, bytes[next] == 0x0A { return next + 1 }
      if next + 1 < bytes.count, bytes[next] == 0x0D, bytes[next + 1] == 0x0A { return next + 2 }
      at = next
    }
    return nil
  }

  /// The value of the first field of a name (in lower case) without white space around it; nil when there is none.
  func value(_ name: StaticString) -> UnsafeBufferPointer<UInt8>? {
    var at = 0
    while at < bytes.count {
      let end = lineEnd(from: at)
      if hasName(name, at: at, end: end) { return trimmed(at + name.utf8CodeUnitCount + 1, end) }
      at = end + 1
    }
    return nil
  }

  /// The same as text: folds are spaces, malformed UTF-8 is replaced, at most `limit` bytes; nil when empty.
  func text(_ name: StaticString, limit: Int = 8192) -> String? {
    guard let value = value(name), !value.isEmpty else { return nil }
    guard value.contains(where: { $0 < 0x20 }) else {
      return String(decoding: value.prefix(limit), as: UTF8.self)
    }
    let words = value.prefix(limit).split { $0 <= 0x20 }
    return words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
  }

  /// The end of a field that begins at an index: its line feed, folds included.
  private func lineEnd(from start: Int) -> Int {
    var at = start
    while at < bytes.count, let found = memchr(bytes.baseAddress! + at, 0x0A, bytes.count - at) {
      let feed = UnsafeRawPointer(found) - UnsafeRawPointer(bytes.baseAddress!)
      let isFolded = feed + 1 < bytes.count && (bytes[feed + 1] == 0x20 || bytes[feed + 1] == 0x09)
      if !isFolded { return feed }
      at = feed + 1
    }
    return bytes.count
  }

  private func hasName(_ name: StaticString, at start: Int, end: Int) -> Bool {
    let count = name.utf8CodeUnitCount
    guard start + count < end, bytes[start + count] == UInt8(ascii: ":") else { return false }
    for i in 0..<count {
      let byte = bytes[start + i]
      let lower = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
      if lower != name.utf8Start[i] { return false }
    }
    return true
  }

  private func trimmed(_ start: Int, _ end: Int) -> UnsafeBufferPointer<UInt8> {
    var (start, end) = (start, end)
    while start < end, bytes[start] <= 0x20 { start += 1 }
    while end > start, bytes[end - 1] <= 0x20 { end -= 1 }
    return UnsafeBufferPointer(rebasing: bytes[start..<end])
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether it begins with a word in lower case, whatever its own case.
  func hasPrefix(ignoringCase word: StaticString) -> Bool {
    guard count >= word.utf8CodeUnitCount else { return false }
    for i in 0..<word.utf8CodeUnitCount {
      let byte = self[i]
      let lower = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
      if lower != word.utf8Start[i] { return false }
    }
    return true
  }

  /// Its digits as a number; nil for anything else, and for numbers beyond 2^53.
  var decimal: Int? {
    guard !isEmpty, count <= 15 else { return nil }
    var value = 0
    for byte in self {
      guard byte >= 0x30, byte <= 0x39 else { return nil }
      value = value * 10 + Int(byte - 0x30)
    }
    return value
  }

  /// Where some bytes stand first, from an offset on.
  func find(_ part: StaticString, from start: Int) -> Int? {
    guard let baseAddress, start < count else { return nil }
    let found = warraq_bytes_find(baseAddress + start, count - start, part.utf8Start, part.utf8CodeUnitCount)
    return found < 0 ? nil : start + found
  }
}
