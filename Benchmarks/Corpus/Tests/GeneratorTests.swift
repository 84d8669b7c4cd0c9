import ArabicCorpus
import Testing

@Suite struct GeneratorTests {
  private static let vocabulary = Vocabulary(size: 20_000)

  @Test func anArticleDependsOnItsNumberAndTheSeedAlone() {
    let one = ArticleGenerator(vocabulary: Self.vocabulary, seed: 1)
    let two = ArticleGenerator(vocabulary: Self.vocabulary, seed: 2)
    #expect(one.article(7).line == one.article(7).line)
    #expect(one.article(7).line != one.article(8).line)
    #expect(one.article(7).line != two.article(7).line)
  }

  @Test func someArticlesAreRepeated() {
    let generator = ArticleGenerator(vocabulary: Self.vocabulary)
    var texts: Set<ArraySlice<UInt8>> = []
    var repeated = 0
    for number in 0..<1000 {
      let line = generator.article(number).line
      if !texts.insert(line.drop { $0 != 0x2C }).inserted { repeated += 1 }
    }
    #expect((10...60).contains(repeated))
  }

  @Test func wordsFollowZipfsLaw() {
    let generator = ArticleGenerator(vocabulary: Self.vocabulary)
    var counts: [Substring: Int] = [:]
    var words = 0
    for number in 0..<400 {
      for word in String(decoding: generator.article(number).line, as: UTF8.self).split(separator: " ") {
        counts[word, default: 0] += 1
        words += 1
      }
    }
    let sorted = counts.values.sorted(by: >)
    // The tenth word is several times rarer than the first, and half of all forms are met once or twice.
    #expect(sorted[0] > 2 * sorted[9])
    #expect(sorted.count { $0 <= 2 } * 3 > sorted.count)
    #expect(words > 20_000)
  }
}
