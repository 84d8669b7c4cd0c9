import Glibc

/// Finds the ends of fields and rows in a table of separated values, by the rules of RFC 4180.
///
/// As Python's csv module has it: a quote has a meaning only at the beginning of a field; inside, two stand for one;
/// what follows a closing quote up to the delimiter belongs to the field. Lines end in LF, CRLF or CR.
struct TableScanner {
  /// Where the scanner stands in a field.
  enum State { case fieldStart, unquoted, quoted, quoteInQuoted }

  let units: CodeUnits
  let delimiter: UInt8
  let hasQuotes: Bool

  private(set) var state = State.fieldStart
  /// Fields of the row so far, the one being read included.
  private(set) var fields = 1
  /// Where the last quoted field was opened.
  private(set) var opening = 0
  /// Where a field was opened that spans several lines and has something behind its closing quote: a lost quote looks
  /// like that.
  private(set) var doubt: Int?
  /// Whether the quoted field being read has a line end.
  private var hasLineEnd = false

  init(units: CodeUnits, delimiter: UInt8, hasQuotes: Bool) {
    self.units = units
    self.delimiter = delimiter
    self.hasQuotes = hasQuotes
  }

  var isQuoted: Bool { state == .quoted }

  mutating func beginRow() {
    state = .fieldStart
    fields = 1
    doubt = nil
    hasLineEnd = false
  }

  mutating func dropped(_ count: Int) {
    opening -= count
    doubt = doubt.map { $0 - count }
  }

  /// Goes on from `at` to the end of the row: returns where its content ends, with `at` behind the line end; nil, with
  /// `at` where to go on, when it does not end before `limit`.
  mutating func rowEnd(
    in window: UnsafeBufferPointer<UInt8>, from at: inout Int, limit: Int, isEnd: Bool
  ) -> Int? {
    let width = units.width
    while at + width <= limit {
      if width == 1 {
        skipContent(window, &at, limit)
        if at == limit { return nil }
      }
      let unit = units.ascii(window, at: at)
      if state == .quoted {
        if unit == UInt8(ascii: "\"") {
          state = .quoteInQuoted
        } else if unit == 0x0A {
          hasLineEnd = true
        }
        at += width
        continue
      }
      switch unit {
      case 0x0A:
        defer { at += width }
        return at
      case 0x0D:
        // The line feed of a pair may not be there yet.
        guard at + 2 * width <= window.count || isEnd else { return nil }
        let end = at
        at += width
        if at + width <= window.count, units.ascii(window, at: at) == 0x0A { at += width }
        return end
      case delimiter:
        state = .fieldStart
        fields += 1
      case UInt8(ascii: "\"") where state == .fieldStart && hasQuotes:
        state = .quoted
        opening = at
        hasLineEnd = false
      case UInt8(ascii: "\"") where state == .quoteInQuoted: state = .quoted
      default:
        if state == .quoteInQuoted, hasLineEnd, doubt == nil { doubt = opening }
        state = .unquoted
      }
      at += width
    }
    return nil
  }

  /// Passes over bytes that change nothing, many at once.
  @inline(__always)
  private func skipContent(_ window: UnsafeBufferPointer<UInt8>, _ at: inout Int, _ limit: Int) {
    guard let base = window.baseAddress else { return }
    if state == .quoted {
      // Line ends inside matter once only.
      if hasLineEnd {
        let found = memchr(base + at, 0x22, limit - at)
        at = found.map { UnsafeRawPointer($0) - UnsafeRawPointer(base) } ?? limit
      } else {
        while at < limit, base[at] != 0x22, base[at] != 0x0A { at += 1 }
      }
      return
    }
    guard state == .unquoted else { return }
    let separator = SIMD16<UInt8>(repeating: delimiter)
    let lineFeed = SIMD16<UInt8>(repeating: 0x0A)
    let carriageReturn = SIMD16<UInt8>(repeating: 0x0D)
    while at + 16 <= limit {
      let bytes = UnsafeRawPointer(base + at).loadUnaligned(as: SIMD16<UInt8>.self)
      if any((bytes .== separator) .| (bytes .== lineFeed) .| (bytes .== carriageReturn)) { break }
      at += 16
    }
    while at < limit, base[at] != delimiter, base[at] != 0x0A, base[at] != 0x0D { at += 1 }
  }
}
