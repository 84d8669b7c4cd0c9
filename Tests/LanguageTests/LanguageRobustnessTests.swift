import TestSupport
import Testing

@testable import Language

@Suite struct LanguageRobustnessTests {
  @Test func anyUnitsGiveAShare() {
    var random = SeededGenerator(seed: 5)
    var identifier = LanguageIdentifier()
    let ranges: [ClosedRange<UInt16>] = [
      0x0000...0xFFFF, 0x0600...0x06FF, 0x0020...0x007F, 0xD800...0xDFFF, 0xFB50...0xFEFF, 0x0020...0x0040,
    ]
    for length in [1, 2, 3, 17, 160, 4095, 4097, 20_000] {
      for range in ranges {
        let text = (0..<length).map { _ in UInt16.random(in: range, using: &random) }
        let found = identifier.identify(text)
        #expect((0...1).contains(found.confidence))
        #expect((found.code == .undetermined) == (found.confidence == 0))
        let (whole, blocks) = text.withUnsafeBufferPointer { identifier.identifyBlocks($0) }
        #expect((0...1).contains(whole.confidence))
        #expect(blocks.isEmpty || blocks.last.map { Int($0.span.end) } == length)
      }
    }
  }

  @Test func oneEndlessWordIsRead() {
    var identifier = LanguageIdentifier()
    #expect(identifier.identify([UInt16](repeating: 0x0647, count: 1_000_000)).confidence > 0)
    #expect(identifier.identify([UInt16](repeating: 0x26, count: 100_000)).code == .undetermined)
    #expect(identifier.identify([UInt16](repeating: 0x40, count: 100_000)).code == .undetermined)
  }
}
