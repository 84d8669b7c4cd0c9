import ArabicText
import Corpus
import Language
import Pipeline

/// The language of an article, and of its parts if the config asks for them.
struct ArticleLanguage: Sendable {
  /// A run of lines in one language.
  struct Block: Sendable {
    /// Where it stands in the source text.
    var source: TextSpan
    var code: LanguageCode
    var confidence: Double
  }

  var whole: IdentifiedLanguage
  var blocks: [Block] = []
}

/// What language each article is in.
enum Languages: Annotation {
  typealias Value = ArticleLanguage
  static let name = "language"
}

/// `language`: tells each article's language and drops those that are not wanted.
///
/// It looks at the text as it was read, before `normalize` maps Persian letters to Arabic ones and wherever it is listed,
/// but only at the article if a stage before it has found that in the page.
struct LanguageStage: Stage {
  /// Options of the `language:` section.
  struct Options: ConfigSection {
    var keep: [Name] = [.ar]
    var minConfidence = 0.0
    var dialects = Dialects.included
    var mixed = MixedPolicy.main
    var mixedShare = 0.3
    var blocks = false
    var sample = 16_384

    static let summary = "Tells each article's language; drops what is not kept, with the reason language."
    static var options: [ConfigOption<Options>] {
      [
        .choices(
          "keep", \.keep,
          "Languages, dialects (arz, apc, afb, ary) and arabizi to keep; an empty list keeps all."),
        .number(
          "minConfidence", \.minConfidence, in: 0...1,
          "Drop what is less sure; names and headings of three words are seldom above 0.6."),
        .choice(
          "dialects", \.dialects,
          "included: ar keeps dialects too. separate: ar is standard Arabic, a dialect is kept if it is listed."
        ),
        .choice(
          "mixed", \.mixed,
          "Text in two languages: keep, drop, or main, which asks whether its larger language is kept."),
        .number(
          "mixedShare", \.mixedShare, in: 0.05...0.5,
          "Share of letters from which a second language makes a text mixed."),
        .flag("blocks", \.blocks, "List the runs of lines of one language in the record; reads whole texts."),
        .integer(
          "sample", \.sample, in: 0...100_000_000,
          "UTF-16 units looked at in a longer text, in 16 pieces from beginning to end; 0 is all."),
      ]
    }
  }

  /// What `keep` may list.
  enum Name: String, Sendable, CaseIterable {
    case ar, arz, apc, afb, ary, arabizi, fa, ur, ps, ckb, arab, en, latn, zyyy, und
  }
  /// Whether a dialect is Arabic.
  enum Dialects: String, Sendable, CaseIterable { case included, separate }
  /// What becomes of mixed text.
  enum MixedPolicy: String, Sendable, CaseIterable { case keep, drop, main }

  private let options: Options
  private let kept: Set<String>
  private var identifier: LanguageIdentifier

  init(_ options: Options) {
    self.options = options
    kept = Set(options.keep.map(\.rawValue))
    var own = LanguageIdentifier.Options()
    own.sample = options.sample
    own.mixedShare = options.mixedShare
    identifier = LanguageIdentifier(own)
  }

  mutating func process(_ batch: Batch) throws -> StageResult {
    let bodies = batch[BodyText.self]
    let bodyEdits = batch[BodyEdits.self]
    var result = StageResult(Languages.self, of: batch, items: { _ in 1 }) { index in
      var edits = bodyEdits.isEmpty ? EditMap() : bodyEdits[index]
      let text = bodies.isEmpty ? batch.articles[index].source : bodies[index]
      guard let kind = text.withUnsafeBufferPointer({ Mojibake.detect($0) }) else {
        return identify(text, edits)
      }
      // Decoded by the wrong table, it is in its language all the same.
      var repaired: [UInt16] = []
      var layer: [TextEdit] = []
      text.withUnsafeBufferPointer { Mojibake.repair($0, kind, into: &repaired, edits: &layer) }
      edits.append(layer: layer)
      return identify(repaired, edits)
    }
    let drops = result.annotations[Languages.self].enumerated().compactMap { index, language in
      isKept(language.whole)
        ? nil : ArticleDrop(index: index, reason: "language", detail: detail(language.whole))
    }
    result.drop(drops, of: batch)
    return result
  }

