import TestSupport
import Testing

@testable import ArabicText

@Suite("Boundaries as ICU has them")
struct UnicodeBoundariesTests {
  private static let options = SegmentationOptions(boundaries: .unicode)

  @Test("No Arabic rule applies: abbreviations, addresses, dates, headings, lists")
  func plain() throws {
    let sample = try SegmentationSample(
      "عنوان قصير\nقال د. سالم: زوروا www.example.com في 3/4/2024.\n- بند", options: Self.options)
    #expect(
      sample.sentenceTexts == ["عنوان قصير", "قال د.", "سالم: زوروا www.example.com في 3/4/2024.", "- بند"])
    #expect(sample.sentences.allSatisfy { $0.role == .body })
    #expect(sample.words.suffix(5) == ["في", "3", "4", "2024", "بند"])
    #expect(sample.tokens.allSatisfy { $0.kind != .url })
  }

  @Test("Words are the pieces with a rule status, whatever cuts or joins them otherwise")
  func words() throws {
    let sample = try SegmentationSample("كتاب20 كلمة.كلمة ف\u{200B}ي ☎ 😀 日本", options: Self.options)
    #expect(sample.words == ["كتاب20", "كلمة.كلمة", "ف", "ي", "日本"])
  }

  @Test("Every word is in one sentence, also where a sentence ends inside a word")
  func straddling() throws {
    var random = SeededGenerator(seed: 5)
    let pieces = ["a.ب", "ب.ج", ". ", "؟ ", "كلمة", " ", "\n", "12.5", "e.g. ", "…", "\u{64B}", "»", "日"]
    for _ in 0..<500 {
      let text = (0..<20).map { _ in pieces.randomElement(using: &random)! }.joined()
      let sample = try SegmentationSample(text, options: Self.options)
      var next = 0
      for sentence in sample.sentences {
        #expect(sentence.tokens.lowerBound == next && !sentence.tokens.isEmpty)
        next = sentence.tokens.upperBound
        #expect(sample.string(sentence.span).first?.isWhitespace == false)
      }
      #expect(next == sample.tokens.count)
    }
  }
}
