import ArabicText
import Testing

@testable import Keywords

@Suite struct BestPhrasesTests {
  private static func document(_ words: Int) -> TokenizedDocument {
    var tokenizer = SampleTokenizer()
    var random = RandomArticle(state: 7)
    return tokenizer.document(random.text(words: words, vocabulary: 40))
  }

  @Test func keepingOnlyTheBestChoosesTheSameAsKeepingAll() {
    let document = Self.document(200)
    var words = WordIndex()
    words.fill(from: document, maxWords: 4)
    var random = RandomArticle(state: 11)
    var told = 0
    for count in [1, 3, 10] {
      for limit in [0, 1, 4] {
        let entries = (0..<150).map { _ in
          (score: Float(random.next(50)) / 8, first: random.next(190), length: random.next(4) + 1)
        }
        func chosen(keeping kept: Int) -> [[Int]]? {
          var best = BestPhrases()
          best.removeAll(keepingBest: kept)
          for entry in entries { best.add(entry.score, first: entry.first, length: entry.length) }
          return best.choose(count, sharing: limit, words, document.vocabulary)?.map {
            [$0.first, $0.length]
          }
        }
        let all = chosen(keeping: .max)
        #expect(all != nil)
        for kept in [count, count * 2, BestPhrases.depth(for: count)] {
          // Too few may not be enough to tell; what is told is right.
          guard let some = chosen(keeping: kept) else { continue }
          #expect(some == all)
          told += 1
        }
        #expect(chosen(keeping: 150) == all)
      }
    }
    // Limits that pass nothing over are told by few entries.
    #expect(told >= 9)
  }
}
