import ArabicText
import CTextScan

/// What offsets in records count.
public enum OffsetUnit: String, Sendable, CaseIterable {
  /// Unicode code points, as Python slices strings.
  case codePoints
  /// UTF-16 units, as Java and JavaScript do.
  case utf16
  /// Bytes of the UTF-8 form.
  case utf8
}

/// Turns UTF-16 offsets into one text into another unit: a table entry every 64 units, counted on from there.
///
/// A lone surrogate is one code point and three bytes, as U+FFFD that it is written as.
public struct OffsetConverter: Sendable {
  private static let step = 64

  private let unit: OffsetUnit
  private var text: [UInt16] = []
  /// Converted offset of every 64th unit; empty when the two units agree all along.
  private var marks: [Int32] = []

  /// Makes a converter for an empty text.
  public init(unit: OffsetUnit) { self.unit = unit }

  /// Turns to another text; linear in its length.
  public mutating func begin(_ text: [UInt16]) {
    self.text = text
    marks.removeAll(keepingCapacity: true)
    switch unit {
    case .utf16: return
    case .codePoints:
      guard warraq_has_surrogate(text, text.count) != 0 else { return }
    case .utf8: break
    }
    var total = 0
    text.withUnsafeBufferPointer { units in
      var at = 0
      while at < units.count {
        marks.append(Int32(truncatingIfNeeded: total))
        let end = min(at + OffsetConverter.step, units.count)
        for i in at..<end { total += width(units, i) }
        at = end
      }
      marks.append(Int32(truncatingIfNeeded: total))
    }
  }

  /// The offset in the unit of a UTF-16 offset between 0 and the text's length.
  @inline(__always)
  public func convert(_ offset: Int) -> Int { marks.isEmpty ? offset : count(to: offset) }

  private func count(to offset: Int) -> Int {
    let block = offset / OffsetConverter.step
    guard block < marks.count - 1 || offset % OffsetConverter.step != 0 else { return Int(marks[block]) }
    var total = Int(marks[block])
    text.withUnsafeBufferPointer { units in
      for i in (block * OffsetConverter.step)..<offset { total += width(units, i) }
    }
    return total
  }

  /// What unit `i` adds; the second half of a pair adds nothing, the first half all of it.
  @inline(__always)
  private func width(_ units: UnsafeBufferPointer<UInt16>, _ i: Int) -> Int {
    let value = units[i]
    if unit == .utf8, value < 0x80 { return 1 }
    if unit == .utf8, value < 0x800 { return 2 }
    if value & 0xFC00 == 0xDC00, i > 0, units[i - 1] & 0xFC00 == 0xD800 { return 0 }
    if unit == .codePoints { return 1 }
    if value & 0xFC00 == 0xD800, i + 1 < units.count, units[i + 1] & 0xFC00 == 0xDC00 { return 4 }
    return 3
  }
}
