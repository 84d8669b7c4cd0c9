/// Finds the rows of a table with a header: comma- or otherwise separated values, after RFC 4180.
///
/// A quote that is never closed would take all the rest for its field. Such a field ends where the row would outgrow
/// the limit, or with the input; then the lines up to the one that opened it are rejected and the next line begins a
/// row. Reading lines again is bounded by a multiple of what was read, so that no input takes more than linear time.
struct TableFramer: RecordFraming {
  /// How often bytes may be read again on average.
  private static let rereading = 4

  private let units: CodeUnits
  private let options: TableOptions
  private let limit: Int
  private var scanner: TableScanner
  private var table: TableContext?
  private var columns = 0
  /// Where to go on looking, relative to the window.
  private var scan = 0
  /// Where the row being looked at begins.
  private var start = 0
  /// Bytes of the input before the window.
  private var gone = 0
  /// Bytes read again so far.
  private var reread = 0
  /// Whether the row outgrew the limit: it ends with its line, whatever quotes are open.
  private var isOversize = false
  private var isOver = false

  /// - Parameter limit: most bytes of a row.
  init(units: CodeUnits, options: TableOptions, limit: Int) {
    self.units = units
    self.options = options
    self.limit = limit
    scanner = TableScanner(
      units: units, delimiter: options.delimiter.unit ?? UInt8(ascii: ","), hasQuotes: options.hasQuotes)
  }

  var kind: RecordKind { .row }
  var context: (any RecordContext)? { table }

  mutating func dropped(_ count: Int) {
    scan -= count
    start -= count
    gone += count
    scanner.dropped(count)
  }

  mutating func behead(_ count: Int) {
    scan = max(0, scan - count)
    start = 0
    gone += count
    scanner.dropped(count)
    isOversize = true
  }

  mutating func next(_ window: UnsafeBufferPointer<UInt8>, isEnd: Bool) -> FramingStep {
    if isOver { return .finished }
    if table == nil, scan == start, options.delimiter == .auto {
      while start + units.width <= window.count, [0x0A, 0x0D].contains(units.ascii(window, at: start)) {
        start += units.width
      }
      scan = start
      // The delimiter decides where quotes count, so it comes before anything else.
      guard let line = TableHeader.line(window, from: start, units: units, isEnd: isEnd, longest: limit)
      else {
        return .needsMore(keepFrom: start)
      }
      scanner = TableScanner(
        units: units,
        delimiter: TableHeader.delimiter(window, line, units: units, textColumn: options.textColumn),
        hasQuotes: options.hasQuotes)
    }
    while true {
      if isOversize { return oversizeEnd(window, isEnd: isEnd) }
      let bound = min(window.count, start + limit + units.width)
      if let end = scanner.rowEnd(in: window, from: &scan, limit: bound, isEnd: isEnd) {
        if let step = row(window, start..<end) { return step }
        continue
      }
      if scan > start + limit {
        if scanner.isQuoted, let step = resync(window) { return step }
        isOversize = true
        continue
      }
      guard isEnd, scan + units.width > window.count else { return .needsMore(keepFrom: start) }
      return atEnd(window)
    }
  }

  /// A row that ended; nil when it is none.
  private mutating func row(_ window: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> FramingStep? {
    defer {
      start = scan
      scanner.beginRow()
    }
    if range.isEmpty { return nil }
    if table == nil {
      table = TableContext(
        header: Array(window[range]), delimiter: scanner.delimiter, hasQuotes: scanner.hasQuotes)
      columns = scanner.fields
      return nil
    }
    if let doubt = scanner.doubt, let line = lineEnd(window, from: doubt, to: range.upperBound),
      isTiled(window, line..<scan)
    {
      let range = range.lowerBound..<line
      scan = line
      return .rejected(range, .unbalancedQuote, Self.words)
    }
    return .record(range)
  }

  private static let words = "a quoted field is not closed; reading goes on at the next line"

  /// Gives up a quoted field that grew too long; nil when too much has been read again already.
  private mutating func resync(_ window: UnsafeBufferPointer<UInt8>) -> FramingStep? {
    guard let line = lineEnd(window, from: scanner.opening, to: scan) else { return nil }
    guard reread + scan - line <= Self.rereading * (gone + start + 2 * limit) else { return nil }
    reread += scan - line
    let range = start..<line
    start = line
    scan = line
    scanner.beginRow()
    return .rejected(range, .unbalancedQuote, Self.words)
  }

  /// What is left when the input ends inside a row.
  private mutating func atEnd(_ window: UnsafeBufferPointer<UInt8>) -> FramingStep {
    if scanner.isQuoted, table != nil, let line = lineEnd(window, from: scanner.opening, to: window.count),
      hasGoodRow(window, from: line), let step = resync(window)
    {
      return step
    }
    isOver = true
    let range = start..<window.count
    if range.isEmpty { return .finished }
    if table == nil {
      // A header alone: a table without rows.
      return .finished
    }
    return .last(range)
  }

  private mutating func oversizeEnd(_ window: UnsafeBufferPointer<UInt8>, isEnd: Bool) -> FramingStep {
    guard let next = lineEnd(window, from: scan, to: window.count) else {
      guard isEnd else {
        scan = max(scan, window.count - (window.count - start) % units.width)
        return .needsMore(keepFrom: start)
      }
      isOver = true
      return .last(start..<window.count)
    }
    let range = start..<next
    start = next
    scan = next
    isOversize = false
    scanner.beginRow()
    return .record(range)
  }

  /// Where the line after the one at `from` begins; nil when that is not before `to`.
  private func lineEnd(_ window: UnsafeBufferPointer<UInt8>, from: Int, to: Int) -> Int? {
    var at = from
    while at + units.width <= to {
      if units.ascii(window, at: at) == 0x0A { return at + units.width }
      at += units.width
    }
    return nil
  }

  /// Whether the range is rows of the right number of fields without a rest.
  private func isTiled(_ window: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    var probe = TableScanner(units: units, delimiter: scanner.delimiter, hasQuotes: scanner.hasQuotes)
    var at = range.lowerBound
    while at < range.upperBound {
      probe.beginRow()
      guard probe.rowEnd(in: window, from: &at, limit: range.upperBound, isEnd: true) != nil,
        probe.fields == columns, probe.doubt == nil
      else { return false }
    }
    return true
  }

  /// Whether one of the next lines is a row of the right number of fields.
  private func hasGoodRow(_ window: UnsafeBufferPointer<UInt8>, from: Int) -> Bool {
    var line = from
    for _ in 0..<16 {
      var probe = TableScanner(units: units, delimiter: scanner.delimiter, hasQuotes: scanner.hasQuotes)
      var at = line
      _ = probe.rowEnd(in: window, from: &at, limit: window.count, isEnd: true)
      if probe.fields == columns, !probe.isQuoted, columns > 1 { return true }
      guard let next = lineEnd(window, from: line, to: window.count) else { return false }
      line = next
    }
    return false
  }
}
