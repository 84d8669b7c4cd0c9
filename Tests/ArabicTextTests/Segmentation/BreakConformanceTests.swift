import Glibc
import Testing

@testable import ArabicText

/// Unicode's own test files for UAX #29, version 15.0, if they are at hand.
enum BreakTestData {
  /// The folder that holds `data/unicode15`, if there is a `zstd` to unpack it.
  static let folder: String? = {
    let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    let named = getenv("WARRAQ_SHARED").map { String(cString: $0) }
    for folder in [named, "/" + root + "/../shared"].compactMap({ $0 }) {
      let file = folder + "/data/unicode15/WordBreakTest.txt.zst"
      if access(file, R_OK) == 0, access("/usr/bin/zstd", X_OK) == 0 { return folder }
    }
    return nil
  }()

  /// One line of a file: the text and its boundaries (without 0), in UTF-16 units.
  struct Row {
    var text: [UInt16]
    var boundaries: [Int32]
    var line: String
  }

  static func rows(of name: String) throws -> [Row] {
    let bytes = try decompressed((folder ?? "") + "/data/unicode15/\(name).txt.zst")
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
      let fields = (line.split(separator: "#", omittingEmptySubsequences: false).first ?? "").split(
        separator: " ")
      guard fields.count > 2 else { return nil }
      var row = Row(text: [], boundaries: [], line: String(line))
      for field in fields.map({ $0.filter { $0 != "\t" } }) {
        switch field {
        case "÷": if !row.text.isEmpty { row.boundaries.append(Int32(row.text.count)) }
        case "×", "": break
        default:
          guard let value = UInt32(field, radix: 16) else { return nil }
          if value > 0xffff {
            row.text.append(UInt16(0xd800 + ((value - 0x10000) >> 10)))
            row.text.append(UInt16(0xdc00 + ((value - 0x10000) & 0x3ff)))
          } else {
            row.text.append(UInt16(value))
          }
        }
      }
      return row
    }
  }

  private struct Unreadable: Error { var path: String }

  private static func decompressed(_ path: String) throws -> [UInt8] {
    guard let pipe = popen("zstd -dcq '\(path)'", "r") else { throw Unreadable(path: path) }
    defer { pclose(pipe) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&buffer, 1, buffer.count, pipe)
      if count == 0 { break }
      bytes.append(contentsOf: buffer[..<count])
    }
    if bytes.isEmpty { throw Unreadable(path: path) }
    return bytes
  }
}

@Suite("ICU's raw boundaries against Unicode's test files", .enabled(if: BreakTestData.folder != nil))
struct BreakConformanceTests {
  /// Rows where ICU differs from the file.
  private func differences(_ kind: BreakIterator.Kind, _ file: String) throws -> (
    rows: Int, different: [BreakTestData.Row]
  ) {
    let rows = try BreakTestData.rows(of: file)
    let breaks = try BreakIterator(kind, locale: "ar")
    let map = PlainMap()
    let different = rows.filter { row in
      row.text.withUnsafeBufferPointer {
        map.read($0)
        breaks.findBoundaries(in: $0, map)
      }
      return Array(breaks.boundaries) != row.boundaries
    }
    return (rows.count, different)
  }

  @Test("Sentences follow the file")
  func sentences() throws {
    let (rows, different) = try differences(.sentences, "SentenceBreakTest")
    #expect(rows > 500)
    #expect(different.map(\.line) == [])
  }

  /// ICU's root rules take the colon (U+003A) out of MidLetter, so it separates letters; the file joins them.
  private static let colonRows = [
    "0061 003A 0041", "0061 003A 0308 0041", "0061 003A 05D0", "0061 003A 0308 05D0", "0061 003A 0061 2060",
    "0061 003A 0308 0061 2060", "0061 003A 0061 003A", "0061 003A 0308 0061 003A", "0061 003A 0061 0027",
    "0061 003A 0308 0061 0027", "0061 003A 0061 0027 2060", "0061 003A 0308 0061 0027 2060",
    "0061 003A 0061 002C", "0061 003A 0308 0061 002C", "0041 003A 0041",
  ]

  @Test("Words follow the file but where ICU tailors the colon")
  func words() throws {
    let (rows, different) = try differences(.words, "WordBreakTest")
    #expect(rows > 1500)
    let codes = different.map { row -> String in
      let fields = (row.line.split(separator: "#").first ?? "").split(whereSeparator: { " \t".contains($0) })
      return fields.filter { $0 != "÷" && $0 != "×" }.map(String.init).joined(separator: " ")
    }
    #expect(codes == BreakConformanceTests.colonRows)
  }
}
