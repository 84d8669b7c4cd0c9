import ArabicText
import Corpus
import Pipeline

extension RejectReason {
  /// More words than `limits.words`.
  public static let tooManyWords = RejectReason(rawValue: "tooManyWords")
  /// More sentences than `limits.sentences`.
  public static let tooManySentences = RejectReason(rawValue: "tooManySentences")
}

/// `segment`: sentences and words, and what is known of each distinct word.
struct SegmentStage: Stage {
  /// Options of the `segment:` section.
  struct Options: ConfigSection {
    var segmentation = SegmentationOptions()
    var tokens = false
    var stopWords = ""
    var abbreviations = ""

    static let summary = "Splits text into sentences and words with ICU and Arabic rules."
    static var options: [ConfigOption<Options>] {
      [
        .flag("headings", \.segmentation.headings, "A short line without a stop is a sentence of its own."),
        .flag("listLines", \.segmentation.listLines, "A line of a list is a sentence of its own."),
        .integer(
          "maxSentenceWords", \.segmentation.maxSentenceWords, in: 0...100_000,
          "Cut longer sentences at clause marks (، ؛); 0 never cuts."),
        .flag(
          "tokens", \.tokens,
          "List every word in the record, with kind, ranges and clitics; about triples the output."),
        .choice(
          "boundaries", \.segmentation.boundaries,
          "arabic: ICU's, corrected by what Arabic writing does differently; unicode: ICU's as they are (UAX #29)."
        ),
        .choice(
          "breakEngine", \.segmentation.breakEngine,
          "tables: ICU's compiled rules in a fast loop; icu: ICU's own, slower. Same boundaries."
        ).withoutEffectOnOutput,
        .text("abbreviations", \.abbreviations, "File of more abbreviations after which no sentence ends."),
        .text("stopWords", \.stopWords, "File of more stop words; no keyword begins or ends in one."),
      ]
    }
  }

  /// Bytes of the term table after which the rarer half of its words is forgotten between two batches: real text
  /// never stops bringing new words. 50 MB of news fill it for one worker, so that it takes little more memory for
  /// any longer input. Nothing in the output depends on when that happens.
  static let termTableLimit = 16 << 20

  /// How many terms the table has room for from the beginning: about as many as the limit allows.
  private static let termCapacity = termTableLimit / 80

  private var segmenter: Segmenter
  private var table: TermTable
  private var vocabularies: VocabularyBuilder

  init(
    _ options: SegmentationOptions, terms: TermAnalyzer?, listsTokens: Bool,
    limits: SegmentationLimits = SegmentationLimits()
  ) throws {
    segmenter = try Segmenter(options, terms: terms)
    segmenter.limits = limits
    let capacity = terms == nil ? 0 : SegmentStage.termCapacity
    table = TermTable(minimumCapacity: capacity, keepsClitics: listsTokens)
    vocabularies = VocabularyBuilder(minimumCapacity: capacity)
  }

  mutating func process(_ batch: Batch) throws -> StageResult {
    if table.byteCount > SegmentStage.termTableLimit { table.removeRare() }
    var tokenColumn: [[Token]] = []
    var titleColumn: [[Token]] = []
    var sentenceColumn: [[Sentence]] = []
    var vocabularyColumn: [Vocabulary] = []
    var effect = StageEffect()
    var refused: [ArticleDrop] = []
    let titles = batch[ArticleTitle.self]
    for (index, text) in batch[ArticleText.self].enumerated() {
      let (tokens, sentences) = segment(text)
      var excess = segmenter.excess.map { drop(index, $0, "text") }
      effect.note(items: tokens.count)
      tokenColumn.append(tokens)
      sentenceColumn.append(sentences)
      let titleTokens = titles[index].isEmpty ? [] : segment(titles[index]).tokens
      if !titles[index].isEmpty { excess = excess ?? segmenter.excess.map { drop(index, $0, "title") } }
      if let excess { refused.append(excess) }
      titleColumn.append(titleTokens)
      vocabularyColumn.append(
        segmenter.findsTerms ? vocabularies.build(tokens, title: titleTokens, table) : Vocabulary())
    }
    var result = StageResult(effect: effect)
    result.refused = refused
    result.annotations[Tokens.self] = tokenColumn
    result.annotations[TitleTokens.self] = titleColumn
    result.annotations[Sentences.self] = sentenceColumn
    result.annotations[ArticleVocabulary.self] = vocabularyColumn
    // Retained, not copied: the batch is gone before this stage writes to the table again.
    result.annotations[Terms.self] = SharedTerms(table)
    return result
  }

  private func drop(_ index: Int, _ excess: SegmentationExcess, _ part: String) -> ArticleDrop {
    let reason: RejectReason
    let detail: String
    switch excess {
    case .words(let count):
      reason = .tooManyWords
      detail = "\(count) words in the \(part); limits.words is \(segmenter.limits.words)"
    case .sentences(let count):
      reason = .tooManySentences
      detail = "\(count) sentences in the \(part); limits.sentences is \(segmenter.limits.sentences)"
    }
    return ArticleDrop(index: index, reason: reason.rawValue, detail: detail, isRejected: true)
  }

