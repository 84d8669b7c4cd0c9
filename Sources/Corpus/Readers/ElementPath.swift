/// Where something is in an article's element: `title`, `head/title`, `@id`, `head/date/@value`, or `.` for the
/// element itself.
struct ElementPath {
  /// Names from the outermost to the innermost; they end a path, so that `title` matches at any depth.
  let names: [[UInt16]]
  let attribute: [UInt16]?
  /// Whether it is the article's element itself.
  var isRoot: Bool { names.isEmpty }

  init(_ text: String) {
    var parts = text.split(separator: "/").map(String.init)
    if let last = parts.last, last.utf8.first == UInt8(ascii: "@") {
      attribute = Array(last.dropFirst().utf16)
      parts.removeLast()
    } else {
      attribute = nil
    }
    names = parts.filter { $0 != "." }.map { Array($0.utf16) }
  }
}

/// Names and marks in the text of an article's element.
enum MarkupText {
  static func isBlank(_ unit: UInt16) -> Bool { unit == 0x20 || unit >= 0x09 && unit <= 0x0D }

  /// Whether a unit can begin a name.
  static func beginsName(_ unit: UInt16) -> Bool {
    unit >= 0x41 && unit <= 0x5A || unit >= 0x61 && unit <= 0x7A || unit == 0x5F || unit == 0x3A
      || unit >= 0xC0
  }

  static func lower(_ unit: UInt16) -> UInt16 { unit >= 0x41 && unit <= 0x5A ? unit | 0x20 : unit }

  static func isEqual<Name: Collection<UInt16>>(
    _ text: UnsafeBufferPointer<UInt16>, _ range: Range<Int>, _ name: Name, ignoringCase: Bool
  ) -> Bool {
    guard range.count == name.count else { return false }
    var at = range.lowerBound
    for unit in name {
      guard text[at] == unit || ignoringCase && lower(text[at]) == lower(unit) else { return false }
      at += 1
    }
    return true
  }

  /// The next index of a unit; `end` when there is none.
  static func index(of wanted: UInt16, in text: UnsafeBufferPointer<UInt16>, from: Int, to end: Int) -> Int {
    guard let base = text.baseAddress else { return end }
    var at = from
    let pattern = SIMD16<UInt16>(repeating: wanted)
    while at + 16 <= end {
      let units = UnsafeRawPointer(base + at).loadUnaligned(as: SIMD16<UInt16>.self)
      if any(units .== pattern) { break }
      at += 16
    }
    while at < end, base[at] != wanted { at += 1 }
    return at
  }

  /// Whether some ASCII stands at an index.
  static func has(_ wanted: StaticString, in text: UnsafeBufferPointer<UInt16>, at index: Int) -> Bool {
    wanted.withUTF8Buffer { wanted in
      index + wanted.count <= text.count
        && wanted.indices.allSatisfy { text[index + $0] == UInt16(wanted[$0]) }
    }
  }

  /// Where the next `wanted` begins; nil when it is not there.
  static func start(of wanted: StaticString, in text: UnsafeBufferPointer<UInt16>, from: Int) -> Int? {
    let first = UInt16(wanted.utf8Start.pointee)
    var at = from
    while true {
      at = index(of: first, in: text, from: at, to: text.count)
      if at == text.count { return nil }
      if has(wanted, in: text, at: at) { return at }
      at += 1
    }
  }

  /// Elements that are part of a line: their tags end no paragraph.
  static let inline: Set<String> = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "em", "font", "i", "ins", "mark",
    "q",
    "small", "span", "strike", "strong", "sub", "sup", "tt", "u",
  ]
}
