import TestSupport
import Testing

@testable import ArabicText

@Suite("One look over a text")
struct TextScanTests {
  private static let pieces: [[UInt16]] = [
    [0x20], [0x20, 0x20], [0x0A], [0x0A, 0x20], [0x20, 0x0A], [0x0A, 0x0A, 0x0A], [0xA0], [0x0D, 0x0A],
    [0x640],
    [0x64B], [0x651, 0x64E], [0x647, 0x647, 0x647], [0x6CC, 0x6CC, 0x6CC], [0x26], [0x61], [0x200B],
    [0xD83D, 0xDE00],
    [0xFEFB],
  ]

  @Test("Findings are those of every unit, pair and triple", arguments: 0..<8)
  func findings(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let classes = RewriteClasses.table
    let map = PlainMap()
    for _ in 0..<500 {
      var text: [UInt16] = []
      for _ in 0..<Int.random(in: 0...40, using: &random) {
        if Int.random(in: 0...Int(seed), using: &random) == 0 {
          text += Self.pieces.randomElement(using: &random)!
        } else {
          text += (0..<4).map { _ in UInt16.random(in: 0x621...0x63F, using: &random) }
        }
      }
      let scan = text.withUnsafeBufferPointer {
        map.read($0)
        return TextScan($0, map, classes: classes)
      }
      let own = text.map { classes[Int($0)] }
      #expect(scan.present == own.reduce(0, |))
      #expect(scan.adjacent == zip(own, own.dropFirst()).map(&).reduce(0, |))
      let triples = text.indices.dropFirst(2).filter { text[$0] == text[$0 - 1] && text[$0] == text[$0 - 2] }
      #expect(scan.tripled == triples.map { own[$0] }.reduce(0, |))
      #expect(scan.edges == (own.first ?? 0) | (own.last ?? 0))
      let (blank, newline) = (RewriteClasses.blank.rawValue, RewriteClasses.newline.rawValue)
      let touches = zip(own, own.dropFirst()).contains {
        $0 & blank != 0 && $1 & newline != 0 || $0 & newline != 0 && $1 & blank != 0
      }
      #expect(scan.hasBlankAtLineEnd == touches)
    }
  }

  @Test("Plain letters are of the same classes")
  func plainLetters() {
    for unit in 0x621...0x64A where unit != 0x640 {
      #expect(RewriteClasses.table[unit] == RewriteClasses.table[0x628])
    }
  }
}
