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
    var count: Int32 = 0
    /// Whether its first occurrence is a content word.
    var isContent = false
    /// Its first token.
    var first: Int32 = -1
    /// How it occurs as a content word.
    var asContent = ContentOccurrences()
  }

  /// The occurrences of a phrase that count as a candidate: those that begin and end in content words.
  struct ContentOccurrences {
    /// First token of the first of them; meaningless when there is none.
    var first: Int32 = 0
    /// How many there are.
    var count: Int32 = 0
    /// Left and right edges that are boundaries.
    var bounded: Int32 = 0
    /// Those whose last word bears the article.
    var definite: Int32 = 0
  }

  private(set) var tokens: [WordToken] = []
  private(set) var words: [Word] = []
  private(set) var stemCounts: [Int32] = []
  /// By token: the next token of the same word, or -1.
  private(set) var nextOfWord: [Int32] = []

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
    for word in vocabulary.words { words.append(Word(base: word.base, stem: word.stem)) }
    tokens.resize(to: document.tokens.count, WordToken(word: 0, traits: [], cut: 0, reach: 0))
    nextOfWord.resize(to: document.tokens.count, 0)
    fillTokens(document.tokens, vocabulary.tokens, maxWords: maxWords)
    countStems(vocabulary.stemCount)
  }

  /// Goes from the end to the beginning, since how far a phrase may reach depends on what follows; what a word's
  /// first occurrence settles is overwritten until that is met.
  private mutating func fillTokens(_ source: [Token], _ numbers: [Int32], maxWords: Int) {
    let longest = UInt8(maxWords)
    let unbound: Traits = [.breaksBefore, .proclitic]
    source.withUnsafeBufferPointer { source in
      numbers.withUnsafeBufferPointer { numbers in
        forms.withUnsafeBufferPointer { forms in
          words.withUnsafeMutableBufferPointer { words in
            nextOfWord.withUnsafeMutableBufferPointer { following in
              tokens.withUnsafeMutableBufferPointer { tokens in
                let start = WordToken(word: 0, traits: [], cut: 0, reach: 0)
                var next: Traits = .breaksBefore
                var reach: UInt8 = 0
                var token = WordIndex.wordToken(source.count - 1, source, numbers, forms) ?? start
                for i in source.indices.reversed() {
                  let before = WordIndex.wordToken(i - 1, source, numbers, forms) ?? start
                  let own = token.traits
                  let isRight = !next.isDisjoint(with: unbound) || !next.contains(.content)
                  let isLeft = !own.isDisjoint(with: unbound) || !before.traits.contains(.content)
                  if isRight { token.traits.insert(.rightEdge) }
                  if isLeft { token.traits.insert(.leftEdge) }
                  if next.contains(.breaksBefore) { reach = 0 }
                  reach = own.contains(.barrier) ? 0 : min(reach &+ 1, longest)
                  token.reach = reach
                  tokens[i] = token
                  let word = Int(token.word)
                  following[i] = words[word].first
                  words[word].first = Int32(truncatingIfNeeded: i)
                  words[word].count &+= 1
                  let isContent = own.contains(.content)
                  words[word].isContent = isContent
                  let one: Int32 = isContent ? 1 : 0
                  words[word].asContent.count &+= one
                  words[word].asContent.bounded &+= one &* ((isLeft ? 1 : 0) &+ (isRight ? 1 : 0))
                  words[word].asContent.definite &+= own.contains(.definite) ? one : 0
                  if isContent { words[word].asContent.first = Int32(truncatingIfNeeded: i) }
                  next = own
                  token = before
                }
              }
            }
          }
        }
      }
    }
  }

  /// The token as its form and its place in the sentence make it, without what its neighbours add; nil before the
  /// first.
  @inline(__always)
  private static func wordToken(
    _ i: Int, _ source: UnsafeBufferPointer<Token>, _ numbers: UnsafeBufferPointer<Int32>,
    _ forms: UnsafeBufferPointer<WordToken>
  ) -> WordToken? {
    guard i >= 0 else { return nil }
    var word = forms[Int(numbers[i])]
    switch source[i].kind {
    case .arabic, .latin, .mixed: break
    case .number: word.traits = []
    case .url, .other: word.traits = .barrier
    }
    switch source[i].gap {
    case .sentenceStart, .punctuation: word.traits.insert(.breaksBefore)
    case .blank, .none: break
    }
    return word
  }

  private mutating func countStems(_ count: Int) {
    stemCounts.removeAll(keepingCapacity: true)
    stemCounts.append(contentsOf: repeatElement(0, count: count))
    stemCounts.withUnsafeMutableBufferPointer { counts in
      for word in words { counts[Int(word.stem)] &+= word.count }
    }
  }
}

extension Array {
  /// Gives the array so many elements; those it has keep what they hold.
  mutating func resize(to count: Int, _ blank: Element) {
    if self.count > count {
      removeLast(self.count - count)
    } else if self.count < count {
      append(contentsOf: repeatElement(blank, count: count - self.count))
    }
  }
}
