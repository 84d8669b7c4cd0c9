import ArabicText

/// Makes documents from sentences whose words stand between blanks; every word is its own stem, a final full stop
/// or question mark is no part of it.
struct SampleArticle {
  var terms = TermTable()
  static let stopWords: Set<String> = ["في", "من", "على", "الى", "ان", "كما", "هذا"]

  mutating func document(
    _ sentences: [(String, Sentence.Role)], title: String = ""
  ) -> TokenizedDocument {
    var text: [UInt16] = []
    var tokens: [Token] = []
    var cut: [Sentence] = []
    for (sentence, role) in sentences {
      if !text.isEmpty { text.append(0x20) }
      let start = text.count
      let first = tokens.count
      append(sentence, &text, &tokens)
      cut.append(Sentence(span: TextSpan(start, text.count), tokens: first..<tokens.count, role: role))
    }
    var titleText: [UInt16] = []
    var titleTokens: [Token] = []
    append(title, &titleText, &titleTokens)
    return TokenizedDocument(
      text: text, tokens: tokens, sentences: cut, titleTokens: titleTokens, terms: terms)
  }

  mutating func document(_ sentences: [String], title: String = "") -> TokenizedDocument {
    document(sentences.map { ($0, .body) }, title: title)
  }

  private mutating func append(_ sentence: String, _ text: inout [UInt16], _ tokens: inout [Token]) {
    let start = text.count
    text += Array(sentence.utf16)
    var at = start
    for piece in text[start...].split(separator: 0x20) {
      let word = Array(piece.filter { $0 != 0x2e && $0 != 0x061f })
      if word.isEmpty { continue }
      let isNumber = word.allSatisfy { $0 < 0x40 }
      let id = word.withUnsafeBufferPointer { terms.forms.intern($0) }
      if id.isNew {
        let key = word.withUnsafeBufferPointer { terms.keys.intern($0).id }
        let isStopWord = SampleArticle.stopWords.contains(String(decoding: word, as: UTF16.self))
        terms.append(
          Term(
            base: key, stem: key, kind: isNumber ? .number : .arabic, isStopWord: isStopWord,
            isContent: !isNumber && !isStopWord, opening: PhraseOpening()))
      }
      at = piece.startIndex
      tokens.append(
        Token(
          span: TextSpan(at, at + word.count), term: id.id, kind: isNumber ? .number : .arabic,
          gap: at == start ? .sentenceStart : .blank))
    }
  }
}
