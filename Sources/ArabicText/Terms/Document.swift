/// What keyword extraction and summaries read of one article: its text cut into sentences and words.
///
/// Passing it retains its arrays and copies nothing; nobody who receives one changes it.
public struct TokenizedDocument: Sendable {
  /// The article's text in UTF-16 units; all spans count in it.
  public var text: [UInt16]
  /// Its words in order, of all sentences.
  public var tokens: [Token]
  /// Its sentences in order; each names its stretch of `tokens`.
  public var sentences: [Sentence]
  /// Where what is known of the terms is kept.
  public var sharedTerms: SharedTerms
  /// Its distinct words.
  public var vocabulary: Vocabulary

  /// What is known of the terms the tokens name.
  @inlinable public var terms: TermTable { sharedTerms.table }

  /// Makes a document.
  public init(
    text: [UInt16], tokens: [Token], sentences: [Sentence], terms: SharedTerms, vocabulary: Vocabulary
  ) {
    self.text = text
    self.tokens = tokens
    self.sentences = sentences
    sharedTerms = terms
    self.vocabulary = vocabulary
  }

  /// Makes a document whose vocabulary was not made before, from the words of text and title.
  public init(
    text: [UInt16], tokens: [Token], sentences: [Sentence], titleTokens: [Token] = [], terms: TermTable
  ) {
    var builder = VocabularyBuilder()
    self.init(
      text: text, tokens: tokens, sentences: sentences, terms: SharedTerms(terms),
      vocabulary: builder.build(tokens, title: titleTokens, terms))
  }
}

/// A table of terms as many documents share it: a table is made of many arrays, and a document would retain each.
public final class SharedTerms: Sendable {
  /// The table.
  public let table: TermTable

  /// Shares a table as it is now.
  public init(_ table: TermTable) { self.table = table }
}
