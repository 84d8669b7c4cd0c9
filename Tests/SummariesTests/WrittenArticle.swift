import ArabicText

/// Documents of running text, cut and analyzed as in the pipeline.
struct WrittenArticle {
  private var segmenter: Segmenter
  private var terms = TermTable()

  init() throws {
    segmenter = try Segmenter(terms: TermAnalyzer())
  }

  mutating func document(_ text: String, title: String = "") -> TokenizedDocument {
    let (units, tokens, sentences) = segment(text)
    let (_, titleTokens, _) = segment(title)
    return TokenizedDocument(
      text: units, tokens: tokens, sentences: sentences, titleTokens: titleTokens, terms: terms)
  }

  private mutating func segment(_ text: String) -> ([UInt16], [Token], [Sentence]) {
    let units = Array(text.utf16)
    var tokens: [Token] = []
    var sentences: [Sentence] = []
    units.withUnsafeBufferPointer {
      segmenter.segment($0, table: &terms, tokens: &tokens, sentences: &sentences)
    }
    return (units, tokens, sentences)
  }
}
