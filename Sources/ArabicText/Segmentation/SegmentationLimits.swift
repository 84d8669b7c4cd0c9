/// How much of a text the segmenter takes; 0 sets no bound.
public struct SegmentationLimits: Sendable, Equatable {
  /// Most words.
  public var words: Int
  /// Most sentences.
  public var sentences: Int

  /// Makes limits.
  public init(words: Int = 0, sentences: Int = 0) {
    self.words = words
    self.sentences = sentences
  }
}

/// What a text has too many of, and how many.
public enum SegmentationExcess: Sendable, Equatable {
  /// Words.
  case words(Int)
  /// Sentences.
  case sentences(Int)
}