  private mutating func segment(_ text: [UInt16]) -> (tokens: [Token], sentences: [Sentence]) {
    var tokens: [Token] = []
    var sentences: [Sentence] = []
    text.withUnsafeBufferPointer {
      segmenter.segment($0, table: &table, tokens: &tokens, sentences: &sentences)
    }
    return (tokens, sentences)
  }
}

/// Makes `segment` stages.
struct SegmentFactory: StageFactory {
  static let name = "segment"
  static let itemName = "words"
  static let tuning =
    "tokens: false keeps the words out of the record; without keywords and summarize no terms are worked out"
  static func reads(_ options: SegmentStage.Options) -> [String] { [ArticleText.name, ArticleTitle.name] }
  static let writes = [
    Tokens.name, TitleTokens.name, Sentences.name, Terms.name, ArticleVocabulary.name,
  ]

  private let options: SegmentationOptions
  private let stopWords: StopWords
  private let listsTokens: Bool
  private let limits: SegmentationLimits
  let resources: [String: String]

  init(_ options: SegmentStage.Options, context: StageContext) throws {
    var resources: [String: String] = [:]
    resources["stopWords"] = try WordListFile.resource(options.stopWords, key: "stopWords", context: context)
    resources["abbreviations"] = try WordListFile.resource(
      options.abbreviations, key: "abbreviations", context: context)
    self.resources = resources
    stopWords = StopWords(
      extra: try WordListFile.lines(options.stopWords, key: "stopWords", context: context))
    listsTokens = options.tokens
    limits = SegmentationLimits(words: context.limits.words, sentences: context.limits.sentences)
    var segmentation = options.segmentation
    segmentation.abbreviations += try WordListFile.lines(
      options.abbreviations, key: "abbreviations", context: context)
    self.options = segmentation
  }

  func makeStage() throws -> any Stage {
    try SegmentStage(
      options, terms: TermAnalyzer(stopWords: stopWords), listsTokens: listsTokens, limits: limits)
  }

  func makeStage(forReaders read: Set<String>) throws -> any Stage {
    if listsTokens || read.contains(Terms.name) { return try makeStage() }
    return try SegmentStage(options, terms: nil, listsTokens: false, limits: limits)
  }

  /// 16 bytes a token; listed in the record, a token takes about 120 bytes of JSON, in a buffer that may double.
  var memoryFactor: Int { listsTokens ? 48 : 6 }

  var fields: [any RecordField] { listsTokens ? [SentencesField(), TokensField()] : [SentencesField()] }
}

extension SegmentFactory {
  func describe(_ index: Int, of batch: Batch) -> [String] {
    let sentences = batch[Sentences.self][index]
    let headings = sentences.count { $0.role == .heading }
    let listItems = sentences.count { $0.role == .listItem }
    return [
      "\(sentences.count) sentences (\(headings) headings, \(listItems) list lines), \(batch[Tokens.self][index].count) words"
    ]
  }
}

/// `sentences`: ranges, and the role of those that are not running text.
private struct SentencesField: RecordField {
  let name = "sentences"

  func writer(of batch: Batch) -> Writer {
    let column = batch[Sentences.self]
    return { index, record in
      record.json.beginArray()
      for sentence in column[index] {
        record.json.beginObject()
        record.span(sentence.span)
        switch sentence.role {
        case .body: break
        case .heading:
          record.json.key("role")
          record.json.string("heading")
        case .listItem:
          record.json.key("role")
          record.json.string("listItem")
        }
        record.json.endObject()
      }
      record.json.endArray()
    }
  }
}

/// `tokens`: kind, ranges, and the parts of a word that has clitics: `و+ال+كتاب`.
private struct TokensField: RecordField {
  let name = "tokens"

  func writer(of batch: Batch) -> Writer {
    guard let terms = batch[Terms.self]?.table else { return { _, record in record.json.null() } }
    let column = batch[Tokens.self]
    return { index, record in
      record.json.beginArray()
      for token in column[index] { write(token, terms, to: &record) }
      record.json.endArray()
    }
  }

  private func write(_ token: Token, _ terms: TermTable, to record: inout RecordWriter) {
    record.json.beginObject()
    record.span(token.span)
    record.json.key("kind")
    record.json.string(token.kind.name)
    let clitics = terms.clitics(of: token.term)
    if clitics != .none {
      record.json.key("parts")
      record.json.beginArray()
      var start = 0
      for end in clitics.positions + [token.span.count] {
        terms.forms.withUnits(of: token.term) {
          record.json.string(utf16: UnsafeBufferPointer(rebasing: $0[start..<end]))
        }
        start = end
      }
      record.json.endArray()
    }
    record.json.endObject()
  }
}
