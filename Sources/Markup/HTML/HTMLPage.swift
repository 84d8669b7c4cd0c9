/// What a web page says: its text, and what it says about itself.
public struct HTMLPage: Sendable, Equatable {
  /// The text in UTF-16: a paragraph, row or list item a line, a blank line between blocks.
  public var text: [UInt16] = []
  /// The title in UTF-16; empty when the page has none.
  public var title: [UInt16] = []
  /// The page's own address for itself (`link rel=canonical`, else `og:url`), as written.
  public var canonical: String?
  /// A language tag, as written: `html lang`, `content-language`, `og:locale`, in this order.
  public var language: String?
  /// When it was published, as written; usually ISO 8601.
  public var published: String?
  /// `og:description`, or `meta name=description`.
  public var description: String?
  /// Who wrote it.
  public var author: String?
  /// The site's name (`og:site_name`).
  public var site: String?

  /// An empty page.
  public init() {}
}

/// No memory for parsing a page.
public struct HTMLUnparsed: Error, Sendable {}
