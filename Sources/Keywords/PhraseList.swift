import ArabicText

/// The user's phrases, looked up in one article without regard to the rest of the vocabulary.
struct PhraseList {
  /// A word as its folded form and the same without the article, as ids in `words`.
  private struct Word {
    var form: UInt32
    var bare: UInt32
  }

  private var words = Interner(minimumCapacity: 64)
  private var phrases: [[Word]] = []
  /// Indices of the phrases that begin with a form or bare word.
  private var byFirst: [UInt32: [Int]] = [:]
  /// What each form of the article is among `words`: its folded form, and its base.
  private var known: [(key: UInt32, base: UInt32)] = []
  private let folding = KeyFolding()

  init(_ list: [[UInt16]]) {
    for phrase in list {
      let found = phrase.split(separator: 0x20).map { word in
        let hasArticle = word.count > 3 && word.starts(with: [0x0627, 0x0644])
        return Word(form: id(Array(word)), bare: id(Array(hasArticle ? word.dropFirst(2) : word)))
      }
      guard let first = found.first else { continue }
      for id in Set([first.form, first.bare]) { byFirst[id, default: []].append(phrases.count) }
      phrases.append(found)
    }
  }

  private mutating func id(_ word: [UInt16]) -> UInt32 {
    word.withUnsafeBufferPointer { words.intern($0).id }
  }

  var isEmpty: Bool { phrases.isEmpty }

  /// Finds which of the list's words a document has.
  mutating func resolve(in document: TokenizedDocument) {
    let vocabulary = document.vocabulary
    known = Array(repeating: (Interner.unknown, Interner.unknown), count: vocabulary.forms.count)
    var isSeen = Array(repeating: false, count: vocabulary.forms.count)
    var key: [UInt16] = []
    for (token, form) in zip(document.tokens, vocabulary.tokens) where !isSeen[Int(form)] {
      isSeen[Int(form)] = true
      key.removeAll(keepingCapacity: true)
      document.terms.forms.withUnits(of: token.term) { folding.fold($0, into: &key) }
      known[Int(form)].key = key.withUnsafeBufferPointer { words.find($0) } ?? Interner.unknown
      let base = document.terms[token.term].base
      known[Int(form)].base =
        document.terms.keys.withUnits(of: base) { words.find($0) } ?? Interner.unknown
    }
  }

  /// Whether the stretch of tokens is one of the phrases.
  func contains(_ tokens: Range<Int>, _ vocabulary: Vocabulary) -> Bool {
    guard let first = tokens.first else { return false }
    let start = known[Int(vocabulary.tokens[first])]
    for id in [start.key, start.base] where id != Interner.unknown {
      for phrase in byFirst[id] ?? [] where phrases[phrase].count == tokens.count {
        let isMatch = zip(phrases[phrase], tokens).allSatisfy { word, token in
          let found = known[Int(vocabulary.tokens[token])]
          return word.form == found.key || word.form == found.base || word.bare == found.base
        }
        if isMatch { return true }
      }
    }
    return false
  }
}
