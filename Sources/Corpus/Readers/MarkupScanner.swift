import Glibc

/// The name of an article's element, looked for in bytes.
struct ElementName: Sendable {
  private let name: [UInt8]
  /// Whether any rest of a name may follow.
  let isPrefix: Bool
  let ignoresCase: Bool

  init(_ name: String, ignoresCase: Bool) {
    isPrefix = name.utf8.last == UInt8(ascii: "*")
    self.name = isPrefix ? name.utf8.dropLast() : Array(name.utf8)
    self.ignoresCase = ignoresCase
  }

  /// Longest tag name that is looked at, in units.
  static let longest = 256

  enum Match: Equatable {
    /// The name stands there and ends before this index.
    case yes(end: Int)
    case no
    /// More bytes decide.
    case cut
  }

  /// Whether the name stands at an index.
  func match(_ markup: MarkupScanner, at index: Int) -> Match {
    var at = index
    for expected in name {
      guard at + markup.width <= markup.window.count else { return .cut }
      let unit = markup.unit(at)
      guard unit == expected || ignoresCase && MarkupScanner.lower(unit) == MarkupScanner.lower(expected)
      else {
        return .no
      }
      at += markup.width
    }
    while at + markup.width <= markup.window.count {
      switch markup.unit(at) {
      case 0x09...0x0D, 0x20, UInt8(ascii: ">"), UInt8(ascii: "/"): return .yes(end: at)
      default:
        guard isPrefix, at - index < ElementName.longest * markup.width else { return .no }
      }
      at += markup.width
    }
    return .cut
  }
}

/// Looks for marks in a window of bytes, of whatever width the characters are.
struct MarkupScanner {
  let window: UnsafeBufferPointer<UInt8>
  let units: CodeUnits
  var width: Int { units.width }

  @inline(__always)
  func unit(_ at: Int) -> UInt8 { units.ascii(window, at: at) }

  static func lower(_ unit: UInt8) -> UInt8 { unit >= 0x41 && unit <= 0x5A ? unit | 0x20 : unit }

  /// The next index of a unit; nil when there is none.
  func index(of wanted: UInt8, from: Int) -> Int? {
    guard from < window.count, let base = window.baseAddress else { return nil }
    if width == 1 {
      return memchr(base + from, Int32(wanted), window.count - from).map {
        UnsafeRawPointer($0) - UnsafeRawPointer(base)
      }
    }
    var at = from
    while at + width <= window.count {
      if unit(at) == wanted { return at }
      at += width
    }
    return nil
  }

  /// Whether some ASCII stands at an index; nil when more bytes decide.
  func has(_ wanted: StaticString, at index: Int) -> Bool? {
    wanted.withUTF8Buffer { wanted in
      var at = index
      for expected in wanted {
        guard at + width <= window.count else { return nil }
        guard MarkupScanner.lower(unit(at)) == MarkupScanner.lower(expected) else { return false }
        at += width
      }
      return true
    }
  }

  /// Where the next `wanted` ends; nil when it is not there.
  func end(of wanted: StaticString, from: Int) -> Int? {
    let length = wanted.utf8CodeUnitCount * width
    let first = wanted.utf8Start.pointee
    var at = from
    while let found = index(of: first, from: at) {
      if has(wanted, at: found) == true { return found + length }
      at = found + width
    }
    return nil
  }
}