  private mutating func identify(_ text: [UInt16], _ edits: EditMap) -> ArticleLanguage {
    text.withUnsafeBufferPointer { text in
      guard options.blocks else { return ArticleLanguage(whole: identifier.identify(text)) }
      let (whole, blocks) = identifier.identifyBlocks(text)
      return ArticleLanguage(
        whole: whole,
        blocks: blocks.map {
          ArticleLanguage.Block(source: edits.source(of: $0.span), code: $0.code, confidence: $0.confidence)
        })
    }
  }

  /// Whether the config wants a text of this language.
  func isKept(_ language: IdentifiedLanguage) -> Bool {
    if kept.isEmpty { return true }
    if language.code == .mixed {
      if options.mixed == .keep { return true }
      if options.mixed == .drop { return false }
    }
    guard language.confidence >= options.minConfidence else { return false }
    if language.isArabizi, kept.contains(Name.arabizi.rawValue) { return true }
    if let dialect = language.dialect {
      return kept.contains(dialect.rawValue)
        || options.dialects == .included && kept.contains(language.main.rawValue)
    }
    return kept.contains(language.main.rawValue)
  }

  /// `fa, confidence 0.98`
  private func detail(_ language: IdentifiedLanguage) -> String {
    var name = language.dialect?.rawValue ?? (language.isArabizi ? "arabizi" : language.main.rawValue)
    if language.code == .mixed { name = "mul (mostly \(name))" }
    let hundredths = Int((language.confidence * 100).rounded(.down))
    return "\(name), confidence \(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
  }
}

/// Makes `language` stages.
struct LanguageFactory: StageFactory {
  static let name = "language"
  static let itemName = "languages"
  static let tuning = "sample bounds what is read of a long text; blocks reads all of it"
  static func reads(_ options: LanguageStage.Options) -> [String] { ["source"] }
  static func uses(_ options: LanguageStage.Options) -> [String] { [BodyText.name, BodyEdits.name] }
  static let writes = [Languages.name]
  static let reshapes = true

  private let options: LanguageStage.Options

  init(_ options: LanguageStage.Options, context: StageContext) { self.options = options }
  func makeStage() throws -> any Stage { LanguageStage(options) }
  var fields: [any RecordField] { [LanguageField()] }
  /// Evidence for each line, of long texts only if all of them is read.
  var memoryFactor: Int { options.blocks || options.sample == 0 || options.sample > 1 << 20 ? 8 : 2 }

  func describe(_ index: Int, of batch: Batch) -> [String] {
    let language = batch[Languages.self][index]
    let whole = language.whole
    var line = "\(whole.code.rawValue), confidence \((whole.confidence * 100).rounded() / 100)"
    if let dialect = whole.dialect { line += ", dialect \(dialect.rawValue)" }
    if whole.isArabizi { line += ", arabizi" }
    return [line]
      + language.blocks.map { "source \($0.source.start)..<\($0.source.end): \($0.code.rawValue)" }
  }
}

/// `"language": {"code": "ar", "confidence": 0.999, "dialect": "arz"}`
private struct LanguageField: RecordField {
  let name = "language"

  func writer(of batch: Batch) -> Writer {
    let languages = batch[Languages.self]
    let texts = [batch[ArticleText.self], batch[BodyText.self]].first { !$0.isEmpty }
    let edits = [batch[ArticleEdits.self], batch[BodyEdits.self]].first { !$0.isEmpty }
    return { index, record in
      let language = languages[index]
      record.json.beginObject()
      record.json.key("code")
      record.json.string(language.whole.code.rawValue)
      record.json.key("confidence")
      record.json.fixed(language.whole.confidence, digits: 3)
      if language.whole.code == .mixed {
        record.json.key("main")
        record.json.string(language.whole.main.rawValue)
      }
      if let dialect = language.whole.dialect {
        record.json.key("dialect")
        record.json.string(dialect.rawValue)
      }
      if language.whole.isArabizi {
        record.json.key("arabizi")
        record.json.bool(true)
      }
      if !language.blocks.isEmpty {
        record.json.key("blocks")
        record.json.beginArray()
        for block in language.blocks {
          record.json.beginObject()
          record.json.key("code")
          record.json.string(block.code.rawValue)
          record.json.key("confidence")
          record.json.fixed(block.confidence, digits: 3)
          let map = edits?[index] ?? EditMap()
          let count = texts?[index].count ?? batch.articles[index].source.count
          record.span(
            TextSpan(
              map.output(of: Int(block.source.start), count: count),
              map.output(of: Int(block.source.end), count: count)))
          record.json.endObject()
        }
        record.json.endArray()
      }
      record.json.endObject()
    }
  }
}
