import ArabicText
import Corpus
import Pipeline
import Quality

/// What was measured of each article's text.
enum TextQuality: Annotation {
  typealias Value = QualityMeasures
  static let name = "quality"
}

/// `quality`: measures each article and drops those beyond a threshold.
struct QualityStage: Stage {
  /// Options of the `quality:` section: a preset, and every limit of it anew if wanted.
  struct Options: ConfigSection {
    var preset = QualityPreset.news
    var measures = false
    /// What the config says itself, by option.
    fileprivate var own: [String: Double] = [:]

    static let summary =
      "Measures each article and drops what is no running text, with the reason quality.MEASURE."
    static var options: [ConfigOption<Options>] {
      [
        .choice(
          "preset", \.preset,
          "Thresholds to start from: news is ours, fineweb2-arabic and gopher are made for web pages, off has none."
        ),
        .flag("measures", \.measures, "Write all measures to the record."),
      ]
        + QualityLimit.all.map { limit in
          .numberOrNull(
            limit.name, in: limit.range, limit.summary + " 0 or null is no limit.",
            get: { $0.bound(limit) }, set: { $0.own[limit.name] = $1 })
        }
    }

    fileprivate func bound(_ limit: QualityLimit) -> Double {
      own[limit.name] ?? preset.thresholds.bound(limit.measure, isLeast: limit.isLeast)
    }

    /// What the preset and the config say together.
    var thresholds: QualityThresholds {
      QualityThresholds(
        QualityLimit.all.map { limit in
          limit.isLeast
            ? .init(limit.measure, least: bound(limit)) : .init(limit.measure, most: bound(limit))
        })
    }
  }

  private let thresholds: QualityThresholds
  private let skipsGrams: Bool
  private var meter = QualityMeter()

  init(_ options: Options) {
    thresholds = options.thresholds
    skipsGrams = !options.measures && thresholds.measures.isDisjoint(with: QualityMeasure.ofGrams)
  }

  mutating func process(_ batch: Batch) throws -> StageResult {
    let texts = batch[ArticleText.self]
    var result = StageResult(TextQuality.self, of: batch, items: { _ in 1 }) {
      meter.measure(texts[$0], skippingGrams: skipsGrams)
    }
    let drops = result.annotations[TextQuality.self].enumerated().compactMap { index, measures in
      thresholds.firstExceeded(by: measures).map { limit in
        ArticleDrop(
          index: index, reason: "quality.\(limit.measure.name)",
          detail: "\(QualityStage.text(measures[limit.measure])) with "
            + "\(QualityLimit.name(limit.measure, isLeast: limit.isLeast)) \(QualityStage.text(limit.bound))")
      }
    }
    result.drop(drops, of: batch)
    return result
  }

  /// Three places at most; a whole number without any.
  static func text(_ value: Double) -> String {
    let thousandths = (value * 1000).rounded() / 1000
    return thousandths == thousandths.rounded() ? "\(Int(thousandths))" : "\(thousandths)"
  }
}

/// One side of a measure as an option: `minWords`.
struct QualityLimit: Sendable {
  let measure: QualityMeasure
  let isLeast: Bool
  let summary: String

  var name: String { QualityLimit.name(measure, isLeast: isLeast) }
  var range: ClosedRange<Double> {
    switch measure {
    case .words, .stopWords: 0...1_000_000_000
    case .wordLength, .lineEndRatio, .hashRatio, .ellipsisRatio: 0...1000
    default: 0...1
    }
  }

  static func name(_ measure: QualityMeasure, isLeast: Bool) -> String {
    (isLeast ? "min" : "max") + measure.name.prefix(1).uppercased() + measure.name.dropFirst()
  }

  private init(_ measure: QualityMeasure, isLeast: Bool, _ summary: String) {
    self.measure = measure
    self.isLeast = isLeast
    self.summary = summary
  }

