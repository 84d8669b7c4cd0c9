/// Decodes HTML entities that were left in the text.
///
/// Numeric ones all, with the rules of the HTML standard: U+0080 to U+009F are read as windows-1252, what is
/// no character becomes U+FFFD. Named ones by `HTMLEntities`. An entity whose ampersand is itself written as
/// an entity (`&amp;quot;`) is decoded as one; deeper nesting cannot be told from a text about HTML and is
/// left alone, and so decoding twice gives the same as decoding once.
struct HTMLEntityPass: NormalizationPass {
  func isNeeded(_ scan: TextScan) -> Bool { scan.has(.ampersand) }

  // A decoded letter may complete a name: `&&#108;t;`.
  var feedsItself: Bool { true }

  func mayAct(afterLaterPasses scan: TextScan) -> Bool { scan.has(.ampersand) }

  func rewrite(
    _ text: UnsafeBufferPointer<UInt16>, classes: UnsafePointer<UInt32>, into writer: inout TextRewriter
  ) {
    let ampersand = RewriteClasses.ampersand.rawValue
    var i = nextIndex(text, classes, ampersand, from: 0)
    while i < text.count {
      var next = i + 1
      if let entity = Self.parse(text, from: i + 1) {
        next = entity.end
        if entity.depth <= 2 { write(entity.value, i, entity.end, text, &writer) }
      }
      i = nextIndex(text, classes, ampersand, from: next)
    }
  }

  private func write(
    _ value: UInt32, _ start: Int, _ end: Int, _ text: UnsafeBufferPointer<UInt16>,
    _ writer: inout TextRewriter
  ) {
    if value < 0x10000 {
      writer.replace(start, end, of: text, with: UInt16(value))
    } else {
      let pair = [UInt16(0xD7C0 + (value >> 10)), UInt16(0xDC00 + (value & 0x3FF))]
      pair.withUnsafeBufferPointer { writer.replace(start, end, of: text, with: $0) }
    }
  }

  /// Reads what follows an ampersand, through entities that stand for ampersands.
  private static func parse(
    _ text: UnsafeBufferPointer<UInt16>, from start: Int
  ) -> (value: UInt32, end: Int, depth: Int)? {
    guard var body = parseBody(text, from: start) else { return nil }
    var depth = 1
    while body.value == 0x26, let inner = parseBody(text, from: body.end) {
      body = inner
      depth += 1
    }
    return (body.value, body.end, depth)
  }

  /// Reads one entity without its ampersand.
  static func parseBody(
    _ text: UnsafeBufferPointer<UInt16>, from start: Int
  ) -> (value: UInt32, end: Int)? {
    guard start < text.count else { return nil }
    return text[start] == 0x23 ? parseNumber(text, from: start + 1) : parseName(text, from: start)
  }

  private static func parseNumber(
    _ text: UnsafeBufferPointer<UInt16>, from start: Int
  ) -> (value: UInt32, end: Int)? {
    var i = start
    let isHexadecimal = i < text.count && text[i] | 0x20 == 0x78
    if isHexadecimal { i += 1 }
    let first = i
    var value: UInt32 = 0
    while i < text.count, let digit = digitValue(text[i], isHexadecimal: isHexadecimal) {
      value = min(value * (isHexadecimal ? 16 : 10) + digit, 0x110000)
      i += 1
    }
    guard i > first else { return nil }
    if i < text.count, text[i] == 0x3B {
      i += 1
    } else if i < text.count, isAlphanumeric(text[i]) {
      return nil
    }
    if value == 0 || value > 0x10FFFF || 0xD800...0xDFFF ~= value { return (0xFFFD, i) }
    if 0x80...0x9F ~= value { value = UInt32(HTMLEntities.windows1252[Int(value) - 0x80]) }
    return (value, i)
  }

  private static func digitValue(_ unit: UInt16, isHexadecimal: Bool) -> UInt32? {
    if 0x30...0x39 ~= unit { return UInt32(unit) - 0x30 }
    guard isHexadecimal, 0x61...0x66 ~= unit | 0x20 else { return nil }
    return UInt32(unit | 0x20) - 0x61 + 10
  }

  private static func parseName(
    _ text: UnsafeBufferPointer<UInt16>, from start: Int
  ) -> (value: UInt32, end: Int)? {
    var i = start
    var name: UInt64 = 0
    while i < text.count, i - start <= HTMLEntities.longestName, isAlphanumeric(text[i]) {
      name = name << 8 | UInt64(text[i])
      i += 1
    }
    guard i > start, i - start <= HTMLEntities.longestName else { return nil }
    guard let value = HTMLEntities.values[name] else { return nil }
    if i < text.count, text[i] == 0x3B { return (UInt32(value), i + 1) }
    // `?a=1&copy=2` is an address, not a copyright sign.
    if !HTMLEntities.withoutSemicolon.contains(name) { return nil }
    return i < text.count && text[i] == 0x3D ? nil : (UInt32(value), i)
  }

  private static func isAlphanumeric(_ unit: UInt16) -> Bool {
    0x30...0x39 ~= unit || 0x61...0x7A ~= unit | 0x20
  }
}
