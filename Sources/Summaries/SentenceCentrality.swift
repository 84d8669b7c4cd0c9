/// Continuous LexRank (Erkan and Radev 2004) over cosine similarities, in linear time.
///
/// With unit rows V the similarity matrix is V Vᵀ, so a step of the power iteration is two passes over the words
/// (gather by stem, then spread) and no pair of sentences is ever looked at: an article of ten thousand sentences
/// costs as much a word as one of ten.
struct SentenceCentrality {
  /// By sentence, and maybe more elements behind; 1 on average, 0 for sentences without content words.
  private(set) var scores: [Float] = []

  static let damping: Float = 0.85
  static let rounds = 30
  static let tolerance: Float = 1e-4

  private var degrees: [Float] = []
  /// Σ share(i) · row i, where a sentence's share is its score over its degree: what it gives to the ones like it.
  private var given: [Float] = []
  /// The same of the next round, while this one is read.
  private var next: [Float] = []

  mutating func rank(_ vectors: SentenceVectors) {
    let count = vectors.count
    degrees.refill(first: count, 0)
    scores.refill(first: count, 0)
    given.refill(first: vectors.stemCount, 0)
    next.grow(to: vectors.stemCount, 0)
    let tolerance = SentenceCentrality.tolerance
    scores.withUnsafeMutableBufferPointer { scores in
      degrees.withUnsafeMutableBufferPointer { degrees in
        given.withUnsafeMutableBufferPointer { given in
          next.withUnsafeMutableBufferPointer { next in
            vectors.withUnsafeRows { rows in
              var walk = Walk(
                rows: rows, scores: UnsafeMutableBufferPointer(rebasing: scores[..<count]), degrees: degrees,
                given: UnsafeMutableBufferPointer(rebasing: given[..<vectors.stemCount]),
                next: UnsafeMutableBufferPointer(rebasing: next[..<vectors.stemCount]))
              guard walk.begin() else { return walk.settleWithoutLinks() }
              var rounds = 1
              while walk.round() >= tolerance, rounds < SentenceCentrality.rounds { rounds += 1 }
            }
          }
        }
      }
    }
  }

  /// The rounds, over plain memory: each reads and writes every word once.
  private struct Walk {
    let rows: SentenceVectors.Rows
    let scores: UnsafeMutableBufferPointer<Float>
    let degrees: UnsafeMutableBufferPointer<Float>
    var given: UnsafeMutableBufferPointer<Float>
    var next: UnsafeMutableBufferPointer<Float>

    /// Degrees, and what the first round is given; returns whether any sentence has something in common with
    /// another one.
    mutating func begin() -> Bool {
      var hasLinks = false
      for i in scores.indices { give(i, 1, to: given) }
      for i in scores.indices where !rows[i].isEmpty {
        // A row's similarity to itself is 1 and does not count.
        degrees[i] = max(0, dot(i) - 1)
        scores[i] = 1
        hasLinks = hasLinks || isLinked(i)
      }
      guard hasLinks else { return false }
      given.update(repeating: 0)
      for i in scores.indices { give(i, share(i), to: given) }
      return true
    }

    /// What the first round would find and the second confirm.
    func settleWithoutLinks() {
      for i in scores.indices where !rows[i].isEmpty { scores[i] = 1 - SentenceCentrality.damping }
    }

    /// Sets every score to what the sentences like it give; returns the largest change.
    mutating func round() -> Float {
      var change: Float = 0
      next.update(repeating: 0)
      for i in scores.indices where !rows[i].isEmpty {
        var sum: Float = 0
        if isLinked(i) { sum = max(0, dot(i) - scores[i] / degrees[i]) }
        let score = (1 - SentenceCentrality.damping) + SentenceCentrality.damping * sum
        change = max(change, abs(score - scores[i]))
        scores[i] = score
        give(i, share(i), to: next)
      }
      swap(&given, &next)
      return change
    }

    @inline(__always)
    private func isLinked(_ i: Int) -> Bool { degrees[i] > 1e-6 }

    @inline(__always)
    private func share(_ i: Int) -> Float { isLinked(i) ? scores[i] / degrees[i] : 0 }

    @inline(__always)
    private func give(_ i: Int, _ share: Float, to sums: UnsafeMutableBufferPointer<Float>) {
      for at in rows[i] { sums[Int(rows.columns[at])] += share * rows.values[at] }
    }

    @inline(__always)
    private func dot(_ i: Int) -> Float {
      var sum: Float = 0
      for at in rows[i] { sum += rows.values[at] * given[Int(rows.columns[at])] }
      return sum
    }
  }
}
