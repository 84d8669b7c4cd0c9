import ArabicText
import Testing

@testable import Keywords

/// A short article of our own about a library.
private let article = """
  افتتحت الجامعة الوطنية المكتبة الرقمية الجديدة في المدينة. وتضم المكتبة الرقمية الف كتاب، وقال المدير ان \
  الجامعة الوطنية تهتم بالمكتبة الرقمية. والجامعة الوطنية من اكبر الجامعات، كما ان الطلاب يزورون المكتبة.
  المكتبة الرقمية والطلاب 25 معا في هذا العام. للجامعة فروع، وفروع الجامعة كثيرة.
  """

private func extract(
  _ text: String, title: String = "", _ options: KeywordOptions = KeywordOptions(),
  lists: KeywordLists = KeywordLists()
) -> [Keyword] {
  var tokenizer = SampleTokenizer()
  var extractor = KeywordExtractor(options, lists: lists)
  return extractor.extract(tokenizer.document(text, title: title))
}

@Suite struct KeywordExtractorTests {
  @Test func theArticlesTopicComesFirst() {
    let found = extract(article).map(\.string)
    #expect(found.prefix(3).contains("المكتبة الرقمية"))
    #expect(found.prefix(3).contains("الجامعة الوطنية"))
  }

  @Test(arguments: KeywordAlgorithm.allCases)
  func occurrencesSliceBackToVariantsOfThePhrase(algorithm: KeywordAlgorithm) {
    let text = Array(article.utf16)
    for keyword in extract(article, KeywordOptions(algorithm: algorithm, count: 50)) {
      #expect(keyword.count == keyword.occurrences.count)
      #expect(Array(keyword.occurrences) == keyword.occurrences.sorted())
      for span in keyword.occurrences {
        #expect(bases(Array(text[span.range])) == bases(Array(keyword.phrase)), "\(keyword.string)")
      }
    }
  }

  @Test(arguments: KeywordAlgorithm.allCases)
  func noPhraseBeginsOrEndsInAStopWordOrNumber(algorithm: KeywordAlgorithm) {
    let tokenizer = SampleTokenizer()
    for keyword in extract(article, KeywordOptions(algorithm: algorithm, count: 100)) {
      let words = keyword.phrase.split(separator: 0x20).map { Array($0) }
      for edge in [words.first, words.last].compactMap({ $0 }) {
        #expect(!tokenizer.stopWords.contains(SampleTokenizer.fold(edge).string), "\(keyword.string)")
        #expect(edge.string != "25")
      }
    }
  }

  @Test func noPhraseCrossesPunctuationOrASentenceEnd() {
    for keyword in extract("سعر النفط، سوق الغاز. حقل الشمال", KeywordOptions(count: 100)) {
      #expect(!["النفط سوق", "الغاز حقل"].contains { keyword.string.contains($0) })
    }
  }

  @Test func stopWordsMayStandInside() {
    let found = extract("موسم الهجرة الى الشمال. موسم الهجرة الى الشمال", KeywordOptions(count: 20))
    #expect(found.contains { $0.string == "موسم الهجرة الى الشمال" && $0.count == 2 })
  }

  @Test func aLeadingConjunctionIsCutFromFormAndSpan() throws {
    let text = "والجامعات العربية"
    let keyword = try #require(extract(text, KeywordOptions(count: 20)).first { $0.phrase.contains(0x20) })
    #expect(keyword.string == "الجامعات العربية")
    #expect(keyword.occurrences == [TextSpan(1, text.utf16.count)])
  }

  @Test func anArticleFusedWithLamIsShownWholeAndPointsToTheStem() throws {
    let keyword = try #require(extract("للجامعات").first)
    #expect(keyword.string == "الجامعات")
    #expect(keyword.occurrences == [TextSpan(2, 8)])
  }

  @Test func variantsCountAsOnePhraseUnderTheCommonestForm() throws {
    let found = extract("إدارة المياه. ادارة المياه. الإدارَة مياه. إدارة المياه")
    let keyword = try #require(found.first { $0.phrase.contains(0x20) })
    #expect(keyword.count == 4)
    #expect(keyword.string == "إدارة المياه")
  }

  @Test func amongEquallyCommonFormsTheOneWithTheArticleIsShown() {
    #expect(extract("مكتبة. المكتبة").map(\.string) == ["المكتبة"])
  }

  @Test func listsAreHonoured() {
    let plain = extract(article).map(\.string)
    #expect(plain.contains("الجامعة الوطنية"))
    let never = KeywordLists(never: [Array("جامعه وطنيه".utf16)])
    #expect(!extract(article, lists: never).map(\.string).contains("الجامعة الوطنية"))
    let withArticle = KeywordLists(never: [Array("الجامعه الوطنيه".utf16), Array("زمان اخر".utf16)])
    #expect(!extract(article, lists: withArticle).map(\.string).contains("الجامعة الوطنية"))
    let prefer = KeywordLists(prefer: [Array("فروع".utf16)])
    #expect(extract(article, lists: prefer).first?.string == "فروع")
  }

  @Test func limitsAreHonoured() {
    #expect(extract(article, KeywordOptions(count: 3)).count == 3)
    #expect(extract(article, KeywordOptions(count: 0)).isEmpty)
    #expect(extract(article, KeywordOptions(count: 50, maxWords: 1)).allSatisfy { !$0.phrase.contains(0x20) })
    #expect(extract(article, KeywordOptions(count: 50, minimumCount: 3)).allSatisfy { $0.count >= 3 })
    #expect(KeywordOptions(maxWords: 99).maxWords == KeywordOptions.longestPhrase)
  }

  @Test func sharedWordsAreLimitedWhileOthersAreLeft() {
    let text = "نفط خام. نفط ثقيل. نفط خفيف. نفط جديد. نفط قديم. نفط بحري. نفط بري. غاز طبيعي. ماء عذب"
    let limited = extract(text, KeywordOptions(count: 6, sharedWordLimit: 2))
    #expect(limited.filter { $0.string.contains("نفط") }.count <= 2)
    #expect(limited.count == 6)
  }

  @Test func wordsOfTheTitleRise() throws {
    let text = "سوق الذهب تنمو. سعر الفضة يرتفع"
    let rank = { (title: String) in
      extract(text, title: title, KeywordOptions(count: 50)).firstIndex { $0.string == "الفضة" }
    }
    #expect(try #require(rank("الفضة")) < #require(rank("")))
  }

  @Test func emptyAndWordlessTextsGiveNothing() {
    #expect(extract("").isEmpty)
    #expect(extract("12 34. و في").isEmpty)
  }

  /// The bases of a text's words.
  private func bases(_ units: [UInt16]) -> [[UInt16]] {
    var tokenizer = SampleTokenizer()
    let document = tokenizer.document(units.string)
    return document.tokens.map { document.terms.keys.units(of: document.terms[$0.term].base) }
  }
}
