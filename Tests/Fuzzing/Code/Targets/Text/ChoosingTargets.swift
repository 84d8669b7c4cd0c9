import ArabicText

@testable import Keywords
@testable import Summaries

/// Keywords and summaries of any text.
enum ChoosingTargets {
  static let all = [
    FuzzTarget("keywords", mutations: 60) {
      var segmenter = try TextSegmenter()
      let background = try sampleBackground(&segmenter)
      var extractors =
        KeywordAlgorithm.allCases.map { KeywordExtractor(KeywordOptions(algorithm: $0)) } + [
          KeywordExtractor(
            KeywordOptions(count: 40, maxWords: KeywordOptions.longestPhrase),
            lists: KeywordLists(never: [Array("المدينة".utf16)], prefer: [Array("سوق".utf16), []]),
            background: background, ranker: try PhraseRanker(parsing: ranker))
        ]
      return { bytes in
        let document = segmenter.document(FuzzInput.text(bytes))
        for index in extractors.indices {
          let found = extractors[index].extract(document)
          try check(found, document, extractors[index].options)
          try require(found == extractors[index].extract(document), "another result the second time")
        }
      }
    },
    FuzzTarget("summary", mutations: 60) {
      var segmenter = try TextSegmenter()
      let budgets: [SummaryBudget] = [.sentences(3), .words(20), .ratio(0.3)]
      var summarizers = zip(SummaryAlgorithm.allCases, budgets).map {
        Summarizer(SummaryOptions(algorithm: $0, budget: $1))
      }
      return { bytes in
        let document = segmenter.document(FuzzInput.text(bytes))
        for index in summarizers.indices {
          let found = summarizers[index].summarize(document)
          try require(
            found.isEmpty == document.sentences.isEmpty, "\(found.count) of \(document.sentences.count)")
          for (sentence, next) in zip(found, found.dropFirst()) {
            try require(sentence.index < next.index, "sentences out of order")
          }
          for sentence in found {
            try require(document.sentences.indices.contains(sentence.index), "a sentence that is not there")
            try require(sentence.score.isFinite && sentence.score >= 0, "a score of \(sentence.score)")
          }
          if case .sentences(let most) = summarizers[index].options.budget {
            try require(found.count <= most, "\(found.count) sentences")
          }
          try require(found == summarizers[index].summarize(document), "another result the second time")
        }
      }
    },
  ]

  private static func check(
    _ keywords: [Keyword], _ document: TokenizedDocument, _ options: KeywordOptions
  ) throws {
    try require(keywords.count <= options.count, "\(keywords.count) keywords")
    for (keyword, next) in zip(keywords, keywords.dropFirst()) {
      try require(
        keyword.score >= next.score || options.algorithm == .warraq,
        "keywords out of order: \(options.algorithm)")
    }
    for keyword in keywords {
      try require(!keyword.phrase.isEmpty, "an empty phrase")
      try require(keyword.score.isFinite && keyword.score >= 0, "a score of \(keyword.score)")
      try require(
        keyword.count == keyword.occurrences.count && keyword.count > 0, "a count of \(keyword.count)")
      var start: Int32 = -1
      for span in keyword.occurrences {
        try require(span.start > start && !span.isEmpty, "occurrences out of order, or empty")
        try require(Int(span.end) <= document.text.count, "an occurrence beyond the text")
        start = span.start
      }
    }
  }

  /// A ranker that asks two things.
  static let ranker = """
    #warraq-ranker 1
    #start -1.5
    \(RankingFeature.allCases[0].name)\t0.5\t\(RankingFeature.allCases[1].name)\t1\t-0.5\t0.25\t0.5\t1
    """

  static func sampleBackground(_ segmenter: inout TextSegmenter) throws -> BackgroundModel {
    var limits = BackgroundLimits()
    limits.minimumDocuments = 1
    limits.minimumPhraseDocuments = 1
    var learner = BackgroundLearner(limits: limits)
    for text in [
      "افتتح رئيس البلدية سوق المدينة القديمة. يضم السوق مئة متجر.",
      "سوق المدينة القديمة يستقبل الزوار في الصباح، ورئيس البلدية يعد بتوسعته.",
    ] { learner.add(segmenter.document(Array(text.utf16))) }
    return try BackgroundModel(bytes: learner.write(source: "sample"))
  }
}

/// Any text cut into words, with what is known of them.
struct TextSegmenter {
  private var segmenter: Segmenter

  init() throws { segmenter = try Segmenter(terms: TermAnalyzer()) }

  /// The title is the text's first line.
  mutating func document(_ text: [UInt16]) -> TokenizedDocument {
    var table = TermTable()
    var (tokens, sentences) = ([Token](), [Sentence]())
    var (titleTokens, titleSentences) = ([Token](), [Sentence]())
    let title = Array(text.prefix { $0 != 0x0A }.prefix(200))
    title.withUnsafeBufferPointer {
      segmenter.segment($0, table: &table, tokens: &titleTokens, sentences: &titleSentences)
    }
    text.withUnsafeBufferPointer {
      segmenter.segment($0, table: &table, tokens: &tokens, sentences: &sentences)
    }
    return TokenizedDocument(
      text: text, tokens: tokens, sentences: sentences, titleTokens: titleTokens, terms: table)
  }
}
