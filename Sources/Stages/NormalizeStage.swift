import ArabicText
import Corpus
import Pipeline

/// `normalize`: repairs and unifies the text that readers see.
struct NormalizeStage: Stage {
  /// Options of the `normalize:` section.
  struct Options: ConfigSection {
    var text = NormalizationOptions()
    var mojibake = MojibakePolicy.keep

    static let summary = "Repairs and unifies the text that readers see; NFC always."
    static var options: [ConfigOption<Options>] {
      [
        .choice("mojibake", \.mojibake, "Text decoded with the wrong table (ÇáÃãÑ, ط§ظ„): repair or keep."),
        .choice("htmlEntities", \.text.htmlEntities, "HTML entities such as &quot; and &#1575;."),
        .choice(
          "presentationForms", \.text.presentationForms, "Arabic presentation forms (ﻻ, ﷲ) to letters."),
        .choice("tatweel", \.text.tatweel, "Tatweel (kashida), which only stretches a word."),
        .choice("diacritics", \.text.diacritics, "Vowel marks: keep, strip, or strip all but shadda."),
        .choice("quranicMarks", \.text.quranicMarks, "Pause and recitation marks of the Quran."),
        .choice(
          "invisibles", \.text.invisibles, "Zero-width and bidi controls: display keeps those that matter."),
        .choice(
          "lookalikes", \.text.lookalikes, "Persian and Urdu look-alike letters (ی ک ہ ۀ ە) to Arabic."),
        .choice("digits", \.text.digits, "Digits: keep, arabicIndic (٣) or ascii (3)."),
        .choice("punctuation", \.text.punctuation, "Latin comma, semicolon and question mark after Arabic."),
        .choice("quotes", \.text.quotes, "Quotation marks: keep, straight or guillemets («»)."),
        .choice(
          "whitespace", \.text.whitespace, "Blanks: collapse runs, trim lines, keep paragraphs; or keep."),
        .choice("elongation", \.text.elongation, "Letters repeated for effect (جمييييل): shorten or keep."),
        .choice("emails", \.text.emails, "E-mail addresses: keep or mask."),
        .choice("urls", \.text.urls, "Web addresses: keep or mask."),
        .choice("phones", \.text.phones, "Phone numbers: keep or mask."),
        .text("emailPlaceholder", \.text.emailPlaceholder, "What masks an e-mail address."),
        .text("urlPlaceholder", \.text.urlPlaceholder, "What masks a web address."),
        .text("phonePlaceholder", \.text.phonePlaceholder, "What masks a phone number."),
      ]
    }
  }

  /// What to do with text decoded by the wrong table.
  enum MojibakePolicy: String, Sendable, CaseIterable { case keep, repair }

  private var normalizer: Normalizer

  init(_ options: Options, markLimit: Int = 0) throws {
    var firstPass: Normalizer.Rewriting?
    if options.mojibake == .repair { firstPass = NormalizeStage.repairMojibake }
    normalizer = try Normalizer(options.text, firstPass: firstPass)
    normalizer.markLimit = markLimit
  }

  mutating func process(_ batch: Batch) throws -> StageResult {
    var texts: [[UInt16]] = []
    var titles: [[UInt16]] = []
    var maps: [EditMap] = []
    var effect = StageEffect()
    texts.reserveCapacity(batch.articles.count)
    titles.reserveCapacity(batch.articles.count)
    maps.reserveCapacity(batch.articles.count)
    var refused: [ArticleDrop] = []
    let limit = normalizer.markLimit
    func refuse(_ index: Int, _ count: Int?, _ part: String) {
      guard let count else { return }
      refused.append(
        ArticleDrop(
          index: index, reason: RejectReason.tooManyMarks.rawValue,
          detail: MarkRun.words(count, part, limit: limit), isRejected: true))
    }
    let bodies = batch[BodyText.self]
    let bodyEdits = batch[BodyEdits.self]
    for (index, article) in batch.articles.enumerated() {
      let (text, edits) = normalizer.normalize(bodies.isEmpty ? article.source : bodies[index])
      refuse(index, normalizer.excessMarks, "text, once repaired")
      effect.note(items: edits.layers.reduce(0) { $0 + $1.count })
      texts.append(text)
      maps.append(bodyEdits.isEmpty ? edits : bodyEdits[index].followed(by: edits))
      titles.append(article.title.isEmpty ? [] : normalizer.normalize(article.title).text)
      if !article.title.isEmpty { refuse(index, normalizer.excessMarks, "title, once repaired") }
    }
    var result = StageResult(effect: effect)
    result.refused = refused
    result.annotations[ArticleText.self] = texts
    result.annotations[ArticleEdits.self] = maps
    result.annotations[ArticleTitle.self] = titles
    return result
  }

  private static func repairMojibake(
    _ units: UnsafeBufferPointer<UInt16>, _ out: inout [UInt16], _ edits: inout [TextEdit]
  ) {
    guard let kind = Mojibake.detect(units) else {
      out.append(contentsOf: units)
      return
    }
    Mojibake.repair(units, kind, into: &out, edits: &edits)
  }
}

/// Makes `normalize` stages.
struct NormalizeFactory: StageFactory {
  static let name = "normalize"
  static let itemName = "edits"
  static let tuning =
    "options that are off cost nothing; see the list in plan"
  static func reads(_ options: NormalizeStage.Options) -> [String] { ["source"] }
  static func uses(_ options: NormalizeStage.Options) -> [String] { [BodyText.name, BodyEdits.name] }
  static let writes = [ArticleText.name, ArticleEdits.name, ArticleTitle.name]

  private let options: NormalizeStage.Options
  private let markLimit: Int

  init(_ options: NormalizeStage.Options, context: StageContext) {
    self.options = options
    markLimit = context.limits.combiningMarks
  }
  func makeStage() throws -> any Stage { try NormalizeStage(options, markLimit: markLimit) }
  /// The text in UTF-16, a second copy while passes run, and edits.
  var memoryFactor: Int { 8 }

  func describe(_ index: Int, of batch: Batch) -> [String] {
    let source = batch.articles[index].source
    let text = batch[ArticleText.self][index]
    let map = batch[ArticleEdits.self][index]
    guard !map.isIdentity else { return ["text unchanged"] }
    // Of several passes only the last one's spans lie in the output; the map leads back from there.
    let edits = map.layers.last ?? []
    let shown = edits.prefix(8).map { edit in
      let around = TextSpan(max(0, Int(edit.output.start) - 8), min(text.count, Int(edit.output.end) + 8))
      let before = String(decoding: source[map.source(of: around).range], as: UTF16.self)
      let after = String(decoding: text[around.range], as: UTF16.self)
      return "\u{2068}\(before)\u{2069}  becomes  \u{2068}\(after)\u{2069}"
    }
    return shown + (edits.count > shown.count ? ["and \(edits.count - shown.count) more"] : [])
  }
}
