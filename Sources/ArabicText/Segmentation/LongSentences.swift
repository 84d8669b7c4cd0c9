/// Cuts sentences that are longer than wanted at the marks between their clauses.
struct LongSentences {
  private let classes: CharacterClasses
  private let maxWords: Int
  private var result: [Sentence] = []

  /// Words that begin with و as a conjunction for certain, since what follows it is a verb or particle;
  /// other words with و may go on with a list of nouns.
  private static let clauseOpeners: Set<[UInt16]> = Set(
    [
      "وقد", "ولقد", "وكان", "وكانت", "وكانوا", "وقال", "وقالت", "وأضاف", "وأضافت", "وأكد", "وأكدت", "وأوضح",
      "وأوضحت", "وأشار", "وأشارت", "وذكر", "وذكرت", "وهو", "وهي", "وهم", "ولكن", "ولكنه", "ولكنها", "وإن",
      "وأن", "وأنه", "وأنها", "وإذا", "ولم", "ولن", "وليس", "وليست", "ولا", "وما", "ومن", "وعندما", "وبعد",
      "وهذا", "وهذه", "وذلك", "وكذلك", "ويقول", "ويرى", "ويمكن", "ويجب", "وتم",
    ].map { Array($0.utf16) })

  init(classes: CharacterClasses, maxWords: Int) {
    self.classes = classes
    self.maxWords = maxWords
  }

  /// Replaces every sentence of more than the wanted number of words by its pieces. Only a sentence without
  /// a clause mark stays as long as it is.
  mutating func cut(
    _ text: UnsafeBufferPointer<UInt16>, words: UnsafeBufferPointer<WordScanner.Word>,
    sentences: inout [Sentence]
  ) {
    guard maxWords > 0, sentences.contains(where: { $0.tokens.count > maxWords }) else { return }
    result.removeAll(keepingCapacity: true)
    for sentence in sentences {
      var rest = sentence
      while rest.tokens.count > maxWords, let at = place(text, words, rest) {
        // The mark stays with the piece before it.
        var end = Int(words[at].start)
        while end > Int(words[at - 1].end), isOpening(text[end - 1]) { end -= 1 }
        var next = end
        while end > Int(words[at - 1].end), classes[text[end - 1]] == .blank { end -= 1 }
        while classes[text[next]] == .blank { next += 1 }
        result.append(
          Sentence(
            span: TextSpan(Int(rest.span.start), end), tokens: Int(rest.firstToken)..<at, role: rest.role))
        rest.span.start = Int32(next)
        rest.firstToken = Int32(at)
      }
      result.append(rest)
    }
    swap(&result, &sentences)
  }

  /// The word before which to cut: the best mark in the second half of the first `maxWords` words, the last
  /// of equals; if there is none there, the first mark after that half.
  private func place(
    _ text: UnsafeBufferPointer<UInt16>, _ words: UnsafeBufferPointer<WordScanner.Word>, _ sentence: Sentence
  ) -> Int? {
    let first = Int(sentence.firstToken)
    var best: (word: Int, rank: Int)?
    var at = first + max(1, maxWords / 2)
    while at < Int(sentence.endToken) {
      let isInside = at - first <= maxWords
      if !isInside, best != nil { break }
      let rank = self.rank(text, words[at - 1], words[at])
      if rank > 0, rank >= (best?.rank ?? 0) { best = (at, rank) }
      at += 1
    }
    return best?.word
  }

  /// How well a cut between two words sounds: 3 at ؛, 2 at ،, 1 before a و that opens a clause, 0 nowhere.
  private func rank(
    _ text: UnsafeBufferPointer<UInt16>, _ before: WordScanner.Word, _ after: WordScanner.Word
  ) -> Int {
    var rank = 0
    for i in Int(before.end)..<Int(after.start) {
      switch text[i] {
      case 0x061b, 0x3b: rank = 3
      case 0x060c, 0x2c: rank = max(rank, 2)
      default: break
      }
    }
    if rank == 0, after.kind == .arabic, after.end - after.start <= 8, text[Int(after.start)] == 0x0648,
      LongSentences.clauseOpeners.contains(Array(text[Int(after.start)..<Int(after.end)]))
    {
      return 1
    }
    return rank
  }

  private func isOpening(_ unit: UInt16) -> Bool {
    let c = classes[unit]
    return c == .openBracket || c == .quote
  }
}
