import CICU

/// Why a break iterator could not be used.
public struct BreakIteratorError: Error, CustomStringConvertible, Equatable {
  /// The locale that was asked for.
  public var locale: String
  /// ICU's name of the error.
  public var code: String

  /// What failed and what to do.
  public var description: String {
    "ICU cannot open a break iterator for locale '\(locale)': \(code); install ICU's data or use locale 'ar'"
  }
}

/// ICU's word or sentence boundaries (UAX #29, tailored by the locale) of one text after another.
///
/// Owns one ICU handle and is not `Sendable`: every worker opens its own and reuses it.
final class BreakIterator {
  enum Kind {
    case words
    case sentences
  }

  private let handle: OpaquePointer
  /// Room for boundaries; it grows and never shrinks, since the next text needs it again.
  private var storage: [Int32] = []
  private var count = 0

  /// Boundaries in UTF-16 units, without 0 and with the text's end, of the last text.
  var boundaries: ArraySlice<Int32> { storage[..<count] }

  init(_ kind: Kind, locale: String) throws(BreakIteratorError) {
    var error: Int32 = 0
    let opened = locale.withCString {
      warraq_break_open(kind == .words ? WARRAQ_BREAK_WORDS : WARRAQ_BREAK_SENTENCES, $0, &error)
    }
    guard let opened else {
      throw BreakIteratorError(locale: locale, code: String(cString: warraq_break_error_name(error)))
    }
    handle = opened
  }

  deinit { warraq_break_close(handle) }

  /// Finds all boundaries of the text; none if it is empty.
  func findBoundaries(in text: UnsafeBufferPointer<UInt16>) {
    count = 0
    guard let base = text.baseAddress, text.count > 0, text.count < Int(Int32.max),
      warraq_break_set_text(handle, base, Int32(text.count)) == 0
    else { return }
    let step = 4096
    while true {
      let missing = count + step - storage.count
      if missing > 0 { storage.append(contentsOf: repeatElement(0, count: max(missing, storage.count))) }
      let found = storage.withUnsafeMutableBufferPointer {
        warraq_break_next(handle, $0.baseAddress! + count, nil, Int32(step))
      }
      count += Int(found)
      if found < step { return }
    }
  }
}
