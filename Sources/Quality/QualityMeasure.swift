/// What is measured of a text to tell articles from lists, menus, spam and boilerplate.
///
/// The measures are those of Gopher (Rae and others 2021, "Scaling Language Models", table A1 and appendix A.1) and of
/// FineWeb (Penedo and others 2024) as `datatrove` computes them, with Arabic marks of punctuation and Arabic stop
/// words, and some of our own. Lengths are UTF-16 units.
///
/// A *token* is a word (letters, digits and what rides on them; a number with its separators) or a mark of punctuation
/// or symbol, a run of the same mark being one. A *line* ends at a line end and is not blank; a *paragraph* ends at a
/// blank line. Tokens, lines and paragraphs are compared folded, as search does: without vowel marks, hamza on its alef.
public enum QualityMeasure: Int, Sendable, CaseIterable {
  /// Words; punctuation is none.
  case words
  /// Letters and digits of a word on average; vowel marks and tatweel are not counted, as they would make vocalized
  /// text look like garbage.
  case wordLength
  /// `#` for each word.
  case hashRatio
  /// `…` or three dots and more, for each word.
  case ellipsisRatio
  /// Share of digits among all that is not blank.
  case digitRatio
  /// Share of tokens that are words with a letter in them.
  case alphabeticWords
  /// Share of Arabic letters among letters.
  case arabicLetters
  /// Words that are stop words, also behind و or ف.
  case stopWords
  /// The same as a share of the words.
  case stopWordShare
  /// Share of lines that begin with a bullet or dash.
  case bulletLines
  /// Share of lines that end in `…` or three dots.
  case ellipsisLines
  /// Share of lines of at most 30 units.
  case shortLines
  /// Share of lines that end in punctuation (. ! ? ؟ ، ؛ ۔ … : among it) or a closing quote or bracket.
  case linePunctuation
  /// Line ends for each token.
  case lineEndRatio
  /// Share of lines that stood above already.
  case duplicateLines
  /// Share of the text in such lines.
  case duplicateLineCharacters
  /// Share of paragraphs that stood above already.
  case duplicateParagraphs
  /// Share of the text in such paragraphs.
  case duplicateParagraphCharacters
  /// Share of the text in the most frequent pair of tokens, if there is one that occurs twice; above 1 where a word
  /// stands many times in a row, as its pairs overlap.
  case top2Grams
  /// The same with three tokens.
  case top3Grams
  /// The same with four tokens.
  case top4Grams
  /// Share of the text in runs of five tokens that stood above already, each token counted once.
  case duplicate5Grams
  /// The same with six tokens.
  case duplicate6Grams
  /// The same with seven tokens.
  case duplicate7Grams
  /// The same with eight tokens.
  case duplicate8Grams
  /// The same with nine tokens.
  case duplicate9Grams
  /// The same with ten tokens.
  case duplicate10Grams
  /// Share of what is not blank that stands in runs of five or more of the same character: هههههه, =====.
  case repeatedCharacters

  /// The measures that look at runs of tokens; they take half of the time.
  public static let ofGrams: Set<QualityMeasure> = [
    .top2Grams, .top3Grams, .top4Grams, .duplicate5Grams, .duplicate6Grams, .duplicate7Grams,
    .duplicate8Grams,
    .duplicate9Grams, .duplicate10Grams,
  ]

  /// The name in configs, records and reasons: `digitRatio`.
  public var name: String { String(describing: self) }
}

/// The value of every measure for one text.
public struct QualityMeasures: Sendable, Hashable {
  private var values = SIMD32<Double>()

  /// All 0.
  public init() {}

  /// The value of a measure: a count, a mean length, a ratio, or a share.
  public subscript(measure: QualityMeasure) -> Double {
    get { values[measure.rawValue] }
    set { values[measure.rawValue] = newValue }
  }
}
