/// Precision, recall and F1 of one document, or their means over documents; each 0 to 1.
public struct MatchScore: Sendable, Hashable {
  /// Share of the predicted phrases that are right.
  public var precision: Double
  /// Share of the gold phrases that were found.
  public var recall: Double
  /// Harmonic mean of precision and recall of one document; over documents the mean of theirs (macro F1).
  public var f1: Double

  /// The score of one document.
  public init(precision: Double, recall: Double) {
    self.precision = precision
    self.recall = recall
    f1 = precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0
  }

  /// Means over documents; NaN of none.
  public init(meanOf scores: [MatchScore]) {
    precision = mean(scores.map(\.precision))
    recall = mean(scores.map(\.recall))
    f1 = mean(scores.map(\.f1))
  }
}

/// How well the keywords of one document match its gold, or means over documents.
public struct KeywordScore: Sendable, Hashable {
  /// A predicted phrase counts when it equals a gold phrase.
  public var exact: MatchScore
  /// A phrase counts by its best overlap with a phrase of the other side (`FoldedPhrase.overlap`).
  public var partial: MatchScore

  /// Makes a score.
  public init(exact: MatchScore, partial: MatchScore) {
    self.exact = exact
    self.partial = partial
  }

  /// Means over documents (macro average); NaN of none.
  public init(meanOf scores: [KeywordScore]) {
    exact = MatchScore(meanOf: scores.map(\.exact))
    partial = MatchScore(meanOf: scores.map(\.partial))
  }
}

/// Scores keywords against gold phrases: precision, recall and F1 at k, exact and partial.
///
/// Gold is folded once, when the scorer is made; documents go by their position, so that a trainer can score any
/// part of them. Predictions longer than k after folding are cut there, fewer are divided by their own number.
public struct KeywordScorer: Sendable {
  /// By document: the gold phrases that count.
  public let gold: [[FoldedPhrase]]

  /// - Parameters:
  ///   - gold: by document, phrases in the order of their worth, most often chosen first.
  ///   - size: how many of them count, after folding and without duplicates; at least 1.
  public init(gold: [[String]], size: Int = 10) {
    self.gold = gold.map { Array(FoldedPhrase.unique($0).prefix(max(1, size))) }
  }

  /// The score of every document, in their order.
  ///
  /// - Parameters:
  ///   - predictions: by document, best first, surface forms; as many documents as gold.
  ///   - k: how many predicted phrases count, after folding and without duplicates.
  public func score(predictions: [[String]], at k: Int) -> [KeywordScore] {
    zip(gold.indices, predictions).map { score(FoldedPhrase.unique($1), of: $0, at: k) }
  }

  /// The scores at several cutoffs, folding predictions once: by cutoff, then by document.
  public func score(predictions: [[String]], at cutoffs: [Int]) -> [[KeywordScore]] {
    let folded = predictions.map(FoldedPhrase.unique)
    return cutoffs.map { k in zip(gold.indices, folded).map { score($1, of: $0, at: k) } }
  }

  /// The score of one document.
  ///
  /// - Parameters:
  ///   - phrases: predicted phrases without duplicates, best first (`FoldedPhrase.unique`).
  ///   - document: its position in the gold.
  ///   - k: how many of the phrases count.
  public func score(_ phrases: [FoldedPhrase], of document: Int, at k: Int) -> KeywordScore {
    let wanted = gold[document]
    let found = phrases.prefix(max(0, k))
    var hits = 0
    var precise = 0.0
    var recalled = [Double](repeating: 0, count: wanted.count)
    for phrase in found {
      var best = 0.0
      for (i, other) in wanted.enumerated() {
        let overlap = phrase.overlap(with: other)
        best = max(best, overlap)
        recalled[i] = max(recalled[i], overlap)
      }
      precise += best
      if best == 1, wanted.contains(phrase) { hits += 1 }
    }
    func match(_ precise: Double, _ recalled: Double) -> MatchScore {
      MatchScore(
        precision: found.isEmpty ? 0 : precise / Double(found.count),
        recall: wanted.isEmpty ? 0 : recalled / Double(wanted.count))
    }
    return KeywordScore(
      exact: match(Double(hits), Double(hits)), partial: match(precise, recalled.reduce(0, +)))
  }
}

/// The arithmetic mean; NaN of nothing.
func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
