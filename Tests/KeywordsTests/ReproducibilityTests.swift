import ArabicText
import Glibc
import Testing

@testable import Keywords

/// Random articles over a small vocabulary with stop words, articles and conjunctions.
struct RandomArticle {
  var state: UInt64

  mutating func next(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }

  mutating func text(words: Int, vocabulary: Int) -> String {
    let letters = ["ب", "ت", "ج", "د", "ر", "س", "ع", "ق"]
    var text = ""
    for _ in 0..<words {
      var number = next(vocabulary)
      if next(5) == 0 {
        text += ["في", "من", "على", "12", "x"][next(5)]
      } else {
        text += ["", "", "ال", "وال", "بال"][next(5)] + "م"
        repeat {
          text += letters[number % 8]
          number /= 8
        } while number > 0
        text += "ود"
      }
      text += [" ", " ", " ", " ", " ", "، ", ". "][next(7)]
    }
    return text
  }
}

@Suite struct ReproducibilityTests {
  @Test(arguments: KeywordAlgorithm.allCases)
  func resultsDoNotDependOnArticlesBefore(algorithm: KeywordAlgorithm) {
    var random = RandomArticle(state: 7)
    let options = KeywordOptions(algorithm: algorithm, count: 25)
    var sharedTokenizer = SampleTokenizer()
    var sharedExtractor = KeywordExtractor(options)
    for _ in 0..<20 {
      let text = random.text(words: 10 + random.next(300), vocabulary: 40)
      let shared = sharedExtractor.extract(sharedTokenizer.document(text))
      var tokenizer = SampleTokenizer()
      var extractor = KeywordExtractor(options)
      #expect(extractor.extract(tokenizer.document(text)) == shared)
    }
  }

  @Test func aTableHoldsWhatIsExtractedArticleByArticle() {
    var random = RandomArticle(state: 5)
    var tokenizer = SampleTokenizer()
    var extractor = KeywordExtractor()
    let documents = [0, 1, 200, 0, 12, 90].map { tokenizer.document(random.text(words: $0, vocabulary: 30)) }
    var table = KeywordTable(minimumCapacity: KeywordTable().size)
    for document in documents { extractor.extract(document, into: &table) }
    #expect(documents.indices.map { table[$0] } == documents.map { extractor.extract($0) })
    #expect(table.rows(of: 0).isEmpty && !table.rows(of: 2).isEmpty)
  }

  @Test(arguments: KeywordAlgorithm.allCases)
  func everyResultIsWellFormed(algorithm: KeywordAlgorithm) {
    var random = RandomArticle(state: 11)
    var tokenizer = SampleTokenizer()
    var extractor = KeywordExtractor(KeywordOptions(algorithm: algorithm, count: 30))
    for _ in 0..<20 {
      let document = tokenizer.document(random.text(words: random.next(200), vocabulary: 30))
      let found = extractor.extract(document)
      #expect(found.count <= 30)
      #expect(zip(found, found.dropFirst()).allSatisfy { $0.score >= $1.score })
      #expect(Set(found.map(\.phrase)).count == found.count)
      for keyword in found {
        #expect(keyword.score >= 0)
        #expect(!keyword.phrase.isEmpty && keyword.count == keyword.occurrences.count)
        #expect(keyword.occurrences.allSatisfy { $0.end <= document.text.count && !$0.isEmpty })
      }
    }
  }

  @Test func equalScoresAreOrderedByFirstOccurrence() {
    var tokenizer = SampleTokenizer()
    var extractor = KeywordExtractor(KeywordOptions(algorithm: .tfidf, maxWords: 1))
    // Later words are met earlier by the tokenizer, so term ids run against the order of the text.
    _ = tokenizer.document("زيتون. رمان. تفاح")
    let found = extractor.extract(tokenizer.document("تفاح. رمان. زيتون"))
    #expect(found.map(\.string) == ["تفاح", "رمان", "زيتون"])
  }

  @Test(.timeLimit(.minutes(2)))
  func aLargeArticleIsIndexedInLinearSpace() {
    var random = RandomArticle(state: 3)
    var tokenizer = SampleTokenizer()
    let document = tokenizer.document(random.text(words: 150_000, vocabulary: 20_000))
    #expect(document.text.count * 2 > 2_000_000)
    var words = WordIndex()
    words.fill(from: document, maxWords: 4)
    var phrases = PhraseIndex()
    phrases.fill(from: words, maxWords: 4)
    #expect(phrases.phrases.count <= document.tokens.count * 4)
    for algorithm in KeywordAlgorithm.allCases {
      var extractor = KeywordExtractor(KeywordOptions(algorithm: algorithm))
      #expect(extractor.extract(document).count == 10)
    }
  }

  @Test func theLogarithmAgreesWithTheCLibrary() {
    for x in [1e-9, 0.3, 0.999_999, 1, 1.41, 1.42, 2, 3, 10, 12_345.678, 1e12] {
      #expect(abs(reproducibleLog(x) - log(x)) <= 1e-12 * max(1, abs(log(x))))
    }
    #expect(reproducibleLog(0) == 0 && reproducibleLog(-1) == 0 && reproducibleLog(.infinity) == 0)
  }
}
