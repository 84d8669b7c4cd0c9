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
  /// What is known of the terms the tokens name.
  public var terms: TermTable
  /// Its distinct words.
  public var vocabulary: Vocabulary

  /// Makes a document.
  public init(
    text: [UInt16], tokens: [Token], sentences: [Sentence], terms: TermTable, vocabulary: Vocabulary
  ) {
    self.text = text
    self.tokens = tokens
    self.sentences = sentences
    self.terms = terms
    self.vocabulary = vocabulary
  }

  /// Makes a document whose vocabulary was not made before, from the words of text and title.
  public init(
    text: [UInt16], tokens: [Token], sentences: [Sentence], titleTokens: [Token] = [], terms: TermTable
  ) {
    var builder = VocabularyBuilder()
    self.init(
      text: text, tokens: tokens, sentences: sentences, terms: terms,
      vocabulary: builder.build(tokens, title: titleTokens, terms))
  }
}
