import Testing

@testable import Keywords

@Suite struct PhraseRankerTests {
  private static let ranker = PhraseRanker(
    start: -1.5,
    tables: [
      PhraseRanker.Table(
        .init(.frequency, above: 0.75), .init(.backgroundLastDefinite, above: 0.3),
        values: [-0.5, 0.25, 0.125, 1]),
      PhraseRanker.Table(.init(.words, above: 1), .init(.words, above: 3), values: [0.1, 0, 0.3, -0.2]),
    ], source: "two made-up questions")

  @Test func aFileGivesBackTheRankerItWasWrittenFrom() throws {
    #expect(try PhraseRanker(parsing: Self.ranker.file) == Self.ranker)
  }

  @Test func theFileCanBeRead() {
    #expect(
      Self.ranker.file.hasPrefix(
        """
        #warraq-ranker 1
        #source two made-up questions
        #start -1.5
        #feature\tabove\tfeature\tabove\tneither\tsecond\tfirst\tboth
        frequency\t0.75\tbackgroundLastDefinite\t0.3\t-0.5\t0.25\t0.125\t1.0

        """))
  }

  @Test func everyFeatureHasANameOfItsOwn() {
    for feature in RankingFeature.allCases { #expect(RankingFeature(name: feature.name) == feature) }
    #expect(RankingFeature(name: "shoeSize") == nil)
  }

  @Test(arguments: [
    ("", "not a ranker"),
    ("#warraq-background 1\n", "not a ranker"),
    ("#warraq-ranker 1\n#start no\n", "line 2: 'no' is no number"),
    (
      "#warraq-ranker 1\nfrequency\t1\twords\t1\t0\t0\t0\n",
      "line 2: wants 8 columns with a tab between, has 7"
    ),
    ("#warraq-ranker 1\n\nshoeSize\t1\twords\t1\t0\t0\t0\t0\n", "line 3: there is no feature 'shoeSize'"),
    ("#warraq-ranker 1\nfrequency\t1\twords\t1\t0\t0\tinf\t0\n", "line 2: 'inf' is no number"),
  ])
  func brokenFilesAreRefusedWithTheLine(file: String, reason: String) {
    let error = #expect(throws: PhraseRankerError.self) { try PhraseRanker(parsing: file) }
    #expect(error?.description.contains(reason) == true, "\(String(describing: error))")
  }

  @Test func logOddsAreTheSumOfTheTables() {
    var values = Array(repeating: Float(0), count: RankingFeature.allCases.count)
    values[RankingFeature.words.rawValue] = 2
    #expect(abs(Self.ranker.logOdds(values) - (-1.5 - 0.5 + 0.3)) < 1e-6)
    values[RankingFeature.frequency.rawValue] = 1
    values[RankingFeature.backgroundLastDefinite.rawValue] = 0.9
    #expect(abs(Self.ranker.logOdds(values) - (-1.5 + 1 + 0.3)) < 1e-6)
  }
}
