import ArabicText
import Keywords
import Pipeline
import Summaries

/// The words of the text.
enum Tokens: Annotation {
  typealias Value = [Token]
  static let name = "tokens"
}

/// The words of the title.
enum TitleTokens: Annotation {
  typealias Value = [Token]
  static let name = "titleTokens"
}

/// The sentences of the text.
enum Sentences: Annotation {
  typealias Value = [Sentence]
  static let name = "sentences"
}

/// What the tokens' term numbers mean; one table for the batch.
enum Terms: SharedAnnotation {
  typealias Value = TermTable
  static let name = "terms"
}

/// The distinct words of text and title.
enum ArticleVocabulary: Annotation {
  typealias Value = Vocabulary
  static let name = "vocabulary"
}

/// The keywords, best first.
enum ArticleKeywords: Annotation {
  typealias Value = [Keyword]
  static let name = "keywords"
}

/// The sentences of the summary, in source order.
enum ArticleSummary: Annotation {
  typealias Value = [SummarySentence]
  static let name = "summary"
}

/// Latin forms of what the config asks for.
enum Latin: Annotation {
  /// Empty arrays for what was not asked for.
  struct Value: Sendable {
    var title: [UInt16] = []
    var text: [UInt16] = []
    var keywords: [[UInt16]] = []

    var letterCount: Int { title.count + text.count + keywords.reduce(0) { $0 + $1.count } }
  }
  static let name = "latin"
}

/// What keyword extraction and summarizing look at, article by article: the columns are looked up once a batch.
struct TokenizedDocuments {
  private let texts: [[UInt16]]
  private let tokens: [[Token]]
  private let sentences: [[Sentence]]
  private let titles: [[UInt16]]
  private let titleTokens: [[Token]]
  private let terms: TermTable
  private let vocabularies: [Vocabulary]

  init(_ batch: Batch) {
    texts = batch[ArticleText.self]
    tokens = batch[Tokens.self]
    sentences = batch[Sentences.self]
    titles = batch[ArticleTitle.self]
    titleTokens = batch[TitleTokens.self]
    terms = batch[Terms.self] ?? TermTable()
    vocabularies = batch[ArticleVocabulary.self]
  }

  subscript(index: Int) -> TokenizedDocument {
    TokenizedDocument(
      text: texts[index], tokens: tokens[index], sentences: sentences[index], title: titles[index],
      titleTokens: titleTokens[index], terms: terms, vocabulary: vocabularies[index])
  }
}
