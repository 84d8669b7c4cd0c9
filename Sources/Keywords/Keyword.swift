import ArabicText

/// One phrase that says what an article is about.
///
/// The keywords of an article are slices of one array each: nothing is allocated for a single one.
public struct Keyword: Sendable, Hashable {
  /// The best display form in UTF-16 units: the form most often met in the article, without a conjunction or
  /// preposition written onto its first word.
  public var phrase: ArraySlice<UInt16>
  /// How good the phrase is; comparable within one article, higher is better, never negative.
  public var score: Float
  /// How often the phrase occurs, all variants together.
  public var count: Int
  /// Where it occurs, in UTF-16 units of the article's text, sorted; the first is where it is met first. Every
  /// span slices back to a variant of the phrase (with or without article or marks).
  public var occurrences: ArraySlice<TextSpan>

  /// Makes a keyword.
  public init(phrase: ArraySlice<UInt16>, score: Float, count: Int, occurrences: ArraySlice<TextSpan>) {
    self.phrase = phrase
    self.score = score
    self.count = count
    self.occurrences = occurrences
  }

  /// The phrase as a Swift string.
  public var string: String { String(decoding: phrase, as: UTF16.self) }
}

/// The user's own phrases, as folded keys: the words of a phrase are separated by one space (U+0020).
///
/// A word of a phrase matches a word of the article when it equals its folded key or its base; an article ال on
/// the phrase's word is optional. The two lists say nothing of stop words, which are the term analyzer's.
public struct KeywordLists: Sendable, Equatable {
  /// Phrases never to return. Longer phrases that hold one stay possible.
  public var never: [[UInt16]]
  /// Phrases to prefer: where one occurs in the article, it goes before all phrases that are not preferred.
  public var prefer: [[UInt16]]

  /// Makes lists; empty ones by default.
  public init(never: [[UInt16]] = [], prefer: [[UInt16]] = []) {
    self.never = never
    self.prefer = prefer
  }
}
