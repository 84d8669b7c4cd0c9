/// How an input is cut into articles.
public enum InputFormat: String, Sendable, CaseIterable {
  /// By its first characters: `{` JSON lines (Wikimedia's by their members), `<mediawiki` a MediaWiki dump, `[` before `{` or `]` a JSON array, anything else text.
  case auto
  /// One article a file.
  case text
  /// One JSON object a line.
  case jsonl
  /// One JSON array of objects; several arrays behind one another are read as one.
  case jsonArray
  /// A MediaWiki XML dump: `pages-articles.xml`, also in pieces, also with many streams one behind the other.
  case mediawiki
  /// A Wikimedia search dump: JSON lines, an index line before each document.
  case cirrus
  /// A Wikimedia Enterprise dump: JSON lines, wikitext and HTML in each.
  case enterprise

  /// Leading blanks looked through before an input counts as text, in bytes.
  private static let longestMargin = 64 << 10

  /// The format `auto` stands for, from the first bytes of an input; nil when there are too few to tell.
  static func detect(_ window: UnsafeBufferPointer<UInt8>, units: CodeUnits, isEnd: Bool) -> InputFormat? {
    var isBracketed = false
    var index = units.markLength
    while index + units.width <= window.count, index < longestMargin {
      let unit = units.ascii(window, at: index)
      index += units.width
      if RecordFramer.isBlank(unit) { continue }
      if isBracketed { return unit == UInt8(ascii: "{") || unit == UInt8(ascii: "]") ? .jsonArray : .text }
      if unit == UInt8(ascii: "{") { return WikimediaJSON.format(of: window, from: index, units) ?? .jsonl }
      if unit == UInt8(ascii: "<"), MediaWikiFramer.isDump(window, from: index, units) { return .mediawiki }
      guard unit == UInt8(ascii: "[") else { return .text }
      isBracketed = true
    }
    return isEnd || index >= longestMargin ? .text : nil
  }

  /// What finds the records of an input of this format.
  func framer(_ units: CodeUnits) -> any RecordFraming {
    switch self {
    case .mediawiki: MediaWikiFramer(units: units)
    case .cirrus, .enterprise: WikimediaJSONFramer(self, units: units)
    case .auto, .text, .jsonl, .jsonArray: RecordFramer(format: self, units: units)
    }
  }
}
