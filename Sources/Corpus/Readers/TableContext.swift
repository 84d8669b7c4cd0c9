import ArabicText
import CTextScan

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension RejectReason {
  /// A row that has not as many fields as the header.
  public static let raggedRow = RejectReason(rawValue: "raggedRow")
  /// A quoted field of a table that is never closed.
  public static let unbalancedQuote = RejectReason(rawValue: "unbalancedQuote")
}

/// What separates the fields of a table.
public enum TableDelimiter: String, Sendable, CaseIterable {
  /// By the header.
  case auto
  /// `,`
  case comma = ","
  /// `;`, as Excel writes where the comma is the decimal sign.
  case semicolon = ";"
  /// U+0009.
  case tab
  /// `|`
  case bar = "|"

  /// Its code; nil for `auto`.
  var unit: UInt8? {
    switch self {
    case .auto: nil
    case .comma: UInt8(ascii: ",")
    case .semicolon: UInt8(ascii: ";")
    case .tab: 0x09
    case .bar: UInt8(ascii: "|")
    }
  }
}

/// How tables are read.
public struct TableOptions: Sendable {
  /// What separates fields.
  public var delimiter: TableDelimiter
  /// Whether `"` at the beginning of a field quotes it.
  public var hasQuotes: Bool
  /// Name of the text's column: a header with it is what tells a table from text.
  public var textColumn: String

  /// Makes options.
  public init(delimiter: TableDelimiter = .auto, hasQuotes: Bool = true, textColumn: String = "text") {
    self.delimiter = delimiter
    self.hasQuotes = hasQuotes
    self.textColumn = textColumn
  }
}

/// The header of a table, which gives the fields of its rows their names.
final class TableContext: RecordContext {
  /// The header's bytes, without its line end.
  let header: [UInt8]
  let delimiter: UInt8
  let hasQuotes: Bool

  init(header: [UInt8], delimiter: UInt8, hasQuotes: Bool) {
    self.header = header
    self.delimiter = delimiter
    self.hasQuotes = hasQuotes
  }

  var saved: SavedContext {
    SavedContext(bytes: Data(header), delimiter: delimiter, hasQuotes: hasQuotes)
  }
}

/// What the first line of an input says about a table.
enum TableHeader {
  /// Longest first line that is looked at, in bytes.
  private static let longest = 64 << 10
  /// Longest line that counts as a header without being declared one, in bytes: column names are short.
  static let longestCertain = 8 << 10

  private static let candidates: [UInt8] = [
    UInt8(ascii: ","), UInt8(ascii: ";"), 0x09, UInt8(ascii: "|"),
  ]

  /// The range of the first line that is not empty; nil when it has not ended yet.
  static func line(
    _ window: UnsafeBufferPointer<UInt8>, from start: Int, units: CodeUnits, isEnd: Bool,
    longest: Int = longest
  )
    -> Range<Int>?
  {
    var begin = start
    var at = start
    while at + units.width <= window.count, at - start < longest {
      let unit = units.ascii(window, at: at)
      if unit == 0x0A || unit == 0x0D {
        if at > begin { return begin..<at }
        begin = at + units.width
      }
      at += units.width
    }
    return isEnd || at - start >= longest ? begin..<at : nil
  }

  /// The bytes of the names in a line, without quotes around them.
  static func names(
    _ window: UnsafeBufferPointer<UInt8>, _ line: Range<Int>, units: CodeUnits, by delimiter: UInt8
  ) -> [[UInt8]] {
    var names: [[UInt8]] = [[]]
    for at in stride(from: line.lowerBound, to: line.upperBound - units.width + 1, by: units.width) {
      let unit = units.ascii(window, at: at)
      if unit == delimiter {
        names.append([])
      } else if unit != 0x22 {
        names[names.count - 1].append(contentsOf: window[at..<(at + units.width)])
      }
    }
    return names
  }

  /// How a name may be written in an input of such units.
  static func spellings(of name: String, units: CodeUnits) -> [[UInt8]] {
    switch units.width {
    case 2:
      return [name.utf16.flatMap { bytes(UInt32($0), units) }]
    case 4:
      return [name.unicodeScalars.flatMap { bytes($0.value, units) }]
    default:
      if name.utf8.allSatisfy({ $0 < 0x80 }) { return [Array(name.utf8)] }
      let legacy = SingleByteEncoding.allCases.compactMap { encoding -> [UInt8]? in
        let table = encoding.table
        let found = name.utf16.map { unit in table.firstIndex(of: unit) }
        return found.contains(nil) ? nil : found.compactMap { $0.map { UInt8($0) } }
      }
      return [Array(name.utf8)] + legacy
    }
  }

  private static func bytes(_ unit: UInt32, _ units: CodeUnits) -> [UInt8] {
    let little = (0..<units.width).map { UInt8(truncatingIfNeeded: unit >> (8 * $0)) }
    return units.isBigEndian ? little.reversed() : little
  }

  /// The delimiter of a header: the one that makes the text's column a field of its own, or else the commonest.
  static func delimiter(
    _ window: UnsafeBufferPointer<UInt8>, _ line: Range<Int>, units: CodeUnits, textColumn: String
  ) -> UInt8 {
    let counts = candidates.map { delimiter in
      stride(from: line.lowerBound, to: line.upperBound - units.width + 1, by: units.width).count {
        units.ascii(window, at: $0) == delimiter
      }
    }
    let spellings = spellings(of: textColumn, units: units)
    let named = candidates.indices.filter {
      counts[$0] > 0
        && names(window, line, units: units, by: candidates[$0]).contains(where: spellings.contains)
    }
    let best =
      named.max { counts[$0] < counts[$1] }
      ?? candidates.indices.max {
        counts[$0] < counts[$1] || counts[$0] == counts[$1] && $0 > $1
      }
    return candidates[best ?? 0]
  }

  /// Whether a line could be the header of a table with the text's column: cheap, and wrong for some.
  static func mayBe(
    _ window: UnsafeBufferPointer<UInt8>, _ line: Range<Int>, units: CodeUnits, textColumn: String
  ) -> Bool {
    guard line.count <= longestCertain, let base = window.baseAddress else { return false }
    return spellings(of: textColumn, units: units).contains { spelling in
      spelling.withUnsafeBufferPointer {
        warraq_bytes_find(base + line.lowerBound, line.count, $0.baseAddress, $0.count) >= 0
      }
    }
  }

  /// Whether a line is surely the header of a table: two fields or more, all different, none with a blank at its ends as
  /// behind the comma of a sentence, and the text's column by its exact name among them. No running text begins so.
  static func isCertain(
    _ window: UnsafeBufferPointer<UInt8>, _ line: Range<Int>, units: CodeUnits, by delimiter: UInt8,
    textColumn: String
  ) -> Bool {
    let names = names(window, line, units: units, by: delimiter)
    let spellings = spellings(of: textColumn, units: units)
    guard names.count >= 2, Set(names).count == names.count, names.contains(where: spellings.contains) else {
      return false
    }
    return names.allSatisfy { name in
      name.withUnsafeBufferPointer { name in
        name.isEmpty
          || units.ascii(name, at: 0) != 0x20 && units.ascii(name, at: name.count - units.width) != 0x20
      }
    }
  }
}
