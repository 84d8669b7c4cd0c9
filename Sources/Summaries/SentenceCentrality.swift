/// Continuous LexRank (Erkan and Radev 2004) over cosine similarities, in linear time.
///
/// With unit rows V the similarity matrix is V Vᵀ, so a step of the power iteration is two passes over the words
/// (gather by stem, then spread) and no pair of sentences is ever looked at: an article of ten thousand sentences
/// costs as much a word as one of ten.
struct SentenceCentrality {
  /// By sentence; 1 on average, 0 for sentences without content words.
  private(set) var scores: [Float] = []

  static let damping: Float = 0.85
  static let rounds = 30
  static let tolerance: Float = 1e-4

  private var degrees: [Float] = []
  /// What each sentence gives to the ones like it: its score over its degree.
  private var shares: [Float] = []
  private var byStem: [Float] = []

  mutating func rank(_ vectors: SentenceVectors) {
    let count = vectors.starts.count - 1
    SentenceCentrality.fill(&degrees, count, 0)
    SentenceCentrality.fill(&scores, count, 0)
    SentenceCentrality.fill(&shares, count, 1)
    gather(vectors)
    for i in 0..<count where !vectors.row(i).isEmpty {
      // A row's similarity to itself is 1 and does not count.
      degrees[i] = max(0, SentenceCentrality.dot(i, vectors, byStem) - 1)
      scores[i] = 1
    }
    for _ in 0..<SentenceCentrality.rounds {
      for i in 0..<count { shares[i] = degrees[i] > 1e-6 ? scores[i] / degrees[i] : 0 }
      gather(vectors)
      if spread(vectors) < SentenceCentrality.tolerance { break }
    }
  }

  /// Sets every score to what the sentences like it give; returns the largest change.
  private mutating func spread(_ vectors: SentenceVectors) -> Float {
    var change: Float = 0
    for i in scores.indices where !vectors.row(i).isEmpty {
      var sum: Float = 0
      if degrees[i] > 1e-6 { sum = max(0, SentenceCentrality.dot(i, vectors, byStem) - shares[i]) }
      let score = (1 - SentenceCentrality.damping) + SentenceCentrality.damping * sum
      change = max(change, abs(score - scores[i]))
      scores[i] = score
    }
    return change
  }

  private static func fill(_ array: inout [Float], _ count: Int, _ value: Float) {
    array.removeAll(keepingCapacity: true)
    array.append(contentsOf: repeatElement(value, count: count))
  }

  /// byStem = Σ share(i) · row i.
  private mutating func gather(_ vectors: SentenceVectors) {
    SentenceCentrality.fill(&byStem, vectors.stemCount, 0)
    let shares = shares
    byStem.withUnsafeMutableBufferPointer { sums in
      vectors.columns.withUnsafeBufferPointer { columns in
        vectors.values.withUnsafeBufferPointer { values in
          for i in shares.indices {
            let share = shares[i]
            for at in vectors.row(i) { sums[Int(columns[at])] += share * values[at] }
          }
        }
      }
    }
  }

  private static func dot(_ i: Int, _ vectors: SentenceVectors, _ byStem: [Float]) -> Float {
    vectors.columns.withUnsafeBufferPointer { columns in
      vectors.values.withUnsafeBufferPointer { values in
        byStem.withUnsafeBufferPointer { sums in
          var sum: Float = 0
          for at in vectors.row(i) { sum += values[at] * sums[Int(columns[at])] }
          return sum
        }
      }
    }
  }
}
