/// How an input is cut into articles.
public enum InputFormat: String, Sendable, CaseIterable {
  /// By its first character: `{` JSON lines, `[` before `{` a JSON array, anything else text.
  case auto
  /// One article a file.
  case text
  /// One JSON object a line.
  case jsonl
  /// One JSON array of objects.
  case jsonArray
}

/// Finds where records begin and end in a stream of bytes that arrives in pieces.
///
/// A pure state machine over a window of bytes: it neither reads nor keeps anything, so it is tested without
/// files, and any way of cutting the stream into pieces gives the same records.
struct RecordFramer {
  /// What was found.
  enum Step: Equatable {
    /// A record lies in this range of the window.
    case record(Range<Int>)
    /// Nothing more without more bytes; everything before the offset is done with.
    case needsMore(keepFrom: Int)
    /// The rest of the input is no record: bytes after a closed array, or an array that is none.
    case malformed(at: Int, String)
    /// The input's records are over.
    case finished
  }

  private enum ArrayState { case beforeOpening, betweenValues, insideValue, afterClosing }

  let format: InputFormat
  let units: CodeUnits
  /// Where to go on looking, relative to the window.
  private var scan = 0
  /// Where the record being looked at begins; nil between records.
  private var start: Int?
  private var array = ArrayState.beforeOpening
  private var depth = 0
  private var isInString = false
  private var isEscaped = false

  init(format: InputFormat, units: CodeUnits) {
    self.format = format
    self.units = units
  }

  /// The format `auto` stands for, from the first bytes of an input; nil when there are too few to tell.
  static func detect(_ window: UnsafeBufferPointer<UInt8>, units: CodeUnits, isEnd: Bool) -> InputFormat? {
    var first: UInt8 = 0
    var index = units.markLength
    while index + units.width <= window.count {
      let unit = units.ascii(window, at: index)
      if !isBlank(unit) {
        if first == 0 {
          guard unit == UInt8(ascii: "[") else { return unit == UInt8(ascii: "{") ? .jsonl : .text }
          first = unit
        } else {
          return unit == UInt8(ascii: "{") || unit == UInt8(ascii: "]") ? .jsonArray : .text
        }
      }
      index += units.width
    }
    return isEnd ? .text : nil
  }

  /// Bytes of the record being looked at that are in the window.
  func pendingCount(_ window: Int) -> Int { start.map { window - $0 } ?? 0 }

  /// Where the pending record begins in the window.
  var pendingStart: Int? { start }

  /// The window lost its first bytes.
  mutating func dropped(_ count: Int) {
    scan -= count
    start = start.map { $0 - count }
  }

  /// The pending record's bytes so far have been taken out of the window but for its last `kept`.
  mutating func discardPending(keeping window: Int) {
    start = 0
    scan = window
  }

  /// Looks for the next record.
  mutating func next(_ window: UnsafeBufferPointer<UInt8>, isEnd: Bool) -> Step {
    switch format {
    case .text: return nextText(window, isEnd: isEnd)
    case .jsonl, .auto: return nextLine(window, isEnd: isEnd)
    case .jsonArray: return nextElement(window, isEnd: isEnd)
    }
  }

  private mutating func nextText(_ window: UnsafeBufferPointer<UInt8>, isEnd: Bool) -> Step {
    if start == nil {
      guard scan == 0 else { return .finished }
      start = 0
    }
    scan = window.count
    guard isEnd else { return .needsMore(keepFrom: start ?? 0) }
    let record = (start ?? 0)..<window.count
    start = nil
    scan = max(1, window.count)
    return .record(record)
  }

  private mutating func nextLine(_ window: UnsafeBufferPointer<UInt8>, isEnd: Bool) -> Step {
    while true {
      let begin = start ?? scan
      guard let end = lineEnd(window, from: max(scan, begin)) else {
        let usable = window.count - (window.count - begin) % units.width
        if isEnd {
          start = nil
          scan = window.count
          guard hasContent(window, begin..<window.count) else { return .finished }
          return .record(trimmed(window, begin..<window.count))
        }
        start = begin
        scan = max(begin, usable)
        return .needsMore(keepFrom: begin)
      }
      start = nil
      scan = end + units.width
      if hasContent(window, begin..<end) { return .record(trimmed(window, begin..<end)) }
    }
  }

  private func lineEnd(_ window: UnsafeBufferPointer<UInt8>, from: Int) -> Int? {
    guard from < window.count else { return nil }
    if units.width == 1 {
      return UnsafeBufferPointer(rebasing: window[from...]).firstIndex(of: 0x0A).map { $0 + from }
    }
    var index = from
    while index + units.width <= window.count {
      if units.ascii(window, at: index) == 0x0A { return index }
      index += units.width
    }
    return nil
  }

  private func hasContent(_ window: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
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
    guard last >= range.lowerBound, units.ascii(window, at: last) == 0x0D else { return range }
    return range.lowerBound..<last
  }

  private mutating func nextElement(_ window: UnsafeBufferPointer<UInt8>, isEnd: Bool) -> Step {
    while scan + units.width <= window.count {
      let unit = units.ascii(window, at: scan)
      switch array {
      case .beforeOpening:
        if unit == UInt8(ascii: "[") {
          array = .betweenValues
        } else if !RecordFramer.isBlank(unit) {
          return .malformed(at: scan, "the input does not begin with [")
        }
        scan += units.width
      case .betweenValues:
        if unit == UInt8(ascii: "]") {
          array = .afterClosing
          scan += units.width
        } else if RecordFramer.isBlank(unit) || unit == UInt8(ascii: ",") {
          scan += units.width
        } else {
          array = .insideValue
          start = scan
          depth = 0
          isInString = false
          isEscaped = false
        }
      case .insideValue:
        if let end = element(unit) {
          let record = (start ?? scan)..<end
          start = nil
          array = .betweenValues
          return .record(record)
        }
      case .afterClosing:
        if !RecordFramer.isBlank(unit) { return .malformed(at: scan, "something follows the closing ]") }
        scan += units.width
      }
    }
    guard isEnd else { return .needsMore(keepFrom: start ?? scan) }
    if array == .insideValue {
      let record = (start ?? 0)..<window.count
      start = nil
      array = .afterClosing
      scan = window.count
      return .record(record)
    }
    if array == .betweenValues {
      array = .afterClosing
      return .malformed(at: window.count, "the array is not closed by ]: the input may have been cut off")
    }
    return .finished
  }

  /// Takes one unit of an element; the element's end when it ends here.
  private mutating func element(_ unit: UInt8) -> Int? {
    if isInString {
      if isEscaped {
        isEscaped = false
      } else if unit == UInt8(ascii: "\\") {
        isEscaped = true
      } else if unit == UInt8(ascii: "\"") {
        isInString = false
        scan += units.width
        return depth == 0 ? scan : nil
      }
      scan += units.width
      return nil
    }
    switch unit {
    case UInt8(ascii: "\""): isInString = true
    case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      // A scalar that the array's own bracket ends.
      if depth == 0 { return scan }
      depth -= 1
      if depth == 0 {
        scan += units.width
        return scan
      }
    case UInt8(ascii: ","):
      if depth == 0 { return scan }
    default:
      if depth == 0, RecordFramer.isBlank(unit) { return scan }
    }
    scan += units.width
    return nil
  }

  @inline(__always)
  static func isBlank(_ unit: UInt8) -> Bool { unit == 0x20 || (unit >= 0x09 && unit <= 0x0D) }
}
