/// A word form that was not met before.
public struct NewForm: Sendable {
  /// Where it stands in the text, in UTF-16 units; never empty.
  public var span: TextSpan
  /// The kind of word.
  public var kind: TokenKind

  /// Makes a new form.
  public init(span: TextSpan, kind: TokenKind) {
    self.span = span
    self.kind = kind
  }
}

/// Works out what is known of word forms that were not met before.
///
/// The segmenter looks every form up in `table.forms` itself, adds the new ones, and hands over those of one article
/// together: the call is as rare as new words are, and may be slow.
public protocol TermInterning {
  /// Adds to `table` the row of each form, in their order; they are the last in `table.forms`.
  mutating func analyze(
    _ forms: [NewForm], of text: UnsafeBufferPointer<UInt16>, in table: inout TermTable)
}
