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
  private var byStem: [Float] = []

  mutating func rank(_ vectors: SentenceVectors) {
    let count = vectors.starts.count - 1
    SentenceCentrality.fill(&degrees, count)
    SentenceCentrality.fill(&scores, count)
    gather(vectors) { _ in 1 }
    for i in 0..<count {
      // A row's similarity to itself is 1 and does not count.
      if !vectors.row(i).isEmpty { degrees[i] = max(0, dot(i, vectors) - 1) }
      scores[i] = vectors.row(i).isEmpty ? 0 : 1
    }
    for _ in 0..<SentenceCentrality.rounds {
      let before = scores
      let degrees = degrees
      gather(vectors) { degrees[$0] > 1e-6 ? before[$0] / degrees[$0] : 0 }
      var change: Float = 0
      for i in 0..<count where !vectors.row(i).isEmpty {
        var sum: Float = 0
        if degrees[i] > 1e-6 { sum = max(0, dot(i, vectors) - before[i] / degrees[i]) }
        scores[i] = (1 - SentenceCentrality.damping) + SentenceCentrality.damping * sum
        change = max(change, abs(scores[i] - before[i]))
      }
      if change < SentenceCentrality.tolerance { break }
    }
  }

  private static func fill(_ array: inout [Float], _ count: Int) {
    array.removeAll(keepingCapacity: true)
    array.append(contentsOf: repeatElement(0, count: count))
  }

  /// byStem = Σ weight(i) · row i.
  private mutating func gather(_ vectors: SentenceVectors, weight: (Int) -> Float) {
    SentenceCentrality.fill(&byStem, vectors.stemCount)
    for i in 0..<(vectors.starts.count - 1) {
      let factor = weight(i)
      for at in vectors.row(i) { byStem[Int(vectors.columns[at])] += factor * vectors.values[at] }
    }
  }

  private func dot(_ i: Int, _ vectors: SentenceVectors) -> Float {
    var sum: Float = 0
    for at in vectors.row(i) { sum += vectors.values[at] * byStem[Int(vectors.columns[at])] }
    return sum
  }
}
