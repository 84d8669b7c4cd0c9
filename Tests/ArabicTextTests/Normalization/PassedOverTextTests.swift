import TestSupport
import CICU
import Testing

@testable import ArabicText

/// Passes that go from one suspicious place to the next find what a look at every place finds.
@Suite("Passes over text without anything to do")
struct PassedOverTextTests {
  private static let pieces: [[UInt16]] = [
    [0x20], [0x20, 0x20], [0x0A], [0x0A, 0x20], [0x20, 0x0A], [0x0A, 0x0A, 0x0A], [0xA0], [0x0D, 0x0A],
    [0x2009],
    [0x627, 0x654], [0x649, 0x64E, 0x654], [0x649], [0x654], [0x653], [0x64B], [0x651, 0x64E],
    [0x64E, 0x651],
    [0x65, 0x301], [0xE9], [0x338], [0x1100, 0x1161, 0x11A8], [0x11A8], [0xAC00], [0x212B], [0x9C7, 0x9BE],
    [0x37E],
    [0xD834, 0xDD57, 0xD834, 0xDD65], [0xD800], [0xDC00], [0xFB1D], [0x5D9, 0x5B4], [0x2E], [0x61],
  ]

  private static func text(_ random: inout SeededGenerator, strangeness: Int) -> [UInt16] {
    var text: [UInt16] = []
    for _ in 0..<Int.random(in: 0...40, using: &random) {
      switch Int.random(in: 0..<20, using: &random) {
      case 0..<strangeness: text += pieces.randomElement(using: &random)!
      case strangeness: text.append(UInt16.random(in: 0...UInt16.max, using: &random))
      default: text += [0x20] + (0..<5).map { _ in UInt16.random(in: 0x621...0x64A, using: &random) }
      }
    }
    return text
  }

  private func edits(
    _ text: [UInt16], _ pass: inout some NormalizationPass, classes: [UInt32], map: PlainMap = PlainMap()
  ) -> ([UInt16], [TextEdit]) {
    var writer = TextRewriter(classes: RewriteClasses.table, map: map)
    text.withUnsafeBufferPointer {
      writer.begin()
      pass.rewrite($0, classes: classes, into: &writer)
      writer.finish($0)
    }
    return (writer.output, writer.edits)
  }

  @Test("Composing around doubtful characters is composing the whole", arguments: [UInt64(1), 2, 3])
  func composition(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var status: Int32 = 0
    let nfc = try #require(warraq_normalize_open(&status))
    var pass = CompositionPass(nfc: nfc, isLast: false)
    let thorough = PlainMap(takingAllForOthers: true)
    let allDoubtful = [UInt32](repeating: RewriteClasses.nfcCheck.rawValue, count: 0x10000)
    for round in 0..<4000 {
      let text = Self.text(&random, strangeness: 1 + round % 18)
      let expected = edits(text, &pass, classes: allDoubtful, map: thorough)
      let found = edits(text, &pass, classes: RewriteClasses.table)
      #expect(found == expected, "\(text.map { String($0, radix: 16) })")
    }
  }

  @Test("Every unit with a mark, before and after a letter, is composed as in the whole")
  func everyUnit() throws {
    var status: Int32 = 0
    let nfc = try #require(warraq_normalize_open(&status))
    var pass = CompositionPass(nfc: nfc, isLast: false)
    let thorough = PlainMap(takingAllForOthers: true)
    let allDoubtful = [UInt32](repeating: RewriteClasses.nfcCheck.rawValue, count: 0x10000)
    for unit in UInt16.min...UInt16.max {
      let text: [UInt16] = [
        unit, 0x301, 0x20, 0x627, unit, 0x20, 0x65, unit, 0x301, 0x628, unit, unit, 0x628,
      ]
      let isSame =
        edits(text, &pass, classes: RewriteClasses.table)
        == edits(text, &pass, classes: allDoubtful, map: thorough)
      #expect(isSame, "\(unit)")
    }
  }

  @Test("Whitespace is found wherever it stands", arguments: [UInt64(1), 2, 3])
  func whitespace(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var pass = WhitespacePass()
    let thorough = PlainMap(takingAllForOthers: true)
    for round in 0..<4000 {
      let text = Self.text(&random, strangeness: 1 + round % 18)
      let expected = edits(text, &pass, classes: RewriteClasses.table, map: thorough)
      #expect(edits(text, &pass, classes: RewriteClasses.table) == expected)
    }
  }
}
