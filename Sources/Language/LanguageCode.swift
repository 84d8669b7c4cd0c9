/// A language, or group of languages, that a text can be told to be in.
///
/// Raw values are ISO 639 codes where there is one for what is meant: `latn`, `arab` and `zyyy` are the ISO 15924
/// codes of scripts, `mul` and `und` ISO 639-2's for several and for undetermined.
public enum LanguageCode: String, Sendable, CaseIterable {
  /// Arabic, standard or any dialect.
  case arabic = "ar"
  /// Persian, Dari among it.
  case persian = "fa"
  /// Urdu.
  case urdu = "ur"
  /// Pashto.
  case pashto = "ps"
  /// Central Kurdish (Sorani).
  case centralKurdish = "ckb"
  /// Another language in Arabic letters: Sindhi, Uyghur.
  case otherArabicScript = "arab"
  /// English.
  case english = "en"
  /// Another language in Latin letters, Arabizi among it.
  case otherLatinScript = "latn"
  /// A language in letters neither Arabic nor Latin.
  case otherScript = "zyyy"
  /// Two languages, of which neither is most of the text.
  case mixed = "mul"
  /// A text without letters.
  case undetermined = "und"
}

/// A group of Arabic dialects, by the ISO 639-3 code of its largest member.
public enum Dialect: String, Sendable, CaseIterable {
  /// Egypt.
  case egyptian = "arz"
  /// Syria, Lebanon, Jordan, Palestine.
  case levantine = "apc"
  /// The Gulf and Iraq.
  case gulf = "afb"
  /// Morocco, Algeria, Tunisia, Libya.
  case maghrebi = "ary"
}

/// What language a text, or a part of it, is in.
public struct IdentifiedLanguage: Sendable, Hashable {
  /// The language.
  public var code: LanguageCode
  /// How much of the text is in that language, each part weighted by how sure that is: 0...1. For `.mixed` it is that
  /// of the two largest languages together, for `.undetermined` it is 0.
  public var confidence: Double
  /// The largest single language; `code` itself unless that is `.mixed`.
  public var main: LanguageCode
  /// The dialect, where an Arabic text has marks of one; nil for standard Arabic and everything else.
  public var dialect: Dialect?
  /// Whether most of the Latin words are Arabic in Latin letters and digits (`7abibi`, `msh 3arfa`).
  public var isArabizi: Bool

  /// Makes a result.
  public init(
    code: LanguageCode, confidence: Double, main: LanguageCode? = nil, dialect: Dialect? = nil,
    isArabizi: Bool = false
  ) {
    self.code = code
    self.confidence = confidence
    self.main = main ?? code
    self.dialect = dialect
    self.isArabizi = isArabizi
  }
}
