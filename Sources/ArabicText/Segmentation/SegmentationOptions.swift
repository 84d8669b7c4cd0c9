/// Whose boundaries sentences and words have.
public enum BoundaryRules: String, Sendable, CaseIterable {
  /// ICU's, corrected by what Arabic writing does differently.
  case arabic
  /// ICU's as they are (UAX #29, tailored by the locale): no abbreviations, headings, list lines or addresses.
  case unicode
}

/// What the segmenter may be told.
public struct SegmentationOptions: Sendable, Equatable {
  /// ICU locale of the word and sentence rules.
  public var locale: String
  /// Whether short lines without closing punctuation before running text get the role `heading`.
  public var headings: Bool
  /// Whether lines that start with a bullet or a counter get the role `listItem`.
  public var listLines: Bool
  /// Abbreviations besides the built-in ones, without their last full stop: a full stop after one of them
  /// never ends a sentence while a word follows in the same line.
  public var abbreviations: [String]
  /// Sentences of more words than this are cut at clause marks (؛ then ، then a و that opens a clause);
  /// 0, the default, never cuts.
  public var maxSentenceWords: Int
  /// Strings that stand for a masked address; each is one token of kind `url`.
  public var placeholders: [String]
  /// The most words a heading may have.
  public var maxHeadingWords: Int
  /// Whose boundaries sentences and words have.
  public var boundaries: BoundaryRules
  /// How ICU's rules are run; the boundaries are the same.
  public var breakEngine: BreakEngine

  /// Makes options; the defaults suit newspaper and encyclopedia articles.
  public init(
    locale: String = "ar", headings: Bool = true, listLines: Bool = true, abbreviations: [String] = [],
    maxSentenceWords: Int = 0, placeholders: [String] = ["[بريد]", "[رابط]", "[هاتف]"],
    maxHeadingWords: Int = 12, boundaries: BoundaryRules = .arabic, breakEngine: BreakEngine = .tables
  ) {
    self.locale = locale
    self.headings = headings
    self.listLines = listLines
    self.abbreviations = abbreviations
    self.maxSentenceWords = maxSentenceWords
    self.placeholders = placeholders
    self.maxHeadingWords = maxHeadingWords
    self.boundaries = boundaries
    self.breakEngine = breakEngine
  }
}
