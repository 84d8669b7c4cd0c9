import ArabicText
import Pipeline
import Summaries

/// `summarize`: the sentences that say most, whole and in source order.
struct SummarizeStage: Stage {
  /// Options of the `summarize:` section.
  struct Options: ConfigSection {
    var algorithm = SummaryAlgorithm.recurrence
    var sentences = 3
    var words = 0
    var ratio = 0.0

    static let summary = "Chooses the sentences that say most; never cuts one, keeps their order."
    static var options: [ConfigOption<Options>] {
      [
        .choice(
          "algorithm", \.algorithm,
          "How sentences are chosen: recurrence, centrality (LexRank), or lead (the first ones)."),
        .integer("sentences", \.sentences, in: 1...1000, "Length in sentences; words or ratio go before it."),
        .integer("words", \.words, in: 0...100_000, "Length in words; 0 is off."),
        .number("ratio", \.ratio, in: 0...1, "Length as a share of the article's words; 0 is off."),
      ]
    }

    /// The one budget that holds.
    var budget: SummaryBudget {
      ratio > 0 ? .ratio(ratio) : words > 0 ? .words(words) : .sentences(sentences)
    }
  }

  private var summarizer: Summarizer

  init(_ options: Options) {
    summarizer = Summarizer(SummaryOptions(algorithm: options.algorithm, budget: options.budget))
  }

  mutating func process(_ batch: Batch) throws -> StageResult {
    let documents = TokenizedDocuments(batch)
    return StageResult(ArticleSummary.self, of: batch, items: { $0.count }) { index in
      summarizer.summarize(documents[index])
    }
  }
}

/// Makes `summarize` stages.
struct SummarizeFactory: StageFactory {
  static let name = "summarize"
  static let itemName = "sentences"
  static let tuning =
    "algorithm: lead takes the first sentences"
  static func reads(_ options: SummarizeStage.Options) -> [String] {
    [
      ArticleText.name, ArticleTitle.name, Tokens.name, TitleTokens.name, Sentences.name, Terms.name,
      ArticleVocabulary.name,
    ]
  }
  static let writes = [ArticleSummary.name]

  private let options: SummarizeStage.Options

  init(_ options: SummarizeStage.Options, context: StageContext) throws {
    if options.words > 0, options.ratio > 0 {
      throw context.issue("ratio", "words and ratio are both set", suggestion: "keep one of them")
    }
    self.options = options
  }

  func makeStage() throws -> any Stage { SummarizeStage(options) }
  var memoryFactor: Int { 4 }
  var fields: [any RecordField] { [SummaryField()] }

  func describe(_ index: Int, of batch: Batch) -> [String] {
    let text = batch[ArticleText.self][index]
    return batch[ArticleSummary.self][index].map { chosen in
      let span = batch[Sentences.self][index][chosen.index].span
      return "sentence \(chosen.index)  \u{2068}\(String(decoding: text[span.range], as: UTF16.self))\u{2069}"
    }
  }
}

/// `summary`: the sentences with their number among the article's sentences, score and ranges.
private struct SummaryField: RecordField {
  let name = "summary"

  func writer(of batch: Batch) -> Writer {
    let texts = batch[ArticleText.self]
    let sentences = batch[Sentences.self]
    let summaries = batch[ArticleSummary.self]
    return { index, record in
      record.json.beginArray()
      for chosen in summaries[index] {
        let span = sentences[index][chosen.index].span
        record.json.beginObject()
        record.json.key("text")
        texts[index].withUnsafeBufferPointer {
          record.json.string(utf16: UnsafeBufferPointer(rebasing: $0[span.range]))
        }
        record.json.key("sentence")
        record.json.int(chosen.index)
        record.json.key("score")
        record.json.fixed(Double(chosen.score), digits: 4)
        record.span(span)
        record.json.endObject()
      }
      record.json.endArray()
    }
  }
}
