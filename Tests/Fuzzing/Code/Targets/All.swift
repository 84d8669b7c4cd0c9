extension FuzzTarget {
  /// All of them; a new one is added in its file's list.
  public static let all: [FuzzTarget] =
    ReaderTargets.all + CompressionTargets.all + MarkupTargets.all + EncodingTargets.all
    + NormalizationTargets.all
    + SegmentationTargets.all + PageTargets.all + JudgingTargets.all + ChoosingTargets.all
    + TransliterationTargets.all + ConfigTargets.all + ShardTargets.all + ModelTargets.all
}
