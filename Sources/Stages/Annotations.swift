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

extension Batch {
  /// What keyword extraction and summarizing look at, for article `index`.
  func document(_ index: Int) -> TokenizedDocument {
    TokenizedDocument(
      text: self[ArticleText.self][index], tokens: self[Tokens.self][index],
      sentences: self[Sentences.self][index], title: self[ArticleTitle.self][index],
      titleTokens: self[TitleTokens.self][index], terms: self[Terms.self] ?? TermTable(),
      vocabulary: self[ArticleVocabulary.self][index])
  }
}
