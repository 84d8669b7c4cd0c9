import Pipeline

extension StageRegistry {
  /// Every stage this program has. A new stage is one file and one line here.
  public static let standard = StageRegistry([
    StageKind(StructureFactory.self),
    StageKind(NormalizeFactory.self),
    StageKind(LanguageFactory.self),
    StageKind(QualityFactory.self),
    StageKind(DeduplicateFactory.self),
    StageKind(SegmentFactory.self),
    StageKind(TransliterateFactory.self),
    StageKind(KeywordsFactory.self),
    StageKind(SummarizeFactory.self),
    StageKind(ExampleFactory.self),
  ])
}
