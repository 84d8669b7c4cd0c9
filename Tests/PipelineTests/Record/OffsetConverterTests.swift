import Testing

@testable import Pipeline

@Suite struct OffsetConverterTests {
  @Test func everyUnitAgreesWithSwiftStrings() {
    var generator = SystemRandomNumberGenerator()
    let alphabet = Array("كتاب a٣é😀𞤀ﷺ".unicodeScalars)
    for length in [0, 1, 63, 64, 65, 128, 300] {
      var string = String.UnicodeScalarView()
      for _ in 0..<length { string.append(alphabet.randomElement(using: &generator)!) }
      let text = String(string)
      let units = Array(text.utf16)
      for unit in OffsetUnit.allCases {
        var converter = OffsetConverter(unit: unit)
        converter.begin(units)
        var index = text.unicodeScalars.startIndex
        while true {
          let prefix = text[..<index]
          let expected =
            switch unit {
            case .codePoints: prefix.unicodeScalars.count
            case .utf16: prefix.utf16.count
            case .utf8: prefix.utf8.count
            }
          #expect(converter.convert(prefix.utf16.count) == expected)
          if index == text.unicodeScalars.endIndex { break }
          index = text.unicodeScalars.index(after: index)
        }
      }
    }
  }

  @Test func aLoneSurrogateCountsAsTheReplacementItIsWrittenAs() {
    var converter = OffsetConverter(unit: .utf8)
    converter.begin([0x41, 0xD800, 0x42])
    #expect(converter.convert(3) == 5)
    converter = OffsetConverter(unit: .codePoints)
    converter.begin([0x41, 0xDC00, 0x42])
    #expect(converter.convert(3) == 3)
  }
}
