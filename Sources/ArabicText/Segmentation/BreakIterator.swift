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

/// How ICU's break rules are run.
public enum BreakEngine: String, Sendable, CaseIterable {
  /// By a loop over the tables that ICU compiled from its rules: the same boundaries and statuses as ICU's,
  /// about ten times as fast for Arabic. Texts in scripts that need a dictionary go to ICU.
  case tables
  /// By ICU itself.
  case icu
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
  /// ICU's rules unpacked; nil when ICU is to run them, or stores them in a format that is not known.
  private let rules: OpaquePointer?
  /// Room for boundaries; it grows and never shrinks, since the next text needs it again.
  private var storage: [Int32] = []
  private var count = 0
  private var pieceStorage = UnsafeMutablePointer<warraq_break_piece>.allocate(
    capacity: BreakIterator.pieceStep)
  private var pieceCapacity = BreakIterator.pieceStep
  private var pieceCount = 0
  private static let pieceStep = 1024

  /// What `findPieces` found: stretches between boundaries, in order, without the silent ones.
  /// Valid until the next call.
  var pieces: UnsafeBufferPointer<warraq_break_piece> {
    UnsafeBufferPointer(start: pieceStorage, count: pieceCount)
  }

  /// Boundaries in UTF-16 units, without 0 and with the text's end, of the last text.
  var boundaries: ArraySlice<Int32> { storage[..<count] }

  /// Boundaries with the rule status of the piece before each, of one text.
  func boundariesAndStatuses(of text: UnsafeBufferPointer<UInt16>) -> [(boundary: Int32, status: Int32)] {
    var statuses: [Int32]? = []
    let map = PlainMap()
    map.read(text)
    find(in: text, map, statuses: &statuses)
    return Array(zip(boundaries, statuses ?? [])).map { ($0, $1) }
  }

  /// Whether this ICU's rules could be unpacked.
  var runsTables: Bool { rules != nil }

  init(_ kind: Kind, locale: String, engine: BreakEngine = .tables) throws(BreakIteratorError) {
    var error: Int32 = 0
    let opened = locale.withCString {
      warraq_break_open(kind == .words ? WARRAQ_BREAK_WORDS : WARRAQ_BREAK_SENTENCES, $0, &error)
    }
    guard let opened else {
      throw BreakIteratorError(locale: locale, code: String(cString: warraq_break_error_name(error)))
    }
    handle = opened
    rules = engine == .tables ? warraq_break_rules_open(opened) : nil
  }

  deinit {
    pieceStorage.deallocate()
    warraq_break_rules_close(rules)
    warraq_break_close(handle)
  }

  /// Finds all boundaries of the text, whose map is given; none if it is empty.
  func findBoundaries(in text: UnsafeBufferPointer<UInt16>, _ map: PlainMap) {
    var none: [Int32]?
    find(in: text, map, statuses: &none)
  }

  /// Finds the pieces between the boundaries of the text, for words only, without walking over plain letters; false
  /// if that cannot be done for this text, and `findBoundaries` must do. Single units that `silent` is set for,
  /// U+0020 among them, are left out.
  func findPieces(in text: UnsafeBufferPointer<UInt16>, _ map: PlainMap, silent: [UInt8]) -> Bool {
    pieceCount = 0
    guard let rules, warraq_break_rules_split_plain_text(rules) != 0 else { return false }
    guard let base = text.baseAddress, text.count > 0, text.count < Int(Int32.max) else { return true }
    let length = Int32(text.count)
    let step = BreakIterator.pieceStep
    var position: Int32 = 0
    while position < length {
      if pieceCount + step > pieceCapacity {
        let larger = UnsafeMutablePointer<warraq_break_piece>.allocate(capacity: pieceCapacity * 2)
        larger.moveInitialize(from: pieceStorage, count: pieceCount)
        pieceStorage.deallocate()
        pieceStorage = larger
        pieceCapacity *= 2
      }
      let found = warraq_break_rules_pieces(
        rules, base, length, map.letters, map.others, silent, Int32(silent.count), &position,
        pieceStorage + pieceCount, Int32(step))
      if found < 0 { return false }
      pieceCount += Int(found)
    }
    return true
  }

  private func find(in text: UnsafeBufferPointer<UInt16>, _ map: PlainMap, statuses: inout [Int32]?) {
    count = 0
    guard let base = text.baseAddress, text.count > 0, text.count < Int(Int32.max) else { return }
    let length = Int32(text.count)
    if let rules {
      var position: Int32 = 0
      let isDone = collect(into: &statuses) {
        warraq_break_rules_next(rules, base, length, map.others, &position, $0, $1, $2)
      }
      if isDone { return }
      count = 0
      if statuses != nil { statuses = [] }
    }
    guard warraq_break_set_text(handle, base, length) == 0 else { return }
    _ = collect(into: &statuses) { warraq_break_next(handle, $0, $1, $2) }
  }

  /// Calls `next` for one stretch of boundaries after another; false as soon as it refuses.
  private func collect(
    into statuses: inout [Int32]?,
    _ next: (UnsafeMutablePointer<Int32>, UnsafeMutablePointer<Int32>?, Int32) -> Int32
  ) -> Bool {
    let step = 4096
    var stepStatuses = statuses == nil ? [] : [Int32](repeating: 0, count: step)
    while true {
      let missing = count + step - storage.count
      if missing > 0 { storage.append(contentsOf: repeatElement(0, count: max(missing, storage.count))) }
      let start = count
      let found = storage.withUnsafeMutableBufferPointer { room -> Int32 in
        guard let room = room.baseAddress else { return 0 }
        return stepStatuses.withUnsafeMutableBufferPointer {
          next(room + start, $0.isEmpty ? nil : $0.baseAddress, Int32(step))
        }
      }
      if found < 0 { return false }
      count += Int(found)
      statuses?.append(contentsOf: stepStatuses.prefix(Int(found)))
      if found < step { return true }
    }
  }
}
