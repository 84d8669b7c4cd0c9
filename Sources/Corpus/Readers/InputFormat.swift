/// How an input is cut into articles.
public enum InputFormat: String, Sendable, CaseIterable {
  /// By its first characters: `{` JSON lines (Wikimedia's by their members), `[` before `{` or `]` a JSON array,
  /// `WARC/` a web archive, `<!doctype html` a page, `<mediawiki` a MediaWiki dump, `<` with an article's element soon
  /// XML or SGML, a header with the text's column a table, anything else text.
  case auto
  /// One article a file.
  case text
  /// One JSON object a line.
  case jsonl
  /// One JSON array of objects; several arrays behind one another are read as one.
  case jsonArray
  /// XML or SGML with one element an article.
  case xml
  /// Values separated by commas or the like, with a header.
  case csv
  /// Values separated by tabs, with a header.
  case tsv
  /// A web archive: WARC, WET, or ARC.
  case warc
  /// One web page a file.
  case html
  /// A MediaWiki XML dump: `pages-articles.xml`, also in pieces, also with many streams one behind the other.
  case mediawiki
  /// A Wikimedia search dump: JSON lines, an index line before each document.
  case cirrus
  /// A Wikimedia Enterprise dump: JSON lines, wikitext and HTML in each.
  case enterprise
  /// The rejects of an earlier run: their records are read again from the bytes that were kept. Never told by content.
  case rejects

  /// Leading blanks looked through before an input counts as text, in bytes.
  private static let longestMargin = 64 << 10

  /// The format `auto` stands for, from the first bytes of an input; nil when there are too few to tell.
  static func detect(
    _ window: UnsafeBufferPointer<UInt8>, units: CodeUnits, isEnd: Bool,
    _ options: ReaderOptions = ReaderOptions()
  ) -> InputFormat? {
    if isWARC(window), units.width == 1 { return .warc }
    if isHTML(window, units) { return .html }
    var isBracketed = false
    var index = units.markLength
    while index + units.width <= window.count, index < longestMargin {
      let unit = units.ascii(window, at: index)
      index += units.width
      if RecordFramer.isBlank(unit) { continue }
      if isBracketed { return unit == UInt8(ascii: "{") || unit == UInt8(ascii: "]") ? .jsonArray : .text }
      switch unit {
      case UInt8(ascii: "{"): return WikimediaJSON.format(of: window, from: index, units) ?? .jsonl
      case UInt8(ascii: "["): isBracketed = true
      case UInt8(ascii: "<"):
        if MediaWikiFramer.isDump(window, from: index, units) { return .mediawiki }
        return detectMarkup(window, from: index - units.width, units: units, isEnd: isEnd, options.elements)
      default:
        return detectTable(window, from: index - units.width, units: units, isEnd: isEnd, options.tables)
      }
    }
    return isEnd || index >= longestMargin ? .text : nil
  }

  /// XML or SGML when the article's element begins in the first 64 KiB and the first element is not that of a web page.
  private static func detectMarkup(
    _ window: UnsafeBufferPointer<UInt8>, from start: Int, units: CodeUnits, isEnd: Bool,
    _ options: ElementOptions
  ) -> InputFormat? {
    let markup = MarkupScanner(window: window, units: units)
    let name = ElementName(options.article, ignoresCase: options.isSGML)
    var at = start
    while at - start < longestMargin, let found = markup.index(of: UInt8(ascii: "<"), from: at) {
      if markup.has("<html", at: found) == true || markup.has("<!doctype html", at: found) == true {
        return .text
      }
      if case .yes = name.match(markup, at: found + units.width) { return .xml }
      at = found + units.width
    }
    return isEnd || window.count - start >= longestMargin ? .text : nil
  }

  /// A table when the first line is surely a header.
  private static func detectTable(
    _ window: UnsafeBufferPointer<UInt8>, from start: Int, units: CodeUnits, isEnd: Bool,
    _ options: TableOptions
  ) -> InputFormat? {
    let line = TableHeader.line(
      window, from: start, units: units, isEnd: isEnd, longest: TableHeader.longestCertain + units.width)
    guard let line else { return nil }
    // Nearly every input ends here, and there may be a million small ones in an archive.
    guard TableHeader.mayBe(window, line, units: units, textColumn: options.textColumn) else { return .text }
    let delimiter =
      options.delimiter.unit
      ?? TableHeader.delimiter(window, line, units: units, textColumn: options.textColumn)
    let isTable = TableHeader.isCertain(
      window, line, units: units, by: delimiter, textColumn: options.textColumn)
    return isTable ? delimiter == 0x09 ? .tsv : .csv : .text
  }

  /// Whether a record is a line, or a row of a table.
  var hasLines: Bool {
    switch self {
    case .jsonl, .cirrus, .enterprise, .csv, .tsv: true
    case .auto, .text, .jsonArray, .xml, .warc, .html, .mediawiki, .rejects: false
    }
  }

  /// What finds the records of an input in this format.
  func framer(units: CodeUnits, _ options: ReaderOptions) -> any RecordFraming {
    switch self {
    case .auto, .text, .jsonl, .jsonArray, .html, .rejects: return RecordFramer(format: self, units: units)
    case .mediawiki: return MediaWikiFramer(units: units)
    case .cirrus, .enterprise: return WikimediaJSONFramer(self, units: units)
    case .warc: return WARCFramer(maxArticleBytes: options.maxArticleBytes)
    case .xml: return ElementFramer(units: units, options: options.elements, limit: options.maxArticleBytes)
    case .csv: return TableFramer(units: units, options: options.tables, limit: options.recordLimit(self))
    case .tsv:
      var tables = options.tables
      tables.delimiter = .tab
      return TableFramer(units: units, options: tables, limit: options.recordLimit(self))
    }
  }
}
