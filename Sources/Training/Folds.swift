import Randomness
import Evaluation

/// A division of documents for cross-validation: each is in one fold, and is scored by what was learned from the
/// others (Stone 1974).
public struct Folds: Sendable {
  /// By fold: the documents in it, ascending. Sizes differ by at most one.
  public let documents: [[Int]]

  /// Deals documents out at random; as many folds as documents at most, and at least two.
  public init(_ count: Int, of documents: Int, seed: UInt64) {
    let folds = max(2, min(count, documents))
    var random = SplitMix64(seed: seed)
    let order = random.sample(documents, of: documents)
    self.documents = (0..<folds).map { fold in
      stride(from: fold, to: documents, by: folds).map { order[$0] }.sorted()
    }
  }
}
