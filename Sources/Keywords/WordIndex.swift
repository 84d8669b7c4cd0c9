import ArabicText

/// The words of one article, as candidate finding and the scorings see them: facts of each token, and the
/// distinct words behind the tokens.
struct WordIndex {
  /// What may be said of a token, one bit each.
  struct Traits: OptionSet {
    let rawValue: UInt8

    // What its form says: the bits of `FormTraits`.
    /// A phrase may begin or end here: a word of letters that is no stop word.
    static let content = Traits(rawValue: FormTraits.content.rawValue)
    /// The word bears the article.
    static let definite = Traits(rawValue: FormTraits.definite.rawValue)
    /// A conjunction or preposition is written onto the word.
    static let proclitic = Traits(rawValue: FormTraits.proclitic.rawValue)

    // What its place says.
    /// No phrase comes from the token before into this one.
    static let breaksBefore = Traits(rawValue: 1 << 4)
    /// No phrase goes through the token at all (addresses, emoji).
    static let barrier = Traits(rawValue: 1 << 5)
    /// A phrase that begins here touches a stop word, punctuation or a proclitic on its left.
    static let leftEdge = Traits(rawValue: 1 << 6)
    /// A phrase that ends here does so on its right.
    static let rightEdge = Traits(rawValue: 1 << 7)
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

    static let blank = WordToken(word: 0, traits: [], cut: 0, reach: 0)
  }

  /// How one distinct word (base) occurs in the article.
  struct Word {
    /// Its first token.
    var first: Int32 = -1
    /// Occurrences.
    var count: Int32 = 0
    /// Those as a content word.
    var asContent = ContentOccurrences()

    /// Whether its first occurrence is a content word.
    var isContent: Bool { asContent.count > 0 && asContent.first == first }
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
  /// By word number.
  private(set) var words: [Word] = []
  /// By stem number: how often words of the stem occur.
  private(set) var stemCounts: [Int32] = []
  /// By token, and maybe more elements behind: the next token of the same word, or -1.
  private(set) var nextOfWord: [Int32] = []

  /// Fills the index from a document; what it held before is forgotten.
  mutating func fill(from document: TokenizedDocument, maxWords: Int) {
    let vocabulary = document.vocabulary
    words.refill(count: vocabulary.words.count, Word())
    tokens.resize(to: document.tokens.count, .blank)
    nextOfWord.grow(to: document.tokens.count, 0)
    fillTokens(document.tokens, vocabulary, maxWords: maxWords)
    stemCounts.refill(count: vocabulary.stemCount, 0)
    stemCounts.withUnsafeMutableBufferPointer { counts in
      vocabulary.words.withUnsafeBufferPointer { known in
        for i in 0..<known.count { counts[Int(known[i].stem)] &+= words[i].count }
      }
    }
  }

