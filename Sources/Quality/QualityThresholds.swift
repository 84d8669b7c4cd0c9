/// The least and the most a measure may be.
public struct QualityThresholds: Sendable, Hashable {
  /// One measure with its limit.
  public struct Limit: Sendable, Hashable {
    /// The measure.
    public var measure: QualityMeasure
    /// Whether the bound is the least value that passes; otherwise it is the most.
    public var isLeast: Bool
    /// The bound; a value equal to it passes. 0 is no limit.
    public var bound: Double

    /// Makes a limit.
    public init(_ measure: QualityMeasure, least bound: Double) {
      self.measure = measure
      isLeast = true
      self.bound = bound
    }

    /// Makes a limit.
    public init(_ measure: QualityMeasure, most bound: Double) {
      self.measure = measure
      isLeast = false
      self.bound = bound
    }

    /// Whether a value is out of bounds.
    @inline(__always)
    func isExceeded(by value: Double) -> Bool { bound > 0 && (isLeast ? value < bound : value > bound) }
  }

  /// In the order of `QualityMeasure`, which is the order they are tried in.
  public private(set) var limits: [Limit]

  /// Makes thresholds; limits of 0 are left out.
  public init(_ limits: [Limit]) {
    self.limits = limits.filter { $0.bound > 0 }.sorted {
      ($0.measure.rawValue, $0.isLeast ? 0 : 1) < ($1.measure.rawValue, $1.isLeast ? 0 : 1)
    }
  }

  /// The bound on one side of a measure; 0 if there is none.
  public func bound(_ measure: QualityMeasure, isLeast: Bool) -> Double {
    limits.first { $0.measure == measure && $0.isLeast == isLeast }?.bound ?? 0
  }

  /// The first limit that a text does not keep; nil if it keeps all.
  public func firstExceeded(by measures: QualityMeasures) -> Limit? {
    limits.first { $0.isExceeded(by: measures[$0.measure]) }
  }

  /// What has to be measured.
  public var measures: Set<QualityMeasure> { Set(limits.map(\.measure)) }
}

/// Thresholds under a name.
public enum QualityPreset: String, Sendable, CaseIterable {
  /// Our own, for dumps of news. Chosen on 16,140 articles of Saudi newspapers so that what is dropped are captions,
  /// names, addresses and lists: a report of two sentences passes, and so do telegrams of congratulation and obituaries,
  /// whose formulas repeat, poems, columns set in bullets, and tables of opinion polls.
  case news
  /// FineWeb-2's for Standard Arabic: `configs/arb_Arab.yml` of github huggingface/fineweb-2 with what its
  /// `fineweb-2-pipeline.py` sets for all languages. Its paragraph and short-line measures are off, as there. Made for web
  /// pages: it drops texts under 50 words.
  case fineweb2Arabic = "fineweb2-arabic"
  /// Gopher's, table A1 and appendix A.1 of the paper; made for English web pages.
  case gopher
  /// No limits.
  case off

  /// The limits.
  public var thresholds: QualityThresholds {
    switch self {
    case .off: QualityThresholds([])
    case .news: QualityThresholds(QualityPreset.newsLimits)
    case .fineweb2Arabic: QualityThresholds(QualityPreset.fineweb2Limits)
    case .gopher: QualityThresholds(QualityPreset.gopherLimits)
    }
  }

  private static let newsLimits: [QualityThresholds.Limit] = [
    .init(.words, least: 8),
    .init(.wordLength, least: 2.5), .init(.wordLength, most: 9),
    .init(.hashRatio, most: 0.1), .init(.ellipsisRatio, most: 0.1),
    .init(.digitRatio, most: 0.3),
    .init(.alphabeticWords, least: 0.4),
    .init(.arabicLetters, least: 0.5),
    .init(.stopWords, least: 1),
    .init(.duplicateLines, most: 0.5), .init(.duplicateLineCharacters, most: 0.3),
    .init(.duplicateParagraphs, most: 0.5), .init(.duplicateParagraphCharacters, most: 0.3),
    .init(.top2Grams, most: 0.4), .init(.top3Grams, most: 0.4), .init(.top4Grams, most: 0.45),
    .init(.duplicate5Grams, most: 0.5), .init(.duplicate10Grams, most: 0.45),
    .init(.repeatedCharacters, most: 0.15),
  ]

  private static let fineweb2Limits: [QualityThresholds.Limit] = [
    .init(.duplicateLines, most: 0.304),
    .init(.top2Grams, most: 0.197), .init(.top3Grams, most: 0.172), .init(.top4Grams, most: 0.146),
    .init(.duplicate5Grams, most: 0.165), .init(.duplicate6Grams, most: 0.153),
    .init(.duplicate7Grams, most: 0.142), .init(.duplicate8Grams, most: 0.131),
    .init(.duplicate9Grams, most: 0.12), .init(.duplicate10Grams, most: 0.109),
    .init(.linePunctuation, least: 0.143),
    .init(.duplicateLineCharacters, most: 0.1),
    .init(.lineEndRatio, most: 0.189),
    .init(.words, least: 50), .init(.words, most: 100_000),
    .init(.wordLength, least: 2), .init(.wordLength, most: 9),
    .init(.hashRatio, most: 0.1), .init(.ellipsisRatio, most: 0.1),
    .init(.bulletLines, most: 0.9), .init(.ellipsisLines, most: 0.3),
    .init(.alphabeticWords, least: 0.787),
    .init(.stopWords, least: 2),
  ]

  private static let gopherLimits: [QualityThresholds.Limit] = [
    .init(.words, least: 50), .init(.words, most: 100_000),
    .init(.wordLength, least: 3), .init(.wordLength, most: 10),
    .init(.hashRatio, most: 0.1), .init(.ellipsisRatio, most: 0.1),
    .init(.bulletLines, most: 0.9), .init(.ellipsisLines, most: 0.3),
    .init(.alphabeticWords, least: 0.8),
    .init(.stopWords, least: 2),
    .init(.duplicateLines, most: 0.3), .init(.duplicateLineCharacters, most: 0.2),
    .init(.duplicateParagraphs, most: 0.3), .init(.duplicateParagraphCharacters, most: 0.2),
    .init(.top2Grams, most: 0.2), .init(.top3Grams, most: 0.18), .init(.top4Grams, most: 0.16),
    .init(.duplicate5Grams, most: 0.15), .init(.duplicate6Grams, most: 0.14),
    .init(.duplicate7Grams, most: 0.13), .init(.duplicate8Grams, most: 0.12),
    .init(.duplicate9Grams, most: 0.11), .init(.duplicate10Grams, most: 0.1),
  ]
}
