import ArabicText
import Testing

@testable import Keywords

/// The index against a dictionary of all phrases, which is slow and plainly right.
@Suite struct PhraseIndexTests {
  private struct Reference {
    var total = 0
    var count = 0
    var nested = 0
  }

  private static func phrases(_ words: WordIndex, maxWords: Int) -> [[Int32]: Reference] {
    var found: [[Int32]: Reference] = [:]
    for i in words.tokens.indices {
      for length in stride(from: 1, through: Int(words.tokens[i].reach), by: 1) {
        let tokens = words.tokens[i..<(i + length)]
        let key = tokens.map(\.word)
        found[key, default: Reference()].total += 1
        if words.tokens[i].traits.contains(.content), words.tokens[i + length - 1].traits.contains(.content) {
          found[key, default: Reference()].count += 1
        }
      }
    }
    for (key, outer) in found where outer.count > 1 {
      for start in key.indices {
        for end in (start + 1)...key.count where end - start < key.count {
          let inner = Array(key[start..<end])
          let known = found[inner]?.nested ?? 0
          found[inner]?.nested = max(known, outer.count)
        }
      }
    }
    return found
  }

  @Test(arguments: 1...6) func countsAndNestingAreThoseOfAllPhrases(maxWords: Int) {
    var tokenizer = SampleTokenizer()
    var words = WordIndex()
    var index = PhraseIndex()
    var random = RandomArticle(state: UInt64(maxWords))
    for vocabulary in [3, 12, 60] {
      let document = tokenizer.document(random.text(words: 300, vocabulary: vocabulary))
      words.fill(from: document, maxWords: maxWords)
      index.fill(from: words, maxWords: maxWords)
      let reference = Self.phrases(words, maxWords: maxWords)
      for i in words.tokens.indices {
        for length in stride(from: 1, through: Int(words.tokens[i].reach), by: 1) {
          let key = words.tokens[i..<(i + length)].map(\.word)
          let expected = reference[key] ?? Reference()
          let number = Int(index.phrase(at: i, length: length))
          guard number >= 0 else {
            #expect(expected.total == 1)
            continue
          }
          let phrase = index.phrases[number]
          #expect(Int(phrase.length) == length)
          #expect(Int(phrase.count) == expected.count)
          #expect(Int(phrase.nested) == expected.nested)
          if length > 1 { #expect(Int(phrase.total) == expected.total) }
        }
      }
    }
  }

  @Test func theRankingOrdersByScoreThenPlaceThenLength() {
    let entries = [
      BestPhrases.Entry(score: 2, first: 5, length: 1), BestPhrases.Entry(score: 2, first: 5, length: 3),
      BestPhrases.Entry(score: 2, first: 1, length: 1), BestPhrases.Entry(score: 2.5, first: 90, length: 6),
      BestPhrases.Entry(score: 0, first: 0, length: 1),
    ]
    var preferred = BestPhrases.Entry(score: 0.5, first: (1 << 29) - 1, length: 2)
    preferred.isPreferred = true
    let sorted = (entries + [preferred]).sorted(by: >)
    #expect(sorted.map(\.first) == [(1 << 29) - 1, 90, 1, 5, 5, 0])
    #expect(sorted.map(\.length) == [2, 6, 1, 3, 1, 1])
    #expect(sorted.map(\.score) == [0.5, 2.5, 2, 2, 2, 0])
  }
}
