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
    var ranker = ""
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
        .text(
          "ranker", \.ranker,
          "File of a trained ranker, for warraq with a background; relative to the config. Empty: weights set by hand."
        ),
        .text("never", \.never, "File of phrases never to return, one a line; relative to the config."),
        .text("prefer", \.prefer, "File of phrases to put first where they occur, one a line."),
      ]
    }
  }

  private var extractor: KeywordExtractor
  /// How much room the batch before took.
  private var room = KeywordTable.Size()

  init(_ extractor: KeywordExtractor) { self.extractor = extractor }

  mutating func process(_ batch: Batch) throws -> StageResult {
    let documents = TokenizedDocuments(batch)
    var keywords = KeywordTable(minimumCapacity: room)
    var effect = StageEffect()
    for index in batch.articles.indices {
      extractor.extract(documents[index], into: &keywords)
      effect.note(items: keywords.rows(of: index).count)
    }
    room = keywords.size
    var result = StageResult(effect: effect)
    result.annotations[ArticleKeywords.self] = keywords
    return result
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

  private let options: KeywordOptions
  private let lists: KeywordLists
  private let background: BackgroundModel?
  private let ranker: PhraseRanker?
  let resources: [String: String]

  init(_ options: KeywordsStage.Options, context: StageContext) throws {
    self.options = KeywordOptions(
      algorithm: options.algorithm, count: options.count, maxWords: options.maxWords,
      minimumCount: options.minimumCount)
    lists = KeywordLists(
      never: try WordListFile.phrases(options.never, key: "never", context: context),
      prefer: try WordListFile.phrases(options.prefer, key: "prefer", context: context))
    background = try KeywordsFactory.background(options.background, context)
    ranker = try KeywordsFactory.ranker(options.ranker, context)
    var resources: [String: String] = [:]
    resources["background"] = background.map { String($0.checksum, radix: 16) }
    resources["ranker"] = ranker?.file
    resources["never"] = try WordListFile.resource(options.never, key: "never", context: context)
    resources["prefer"] = try WordListFile.resource(options.prefer, key: "prefer", context: context)
    self.resources = resources
    if ranker != nil, background == nil {
      throw context.issue(
        "ranker", "a ranker needs a background",
        suggestion: "set keywords.background, or leave ranker empty to score by hand-set weights")
    }
  }

  private static func background(_ file: String, _ context: StageContext) throws -> BackgroundModel? {
    guard !file.isEmpty else { return nil }
    do {
      return try BackgroundModel(mapping: context.resolve(file))
    } catch {
      throw context.issue("background", "\(file): \(error)")
    }
  }

  private static func ranker(_ file: String, _ context: StageContext) throws -> PhraseRanker? {
    guard !file.isEmpty else { return nil }
    let bytes = try WordListFile.bytes(file, key: "ranker", context: context)
    do {
      return try PhraseRanker(parsing: String(decoding: bytes, as: UTF8.self))
    } catch {
      throw context.issue("ranker", "\(file): \(error)")
    }
  }

  /// Whether there is a background.
  var hasBackground: Bool { background != nil }

  /// An extractor of the options.
  ///
  /// - Parameters:
  ///   - ranker: one to use in place of the config's.
  ///   - count: how many keywords, in place of the config's number.
  func extractor(ranker: PhraseRanker? = nil, count: Int? = nil) -> KeywordExtractor {
    var options = options
    options.count = count ?? options.count
    return KeywordExtractor(options, lists: lists, background: background, ranker: ranker ?? self.ranker)
  }

  func makeStage() throws -> any Stage { KeywordsStage(extractor()) }
  /// Every phrase of up to `maxWords` words is a candidate.
  var memoryFactor: Int { 14 }
  var fields: [any RecordField] { [KeywordsField()] }

  func describe(_ index: Int, of batch: Batch) -> [String] {
    (batch[ArticleKeywords.self]?[index] ?? []).map { keyword in
      "\(fixed(Double(keyword.score), 3))  \(keyword.count)x  \u{2068}\(keyword.string)\u{2069}"
    }
  }
}

/// `keywords`: phrase, score, count and all occurrences; the first occurrence is the first position.
private struct KeywordsField: RecordField {
  let name = "keywords"

  /// Most occurrences of a keyword that are listed, the first ones; all are counted. One word again and again would
  /// otherwise make a line of JSON thirty times as large as the text.
  private static let mostListed = 65_536

  func writer(of batch: Batch) -> Writer {
    guard let table = batch[ArticleKeywords.self] else { return { _, record in record.json.null() } }
    return { index, record in
      record.json.beginArray()
      table.rows.withUnsafeBufferPointer { rows in
        for row in rows[table.rows(of: index)] { write(row, of: table, to: &record) }
      }
      record.json.endArray()
    }
  }

  @inline(__always)
  private func write(_ row: KeywordTable.Row, of table: KeywordTable, to record: inout RecordWriter) {
    record.json.fragment(#"{"phrase":"#)
    table.letters.withUnsafeBufferPointer {
      record.json.string(utf16: UnsafeBufferPointer(rebasing: $0[row.phrase]))
    }
    record.json.fragment(#""score":"#)
    record.json.fixed(Double(row.score), digits: 4)
    record.json.fragment(#""count":"#)
    record.json.int(row.count)
    table.spans.withUnsafeBufferPointer { spans in
      record.json.fragment(#""first":"#)
      record.json.int(record.offset(spans[row.occurrences.lowerBound].start))
      record.json.fragment(#""occurrences":["#)
      for span in spans[row.occurrences.prefix(Self.mostListed)] { record.spanObject(span) }
    }
    record.json.endArray()
    record.json.endObject()
  }
}
