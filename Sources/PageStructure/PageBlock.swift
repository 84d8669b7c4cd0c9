import ArabicText

/// One stretch of a page and what it is.
public struct PageBlock: Sendable, Hashable {
  /// What it is.
  public var kind: BlockKind
  /// Where it stands, in UTF-16 units of the page, without blanks around it. Blocks of a page are in order and do
  /// not overlap; what lies between two of them is blank.
  public var span: TextSpan
  /// The part of the span that tells something: the name behind المصدر:, the title behind اقرأ أيضاً:, an item without
  /// its bullet. The whole span where there is no such part; empty for a label alone.
  public var value: TextSpan
  /// 1, or 2 in the second article of a page.
  public var article: UInt8

  /// Makes a block.
  public init(_ kind: BlockKind, _ span: TextSpan, value: TextSpan? = nil, article: UInt8 = 1) {
    self.kind = kind
    self.span = span
    self.value = value ?? span
    self.article = article
  }
}
