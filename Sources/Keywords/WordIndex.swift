import ArabicText

/// The words of one article, as candidate finding and the scorings see them: facts of each token, and the
/// distinct words behind the tokens.
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

  /// What each form makes of its tokens.
  private var forms: [WordToken] = []

  /// Fills the index from a document; what it held before is forgotten.
  mutating func fill(from document: TokenizedDocument, maxWords: Int) {
    let vocabulary = document.vocabulary
    forms.removeAll(keepingCapacity: true)
    forms.reserveCapacity(vocabulary.forms.count)
    for form in vocabulary.forms {
      var traits: Traits = []
      if form.isContent { traits.insert(.content) }
      if form.isDefinite { traits.insert(.definite) }
      if form.cut > 0 { traits.insert(.proclitic) }
      forms.append(WordToken(word: form.word, traits: traits, cut: form.cut, reach: 0))
    }
    words.removeAll(keepingCapacity: true)
    words.reserveCapacity(vocabulary.words.count)
    for word in vocabulary.words {
      words.append(Word(base: word.base, stem: word.stem, count: 0, isContent: false))
    }
    tokens.resize(to: document.tokens.count, WordToken(word: 0, traits: [], cut: 0, reach: 0))
    document.tokens.withUnsafeBufferPointer { source in
      vocabulary.tokens.withUnsafeBufferPointer { numbers in
        forms.withUnsafeBufferPointer { forms in
          tokens.withUnsafeMutableBufferPointer { tokens in
            for i in source.indices {
              tokens[i] = WordIndex.wordToken(forms[Int(numbers[i])], source[i])
            }
          }
        }
      }
    }
    markEdges(maxWords: maxWords)
    countWords()
    countStems(vocabulary.stemCount)
  }

  @inline(__always)
  private static func wordToken(_ form: WordToken, _ token: Token) -> WordToken {
    var word = form
    switch token.kind {
    case .arabic, .latin, .mixed: break
    case .number: word.traits = []
    case .url, .other: word.traits = .barrier
    }
    if token.gap == .sentenceStart || token.gap == .punctuation { word.traits.insert(.breaksBefore) }
    return word
  }

  private mutating func countWords() {
    tokens.withUnsafeBufferPointer { tokens in
      words.withUnsafeMutableBufferPointer { words in
        for token in tokens {
          let isFirst = words[Int(token.word)].count == 0
          words[Int(token.word)].count &+= 1
          if isFirst { words[Int(token.word)].isContent = token.traits.contains(.content) }
        }
      }
    }
  }

  private mutating func countStems(_ count: Int) {
    stemCounts.removeAll(keepingCapacity: true)
    stemCounts.append(contentsOf: repeatElement(0, count: count))
    stemCounts.withUnsafeMutableBufferPointer { counts in
      for word in words { counts[Int(word.stem)] &+= word.count }
    }
  }

  /// What depends on a token's neighbours, from the end to the beginning.
  private mutating func markEdges(maxWords: Int) {
    let unbound: Traits = [.breaksBefore, .proclitic]
    tokens.withUnsafeMutableBufferPointer { tokens in
      var next: Traits = .breaksBefore
      var beyond: UInt8 = 0
      for i in tokens.indices.reversed() {
        var token = tokens[i]
        let isContentBefore = i > 0 && tokens[i &- 1].traits.contains(.content)
        let own = token.traits
        if !next.isDisjoint(with: unbound) || !next.contains(.content) { token.traits.insert(.rightEdge) }
        if !own.isDisjoint(with: unbound) || !isContentBefore { token.traits.insert(.leftEdge) }
        if own.contains(.barrier) {
          beyond = 0
        } else {
          if next.contains(.breaksBefore) { beyond = 0 }
          beyond = 1 &+ min(beyond, UInt8(maxWords - 1))
        }
        token.reach = beyond
        tokens[i] = token
        next = own
      }
    }
  }
}

extension Array {
  /// Gives the array so many elements; those it has keep what they hold.
  mutating func resize(to count: Int, _ blank: Element) {
    if self.count > count {
      removeLast(self.count - count)
    } else {
      append(contentsOf: repeatElement(blank, count: count - self.count))
    }
  }
}
