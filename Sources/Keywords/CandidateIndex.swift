import ArabicText

/// All phrases of one article up to a number of words, grouped by their sequence of bases.
///
/// A phrase is a node of a trie whose edges are words, so all phrases of a text with n words are found with
/// n * maxWords steps. Words and stems get numbers of their own in order of first sight in the article:
/// ids of the term table depend on earlier articles and must not decide anything.
struct CandidateIndex {
  /// What one distinct word (base) of the article is.
  struct Word {
    /// Id in `TermTable.keys`.
    var base: UInt32
    /// Index into `stemCounts`.
    var stem: Int32
    /// Occurrences in the article.
    var count: Int32
    /// Whether its first occurrence is a stop word or no word at all (number, address).
    var isContent: Bool
  }

  /// One distinct phrase; sums run over its occurrences.
  struct Phrase {
    var parent: Int32
    var word: Int32
    /// First token of the first occurrence.
    var first: Int32
    /// Number of words.
    var length: Int32
    /// Occurrences that begin and end in content words; a phrase without any is no candidate.
    var count: Int32 = 0
    /// Occurrences of the most frequent longer candidate it lies inside.
    var nested: Int32 = 0
    /// Left and right edges that are boundaries.
    var bounded: Int32 = 0
    /// Occurrences whose last word bears the article.
    var definite: Int32 = 0
    /// Occurrences with an inner proclitic.
    var innerClitic: Int32 = 0
  }

  private(set) var words: [Word] = []
  private(set) var stemCounts: [Int32] = []
  private(set) var phrases: [Phrase] = []
  /// Facts of each token.
  private(set) var shapes: [TokenShape] = []
  /// Word number of each token.
  private(set) var wordAt: [Int32] = []
  /// Phrase that starts at token `i` and has `k + 1` words, at `i * maxWords + k`, or -1.
  private(set) var phraseAt: [Int32] = []
  private(set) var maxWords = 1

  private var bases = LocalNumbering()
  private var stems = LocalNumbering()
  private var slots: [Int32] = []

  /// Fills the index from a document; what it held before is forgotten.
  mutating func fill(from document: TokenizedDocument, maxWords: Int) {
    self.maxWords = maxWords
    reset(keys: document.terms.keys.count)
    readTokens(document)
    findPhrases()
    propagateNesting()
  }

  /// Stem number of a stem in this article, or nil.
  func stem(ofKey key: UInt32) -> Int32? {
    stems.find(key)
  }

  private mutating func reset(keys: Int) {
    bases.reset(idCount: keys)
    stems.reset(idCount: keys)
    words.removeAll(keepingCapacity: true)
    stemCounts.removeAll(keepingCapacity: true)
    phrases.removeAll(keepingCapacity: true)
    shapes.removeAll(keepingCapacity: true)
    wordAt.removeAll(keepingCapacity: true)
    phraseAt.removeAll(keepingCapacity: true)
  }

  private mutating func readTokens(_ document: TokenizedDocument) {
    document.text.withUnsafeBufferPointer { text in
      for token in document.tokens {
        let term = document.terms[token.term]
        var shape = TokenShape(token, term, text: text)
        if shape.isContent {
          shape.isContent = document.terms.keys.withUnits(of: term.base) { $0.count > 1 }
        }
        shapes.append(shape)
        let word = number(of: term, isContent: shape.isContent)
        words[Int(word)].count += 1
        stemCounts[Int(words[Int(word)].stem)] += 1
        wordAt.append(word)
      }
    }
  }

  private mutating func number(of term: Term, isContent: Bool) -> Int32 {
    let word = bases.number(term.base)
    if Int(word) < words.count { return word }
    let stem = stems.number(term.stem)
    if Int(stem) == stemCounts.count { stemCounts.append(0) }
    words.append(Word(base: term.base, stem: stem, count: 0, isContent: isContent))
    return word
  }

  private mutating func findPhrases() {
    let count = wordAt.count
    phraseAt.append(contentsOf: repeatElement(-1, count: count * maxWords))
    var size = 64
    while size < count * maxWords * 2 { size *= 2 }
    if slots.count < size {
      slots = Array(repeating: -1, count: size)
    } else {
      for i in 0..<size { slots[i] = -1 }
    }
    let mask = size - 1
    for start in 0..<count {
      var parent: Int32 = -1
      var hasInnerClitic = false
      for k in 0..<maxWords {
        let at = start + k
        guard at < count, k == 0 || !shapes[at].breaksBefore, !shapes[at].isBarrier else { break }
        if k > 1, shapes[at - 1].cut > 0 { hasInnerClitic = true }
        let node = phrase(after: parent, word: wordAt[at], first: start, length: k + 1, mask: mask)
        phraseAt[start * maxWords + k] = node
        parent = node
        guard shapes[start].isContent, shapes[at].isContent else { continue }
        let isLeftBound =
          shapes[start].breaksBefore || shapes[start].cut > 0 || start == 0 || !shapes[start - 1].isContent
        let isRightBound =
          at + 1 == count || shapes[at + 1].breaksBefore || shapes[at + 1].cut > 0
          || !shapes[at + 1].isContent
        if phrases[Int(node)].count == 0 { phrases[Int(node)].first = Int32(start) }
        phrases[Int(node)].count += 1
        phrases[Int(node)].bounded += (isLeftBound ? 1 : 0) + (isRightBound ? 1 : 0)
        if shapes[at].isDefinite { phrases[Int(node)].definite += 1 }
        if hasInnerClitic || (k > 0 && shapes[at].cut > 0) { phrases[Int(node)].innerClitic += 1 }
      }
    }
  }

  /// The node for `word` after `parent`, made if it is new.
  private mutating func phrase(after parent: Int32, word: Int32, first: Int, length: Int, mask: Int) -> Int32
  {
    let key = UInt64(UInt32(bitPattern: parent)) << 32 | UInt64(UInt32(bitPattern: word))
    var hash = key &* 0x9e37_79b9_7f4a_7c15
    hash ^= hash >> 29
    var slot = Int(truncatingIfNeeded: hash) & mask
    while true {
      let node = slots[slot]
      if node < 0 { break }
      if phrases[Int(node)].parent == parent, phrases[Int(node)].word == word { return node }
      slot = (slot + 1) & mask
    }
    let node = Int32(phrases.count)
    slots[slot] = node
    phrases.append(Phrase(parent: parent, word: word, first: Int32(first), length: Int32(length)))
    return node
  }

  /// Gives every phrase the count of the most frequent longer candidate around it, longest phrases first.
  private mutating func propagateNesting() {
    for k in stride(from: maxWords - 1, to: 0, by: -1) {
      for start in wordAt.indices {
        let node = phraseAt[start * maxWords + k]
        guard node >= 0 else { continue }
        let weight = max(phrases[Int(node)].count, phrases[Int(node)].nested)
        let prefix = Int(phraseAt[start * maxWords + k - 1])
        let suffix = Int(phraseAt[(start + 1) * maxWords + k - 1])
        phrases[prefix].nested = max(phrases[prefix].nested, weight)
        phrases[suffix].nested = max(phrases[suffix].nested, weight)
      }
    }
  }
}
