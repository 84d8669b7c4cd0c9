import TestSupport
import ArabicText
import Foundation
import Testing

private let conformanceData = "data/unicode15/NormalizationTest.txt.zst"

@Suite("Unicode's normalization test")
struct NormalizationConformanceTests {
  @Test(
    "NFC of every row", .enabled(if: SharedData.exists(conformanceData)))
  func nfc() throws {
    let data = try SharedData.unpacked(conformanceData)
    var normalizer = try Normalizer(.compositionOnly)
    var rows = 0
    for line in String(decoding: data, as: UTF8.self).split(separator: "\n")
    where line.first != "#" && line.first != "@" {
      let columns = line.split(separator: ";").prefix(5).map(Self.units)
      try #require(columns.count == 5)
      rows += 1
      // Columns: source, NFC, NFD, NFKC, NFKD; c2 = NFC of the first three, c4 of the last two.
      for (index, column) in columns.enumerated() {
        let expected = columns[index < 3 ? 1 : 3]
        let text = normalizer.normalize(column).text
        #expect(text == expected, "row \(rows): \(line.prefix(60))")
      }
    }
    #expect(rows > 18_000)
  }

  private static func units(_ column: Substring) -> [UInt16] {
    column.split(separator: " ").compactMap { UInt32($0, radix: 16).flatMap(Unicode.Scalar.init) }
      .flatMap { Array(String($0).utf16) }
  }
}
