import TestSupport
import ArabicText
import Testing

@testable import Keywords

/// Keywords by a ranker and a background made of a few sentences of our own.
@Suite struct RankedKeywordsTests {
  /// Each sentence many times: a background says nothing of words it has seldom.
  private static let background = try? SampleModel.learn(
    (0..<12).flatMap { _ in
      [
        "المجلس الذي عقد الاجتماع في المدينة. عقد المجلس الاجتماع",
        "لم يعقد المجلس اي اجتماع. قد عقد المجلس لقاء",
        "الوزير الذي زار المصنع قد زار المدينة",
        "في المدينة مصنع الزيت. المصنع في المدينة والمجلس في المدينة",
        "المدير الجديد في المصنع. المدير والرئيس في الاجتماع", "الرئيس الجديد والمدير الجديد. اجتماع الرئيس",
      ]
    })

  private static func extractor(
    _ ranker: PhraseRanker = PhraseRanker(start: 0, tables: []), count: Int = 30
  ) -> KeywordExtractor {
    KeywordExtractor(KeywordOptions(count: count), background: background, ranker: ranker)
  }

  private func keywords(_ text: String, _ ranker: PhraseRanker = PhraseRanker(start: 0, tables: []))
    -> [String]
  {
    var tokenizer = SampleTokenizer()
    var extractor = Self.extractor(ranker)
    return extractor.extract(tokenizer.document(text)).map(\.string)
  }

  @Test func noPhraseBeginsOrEndsInAVerb() {
    let found = keywords("زار الوزير المصنع ثم زار المدينة. المصنع الذي زار الوزير جديد")
    #expect(found.contains("الوزير"))
    #expect(found.allSatisfy { !$0.hasPrefix("زار") && !$0.hasSuffix("زار") }, "\(found)")
  }

  @Test func aVerbalNounWhereASentenceBeginsIsTakenForTheVerb() {
    let found = keywords("عقد المجلس الاجتماع في المدينة.")
    #expect(found.contains("المجلس"))
    #expect(found.allSatisfy { !$0.hasPrefix("عقد المجلس") }, "\(found)")
  }

  @Test func anAdjectiveIsNoPhraseWithoutItsNoun() {
    let found = keywords("المدير الجديد في المصنع، والمدير الجديد في المدينة")
    #expect(found.contains("المدير الجديد"))
    #expect(!found.contains("الجديد"), "\(found)")
  }

  @Test func noPhraseHoldsTheBeginningOfAClause() {
    let found = keywords("الرئيس ان المدير في المصنع، الرئيس ان المدير في المدينة")
    #expect(found.allSatisfy { !$0.contains(" ان ") }, "\(found)")
    #expect(found.contains("المدير في المصنع"), "a preposition may link")
  }

  @Test func theRankerDecidesTheOrder() {
    let text = "المصنع في المدينة. المصنع كبير. الوزير في الاجتماع"
    func ranker(_ longer: Float) -> PhraseRanker {
      PhraseRanker(
        start: 0,
        tables: [
          PhraseRanker.Table(
            .init(.words, above: 1.5), .init(.words, above: 99), values: [0, 0, longer, longer])
        ])
    }
    let words: (String) -> Int = { $0.split(separator: " ").count }
    let longFirst = keywords(text, ranker(5)).map(words)
    #expect(longFirst.first ?? 0 > 1 && longFirst.last == 1)
    #expect(keywords(text, ranker(-5)).map(words).first == 1)
  }

  @Test func scoresAreProbabilities() {
    var tokenizer = SampleTokenizer()
    let document = tokenizer.document("المصنع في المدينة. الوزير في المصنع")
    var even = Self.extractor(PhraseRanker(start: 0, tables: []))
    #expect(even.extract(document).allSatisfy { $0.score == 0.5 })
    var sure = Self.extractor(PhraseRanker(start: 30, tables: []))
    #expect(sure.extract(document).allSatisfy { $0.score > 0.999 && $0.score <= 1 })
  }

  /// The loop over many candidates at once, against the plain sum.
  @Test func manyCandidatesAreScoredAsOneIs() throws {
    var random = SeededGenerator(seed: 21)
    let tables = (0..<40).map { _ in
      PhraseRanker.Table(
        .init(
          RankingFeature.allCases.randomElement(using: &random)!,
          above: Float.random(in: 0...2, using: &random)),
        .init(
          RankingFeature.allCases.randomElement(using: &random)!,
          above: Float.random(in: 0...2, using: &random)),
        values: SIMD4<Float>.random(in: -1...1, using: &random))
    }
    let ranker = PhraseRanker(start: -0.5, tables: tables)
    var tokenizer = SampleTokenizer()
    let document = tokenizer.document(
      "افتتح الوزير المصنع الجديد في المدينة، والمصنع الجديد اكبر مصنع. وقال المدير ان المصنع في المدينة")
    var extractor = Self.extractor(ranker, count: 50)
    let candidates = extractor.candidates(document)
    #expect(candidates.count > 9)
    let scores = Dictionary(
      uniqueKeysWithValues: extractor.extract(document).map { ($0.string, $0.score) })
    for candidate in candidates {
      let probability = Float(1 / (1 + reproducibleExp(-Double(ranker.logOdds(candidate.features)))))
      let score = try #require(scores[candidate.phrase])
      #expect(abs(score - probability) < 1e-5, "\(candidate.phrase)")
    }
  }

  @Test func theResultDoesNotDependOnArticlesBefore() {
    let texts = [
      "المصنع الجديد في المدينة", "زار الوزير المدينة", "المصنع الجديد كبير، والمدير في المصنع الجديد",
    ]
    var tokenizer = SampleTokenizer()
    var extractor = Self.extractor()
    let together = texts.map { extractor.extract(tokenizer.document($0)) }
    let alone = texts.map { text in
      var extractor = Self.extractor()
      var tokenizer = SampleTokenizer()
      return extractor.extract(tokenizer.document(text))
    }
    #expect(together == alone)
  }

  @Test func preferredPhrasesStayFirst() {
    func key(_ text: String) -> [UInt16] { Array(text.utf16) }
    let lists = KeywordLists(never: [key("مصنع")], prefer: [key("مدينه")])
    var extractor = KeywordExtractor(
      KeywordOptions(count: 5), lists: lists, background: Self.background,
      ranker: PhraseRanker(start: 0, tables: []))
    var tokenizer = SampleTokenizer()
    let found = extractor.extract(tokenizer.document("المصنع والوزير في المصنع. المصنع في المدينة")).map(
      \.string)
    #expect(found.first == "المدينة")
    #expect(!found.contains("المصنع"))
  }

  @Test func aLongerListBeginsAsAShorterOne() {
    let text = (0..<40).map { "المصنع \($0 % 7) في المدينة والوزير والمدير في مصنع الزيت. " }.joined()
    var tokenizer = SampleTokenizer()
    let document = tokenizer.document(text)
    let lists = [3, 10, 20].map { count -> [String] in
      var extractor = Self.extractor(count: count)
      return extractor.extract(document).map(\.string)
    }
    #expect(lists[0].elementsEqual(lists[1].prefix(3)))
    #expect(lists[1].elementsEqual(lists[2].prefix(10)))
  }
}
