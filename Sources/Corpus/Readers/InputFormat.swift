/// How an input is cut into articles.
public enum InputFormat: String, Sendable, CaseIterable {
  /// By its first characters: `{` JSON lines, `[` before `{` or `]` a JSON array, `WARC/` a web archive,
  /// `<!doctype html` a page, anything else text.
  case auto
  /// One article a file.
  case text
  /// One JSON object a line.
  case jsonl
  /// One JSON array of objects; several arrays behind one another are read as one.
  case jsonArray
  /// A web archive: WARC, WET, or ARC.
  case warc
  /// One web page a file.
  case html

  /// Leading blanks looked through before an input counts as text, in bytes.
  private static let longestMargin = 64 << 10

  /// The format `auto` stands for, from the first bytes of an input; nil when there are too few to tell.
  static func detect(_ window: UnsafeBufferPointer<UInt8>, units: CodeUnits, isEnd: Bool) -> InputFormat? {
    if isWARC(window), units.width == 1 { return .warc }
    if isHTML(window, units) { return .html }
    var isBracketed = false
    var index = units.markLength
    while index + units.width <= window.count, index < longestMargin {
      let unit = units.ascii(window, at: index)
      index += units.width
      if RecordFramer.isBlank(unit) { continue }
      if isBracketed { return unit == UInt8(ascii: "{") || unit == UInt8(ascii: "]") ? .jsonArray : .text }
      if unit == UInt8(ascii: "{") { return .jsonl }
      guard unit == UInt8(ascii: "[") else { return .text }
      isBracketed = true
    }
    return isEnd || index >= longestMargin ? .text : nil
  }
}
