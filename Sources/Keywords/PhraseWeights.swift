import ArabicText

/// What the default scoring looks at besides count, length and the sums over words, one value for each weight.
struct PhraseFeatures {
  var position: Float = 0
  var nesting: Float = 0
  var bounded: Float = 0
  var definite: Float = 0
  var innerClitic: Float = 0

  init() {}

  /// Of a phrase that occurs once.
  ///
  /// - Parameter inner: traits that any word but the first has.
  @inline(__always)
  init(
    ofSingle first: WordIndex.Traits, _ last: WordIndex.Traits, _ inner: WordIndex.Traits, _ position: Float
  ) {
    self.position = position
    bounded = (first.contains(.leftEdge) ? 0.5 : 0) + (last.contains(.rightEdge) ? 0.5 : 0)
    definite = last.contains(.definite) ? 1 : 0
    innerClitic = inner.contains(.proclitic) ? 1 : 0
  }
}

/// What a word adds to the score of a phrase, or summed over words: 1 for a content word; its facts weighted.
typealias WordBound = SIMD2<Float>

extension SIMD2<Float> {
  /// The mean over content words.
  @inline(__always)
  var mean: Float { self[1] / max(1, self[0]) }
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
  /// See `BoundsOfSingles`.
  private let boundsOfSingles: [Float]

  init(_ weights: KeywordWeights, logarithms: LogarithmTable) {
    self.weights = weights
    means = WordFacts(0, weights.idf, weights.stems, weights.title)
    priors = (0...KeywordOptions.longestPhrase).map { $0 == 0 ? 0 : weights.prior(ofLength: $0) }
    priorsOfSingles = priors.map { $0 + weights.frequency * logarithms[2] }
    // More than the order of additions can change.
    let slack = max(0, weights.innerClitic) + max(0, weights.innerStop) + 0.001
    boundsOfSingles = priorsOfSingles.flatMap { prior in
      (0...UInt8.max).map { bits in
        let last = WordIndex.Traits(rawValue: bits)
        return prior + slack + (last.contains(.rightEdge) ? weights.boundedness * 0.5 : 0)
          + (last.contains(.definite) ? weights.definite : 0)
      }
    }
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
  func bound(ofWord features: PhraseFeatures, _ word: WordBound) -> Float {
    let ofEdges = weights.boundedness * features.bounded + weights.definite * features.definite
    return max(0, priorsOfSingles[1] + max(0, weights.position) + word[1] + ofEdges + 0.001)
  }

  /// Writes what each word adds at most.
  func fill(_ bounds: inout [WordBound], from facts: [WordFacts]) {
    bounds.grow(to: facts.count, .zero)
    bounds.withUnsafeMutableBufferPointer { bounds in
      for (i, facts) in facts.enumerated() {
        let weighted = facts * means
        bounds[i] = WordBound(facts.content, weighted.stem + weighted.title + weighted.idf)
      }
    }
  }

  /// What the first word and its place add to a phrase that occurs once, besides the word's facts.
  @inline(__always)
  func bound(ofFirst first: WordIndex.Traits, _ position: Float) -> Float {
    weights.position * position + (first.contains(.leftEdge) ? weights.boundedness * 0.5 : 0)
  }

  /// No less than what length and last word add to a phrase that occurs once, besides the word's facts.
  struct BoundsOfSingles {
    /// By length, then by traits.
    fileprivate let values: UnsafeBufferPointer<Float>

    @inline(__always)
    subscript(length: Int, last: WordIndex.Traits) -> Float { values[length &<< 8 | Int(last.rawValue)] }
  }

  /// Calls `body` with the bounds, which are valid for the call.
  @inline(__always)
  func withBoundsOfSingles(_ body: (BoundsOfSingles) -> Void) {
    boundsOfSingles.withUnsafeBufferPointer { body(BoundsOfSingles(values: $0)) }
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
