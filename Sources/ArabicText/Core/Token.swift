/// What kind of word a token is, by its letters.
public enum TokenKind: UInt8, Sendable, CaseIterable {
  /// Arabic-script letters (with their marks) only.
  case arabic
  /// Latin letters only.
  case latin
  /// Digits of any script, with their decimal and thousands separators.
  case number
  /// Letters and digits together, or letters of two scripts.
  case mixed
  /// A web address, e-mail address, or the placeholder one was masked by.
  case url
  /// A word of another script, or an emoji.
  case other

  /// The name used in records.
  public var name: String {
    switch self {
    case .arabic: "arabic"
    case .latin: "latin"
    case .number: "number"
    case .mixed: "mixed"
    case .url: "url"
    case .other: "other"
    }
  }
}

/// One word of an article: where it stands and which term it is.
///
/// Punctuation and blanks are not tokens; `gap` says what stood between this token and the one before.
public struct Token: Sendable, Hashable {
  /// What separates a token from the previous one of the same sentence.
  public enum Gap: UInt8, Sendable {
    /// The first token of its sentence.
    case sentenceStart
    /// Blanks only: the two words may belong to one phrase.
    case blank
    /// No character at all (e.g. a digit next to a letter).
    case none
    /// Punctuation or a line break: no phrase goes across.
    case punctuation
  }

  /// Where the word stands in the article's text.
  public var span: TextSpan
  /// The word's row in the term table.
  public var term: TermID
  /// What kind of word it is.
  public var kind: TokenKind
  /// What stands between it and the token before.
  public var gap: Gap

  /// Makes a token.
  @inlinable
  public init(span: TextSpan, term: TermID, kind: TokenKind, gap: Gap) {
    self.span = span
    self.term = term
    self.kind = kind
    self.gap = gap
  }
}

/// One sentence: its text without surrounding blanks, and the tokens in it.
public struct Sentence: Sendable, Hashable {
  /// What a sentence is in the layout of the article.
  public enum Role: UInt8, Sendable {
    /// Running text.
    case body
    /// A heading: a short line of its own without closing punctuation.
    case heading
    /// A line of a list.
    case listItem
  }

  /// From the first to one past the last non-blank character, closing quotes included.
  public var span: TextSpan
  /// Index of its first token in the article's token list.
  public var firstToken: Int32
  /// One past the index of its last token.
  public var endToken: Int32
  /// What it is in the layout.
  public var role: Role

  /// The sentence's tokens as a range of indices into the article's token list.
  @inlinable public var tokens: Range<Int> { Int(firstToken)..<Int(endToken) }

  /// Makes a sentence.
  @inlinable
  public init(span: TextSpan, tokens: Range<Int>, role: Role = .body) {
    self.span = span
    self.firstToken = Int32(truncatingIfNeeded: tokens.lowerBound)
    self.endToken = Int32(truncatingIfNeeded: tokens.upperBound)
    self.role = role
  }
}
