import ArabicText

/// The user's phrases, looked up in one article without regard to the rest of the vocabulary.
struct PhraseList {
  /// Each phrase as its words; a word is its folded form and the same without the article.
  private let phrases: [[(form: [UInt16], bare: [UInt16])]]
  /// Phrases all of whose words are in the article, as pairs of key ids, by the ids of the first word.
  private var present: [UInt32: [[(form: UInt32?, bare: UInt32?)]]] = [:]

  init(_ list: [[UInt16]]) {
    phrases = list.map { phrase in
      phrase.split(separator: 0x20).map { word in
        let hasArticle = word.count > 3 && word.starts(with: [0x0627, 0x0644])
        return (Array(word), hasArticle ? Array(word.dropFirst(2)) : Array(word))
      }
    }.filter { !$0.isEmpty }
  }

  var isEmpty: Bool { phrases.isEmpty }

  /// Finds which phrases can occur in a document.
  mutating func resolve(in terms: TermTable) {
    present.removeAll(keepingCapacity: true)
    for phrase in phrases {
      let ids = phrase.map { word in
        (
          form: word.form.withUnsafeBufferPointer { terms.keys.find($0) },
          bare: word.bare.withUnsafeBufferPointer { terms.keys.find($0) }
        )
      }
      guard ids.allSatisfy({ $0.form != nil || $0.bare != nil }) else { continue }
      for id in Set([ids[0].form, ids[0].bare].compactMap { $0 }) { present[id, default: []].append(ids) }
    }
  }

  /// Whether the stretch of tokens is one of the phrases.
  func contains(_ tokens: ArraySlice<Token>, _ terms: TermTable) -> Bool {
    guard !present.isEmpty, let first = tokens.first else { return false }
    let term = terms[first.term]
    for id in [term.key, term.base] {
      for phrase in present[id] ?? [] where phrase.count == tokens.count {
        let isMatch = zip(phrase, tokens).allSatisfy { word, token in
          let term = terms[token.term]
          return word.form == term.key || word.form == term.base || word.bare == term.base
        }
        if isMatch { return true }
      }
    }
    return false
  }
}
