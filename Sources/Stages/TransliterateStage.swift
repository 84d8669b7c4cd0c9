import ArabicText
import Pipeline

/// `transliterate`: Latin forms of title, keywords or the whole text.
struct TransliterateStage: Stage {
  /// What can be transliterated.
  enum Field: String, Sendable, CaseIterable { case title, keywords, text }

  /// Options of the `transliterate:` section.
  struct Options: ConfigSection {
    var scheme = TransliterationScheme.alaLC
    var fields: [Field] = [.title, .keywords]
    var foreign = ForeignText.keep

    static let summary = "Writes title, keywords or the whole text in Latin letters."
    static var options: [ConfigOption<Options>] {
      [
        .choice(
          "scheme", \.scheme,
          "icu, bgn, buckwalter, safe-buckwalter, hsb (Habash-Soudi-Buckwalter), iso233-2, ala-lc or slug."),
        .choices("fields", \.fields, "What to transliterate."),
        .choice(
          "foreign", \.foreign,
          "Text the reversible schemes have no letters for: keep, or quote it so that every text comes back."),
      ]
    }
  }

  private var transliterator: Transliterator
  private let fields: [Field]
  private var words = LatinForms()
  private var scratch: [UInt16] = []

  init(_ options: Options) throws {
    transliterator = try Transliterator(options.scheme, foreign: options.foreign)
    fields = options.fields
  }

  mutating func process(_ batch: Batch) throws -> StageResult {
    let titles = batch[ArticleTitle.self]
    let keywords = batch[ArticleKeywords.self]
    return StageResult(Latin.self, of: batch, items: \.letterCount) { index in
      var value = Latin.Value()
      if fields.contains(.title) { value.title = whole(titles[index]) }
      if fields.contains(.keywords) { value.keywords = keywords[index].map { whole(Array($0.phrase)) } }
      if fields.contains(.text) { value.text = running(batch[ArticleText.self][index], batch, index) }
      return value
    }
  }

  private mutating func whole(_ text: [UInt16]) -> [UInt16] {
    // Written to room that is used again, so that the result has its own size and is allocated once.
    scratch.removeAll(keepingCapacity: true)
    text.withUnsafeBufferPointer { transliterator.transliterate($0, into: &scratch) }
    return scratch.withUnsafeBufferPointer { Array($0) }
  }

  /// Running text word by word, through the cache; what lies between words goes through the scheme as it is.
  private mutating func running(_ text: [UInt16], _ batch: Batch, _ index: Int) -> [UInt16] {
    // A slug is one string; its hyphens depend on what stands around a word.
    if transliterator.scheme == .slug { return whole(text) }
    var out: [UInt16] = []
    out.reserveCapacity(text.count * 5 / 4)
    text.withUnsafeBufferPointer { units in
      var at = 0
      for token in batch[Tokens.self][index] {
        let range = token.span.range
        if range.lowerBound > at {
          transliterator.transliterate(
            UnsafeBufferPointer(rebasing: units[at..<range.lowerBound]), into: &out)
        }
        append(UnsafeBufferPointer(rebasing: units[range]), to: &out)
        at = range.upperBound
      }
      if at < units.count {
        transliterator.transliterate(UnsafeBufferPointer(rebasing: units[at...]), into: &out)
      }
    }
    return out
  }

  private mutating func append(_ word: UnsafeBufferPointer<UInt16>, to out: inout [UInt16]) {
    words.append(word, to: &out) { transliterator.transliterate($0, into: &$1) }
  }
}

/// Makes `transliterate` stages.
struct TransliterateFactory: StageFactory {
  static let name = "transliterate"
  static let itemName = "letters"
  static let tuning =
    "fewer fields; the schemes with tables (ala-lc, buckwalter, hsb) beat icu and bgn by far"
  static func reads(_ options: TransliterateStage.Options) -> [String] {
    var names = [ArticleText.name, ArticleTitle.name]
    if options.fields.contains(.text) { names.append(Tokens.name) }
    if options.fields.contains(.keywords) { names.append(ArticleKeywords.name) }
    return names
  }
  static let writes = [Latin.name]

  private let options: TransliterateStage.Options

  init(_ options: TransliterateStage.Options, context: StageContext) throws {
    guard !options.fields.isEmpty else {
      throw context.issue(
        "fields", "is empty", suggestion: "name title, keywords or text, or leave the stage out")
    }
    self.options = options
  }

  func makeStage() throws -> any Stage { try TransliterateStage(options) }
  var memoryFactor: Int { options.fields.contains(.text) ? 6 : 1 }
  var fields: [any RecordField] { [LatinField(fields: options.fields, scheme: options.scheme)] }

  func describe(_ index: Int, of batch: Batch) -> [String] {
    let value = batch[Latin.self][index]
    let parts = [value.title, Array(value.text.prefix(80))].filter { !$0.isEmpty } + value.keywords
    return parts.map { String(decoding: $0, as: UTF16.self) }
  }
}

/// `latin`: the scheme, and the Latin form of each field that was asked for.
private struct LatinField: RecordField {
  let name = "latin"
  let fields: [TransliterateStage.Field]
  let scheme: TransliterationScheme

  func write(_ index: Int, of batch: Batch, to record: inout RecordWriter) {
    let value = batch[Latin.self][index]
    record.json.beginObject()
    record.json.key("scheme")
    record.json.string(scheme.rawValue)
    for field in fields {
      switch field {
      case .title:
        record.json.key("title")
        value.title.withUnsafeBufferPointer { record.json.string(utf16: $0) }
      case .text:
        record.json.key("text")
        value.text.withUnsafeBufferPointer { record.json.string(utf16: $0) }
      case .keywords:
        record.json.key("keywords")
        record.json.beginArray()
        for keyword in value.keywords {
          keyword.withUnsafeBufferPointer { record.json.string(utf16: $0) }
        }
        record.json.endArray()
      }
    }
    record.json.endObject()
  }
}
