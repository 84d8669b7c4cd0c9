import ArabicText

/// Scores the phrases of an article by one of the algorithms and hands them to a ranking.
struct PhraseScorer {
  private let options: KeywordOptions
  private let weights: PhraseWeights
  /// Of the article scored last.
  private(set) var facts = WordFactTable()
  /// By word number.
  private var bounds: [WordBound] = []
  private var graph = WordGraph()
  let logarithms = LogarithmTable()

  init(_ options: KeywordOptions) {
    self.options = options
    weights = PhraseWeights(options.weights, logarithms: logarithms)
  }

  /// Hands every candidate with its score to `best`, which keeps as many as it is set to.
  mutating func score(
    _ document: TokenizedDocument, _ words: WordIndex, _ phrases: PhraseIndex,
    background: BackgroundModel?, into best: inout BestPhrases
  ) {
    if options.algorithm == .textrank {
      graph.rank(words)
      graph.scorePhrases(words, phrases, options, into: &best)
      return
    }
    facts.fill(from: document, words, background: background, logarithms: logarithms)
    weights.fill(&bounds, from: facts.words)
    // Words last: by then the ranking is such that most of those met once need not be scored.
    let count = phrases.phrases.count
    let wordCount = min(words.words.count, count)
    score(wordCount..<count, words, phrases, into: &best)
    if options.minimumCount == 1 { scoreSingles(words, phrases, into: &best) }
    score(0..<wordCount, words, phrases, into: &best)
  }

  /// Phrases of two and more words that occur once, in one walk over the tokens.
  ///
  /// Most of them are not among the best, which their bounds tell in a fraction of the time that scoring takes.
  private func scoreSingles(_ words: WordIndex, _ phrases: PhraseIndex, into best: inout BestPhrases) {
    let logOfLength = logarithms[words.tokens.count + 2]
    let isTFIDF = options.algorithm == .tfidf
    let weights = weights
    var leastScore = best.leastScore
    words.tokens.withUnsafeBufferPointer { tokens in
      facts.words.withUnsafeBufferPointer { facts in
        bounds.withUnsafeBufferPointer { bounds in
          logarithms.withUnsafeValues { logarithms in
            weights.withBoundsOfSingles { boundsOfSingles in
              for i in 0..<tokens.count {
                let first = tokens[i]
                guard first.traits.contains(.content), first.reach > 1 else { continue }
                let indexed = phrases.lengths(at: i)
                let position = 1 - logarithms[1 &+ i] / logOfLength
                let boundOfFirst = weights.bound(ofFirst: first.traits, position)
                var sums = bounds[Int(first.word)]
                var inner: WordIndex.Traits = []
                var length = 1
                while length < Int(first.reach) {
                  let last = tokens[i &+ length]
                  length &+= 1
                  sums += bounds[Int(last.word)]
                  inner.formUnion(last.traits)
                  guard last.traits.contains(.content), indexed & PhraseIndex.bit(length) == 0 else {
                    continue
                  }
                  let bound = boundOfFirst + boundsOfSingles[length, last.traits] + sums.mean
                  guard isTFIDF || max(0, bound) >= leastScore else { continue }
                  let sums = PhraseScorer.sum(i, length, tokens, facts)
                  let score =
                    isTFIDF
                    ? sums.idf / max(1, sums.content)
                    : weights.scoreOfSingle(
                      length, PhraseFeatures(ofSingle: first.traits, last.traits, inner, position), sums)
                  best.add(score, first: i, length: length)
                  leastScore = best.leastScore
                }
              }
            }
          }
        }
      }
    }
  }

  /// The facts of the words of a phrase, added from left to right.
  @inline(__always)
  private static func sum(
    _ first: Int, _ length: Int, _ tokens: UnsafeBufferPointer<WordIndex.WordToken>,
    _ facts: UnsafeBufferPointer<WordFacts>
  ) -> WordFacts {
    var sums = facts[Int(tokens[first].word)]
    for i in (first &+ 1)..<(first &+ length) { sums += facts[Int(tokens[i].word)] }
    return sums
  }

  /// Phrases of the index: single words, and phrases that recur.
  private func score(
    _ numbers: Range<Int>, _ words: WordIndex, _ phrases: PhraseIndex, into best: inout BestPhrases
  ) {
    let logOfLength = logarithms[words.tokens.count + 2]
    let least = Int32(max(1, options.minimumCount))
    let isTFIDF = options.algorithm == .tfidf
    let (weights, bounds) = (weights, bounds)
    words.tokens.withUnsafeBufferPointer { tokens in
      facts.words.withUnsafeBufferPointer { facts in
        logarithms.withUnsafeValues { logarithms in
          phrases.phrases.withUnsafeBufferPointer { phrases in
            for at in numbers where phrases[at].count >= least {
              let phrase = phrases[at]
              let first = Int(phrase.first)
              let length = Int(phrase.length)
              var features = PhraseFeatures()
              features.bounded = Float(phrase.asContent.bounded) * 0.5
              features.definite = Float(phrase.asContent.definite)
              features.innerClitic = Float(phrase.innerClitic)
              if length == 1, phrase.total == 1, !isTFIDF,
                weights.bound(ofWord: features, bounds[Int(phrase.word)]) < best.leastScore
              {
                continue
              }
              let sums = PhraseScorer.sum(first, length, tokens, facts)
              let count = Float(phrase.count)
              if isTFIDF {
                best.add(count * sums.idf / max(1, sums.content), first: first, length: length)
                continue
              }
              features.position = 1 - logarithms[1 &+ first] / logOfLength
              if phrase.count > 1 {
                features.nesting = phrase.nested > 1 ? min(1, Float(phrase.nested) / count) : 0
                features.bounded = Float(phrase.asContent.bounded) / (2 * count)
                features.definite /= count
                features.innerClitic /= count
              } else if phrase.nested > 1 {
                features.nesting = 1
              }
              let score = weights.score(length, logarithms[1 &+ Int(phrase.count)], features, sums)
              best.add(score, first: first, length: length)
            }
          }
        }
      }
    }
  }
}
