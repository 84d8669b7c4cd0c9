import ArabicText

/// What of the source is the article, in UTF-16: written by a stage that looks for it in a page. Without one, all of
/// the source is.
public enum BodyText: Annotation {
  /// UTF-16 units.
  public typealias Value = [UInt16]
  /// `body`
  public static let name = "body"
}

/// How the body came from the source text.
public enum BodyEdits: Annotation {
  /// One edit map an article.
  public typealias Value = EditMap
  /// `bodyEdits`
  public static let name = "bodyEdits"
}

/// The text readers see, in UTF-16: written by the stage that normalizes, read by all others.
public enum ArticleText: Annotation {
  /// UTF-16 units.
  public typealias Value = [UInt16]
  /// `text`
  public static let name = "text"
}

/// How the text came from the source text.
public enum ArticleEdits: Annotation {
  /// One edit map an article.
  public typealias Value = EditMap
  /// `edits`
  public static let name = "edits"
}

/// The title readers see, in UTF-16; empty when the article has none.
public enum ArticleTitle: Annotation {
  /// UTF-16 units.
  public typealias Value = [UInt16]
  /// `title`
  public static let name = "title"
}
