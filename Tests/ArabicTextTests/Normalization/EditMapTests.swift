import TestSupport
import ArabicText
import Testing

@Suite("EditMap")
struct EditMapTests {
  private static func edit(_ source: Range<Int>, _ output: Range<Int>) -> TextEdit {
    TextEdit(
      source: TextSpan(source.lowerBound, source.upperBound),
      output: TextSpan(output.lowerBound, output.upperBound))
  }

  private static func map(_ layers: [TextEdit]...) -> EditMap {
    var map = EditMap()
    for layer in layers { map.append(layer: layer) }
    return map
  }

  @Test("without edits every span is its own source")
  func identity() {
    #expect(EditMap().isIdentity)
    #expect(Self.map([]).isIdentity)
    #expect(EditMap().source(of: TextSpan(3, 7)) == TextSpan(3, 7))
  }

  @Test("a deletion at the start or end of the text is not covered, one inside is")
  func deletion() {
    // "--ab--cd--" to "abcd"
    let map = Self.map([Self.edit(0..<2, 0..<0), Self.edit(4..<6, 2..<2), Self.edit(8..<10, 4..<4)])
    #expect(map.source(of: TextSpan(0, 4)) == TextSpan(2, 8))
    #expect(map.source(of: TextSpan(0, 2)) == TextSpan(2, 4))
    #expect(map.source(of: TextSpan(2, 4)) == TextSpan(6, 8))
    #expect(map.source(of: TextSpan(1, 3)) == TextSpan(3, 7))
  }

  @Test("an insertion comes from an empty place")
  func insertion() {
    // "abcd" to "ab++cd"
    let map = Self.map([Self.edit(2..<2, 2..<4)])
    #expect(map.source(of: TextSpan(2, 4)) == TextSpan(2, 2))
    #expect(map.source(of: TextSpan(3, 4)) == TextSpan(2, 2))
    #expect(map.source(of: TextSpan(1, 5)) == TextSpan(1, 3))
    #expect(map.source(of: TextSpan(4, 6)) == TextSpan(2, 4))
  }

  @Test("a bound inside a replacement moves to its edge")
  func replacement() {
    // "a123b" to "axyb"
    let map = Self.map([Self.edit(1..<4, 1..<3)])
    #expect(map.source(of: TextSpan(1, 2)) == TextSpan(1, 4))
    #expect(map.source(of: TextSpan(2, 3)) == TextSpan(1, 4))
    #expect(map.source(of: TextSpan(0, 1)) == TextSpan(0, 1))
    #expect(map.source(of: TextSpan(3, 4)) == TextSpan(4, 5))
  }

  @Test("layers compose, last first")
  func layers() {
    // "--abc" to "abc" to "axxc"
    let map = Self.map([Self.edit(0..<2, 0..<0)], [Self.edit(1..<2, 1..<3)])
    #expect(map.source(of: TextSpan(0, 1)) == TextSpan(2, 3))
    #expect(map.source(of: TextSpan(2, 3)) == TextSpan(3, 4))
    #expect(map.source(of: TextSpan(3, 4)) == TextSpan(4, 5))
    #expect(map.source(of: TextSpan(0, 4)) == TextSpan(2, 5))
  }

  @Test("what is inserted inside an earlier replacement comes from all of it")
  func insertionInsideReplacement() {
    // "abc" to "axyc" to "ax+yc"
    let map = Self.map([Self.edit(1..<2, 1..<3)], [Self.edit(2..<2, 2..<3)])
    #expect(
      (0..<5).map { map.source(of: TextSpan($0, $0 + 1)) } == [
        TextSpan(0, 1), TextSpan(1, 2), TextSpan(1, 2), TextSpan(1, 2), TextSpan(2, 3),
      ])
  }

  @Test("a lookup gives the same whatever it was asked before")
  func lookup() {
    let layers = [3, 7].map { step in
      (0..<40).map { Self.edit(step * $0..<step * $0 + 1, (step + 1) * $0..<(step + 1) * $0 + $0 % 3) }
    }
    let map = Self.map(layers[0], layers[1])
    var lookup = SourceLookup()
    lookup.begin(map)
    var random = SeededGenerator(seed: 11)
    for _ in 0..<2000 {
      let start = Int.random(in: 0..<330, using: &random)
      let span = TextSpan(start, start + Int.random(in: 0..<9, using: &random))
      #expect(lookup.source(of: span) == map.source(of: span))
    }
  }
}
