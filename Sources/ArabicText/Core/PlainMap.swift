import CTextScan

/// Where a text has plain letters (hamza to yeh, but no tatweel), and where it has neither these nor U+0020: one
/// bit a unit, lowest first.
///
/// Nine in ten units of an Arabic article are plain letters or blanks, and whoever looks for something else
/// goes from one set bit to the next. One per worker, used for text after text.
final class PlainMap {
  /// Bits of plain letters; those after the text's end are clear.
  private(set) var letters: UnsafeMutablePointer<UInt64>
  /// Bits of units that are neither letters nor blanks; those after the text's end are set, one at least.
  private(set) var others: UnsafeMutablePointer<UInt64>
  private var capacity: Int
  private let takesAllForOthers: Bool

  /// The map of an empty text. Tests make maps that take all units for others, so that whoever uses them looks
  /// at every unit.
  init(takingAllForOthers: Bool = false) {
    takesAllForOthers = takingAllForOthers
    capacity = 64
    letters = .allocate(capacity: capacity)
    others = .allocate(capacity: capacity)
    letters[0] = 0
    others[0] = .max
  }

  deinit {
    letters.deallocate()
    others.deallocate()
  }

  /// Makes the map of a text.
  func read(_ text: UnsafeBufferPointer<UInt16>) {
    let needed = text.count / 64 + 1
    if needed > capacity {
      letters.deallocate()
      others.deallocate()
      capacity = max(needed, capacity * 2)
      letters = .allocate(capacity: capacity)
      others = .allocate(capacity: capacity)
    }
    if let base = text.baseAddress, text.count > 0 {
      warraq_map_plain(base, text.count, letters, others)
    } else {
      letters[0] = 0
      others[0] = .max
    }
    if takesAllForOthers {
      letters.update(repeating: 0, count: needed)
      others.update(repeating: .max, count: needed)
    }
  }

  /// Index of the first unit at or after `start` that is neither a plain letter nor a blank; the text's length
  /// if there is none. `start` is at most the text's length.
  @inline(__always)
  func nextOther(from start: Int) -> Int { Int(warraq_next_bit(others, start)) }

  /// The same, or the index of a blank after a blank if one comes before.
  @inline(__always)
  func nextOtherOrSecondBlank(from start: Int) -> Int {
    var block = start / 64
    var mask = UInt64.max << UInt64(start % 64)
    while true {
      let blanks = ~(letters[block] | others[block])
      let before = block > 0 ? ~(letters[block - 1] | others[block - 1]) >> 63 : 0
      let found = (others[block] | blanks & (blanks << 1 | before)) & mask
      if found != 0 { return block * 64 + found.trailingZeroBitCount }
      mask = .max
      block += 1
    }
  }
}
