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
  typealias Value = SharedTerms
  static let name = "terms"
}

/// The distinct words of text and title.
enum ArticleVocabulary: Annotation {
  typealias Value = Vocabulary
  static let name = "vocabulary"
}

/// The keywords of each article; one table for the batch.
enum ArticleKeywords: SharedAnnotation {
  typealias Value = KeywordTable
  static let name = "keywords"
}

extension KeywordTable: ArticleIndexed {}

/// The sentences of the summary, in source order.
enum ArticleSummary: Annotation {
  typealias Value = [SummarySentence]
  static let name = "summary"
}

/// Latin forms of what the config asks for; one table for the batch.
enum Latin: SharedAnnotation {
  typealias Value = LatinTable
  static let name = "latin"
}

/// Latin forms of the articles of a batch, behind one another: there are a dozen short ones an article, and an array
/// for each would take longer to make and to free than to fill.
struct LatinTable: Sendable, ArticleIndexed {
  /// The forms of one article, as ranges of `units`; empty for what was not asked for.
  struct Article {
    var title = 0..<0
    var text = 0..<0
    /// Which elements of `keywords` are its own.
    var keywords = 0..<0
  }

  var articles: [Article] = []
  var units: [UInt16] = []
  var keywords: [Range<Int>] = []

  func reselected(by origins: [Int]) -> LatinTable {
    var table = self
    table.articles = origins.map { articles[$0] }
    return table
  }

  /// A form as a string.
  func string(_ range: Range<Int>) -> String { String(decoding: units[range], as: UTF16.self) }
}

/// What keyword extraction and summarizing look at, article by article: the columns are looked up once a batch.
struct TokenizedDocuments {
  private let texts: [[UInt16]]
  private let tokens: [[Token]]
  private let sentences: [[Sentence]]
  private let terms: SharedTerms
  private let vocabularies: [Vocabulary]

  init(_ batch: Batch) {
    texts = batch[ArticleText.self]
    tokens = batch[Tokens.self]
    sentences = batch[Sentences.self]
    terms = batch[Terms.self] ?? SharedTerms(TermTable())
    vocabularies = batch[ArticleVocabulary.self]
  }

  subscript(index: Int) -> TokenizedDocument {
    TokenizedDocument(
      text: texts[index], tokens: tokens[index], sentences: sentences[index], terms: terms,
      vocabulary: vocabularies[index])
  }
}
