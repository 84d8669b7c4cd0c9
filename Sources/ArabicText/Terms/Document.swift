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
  /// The article's title in UTF-16 units, a text of its own; empty when there is none.
  public var title: [UInt16]
  /// The title's words; their spans count in `title`.
  public var titleTokens: [Token]
  /// What is known of the terms the tokens name.
  public var terms: TermTable
  /// Its distinct words.
  public var vocabulary: Vocabulary

  /// Makes a document; a vocabulary that was not made before is made now.
  public init(
    text: [UInt16], tokens: [Token], sentences: [Sentence], title: [UInt16] = [], titleTokens: [Token] = [],
    terms: TermTable, vocabulary: Vocabulary? = nil
  ) {
    self.text = text
    self.tokens = tokens
    self.sentences = sentences
    self.title = title
    self.titleTokens = titleTokens
    self.terms = terms
    if let vocabulary {
      self.vocabulary = vocabulary
    } else {
      var builder = VocabularyBuilder()
      self.vocabulary = builder.build(tokens, title: titleTokens, terms)
    }
  }
}
