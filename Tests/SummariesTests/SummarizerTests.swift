import ArabicText
import Testing

@testable import Summaries

private let sentences = [
  "طقس جميل زار الحديقة اليوم عند الفجر وغادر.",
  "اعلنت الشركة بناء مصنع كبير للورق في المدينة.",
  "مصنع الورق في المدينة يوفر وظائف من الشركة الكبيرة.",
  "قطط صغيرة تلعب قرب بحيرة زرقاء بلا هدف واضح.",
  "بناء مصنع الورق تموله الشركة مع بنك المدينة الكبير.",
]

private func indices(
  _ sentences: [(String, Sentence.Role)], title: String = "", _ options: SummaryOptions = SummaryOptions()
) -> [Int] {
  var article = SampleArticle()
  var summarizer = Summarizer(options)
  return summarizer.summarize(article.document(sentences, title: title)).map(\.index)
}

private func indices(
  _ sentences: [String], title: String = "", _ options: SummaryOptions = SummaryOptions()
) -> [Int] {
  indices(sentences.map { ($0, .body) }, title: title, options)
}

/// Weights that look at content alone.
private var contentOnly: SummaryWeights {
  var weights = SummaryWeights()
  weights.position = 0
  return weights
}

@Suite struct SummarizerTests {
  @Test func centralSentencesAreChosen() {
    let options = SummaryOptions(budget: .sentences(2), weights: contentOnly)
    #expect(Set(indices(sentences, options)).isSubset(of: [1, 2, 4]))
  }

  @Test func sentencesComeInSourceOrder() {
    for count in 1...5 {
      let chosen = indices(sentences, SummaryOptions(budget: .sentences(count)))
      #expect(chosen == chosen.sorted() && chosen.count == count)
    }
  }

  @Test func leadTakesTheFirstSentencesOfRunningText() {
    let options = SummaryOptions(algorithm: .lead, budget: .sentences(2))
    #expect(indices(sentences, options) == [0, 1])
    #expect(indices([("عنوان", .heading)] + sentences.map { ($0, .body) }, options) == [1, 2])
    #expect(indices([("عنوان", .heading)], options) == [0])
  }

  @Test func wordAndRatioBudgetsAreKept() {
    var article = SampleArticle()
    let document = article.document(sentences)
    for budget in [8, 16, 20, 100] {
      var summarizer = Summarizer(SummaryOptions(budget: .words(budget)))
      let words = summarizer.summarize(document).map { document.sentences[$0.index].tokens.count }
      #expect(words.reduce(0, +) <= budget && !words.isEmpty)
    }
    var half = Summarizer(SummaryOptions(budget: .ratio(0.5)))
    let words = half.summarize(document).map { document.sentences[$0.index].tokens.count }.reduce(0, +)
    #expect(words <= document.tokens.count / 2 + 1 && words > 0)
    #expect(indices(sentences, SummaryOptions(budget: .ratio(1))) == [0, 1, 2, 3, 4])
  }

  @Test(arguments: [SummaryBudget.words(1), .sentences(0), .ratio(0), .ratio(.nan), .words(-5)])
  func oneSentenceIsGivenHoweverSmallTheBudget(budget: SummaryBudget) {
    #expect(indices(sentences, SummaryOptions(budget: budget)).count == 1)
  }

  @Test func repetitionIsHeldDown() {
    let twice = [sentences[1], sentences[1], sentences[2], sentences[4]]
    var weights = contentOnly
    weights.repetition = 0
    let chosen = indices(twice, SummaryOptions(budget: .sentences(2), weights: weights))
    #expect(chosen != [0, 1])
  }

  @Test func theTitleRaisesItsSentence() {
    var weights = contentOnly
    weights.title = 50
    let options = SummaryOptions(budget: .sentences(1), weights: weights)
    #expect(indices(sentences, title: "قطط بحيرة زرقاء", options) == [3])
  }

  @Test func headingsQuestionsShortAndPointingSentencesStepBack() {
    let body = "مصنع الورق في المدينة تبنيه الشركة قرب البنك."
    let rivals: [(String, Sentence.Role)] = [
      (body, .heading), (body, .listItem), ("مصنع الورق في المدينة تبنيه الشركة قرب البنك؟", .body),
      ("مصنع الورق.", .body), ("كما مصنع الورق في المدينة تبنيه الشركة قرب البنك.", .body),
      ("مصنع 1 2 3 4 5 6 7 8 9.", .body),
    ]
    for rival in rivals {
      let options = SummaryOptions(budget: .sentences(1), weights: contentOnly)
      #expect(indices([("بداية", .body), rival, (body, .body)], options) == [2], "\(rival.0)")
    }
  }