  /// Goes from the end to the beginning, since how far a phrase may reach depends on what follows; what a word's
  /// first occurrence settles is overwritten until that is met.
  ///
  /// What a word is to its neighbours is hard to guess, so that it is worked out on bits instead of by branches.
  private mutating func fillTokens(_ source: [Token], _ vocabulary: Vocabulary, maxWords: Int) {
    let longest = UInt8(maxWords)
    let unbound = Traits.breaksBefore.rawValue | Traits.proclitic.rawValue
    let content = Traits.content.rawValue
    source.withUnsafeBufferPointer { source in
      vocabulary.tokens.withUnsafeBufferPointer { numbers in
        vocabulary.forms.withUnsafeBufferPointer { forms in
          words.withUnsafeMutableBufferPointer { words in
            nextOfWord.withUnsafeMutableBufferPointer { following in
              tokens.withUnsafeMutableBufferPointer { tokens in
                let reader = TokenReader(source: source, numbers: numbers, forms: forms)
                var next: Traits = .breaksBefore
                var reach: UInt8 = 0
                var token = reader[source.count &- 1]
                var i = source.count &- 1
                while i >= 0 {
                  let before = i > 0 ? reader[i &- 1] : .blank
                  let own = token.traits
                  // A boundary, or no content word.
                  let isRight: UInt8 = (next.rawValue ^ content) & (unbound | content) != 0 ? 1 : 0
                  let isLeft: UInt8 =
                    own.rawValue & unbound | (before.traits.rawValue ^ content) & content != 0 ? 1 : 0
                  token.traits = Traits(
                    rawValue: own.rawValue | isRight &* Traits.rightEdge.rawValue
                      | isLeft &* Traits.leftEdge.rawValue)
                  reach = next.contains(.breaksBefore) ? 0 : reach
                  reach = own.contains(.barrier) ? 0 : min(reach &+ 1, longest)
                  token.reach = reach
                  tokens[i] = token
                  var word = words[Int(token.word)]
                  following[i] = word.first
                  word.first = Int32(truncatingIfNeeded: i)
                  word.count &+= 1
                  let one: Int32 = own.contains(.content) ? 1 : 0
                  let all = 0 &- one
                  word.asContent.first = word.first & all | word.asContent.first & ~all
                  word.asContent.count &+= one
                  word.asContent.bounded &+= Int32(isLeft &+ isRight) & all
                  word.asContent.definite &+= own.contains(.definite) ? one : 0
                  words[Int(token.word)] = word
                  next = own
                  token = before
                  i &-= 1
                }
              }
            }
          }
        }
      }
    }
  }

  /// A token as its form and its place in the sentence make it, without what its neighbours add.
  private struct TokenReader {
    let source: UnsafeBufferPointer<Token>
    let numbers: UnsafeBufferPointer<Int32>
    let forms: UnsafeBufferPointer<Vocabulary.Form>

    // One byte for each kind and gap, since a branch on them would often be guessed wrong.
    private let kept = TokenReader.kept
    private let added = TokenReader.added
    private let opened = TokenReader.opened

    /// Traits of the form that hold for a token of the kind.
    private static let kept = bytes(
      of: TokenKind.allCases.map { kind in
        switch kind {
        case .arabic, .latin, .mixed: [.content, .definite, .proclitic]
        case .number, .url, .other: []
        }
      })
    /// Traits that the kind adds.
    private static let added = bytes(
      of: TokenKind.allCases.map { kind in
        switch kind {
        case .arabic, .latin, .mixed, .number: []
        case .url, .other: .barrier
        }
      })
    /// Traits that the gap adds: sentence start, blank, none, punctuation.
    private static let opened = bytes(of: [.breaksBefore, [], [], .breaksBefore])

    init(
      source: UnsafeBufferPointer<Token>, numbers: UnsafeBufferPointer<Int32>,
      forms: UnsafeBufferPointer<Vocabulary.Form>
    ) {
      (self.source, self.numbers, self.forms) = (source, numbers, forms)
    }

    private static func bytes(of traits: [Traits]) -> UInt64 {
      traits.reversed().reduce(0) { $0 << 8 | UInt64($1.rawValue) }
    }

    @inline(__always)
    private static func byte(_ bytes: UInt64, _ index: UInt8) -> UInt8 {
      UInt8(truncatingIfNeeded: bytes &>> (UInt64(index) &* 8))
    }

    @inline(__always)
    subscript(i: Int) -> WordToken {
      let token = source[i]
      let form = forms[Int(numbers[i])]
      let traits =
        form.traits.rawValue & TokenReader.byte(kept, token.kind.rawValue)
        | TokenReader.byte(added, token.kind.rawValue) | TokenReader.byte(opened, token.gap.rawValue)
      return WordToken(word: form.word, traits: Traits(rawValue: traits), cut: form.cut, reach: 0)
    }
  }
}

extension Array {
  /// Gives the array so many elements; those it has keep what they hold.
  mutating func resize(to count: Int, _ blank: Element) {
    if self.count > count { removeLast(self.count - count) } else { grow(to: count, blank) }
  }

  /// Gives the array so many elements, all of them the same.
  mutating func refill(count: Int, _ value: Element) {
    resize(to: count, value)
    withUnsafeMutableBufferPointer { $0.update(repeating: value) }
  }
}
