import ArabicText

/// The phrases of one article that occur more than once, and how they occur.
///
/// A phrase can only recur if the phrase without its last word and the one without its first word do, so the
/// phrases of k + 1 words are looked for among pairs of recurring phrases of k words (the step of Apriori,
/// Agrawal and Srikant 1994). Most phrases of an article are met once: they never enter a table, and
/// `PhraseScorer` meets them on its walk over the tokens. Time and room grow with tokens times `maxWords`.
struct PhraseIndex {
  /// One distinct phrase. Every single word of the article is one, recurring or not.
  struct Phrase {
    /// The phrase without its last word; -1 for a word.
    var parent: Int32
    var word: Int32
    /// Number of words.
    var length: Int32
    /// First token of the first occurrence that counts, of the first occurrence until one does.
    var first: Int32
    /// All occurrences.
    var total: Int32 = 0
    /// Occurrences that begin and end in content words; a phrase without any is no candidate.
    var count: Int32 = 0
    /// Occurrences of the most frequent longer candidate it lies inside, where that recurs.
    var nested: Int32 = 0
    /// Left and right edges that are boundaries.
    var bounded: Int32 = 0
    /// Occurrences whose last word bears the article.
    var definite: Int32 = 0
    /// Occurrences with a proclitic inside.
    var innerClitic: Int32 = 0
  }

  private(set) var phrases: [Phrase] = []
  /// Longest recurring phrase, in words.
  private(set) var depth = 0

  /// Phrase of `k + 1` words that begins at token `i`, at `k * tokens + i`; -1 where none recurs.
  private var phraseAt: [Int32] = []
  private var tokenCount = 0
  private var slots: [Int32] = []

  /// The recurring phrase (or single word) of that many words at a token, or -1.
  func phrase(at token: Int, length: Int) -> Int32 {
    length <= depth ? phraseAt[(length - 1) * tokenCount + token] : -1
  }

  /// Fills the index; what it held before is forgotten.
  mutating func fill(from words: WordIndex, maxWords: Int) {
    phrases.removeAll(keepingCapacity: true)
    phraseAt.removeAll(keepingCapacity: true)
    tokenCount = words.tokens.count
    depth = 0
    guard tokenCount > 0 else { return }
    addWords(words)
    while depth < maxWords, addLevel(words) {}
    propagateNesting()
  }

  private mutating func addWords(_ words: WordIndex) {
    phrases.reserveCapacity(words.words.count)
    for (number, word) in words.words.enumerated() {
      phrases.append(
        Phrase(parent: -1, word: Int32(number), length: 1, first: 0, total: word.count))
    }
    phraseAt.reserveCapacity(tokenCount * 2)
    // A barrier is part of no phrase.
    for token in words.tokens { phraseAt.append(token.reach > 0 ? token.word : -1) }
    var phrases = phrases.mutableSpan
    for (i, token) in words.tokens.enumerated() {
      if token.traits.contains(.content), token.reach > 0 {
        PhraseIndex.count(i, 1, words, &phrases[Int(token.word)])
      }
    }
    depth = 1
  }

  /// Adds an occurrence that begins at token `i` and counts.
  @inline(__always)
  private static func count(_ i: Int, _ length: Int, _ words: WordIndex, _ phrase: inout Phrase) {
    let first = words.tokens[i].traits
    let last = words.tokens[i + length - 1].traits
    if phrase.count == 0 { phrase.first = Int32(i) }
    phrase.count += 1
    phrase.bounded += (first.contains(.leftEdge) ? 1 : 0) + (last.contains(.rightEdge) ? 1 : 0)
    if last.contains(.definite) { phrase.definite += 1 }
    for at in (i + 1)..<max(i + 1, i + length) where words.tokens[at].traits.contains(.proclitic) {
      phrase.innerClitic += 1
      break
    }
  }

  /// Finds the phrases of one word more; false if there are none.
  private mutating func addLevel(_ words: WordIndex) -> Bool {
    let length = depth + 1
    let row = depth * tokenCount
    let mask = prepareSlots()
    let known = phrases.count
    phraseAt.append(contentsOf: repeatElement(-1, count: tokenCount))
    // Room for as many as there can be, so that the loop writes to plain memory.
    let blank = Phrase(parent: -1, word: 0, length: Int32(length), first: 0)
    phrases.append(contentsOf: repeatElement(blank, count: tokenCount))
    var count = known
    phrases.withUnsafeMutableBufferPointer { phrases in
      phraseAt.withUnsafeMutableBufferPointer { phraseAt in
        slots.withUnsafeMutableBufferPointer { slots in
          let shorter = UnsafeMutableBufferPointer(rebasing: phraseAt[(row - tokenCount)..<row])
          for i in 0..<tokenCount where Int(words.tokens[i].reach) >= length {
            let head = shorter[i]
            let tail = shorter[i + 1]
            guard head >= 0, tail >= 0, phrases[Int(head)].total > 1, phrases[Int(tail)].total > 1 else {
              continue
            }
            let last = words.tokens[i + length - 1]
            var slot = PhraseIndex.hash(head, last.word) & mask
            while slots[slot] >= 0 {
              let phrase = phrases[Int(slots[slot])]
              if phrase.parent == head, phrase.word == last.word { break }
              slot = (slot + 1) & mask
            }
            if slots[slot] < 0 {
              slots[slot] = Int32(count)
              phrases[count].parent = head
              phrases[count].word = last.word
              phrases[count].first = Int32(i)
              count += 1
            }
            phraseAt[row + i] = slots[slot]
            phrases[Int(slots[slot])].total += 1
            if words.tokens[i].traits.contains(.content), last.traits.contains(.content) {
              PhraseIndex.count(i, length, words, &phrases[Int(slots[slot])])
            }
          }
        }
      }
    }
    phrases.removeLast(phrases.count - count)
    guard count > known else {
      phraseAt.removeLast(tokenCount)
      return false
    }
    depth = length
    return true
  }

  @inline(__always)
  private static func hash(_ parent: Int32, _ word: Int32) -> Int {
    let key = UInt64(UInt32(bitPattern: parent)) << 32 | UInt64(UInt32(bitPattern: word))
    let hash = key &* 0x9e37_79b9_7f4a_7c15
    return Int(truncatingIfNeeded: hash ^ (hash >> 29))
  }

  private mutating func prepareSlots() -> Int {
    var size = 64
    while size < tokenCount * 2 { size *= 2 }
    if slots.count < size {
      slots = Array(repeating: -1, count: size)
    } else {
      var slots = slots.mutableSpan
      for i in 0..<size { slots[i] = -1 }
    }
    return size - 1
  }

  /// Gives every phrase the count of the most frequent longer candidate around it. Only one that recurs is a
  /// rival: every phrase met once lies inside longer ones met once.
  private mutating func propagateNesting() {
    for outer in phrases where outer.length > 1 && outer.count > 1 {
      let end = Int(outer.first + outer.length)
      for start in Int(outer.first)..<end {
        for length in 1...(end - start) where length < Int(outer.length) {
          let inner = Int(phraseAt[(length - 1) * tokenCount + start])
          phrases[inner].nested = max(phrases[inner].nested, outer.count)
        }
      }
    }
  }
}
