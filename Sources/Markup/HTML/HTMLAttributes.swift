import CTextScan
import Glibc

/// The attributes of an element while its event lasts.
struct HTMLAttributes {
  private let pairs: UnsafePointer<UnsafePointer<CChar>?>?

  init(_ pairs: UnsafePointer<UnsafePointer<CChar>?>?) { self.pairs = pairs }

  var isEmpty: Bool { pairs == nil }

  /// The value of an attribute: empty when it is there without one, nil when it is not there.
  func bytes(_ name: StaticString) -> UnsafeBufferPointer<UInt8>? {
    guard var pair = pairs else { return nil }
    while let found = pair[0] {
      if strcmp(found, UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)) == 0 {
        guard let value = pair[1] else { return UnsafeBufferPointer(start: nil, count: 0) }
        return UnsafeRawBufferPointer(start: value, count: strlen(value)).assumingMemoryBound(to: UInt8.self)
      }
      pair += 2
    }
    return nil
  }

  /// The same as a string without white space around it, at most `limit` bytes; nil when empty.
  func text(_ name: StaticString, limit: Int = 4096) -> String? {
    guard let bytes = bytes(name) else { return nil }
    return HTMLAttributes.trimmed(bytes.prefix(limit))
  }

  /// The same in lower case.
  func keyword(_ name: StaticString) -> String? { text(name, limit: 64)?.lowercased() }

  static func trimmed(_ bytes: some Collection<UInt8>) -> String? {
    var text = String(decoding: bytes, as: UTF8.self)[...]
    while text.first?.isWhitespace ?? false { text.removeFirst() }
    while text.last?.isWhitespace ?? false { text.removeLast() }
    return text.isEmpty ? nil : String(text)
  }

  /// Whether nobody sees the element: `hidden`, `aria-hidden`, or a style that says so.
  var isHidden: Bool {
    guard !isEmpty else { return false }
    if bytes("hidden") != nil || keyword("aria-hidden") == "true" { return true }
    guard let style = bytes("style"), !style.isEmpty else { return false }
    let plain = style.prefix(1024).filter { $0 > 0x20 }.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
    return plain.contains(subsequence: Array("display:none".utf8))
      || plain.contains(subsequence: Array("visibility:hidden".utf8))
  }
}

extension [UInt8] {
  /// Whether these bytes stand somewhere in it.
  func contains(subsequence: [UInt8]) -> Bool { firstIndex(of: subsequence, from: 0) != nil }

  /// Where these bytes stand first.
  func firstIndex(of subsequence: [UInt8], from start: Int) -> Int? {
    guard start <= count else { return nil }
    let found = withUnsafeBufferPointer { all in
      subsequence.withUnsafeBufferPointer {
        warraq_bytes_find(all.baseAddress.map { $0 + start }, all.count - start, $0.baseAddress, $0.count)
      }
    }
    return found < 0 ? nil : start + found
  }
}