  @Test func resultsDoNotDependOnArticlesBefore() {
    var shared = SampleArticle()
    var summarizer = Summarizer()
    for turn in 0..<5 {
      let rotated = Array(sentences[turn...] + sentences[..<turn])
      var fresh = SampleArticle()
      var other = Summarizer()
      #expect(
        summarizer.summarize(shared.document(rotated)) == other.summarize(fresh.document(rotated)))
    }
  }

  @Test func textsWithoutWordsGiveNothing() {
    #expect(indices([String]()).isEmpty)
    #expect(indices(["...", "؟"]).isEmpty)
    #expect(indices(["في من على"]) == [0])
  }

  @Test func openingsAreFoldedAndDistinct() {
    let folded: Set<Character> = ["أ", "إ", "آ", "ة", "ى", "ؤ", "ئ"]
    for list in [PointingBack.openings, PointingBack.pairs, Defining.verbs] {
      #expect(FoldedWords(list).count == list.count)
      #expect(list.allSatisfy { folded.isDisjoint(with: $0) })
    }
    #expect(PointingBack.pairs.allSatisfy { $0.split(separator: " ").count == 2 })
  }

  @Test(.timeLimit(.minutes(2)))
  func twentyThousandSentencesAreNoSquare() {
    var article = SampleArticle()
    var state: UInt64 = 5
    let many = (0..<20_000).map { _ in
      (0..<10).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return "كلمة\((state >> 33) % 5_000)"
      }.joined(separator: " ")
    }
    let document = article.document(many)
    var summarizer = Summarizer(SummaryOptions(budget: .ratio(0.33)))
    let words = summarizer.summarize(document).map { document.sentences[$0.index].tokens.count }
    #expect(words.reduce(0, +) > document.tokens.count / 4)
  }
}

@Suite struct SentenceCentralityTests {
  /// The pass by stems must give what the matrix of all pairs gives.
  @Test func theLinearFormEqualsTheMatrixForm() {
    var article = SampleArticle()
    let document = article.document(sentences)
    var vectors = SentenceVectors()
    vectors.fill(from: document)
    var centrality = SentenceCentrality()
    centrality.rank(vectors)
    let count = sentences.count
    let similarity = (0..<count).map { a in
      (0..<count).map { b in a == b ? 0 : cosine(a, b, vectors) }
    }
    let degrees = similarity.map { $0.reduce(0, +) }
    var ranks = Array(repeating: Float(1), count: count)
    for _ in 0..<SentenceCentrality.rounds {
      ranks = (0..<count).map { a in
        let sum = (0..<count).reduce(Float(0)) { sum, b in
          degrees[b] > 1e-6 ? sum + similarity[a][b] / degrees[b] * ranks[b] : sum
        }
        return 1 - SentenceCentrality.damping + SentenceCentrality.damping * sum
      }
    }
    for (a, b) in zip(ranks, centrality.scores) { #expect(abs(a - b) < 0.01) }
  }

  @Test func sentencesWithoutLinksHaveWhatEverySentenceHas() {
    var article = SampleArticle()
    var vectors = SentenceVectors()
    var centrality = SentenceCentrality()
    // After a longer article, of which nothing must be left.
    vectors.fill(from: article.document(sentences))
    centrality.rank(vectors)
    let document = article.document(["زار الطبيب قرية", "25 30", "تلعب قطط صغيرة"])
    vectors.fill(from: document)
    centrality.rank(vectors)
    let own = 1 - SentenceCentrality.damping
    #expect(vectors.count == 3 && centrality.scores.prefix(3) == [own, 0, own])
  }

  private func cosine(_ a: Int, _ b: Int, _ vectors: SentenceVectors) -> Float {
    var sum: Float = 0
    for i in vectors.row(a) {
      for j in vectors.row(b) where vectors.columns[i] == vectors.columns[j] {
        sum += vectors.values[i] * vectors.values[j]
      }
    }
    return sum
  }
}
