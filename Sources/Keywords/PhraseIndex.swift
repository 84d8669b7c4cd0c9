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
    /// All occurrences.
    var total: Int32 = 0
    /// Occurrences that begin and end in content words; a phrase without any is no candidate.
    var asContent = WordIndex.ContentOccurrences()
    /// Occurrences of the most frequent longer candidate it lies inside, where that recurs.
    var nested: Int32 = 0
    /// Occurrences with a proclitic inside.
    var innerClitic: Int32 = 0

    /// How many occurrences count.
    var count: Int32 { asContent.count }
    /// First token of the first occurrence that counts.
    var first: Int32 { asContent.first }
  }

  /// Words first, by their number, then longer phrases by length.
  private(set) var phrases: [Phrase] = []

  /// By token: bit `k` is set when the phrase of `k + 1` words that begins there is in the index.
  private var lengths: [UInt8] = []
  /// Phrase of `k + 1` words that begins at token `i`, at `k * tokens + i`; holds what an earlier article left
  /// where `lengths` says that there is none.
  private var phraseAt: [Int32] = []
  private var tokenCount = 0
  private var slots: [Int32] = []
  /// First tokens of the phrases of the last level, in order.
  private var starts: [Int32] = []

  /// The recurring phrase (or single word) of that many words at a token, or -1.
  @inline(__always)
  func phrase(at token: Int, length: Int) -> Int32 {
    lengths[token] & (1 << UInt8(length - 1)) != 0 ? phraseAt[(length - 1) * tokenCount + token] : -1
  }

  /// The bit of a length in `lengths(at:)`.
  @inline(__always)
  static func bit(_ length: Int) -> UInt8 { 1 &<< UInt8(truncatingIfNeeded: length &- 1) }

  /// Lengths of the phrases in the index that begin at a token, one bit each from the lowest for 1.
  @inline(__always)
  func lengths(at token: Int) -> UInt8 { lengths[token] }

  /// Calls `body` with the first token of every occurrence of a candidate that begins and ends in content words, in
  /// order: of the occurrences of its first word, those where the index has the same phrase.
  func forEachOccurrence(of candidate: BestPhrases.Entry, in words: WordIndex, _ body: (Int) -> Void) {
    withUnsafeView { view in
      words.tokens.withUnsafeBufferPointer { tokens in
        words.nextOfWord.withUnsafeBufferPointer { nextOfWord in
          body(candidate.first)
          let phrase = view.recurring(candidate)
          guard phrase >= 0 else { return }
          var i = Int(nextOfWord[candidate.first])
          while i >= 0 {
            if view.occurs(candidate, phrase, at: i, tokens) { body(i) }
            i = Int(nextOfWord[i])
          }
        }
      }
    }
  }

  /// The index as plain memory, valid for a call.
  struct View {
    fileprivate let phrases: UnsafeBufferPointer<Phrase>
    fileprivate let lengths: UnsafeBufferPointer<UInt8>
    fileprivate let phraseAt: UnsafeBufferPointer<Int32>
    fileprivate let tokenCount: Int

    @inline(__always)
    private func phrase(_ token: Int, _ length: Int) -> Int32 {
      lengths[token] & PhraseIndex.bit(length) != 0 ? phraseAt[(length &- 1) &* tokenCount &+ token] : -1
    }

    /// The number of a candidate that occurs more than once; -1 of others.
    @inline(__always)
    func recurring(_ candidate: BestPhrases.Entry) -> Int32 {
      let number = phrase(candidate.first, candidate.length)
      return number >= 0 && phrases[Int(number)].count > 1 ? number : -1
    }

    /// Whether a token, one of the candidate's first word, begins an occurrence that counts.
    @inline(__always)
    func occurs(
      _ candidate: BestPhrases.Entry, _ number: Int32, at token: Int,
      _ tokens: UnsafeBufferPointer<WordIndex.WordToken>
    ) -> Bool {
      tokens[token].traits.contains(.content) && phrase(token, candidate.length) == number
        && tokens[token &+ candidate.length &- 1].traits.contains(.content)
    }

    /// Occurrences of the most frequent longer candidate that a candidate lies inside; 0 when none recurs.
    @inline(__always)
    func nested(_ candidate: BestPhrases.Entry) -> Int {
      let number = phrase(candidate.first, candidate.length)
      return number < 0 ? 0 : Int(phrases[Int(number)].nested)
    }
  }

  /// Calls `body` with the index as plain memory.
  @inline(__always)
  func withUnsafeView<R>(_ body: (View) -> R) -> R {
    phrases.withUnsafeBufferPointer { phrases in
      lengths.withUnsafeBufferPointer { lengths in
        phraseAt.withUnsafeBufferPointer { phraseAt in
          body(View(phrases: phrases, lengths: lengths, phraseAt: phraseAt, tokenCount: tokenCount))
        }
      }
    }
  }

  /// Fills the index; what it held before is forgotten.
  mutating func fill(from words: WordIndex, maxWords: Int) {
    tokenCount = words.tokens.count
    phrases.removeAll(keepingCapacity: true)
    guard tokenCount > 0 else { return }
    phrases.reserveCapacity(words.words.count)
    for (number, word) in words.words.enumerated() {
      phrases.append(
        Phrase(
          parent: -1, word: Int32(truncatingIfNeeded: number), length: 1, total: word.count,
          asContent: word.asContent))
    }
    lengths.grow(to: tokenCount, 0)
    phraseAt.grow(to: tokenCount * maxWords, -1)
    starts.grow(to: tokenCount, 0)
    var candidates = addWords(words)
    var length = 2
    while length <= maxWords, candidates > 0 {
      candidates = addLevel(length, candidates, words)
      length += 1
    }
    propagateNesting()
  }

  /// Writes to `starts` where a recurring word is followed by another in one phrase; returns how many there are.
  private mutating func addWords(_ words: WordIndex) -> Int {
    var count = 0
    let last = tokenCount - 1
    words.tokens.withUnsafeBufferPointer { tokens in
      words.words.withUnsafeBufferPointer { words in
        lengths.withUnsafeMutableBufferPointer { lengths in
          phraseAt.withUnsafeMutableBufferPointer { phraseAt in
            starts.withUnsafeMutableBufferPointer { starts in
              var recurs = words[Int(tokens[0].word)].count > 1
              for i in tokens.indices {
                let token = tokens[i]
                let next = tokens[i < last ? i &+ 1 : i]
                let nextRecurs = words[Int(next.word)].count > 1
                // A barrier is part of no phrase.
                lengths[i] = token.reach > 0 ? 1 : 0
                phraseAt[i] = token.word
                starts[count] = Int32(truncatingIfNeeded: i)
                count &+= recurs && nextRecurs && token.reach > 1 ? 1 : 0
                recurs = nextRecurs
              }
            }
          }
        }
      }
    }
    return count
  }

  /// Enters the phrases that begin at the first `candidates` of `starts`, and leaves there those from which longer
  /// ones are worth a look; returns how many those are.
  private mutating func addLevel(_ length: Int, _ candidates: Int, _ words: WordIndex) -> Int {
    let mask = prepareSlots(candidates)
    let known = phrases.count
    // Room for as many as there can be, so that the loop writes to plain memory.
    let blank = Phrase(parent: -1, word: 0, length: Int32(truncatingIfNeeded: length))
    phrases.append(contentsOf: repeatElement(blank, count: candidates))
    let row = (length - 1) * tokenCount
    let bit: UInt8 = 1 << UInt8(length - 1)
    var count = known
    var kept = 0
    words.tokens.withUnsafeBufferPointer { tokens in
      phrases.withUnsafeMutableBufferPointer { phrases in
        phraseAt.withUnsafeMutableBufferPointer { phraseAt in
          slots.withUnsafeMutableBufferPointer { slots in
            starts.withUnsafeMutableBufferPointer { starts in
              lengths.withUnsafeMutableBufferPointer { lengths in
                for at in 0..<candidates {
                  let i = Int(starts[at])
                  let last = tokens[i &+ length &- 1]
                  let parent = phraseAt[row &- tokenCount &+ i]
                  let number = PhraseIndex.enter(parent, last.word, slots, mask, phrases, &count)
                  phraseAt[row &+ i] = number
                  lengths[i] |= bit
                  phrases[Int(number)].total &+= 1
                  if tokens[i].traits.contains(.content), last.traits.contains(.content) {
                    PhraseIndex.note(i, length, tokens, &phrases[Int(number)])
                  }
                }
                // Both phrases inside a longer one must recur.
                for at in 0..<max(0, candidates - 1) where starts[at &+ 1] == starts[at] &+ 1 {
                  let i = Int(starts[at])
                  guard Int(tokens[i].reach) > length, phrases[Int(phraseAt[row &+ i])].total > 1,
                    phrases[Int(phraseAt[row &+ i &+ 1])].total > 1
                  else { continue }
                  starts[kept] = Int32(truncatingIfNeeded: i)
                  kept &+= 1
                }
              }
            }
          }
        }
      }
    }
    phrases.removeLast(phrases.count - count)
    return kept
  }

  /// The phrase of a parent and a last word, new or known.
  @inline(__always)
  private static func enter(
    _ parent: Int32, _ word: Int32, _ slots: UnsafeMutableBufferPointer<Int32>, _ mask: Int,
    _ phrases: UnsafeMutableBufferPointer<Phrase>, _ count: inout Int
  ) -> Int32 {
    let key = UInt64(UInt32(bitPattern: parent)) << 32 | UInt64(UInt32(bitPattern: word))
    let hash = key &* 0x9e37_79b9_7f4a_7c15
    var slot = Int(truncatingIfNeeded: hash ^ (hash >> 29)) & mask
    while slots[slot] >= 0 {
      let phrase = phrases[Int(slots[slot])]
      if phrase.parent == parent, phrase.word == word { return slots[slot] }
      slot = (slot &+ 1) & mask
    }
    let number = Int32(truncatingIfNeeded: count)
    slots[slot] = number
    phrases[count].parent = parent
    phrases[count].word = word
    count += 1
    return number
  }

  /// Adds an occurrence that begins at token `i` and counts.
  @inline(__always)
  private static func note(
    _ i: Int, _ length: Int, _ tokens: UnsafeBufferPointer<WordIndex.WordToken>, _ phrase: inout Phrase
  ) {
    let first = tokens[i].traits
    let last = tokens[i + length - 1].traits
    if phrase.count == 0 { phrase.asContent.first = Int32(truncatingIfNeeded: i) }
    phrase.asContent.count += 1
    phrase.asContent.bounded += (first.contains(.leftEdge) ? 1 : 0) + (last.contains(.rightEdge) ? 1 : 0)
    if last.contains(.definite) { phrase.asContent.definite += 1 }
    for at in (i + 1)..<(i + length) where tokens[at].traits.contains(.proclitic) {
      phrase.innerClitic += 1
      break
    }
  }

  private mutating func prepareSlots(_ count: Int) -> Int {
    var size = 16
    while size < count * 2 { size *= 2 }
    slots.refill(first: size, -1)
    return size - 1
  }

  /// Gives every phrase the count of the most frequent longer candidate around it. Only one that recurs is a
  /// rival: every phrase met once lies inside longer ones met once.
  private mutating func propagateNesting() {
    for at in phrases.indices.reversed() {
      let outer = phrases[at]
      guard outer.length > 1 else { return }
      guard outer.count > 1 else { continue }
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