  private static func least(_ measure: QualityMeasure, _ summary: String) -> QualityLimit {
    QualityLimit(measure, isLeast: true, summary)
  }
  private static func most(_ measure: QualityMeasure, _ summary: String) -> QualityLimit {
    QualityLimit(measure, isLeast: false, summary)
  }

  static let all: [QualityLimit] =
    [
      least(.words, "Words at least."),
      most(.words, "Words at most."),
      least(.wordLength, "Letters of a word on average, vowel marks not counted, at least."),
      most(.wordLength, "Letters of a word on average at most."),
      most(.hashRatio, "# for each word at most."),
      most(.ellipsisRatio, "… or ... for each word at most."),
      most(.digitRatio, "Share of digits among what is not blank at most."),
      least(.alphabeticWords, "Share of words with letters among words and marks of punctuation at least."),
      least(.arabicLetters, "Share of Arabic letters among letters at least."),
      least(.stopWords, "Stop words at least."),
      least(.stopWordShare, "Share of stop words among words at least."),
      most(.bulletLines, "Share of lines that begin with a bullet or dash at most."),
      most(.ellipsisLines, "Share of lines that end in … or ... at most."),
      most(.shortLines, "Share of lines of 30 characters or less at most."),
      least(.linePunctuation, "Share of lines that end in punctuation (؟ ، ؛ » among it) at least."),
      most(.lineEndRatio, "Line ends for each word or mark of punctuation at most."),
      most(.duplicateLines, "Share of lines that stood above already at most."),
      most(.duplicateLineCharacters, "Share of the text in such lines at most."),
      most(.duplicateParagraphs, "Share of paragraphs that stood above already at most."),
      most(.duplicateParagraphCharacters, "Share of the text in such paragraphs at most."),
    ]
    + zip(2...4, [QualityMeasure.top2Grams, .top3Grams, .top4Grams]).map { n, measure in
      most(measure, "Share of the text in its most frequent run of \(n) words at most.")
    }
    + zip(
      5...10,
      [
        QualityMeasure.duplicate5Grams, .duplicate6Grams, .duplicate7Grams, .duplicate8Grams,
        .duplicate9Grams, .duplicate10Grams,
      ]
    ).map { n, measure in
      most(measure, "Share of the text in runs of \(n) words that stood above already at most.")
    } + [most(.repeatedCharacters, "Share of characters in runs of five or more of the same at most.")]
}

/// Makes `quality` stages.
struct QualityFactory: StageFactory {
  static let name = "quality"
  static let itemName = "texts measured"
  static let tuning = "without limits on n-grams (maxTop..., maxDuplicate5Grams...) it takes half the time"
  static func reads(_ options: QualityStage.Options) -> [String] { [ArticleText.name] }
  static let writes = [TextQuality.name]
  static let reshapes = true

  private let options: QualityStage.Options

  init(_ options: QualityStage.Options, context: StageContext) { self.options = options }
  func makeStage() throws -> any Stage { QualityStage(options) }
  var fields: [any RecordField] { options.measures ? [QualityField()] : [] }
  /// Hashes of tokens and runs of tokens, and the measures.
  var memoryFactor: Int { options.measures ? 20 : 10 }

  func describe(_ index: Int, of batch: Batch) -> [String] {
    let measures = batch[TextQuality.self][index]
    return [
      QualityMeasure.allCases.map { "\($0.name) \(QualityStage.text(measures[$0]))" }.joined(separator: ", ")
    ]
  }
}

/// `"quality": {"words": 210, "wordLength": 4.9, ...}`
private struct QualityField: RecordField {
  let name = "quality"

  func writer(of batch: Batch) -> Writer {
    let column = batch[TextQuality.self]
    return { index, record in
      let measures = column[index]
      record.json.beginObject()
      for measure in QualityMeasure.allCases {
        record.json.key(string: measure.name)
        if measure == .words || measure == .stopWords {
          record.json.int(Int(measures[measure]))
        } else {
          record.json.fixed(measures[measure], digits: 4)
        }
      }
      record.json.endObject()
    }
  }
}
