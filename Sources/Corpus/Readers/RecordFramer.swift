import Glibc

/// Finds the records of JSON lines, of JSON arrays, and of files that are one record: text and web pages.
struct RecordFramer: RecordFraming {
  private enum ArrayState { case beforeOpening, betweenValues, insideValue, afterClosing }

  let format: InputFormat
  let units: CodeUnits
  /// Where to go on looking, relative to the window.
  private var scan = 0
  /// Where the record being looked at begins; nil between records.
  private var start: Int?
  /// Whether the record's first bytes have been taken away because it is too large.
  private var isBeheaded = false
  private var isTextTaken = false
  private var array = ArrayState.beforeOpening
  private var element = ElementScanner()

  init(format: InputFormat, units: CodeUnits) {
    self.format = format
    self.units = units
  }

  var kind: RecordKind {
    switch format {
    case .text: .text
    case .html: .html
    case .rejects: .reject
    default: .json
    }
  }
  var passesOverBlanks: Bool { format == .jsonl || format == .rejects }

  /// A line that ends in a closing brace.
  func isWhole(_ record: UnsafeBufferPointer<UInt8>) -> Bool {
    guard format == .jsonl, record.count >= units.width, record.count % units.width == 0 else { return false }
    return units.ascii(record, at: record.count - units.width) == UInt8(ascii: "}")
  }

  mutating func dropped(_ count: Int) {
    scan -= count
    start = start.map { $0 - count }
  }

  mutating func behead(_ count: Int) {
    isBeheaded = true
    start = 0
    scan -= count
  }

  mutating func next(_ window: UnsafeBufferPointer<UInt8>, isEnd: Bool) -> FramingStep {
    switch format {
    case .text, .html: return nextText(window, isEnd: isEnd)
    case .jsonArray: return nextElement(window, isEnd: isEnd)
    default: return nextLine(window, isEnd: isEnd)
    }
  }

  private mutating func nextText(_ window: UnsafeBufferPointer<UInt8>, isEnd: Bool) -> FramingStep {
    if isTextTaken { return .finished }
    scan = window.count
    guard isEnd else { return .needsMore(keepFrom: 0) }
    isTextTaken = true
    return .last(0..<window.count)
  }

  private mutating func nextLine(_ window: UnsafeBufferPointer<UInt8>, isEnd: Bool) -> FramingStep {
    while true {
      let begin = start ?? scan
      guard let end = lineEnd(window, from: scan) else {
        guard isEnd else {
          start = begin
          scan = window.count - (window.count - begin) % units.width
          return .needsMore(keepFrom: begin)
        }
        start = nil
        scan = window.count
        return takes(window, begin..<window.count) ? .last(trimmed(window, begin..<window.count)) : .finished
      }
      start = nil
      scan = end + units.width
      if takes(window, begin..<end) { return .record(trimmed(window, begin..<end)) }
    }
  }

  private func lineEnd(_ window: UnsafeBufferPointer<UInt8>, from: Int) -> Int? {
    guard from < window.count, let base = window.baseAddress else { return nil }
    if units.width == 1 {
      return memchr(base + from, 0x0A, window.count - from).map {
        UnsafeRawPointer($0) - UnsafeRawPointer(base)
      }
    }
    var index = from
    while index + units.width <= window.count {
      if units.ascii(window, at: index) == 0x0A { return index }
      index += units.width
    }
    return nil
  }

  /// Whether a line is a record: not blank, or the end of one that is.
  private mutating func takes(_ window: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    if isBeheaded {
      isBeheaded = false
      return true
    }
    var index = range.lowerBound
    while index + units.width <= range.upperBound {
      if !RecordFramer.isBlank(units.ascii(window, at: index)) { return true }
      index += units.width
    }
    return index < range.upperBound
  }

  /// Without the carriage return of a Windows line end.
  private func trimmed(_ window: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Range<Int> {
    let last = range.upperBound - units.width
    // A last unit that was cut in two is not looked into.
    guard last >= range.lowerBound, range.count % units.width == 0, units.ascii(window, at: last) == 0x0D
    else { return range }
    return range.lowerBound..<last
  }

  private mutating func nextElement(_ window: UnsafeBufferPointer<UInt8>, isEnd: Bool) -> FramingStep {
    while array == .insideValue || scan + units.width <= window.count {
      if array == .insideValue {
        guard let end = element.end(in: window, from: &scan, units: units) else { break }
        let record = (start ?? 0)..<end
        start = nil
        isBeheaded = false
        array = .betweenValues
        return .record(record)
      }
      let unit = units.ascii(window, at: scan)
      switch unit {
      case UInt8(ascii: "[") where array != .betweenValues: array = .betweenValues
      case UInt8(ascii: "]") where array == .betweenValues: array = .afterClosing
      case UInt8(ascii: ",") where array == .betweenValues: break
      case _ where RecordFramer.isBlank(unit): break
      case UInt8(ascii: "}") where array == .betweenValues:
        // It closes nothing: a record of its own, so that it is rejected and reading goes on.
        scan += units.width
        return .record((scan - units.width)..<scan)
      default:
        guard array == .betweenValues else {
          return .malformed(
            at: scan,
            array == .beforeOpening ? "the input does not begin with [" : "something follows the closing ]")
        }
        array = .insideValue
        start = scan
        element = ElementScanner()
        continue
      }
      scan += units.width
    }
    guard isEnd else { return .needsMore(keepFrom: start ?? scan) }
    return endOfArray(window)
  }

  private mutating func endOfArray(_ window: UnsafeBufferPointer<UInt8>) -> FramingStep {
    defer { array = .afterClosing }
    switch array {
    case .insideValue:
      let record = (start ?? 0)..<window.count
      start = nil
      scan = window.count
      return .last(record)
    case .betweenValues:
      return .malformed(at: window.count, "the array is not closed by ]: the input may have been cut off")
    case .beforeOpening, .afterClosing: return .finished
    }
  }

  @inline(__always)
  static func isBlank(_ unit: UInt8) -> Bool { unit == 0x20 || (unit >= 0x09 && unit <= 0x0D) }
}
