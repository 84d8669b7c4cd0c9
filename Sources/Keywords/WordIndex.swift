import ArabicText

/// The words of one article, as candidate finding and the scorings see them: facts of each token, and the
/// distinct words behind the tokens.
///
/// Words and stems get numbers of their own in order of first sight in the article: ids of the term table
/// depend on earlier articles and must not decide anything.
struct WordIndex {
  /// What may be said of a token, one bit each.
  struct Traits: OptionSet {
    let rawValue: UInt8

    /// A phrase may begin or end here: a word of letters that is no stop word.
    static let content = Traits(rawValue: 1 << 0)
    /// The word bears the article.
    static let definite = Traits(rawValue: 1 << 1)
    /// A conjunction or preposition is written onto the word.
    static let proclitic = Traits(rawValue: 1 << 2)
    /// No phrase comes from the token before into this one.
    static let breaksBefore = Traits(rawValue: 1 << 3)
    /// No phrase goes through the token at all (addresses, emoji).
    static let barrier = Traits(rawValue: 1 << 4)
    /// A phrase that begins here touches a stop word, punctuation or a proclitic on its left.
    static let leftEdge = Traits(rawValue: 1 << 5)
    /// A phrase that ends here does so on its right.
    static let rightEdge = Traits(rawValue: 1 << 6)
  }

  /// One word of the article.
  struct WordToken {
    /// Number of its distinct word.
    var word: Int32
    var traits: Traits
    /// Units to leave out when a phrase begins here.
    var cut: UInt8
    /// Words of the longest phrase that begins here; 0 for barriers.
    var reach: UInt8
  }

  /// What one distinct word (base) of the article is.
  struct Word {
    /// Id in `TermTable.keys`.
    var base: UInt32
    /// Index into `stemCounts`.
    var stem: Int32
    /// Occurrences in the article.
    var count: Int32
    /// Whether its first occurrence is a content word.
    var isContent: Bool
  }

  private(set) var tokens: [WordToken] = []
  private(set) var words: [Word] = []
  private(set) var stemCounts: [Int32] = []

  private var bases = LocalNumbering()
  private var stems = LocalNumbering()
  /// Rows of the term table, token by token; longer than the article when an earlier one was.
  private var terms: [Term] = []

  /// Fills the index from a document; what it held before is forgotten.
  mutating func fill(from document: TokenizedDocument, maxWords: Int) {
    let keys = document.terms.keys.count
    bases.reset(idCount: keys)
    stems.reset(idCount: keys)
    words.removeAll(keepingCapacity: true)
    document.terms.rows(of: document.tokens, into: &terms)
    let count = document.tokens.count
    bases.prepare(count: count) { terms[$0].base }
    stems.prepare(count: count) { terms[$0].stem }
    tokens.removeAll(keepingCapacity: true)
    tokens.append(contentsOf: repeatElement(WordToken(word: 0, traits: [], cut: 0, reach: 0), count: count))
    var target = Array<WordToken>()
    swap(&target, &tokens)
    target.withUnsafeMutableBufferPointer { target in
      for (i, token) in document.tokens.enumerated() { target[i] = wordToken(token, terms[i]) }
    }
    swap(&target, &tokens)
    countWords()
    markEdges(maxWords: maxWords)
  }

  /// Stem number of a stem in this article, or nil.
  func stem(ofKey key: UInt32) -> Int32? { stems.find(key) }

  @inline(__always)
  private mutating func wordToken(_ token: Token, _ term: Term) -> WordToken {
    var traits: Traits = []
    var cut: UInt8 = 0
    if token.gap == .sentenceStart || token.gap == .punctuation { traits.insert(.breaksBefore) }
    switch token.kind {
    case .arabic, .latin, .mixed: if term.isContent { traits.insert(.content) }
    case .number: break
    case .url, .other: traits.insert(.barrier)
    }
    if token.kind == .arabic {
      cut = term.opening.cut
      if cut > 0 { traits.insert(.proclitic) }
      if term.opening.isDefinite { traits.insert(.definite) }
    }
    let word = bases.number(term.base)
    if Int(word) == words.count {
      words.append(
        Word(
          base: term.base, stem: stems.number(term.stem), count: 0,
          isContent: traits.contains(.content)))
    }
    return WordToken(word: word, traits: traits, cut: cut, reach: 0)
  }

  private mutating func countWords() {
    let tokens = tokens
    var words = words.mutableSpan
    for token in tokens { words[Int(token.word)].count += 1 }
    stemCounts.removeAll(keepingCapacity: true)
    stemCounts.append(contentsOf: repeatElement(0, count: stems.count))
    let counted = self.words
    var counts = stemCounts.mutableSpan
    for word in counted { counts[Int(word.stem)] += word.count }
  }

  /// What depends on a token's neighbours, from the end to the beginning.
  private mutating func markEdges(maxWords: Int) {
    var tokens = tokens.mutableSpan
    let unbound: Traits = [.breaksBefore, .proclitic]
    for i in tokens.indices.reversed() {
      let isLast = i + 1 == tokens.count
      let next: Traits = isLast ? [.breaksBefore] : tokens[i + 1].traits
      if !next.isDisjoint(with: unbound) || !next.contains(.content) {
        tokens[i].traits.insert(.rightEdge)
      }
      if !tokens[i].traits.isDisjoint(with: unbound) || i == 0 || !tokens[i - 1].traits.contains(.content) {
        tokens[i].traits.insert(.leftEdge)
      }
      if tokens[i].traits.contains(.barrier) { continue }
      let beyond = next.contains(.breaksBefore) ? 0 : Int(tokens[i + 1].reach)
      tokens[i].reach = UInt8(1 + min(beyond, maxWords - 1))
    }
  }
}
