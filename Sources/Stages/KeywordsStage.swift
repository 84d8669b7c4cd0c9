import ArabicText
import Keywords
import Pipeline

/// `keywords`: the phrases that say what an article is about.
struct KeywordsStage: Stage {
  /// Options of the `keywords:` section.
  struct Options: ConfigSection {
    var algorithm = KeywordAlgorithm.warraq
    var count = 10
    var maxWords = 4
    var minimumCount = 1
    var background = ""
    var never = ""
    var prefer = ""

    static let summary = "Finds the phrases that say what an article is about."
    static var options: [ConfigOption<Options>] {
      [
        .choice("algorithm", \.algorithm, "How phrases are scored: warraq, tfidf or textrank."),
        .integer("count", \.count, in: 1...1000, "How many keywords to return at most."),
        .integer("maxWords", \.maxWords, in: 1...KeywordOptions.longestPhrase, "Longest phrase, in words."),
        .integer("minimumCount", \.minimumCount, in: 1...1000, "How often a phrase must occur."),
        .text(
          "background", \.background,
          "Background model; relative to the config. Empty: every word is equally rare."),
        .text("never", \.never, "File of phrases never to return, one a line; relative to the config."),
        .text("prefer", \.prefer, "File of phrases to put first where they occur, one a line."),
      ]
    }
  }

  private var extractor: KeywordExtractor

  init(_ extractor: KeywordExtractor) { self.extractor = extractor }

  mutating func process(_ batch: Batch) throws -> StageResult {
    let documents = TokenizedDocuments(batch)
    return StageResult(ArticleKeywords.self, of: batch, items: { $0.count }) { index in
      extractor.extract(documents[index])
    }
  }
}

/// Makes `keywords` stages.
struct KeywordsFactory: StageFactory {
  static let name = "keywords"
  static let itemName = "keywords"
  static let tuning =
    "a smaller maxWords, or algorithm: tfidf"
  static func reads(_ options: KeywordsStage.Options) -> [String] {
    [
      ArticleText.name, ArticleTitle.name, Tokens.name, TitleTokens.name, Sentences.name, Terms.name,
      ArticleVocabulary.name,
    ]
  }
  static let writes = [ArticleKeywords.name]

  private let extractor: KeywordExtractor

  init(_ options: KeywordsStage.Options, context: StageContext) throws {
    var background: BackgroundModel?
    if !options.background.isEmpty {
      do {
        background = try BackgroundModel(mapping: context.resolve(options.background))
      } catch {
        throw context.issue("background", "\(options.background): \(error)")
      }
    }
    let lists = KeywordLists(
      never: try WordListFile.phrases(options.never, key: "never", context: context),
      prefer: try WordListFile.phrases(options.prefer, key: "prefer", context: context))
    extractor = KeywordExtractor(
      KeywordOptions(
        algorithm: options.algorithm, count: options.count, maxWords: options.maxWords,
        minimumCount: options.minimumCount), lists: lists, background: background)
  }

  func makeStage() throws -> any Stage { KeywordsStage(extractor) }
  /// Every phrase of up to `maxWords` words is a candidate.
  var memoryFactor: Int { 14 }
  var fields: [any RecordField] { [KeywordsField()] }

  func describe(_ index: Int, of batch: Batch) -> [String] {
    batch[ArticleKeywords.self][index].map { keyword in
      "\(fixed(Double(keyword.score), 3))  \(keyword.count)x  \u{2068}\(keyword.string)\u{2069}"
    }
  }
}

/// `keywords`: phrase, score, count and all occurrences; the first occurrence is the first position.
private struct KeywordsField: RecordField {
  let name = "keywords"

  func writer(of batch: Batch) -> Writer {
    let column = batch[ArticleKeywords.self]
    return { index, record in
      record.json.beginArray()
      // By index: the loops over elements would retain each of them.
      column[index].withUnsafeBufferPointer { keywords in
        for i in keywords.indices {
          record.json.beginObject()
          record.json.key("phrase")
          keywords[i].phrase.withUnsafeBufferPointer { record.json.string(utf16: $0) }
          record.json.key("score")
          record.json.fixed(Double(keywords[i].score), digits: 4)
          record.json.key("count")
          record.json.int(keywords[i].count)
          keywords[i].occurrences.withUnsafeBufferPointer { write($0, to: &record) }
          record.json.endObject()
        }
      }
      record.json.endArray()
    }
  }

  private func write(_ occurrences: UnsafeBufferPointer<TextSpan>, to record: inout RecordWriter) {
    record.json.key("first")
    record.json.int(occurrences.first.map { record.offset($0.start) } ?? 0)
    record.json.key("occurrences")
    record.json.beginArray()
    for occurrence in occurrences {
      record.json.beginObject()
      record.span(occurrence)
      record.json.endObject()
    }
    record.json.endArray()
  }
}
