import ArabicText
import Keywords
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
  /// How much room the batch before took.
  private var room = 0

  init(_ options: Options) throws {
    transliterator = try Transliterator(options.scheme, foreign: options.foreign)
    fields = options.fields
  }

  mutating func process(_ batch: Batch) throws -> StageResult {
    let titles = batch[ArticleTitle.self]
    let keywords = batch[ArticleKeywords.self]
    let texts = batch[ArticleText.self]
    let tokens = batch[Tokens.self]
    var latin = LatinTable()
    latin.articles.reserveCapacity(batch.articles.count)
    latin.units.reserveCapacity(room)
    var effect = StageEffect()
    for index in batch.articles.indices {
      let start = latin.units.count
      var article = LatinTable.Article()
      for field in fields {
        switch field {
        case .title:
          article.title = titles[index].withUnsafeBufferPointer { append($0, to: &latin.units) }
        case .keywords:
          if let keywords { article.keywords = append(keywords, index, to: &latin) }
        case .text: article.text = append(running: texts[index], tokens, index, to: &latin.units)
        }
      }
      effect.note(items: latin.units.count - start)
      latin.articles.append(article)
    }
    room = latin.units.count
    var result = StageResult(effect: effect)
    result.annotations[Latin.self] = latin
    return result
  }

  private mutating func append(
    _ text: UnsafeBufferPointer<UInt16>, to out: inout [UInt16]
  ) -> Range<Int> {
    let start = out.count
    transliterator.transliterate(text, into: &out)
    return start..<out.count
  }

  private mutating func append(
    _ keywords: KeywordTable, _ index: Int, to latin: inout LatinTable
  ) -> Range<Int> {
    let first = latin.keywords.count
    keywords.letters.withUnsafeBufferPointer { letters in
      for row in keywords.rows(of: index) {
        let phrase = UnsafeBufferPointer(rebasing: letters[keywords.rows[row].phrase])
        latin.keywords.append(append(phrase, to: &latin.units))
      }
    }
    return first..<latin.keywords.count
  }

  /// Running text word by word, through the cache; what lies between words goes through the scheme as it is.
  private mutating func append(
    running text: [UInt16], _ tokens: [[Token]], _ index: Int, to out: inout [UInt16]
  ) -> Range<Int> {
    // A slug is one string; its hyphens depend on what stands around a word.
    if transliterator.scheme == .slug {
      return text.withUnsafeBufferPointer { append($0, to: &out) }
    }
    let start = out.count
    text.withUnsafeBufferPointer { units in
      var at = 0
      for token in tokens[index] {
        let range = token.span.range
        if range.lowerBound > at {
          transliterator.transliterate(
            UnsafeBufferPointer(rebasing: units[at..<range.lowerBound]), into: &out)
        }
        words.append(UnsafeBufferPointer(rebasing: units[range]), to: &out) {
          transliterator.transliterate($0, into: &$1)
        }
        at = range.upperBound
      }
      if at < units.count {
        transliterator.transliterate(UnsafeBufferPointer(rebasing: units[at...]), into: &out)
      }
    }
    return start..<out.count
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
    guard let latin = batch[Latin.self] else { return [] }
    let article = latin.articles[index]
    let parts =
      [article.title, article.text.prefix(80)].filter { !$0.isEmpty } + latin.keywords[article.keywords]
    return parts.map(latin.string)
  }
}

/// `latin`: the scheme, and the Latin form of each field that was asked for.
private struct LatinField: RecordField {
  let name = "latin"
  let fields: [TransliterateStage.Field]
  let scheme: TransliterationScheme

  func writer(of batch: Batch) -> Writer {
    guard let latin = batch[Latin.self] else { return { _, record in record.json.null() } }
    return { index, record in
      record.json.beginObject()
      record.json.key("scheme")
      record.json.string(scheme.rawValue)
      latin.units.withUnsafeBufferPointer { write(latin.articles[index], latin.keywords, $0, to: &record) }
      record.json.endObject()
    }
  }

  private func write(
    _ article: LatinTable.Article, _ keywords: [Range<Int>], _ units: UnsafeBufferPointer<UInt16>,
    to record: inout RecordWriter
  ) {
    func write(_ range: Range<Int>) {
      record.json.string(utf16: UnsafeBufferPointer(rebasing: units[range]))
    }
    for field in fields {
      switch field {
      case .title:
        record.json.key("title")
        write(article.title)
      case .text:
        record.json.key("text")
        write(article.text)
      case .keywords:
        record.json.key("keywords")
        record.json.beginArray()
        for keyword in article.keywords { write(keywords[keyword]) }
        record.json.endArray()
      }
    }
  }
}
