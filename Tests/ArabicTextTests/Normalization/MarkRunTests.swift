import TestSupport
import Testing

@testable import ArabicText

/// Combining marks in a row: found, counted, and given up before they cost a time that grows with their square.
@Suite struct MarkRunTests {
  private func firstRun(_ text: String, above limit: Int) -> Int? {
    var count = 0
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .nonspacingMark, .spacingMark, .enclosingMark: count += 1
      default:
        if count > limit { return count }
        count = 0
      }
    }
    return count > limit ? count : nil
  }

  @Test func runsAreFoundAsByLookingAtEveryCharacter() {
    var random = SeededGenerator(seed: 44)
    let scalars: [Unicode.Scalar] = [
      "\u{64E}", "\u{651}", "\u{301}", "\u{903}", "\u{20DD}", "\u{1D165}", "\u{E0100}", "\u{64E}", "\u{651}",
      "ك", "a", "😀",
    ]
    for _ in 0..<3000 {
      var text = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 0...60, using: &random) {
        text.append(scalars[Int.random(in: 0..<scalars.count, using: &random)])
      }
      for limit in [1, 2, 3, 5, 9] {
        #expect(
          MarkRun.length(in: Array(String(text).utf16), above: limit) == firstRun(String(text), above: limit))
      }
    }
  }

  @Test func halvesOfPairsAreNoMarks() {
    for unit: UInt16 in [0xD800, 0xDBFF, 0xDC00, 0xDFFF] {
      #expect(MarkRun.length(in: [UInt16](repeating: unit, count: 50), above: 1) == nil)
    }
  }

  /// However the marks come together: as they stand, by what is decoded, or by what is taken out between them.
  @Test(arguments: [
    "\u{651}\u{64E}", "\u{640}\u{651}\u{640}\u{64E}", "&#x651;&#x64E;", "\u{200B}\u{651}\u{200B}\u{64E}",
  ])
  func aTextOfMarksIsGivenUp(unit: String) throws {
    var normalizer = try Normalizer()
    normalizer.markLimit = 40
    let text = "ك" + String(repeating: unit, count: 20) + " تم"
    #expect(normalizer.normalize(Array(text.utf16)).text.count == 44)
    #expect(normalizer.excessMarks == nil)
    let longer = "ك" + String(repeating: unit, count: 21) + " تم"
    _ = normalizer.normalize(Array(longer.utf16))
    #expect(normalizer.excessMarks == 42)
    _ = normalizer.normalize(Array("نص".utf16))
    #expect(normalizer.excessMarks == nil)
  }
}
