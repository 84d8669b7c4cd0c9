import ArabicText

/// Scores the phrases of an article by one of the algorithms and hands them to a ranking.
struct PhraseScorer {
  private let options: KeywordOptions
  private let weights: PhraseWeights
  /// Of the article scored last.
  private(set) var facts = WordFactTable()
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
    // Words last: by then the ranking is such that most of those met once need not be scored.
    let count = phrases.phrases.count
    let wordCount = min(words.words.count, count)
    score(wordCount..<count, words, phrases, into: &best)
    if options.minimumCount == 1 { scoreSingles(words, phrases, into: &best) }
    score(0..<wordCount, words, phrases, into: &best)
  }

  /// Phrases of two and more words that occur once, in one walk over the tokens.
  private func scoreSingles(_ words: WordIndex, _ phrases: PhraseIndex, into best: inout BestPhrases) {
    let logOfLength = logarithms[words.tokens.count + 2]
    let isTFIDF = options.algorithm == .tfidf
    let weights = weights
    words.tokens.withUnsafeBufferPointer { tokens in
      facts.words.withUnsafeBufferPointer { facts in
        logarithms.withUnsafeValues { logarithms in
          for i in 0..<tokens.count {
            let first = tokens[i]
            guard first.traits.contains(.content), first.reach > 1 else { continue }
            let indexed = phrases.lengths(at: i)
            var features = PhraseFeatures()
            features.position = 1 - logarithms[1 &+ i] / logOfLength
            let leftEdge: Float = first.traits.contains(.leftEdge) ? 0.5 : 0
            var sums = facts[Int(first.word)]
            var length = 1
            while length < Int(first.reach) {
              let last = tokens[i &+ length]
              length &+= 1
              sums += facts[Int(last.word)]
              if last.traits.contains(.proclitic) { features.innerClitic = 1 }
              guard last.traits.contains(.content), indexed & PhraseIndex.bit(length) == 0 else { continue }
              features.bounded = leftEdge + (last.traits.contains(.rightEdge) ? 0.5 : 0)
              features.definite = last.traits.contains(.definite) ? 1 : 0
              let score =
                isTFIDF ? sums.idf / max(1, sums.content) : weights.scoreOfSingle(length, features, sums)
              best.add(score, first: i, length: length)
            }
          }
        }
      }
    }
  }

  /// Phrases of the index: single words, and phrases that recur.
  private func score(
    _ numbers: Range<Int>, _ words: WordIndex, _ phrases: PhraseIndex, into best: inout BestPhrases
  ) {
    let logOfLength = logarithms[words.tokens.count + 2]
    let least = Int32(max(1, options.minimumCount))
    let isTFIDF = options.algorithm == .tfidf
    let weights = weights
    words.tokens.withUnsafeBufferPointer { tokens in
      facts.words.withUnsafeBufferPointer { facts in
        logarithms.withUnsafeValues { logarithms in
          phrases.phrases.withUnsafeBufferPointer { phrases in
            for at in numbers where phrases[at].count >= least {
              let phrase = phrases[at]
              let first = Int(phrase.first)
              let length = Int(phrase.length)
              var sums = facts[Int(tokens[first].word)]
              for i in (first &+ 1)..<(first &+ length) { sums += facts[Int(tokens[i].word)] }
              let count = Float(phrase.count)
              if isTFIDF {
                best.add(count * sums.idf / max(1, sums.content), first: first, length: length)
                continue
              }
              var features = PhraseFeatures()
              features.bounded = Float(phrase.asContent.bounded) * 0.5
              features.definite = Float(phrase.asContent.definite)
              features.innerClitic = Float(phrase.innerClitic)
              if length == 1, phrase.total == 1, weights.bound(ofWord: features, sums) < best.leastScore {
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

/// What the default scoring looks at besides count, length and the sums over words, one value for each weight.
struct PhraseFeatures {
  var position: Float = 0
  var nesting: Float = 0
  var bounded: Float = 0
  var definite: Float = 0
  var innerClitic: Float = 0
}

/// `KeywordWeights` laid out for the innermost loop.
struct PhraseWeights {
  private let weights: KeywordWeights
  /// Of the means over words, in the order of `WordFacts`.
  private let means: WordFacts
  /// By length.
  private let priors: [Float]
  /// By length: prior and frequency of a phrase that occurs once.
  private let priorsOfSingles: [Float]

  init(_ weights: KeywordWeights, logarithms: LogarithmTable) {
    self.weights = weights
    means = WordFacts(0, weights.idf, weights.stems, weights.title)
    priors = (0...KeywordOptions.longestPhrase).map { $0 == 0 ? 0 : weights.prior(ofLength: $0) }
    priorsOfSingles = priors.map { $0 + weights.frequency * logarithms[2] }
  }

  /// The weighted sum, never negative; `logOfCount` is log(1 + count).
  @inline(__always)
  func score(_ length: Int, _ logOfCount: Float, _ features: PhraseFeatures, _ sums: WordFacts) -> Float {
    sum(priors[length] + weights.frequency * logOfCount, length, features, sums)
  }

  /// The same for a phrase that occurs once.
  @inline(__always)
  func scoreOfSingle(_ length: Int, _ features: PhraseFeatures, _ sums: WordFacts) -> Float {
    sum(priorsOfSingles[length], length, features, sums)
  }

  /// No less than the score of a word that occurs once, wherever it stands: its place is what is not looked at. The
  /// last summand is more than the order of additions can change.
  @inline(__always)
  func bound(ofWord features: PhraseFeatures, _ sums: WordFacts) -> Float {
    let weighted = sums * means
    let ofWord = weighted.stem + weighted.title + weighted.idf
    let ofEdges = weights.boundedness * features.bounded + weights.definite * features.definite
    return max(0, priorsOfSingles[1] + max(0, weights.position) + ofWord + ofEdges + 0.001)
  }

  /// Additions in a fixed order: another one would change last bits, and with them the output.
  @inline(__always)
  private func sum(_ start: Float, _ length: Int, _ features: PhraseFeatures, _ sums: WordFacts) -> Float {
    let words = Float(length)
    let content = max(1, sums.content)
    let weighted = sums / WordFacts(repeating: content) * means
    var sum = start
    sum += weighted.stem
    sum += weights.position * features.position
    sum += weighted.title
    sum += weights.nesting * features.nesting
    sum += weights.boundedness * features.bounded
    sum += weights.definite * features.definite
    sum += weights.innerClitic * features.innerClitic
    sum += weights.innerStop * ((words - content) / words)
    sum += weighted.idf
    return max(0, sum)
  }
}
