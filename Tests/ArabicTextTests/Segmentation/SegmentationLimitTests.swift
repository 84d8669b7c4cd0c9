import Testing

@testable import ArabicText

/// A text with more words or sentences than the limits allow gives none.
@Suite struct SegmentationLimitTests {
  private func segment(_ text: String, _ segmenter: inout Segmenter) -> (tokens: Int, sentences: Int) {
    var table = TermTable()
    var tokens: [Token] = []
    var sentences: [Sentence] = []
    Array(text.utf16).withUnsafeBufferPointer {
      segmenter.segment($0, table: &table, tokens: &tokens, sentences: &sentences)
    }
    return (tokens.count, sentences.count)
  }

  @Test func theLimitsAreExactAndSayHowMany() throws {
    var segmenter = try Segmenter(terms: nil)
    let text = "وصل الوفد. ثم مضى. ولم يعد بعد."
    segmenter.limits = SegmentationLimits(words: 7, sentences: 3)
    #expect(segment(text, &segmenter) == (7, 3))
    #expect(segmenter.excess == nil)
    segmenter.limits = SegmentationLimits(words: 6, sentences: 3)
    #expect(segment(text, &segmenter) == (0, 0))
    #expect(segmenter.excess == .words(7))
    segmenter.limits = SegmentationLimits(words: 7, sentences: 2)
    #expect(segment(text, &segmenter) == (0, 0))
    #expect(segmenter.excess == .sentences(3))
    segmenter.limits = SegmentationLimits()
    #expect(segment(text, &segmenter) == (7, 3))
    #expect(segmenter.excess == nil)
  }
}
