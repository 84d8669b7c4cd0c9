import ArabicText

/// An article as its record gives it, decoded.
public struct ParsedRecord: Sendable {
  /// The id, if the record has one.
  public var id: String?
  /// The title in UTF-16; empty when there is none.
  public var title: [UInt16]
  /// The text in UTF-16.
  public var text: [UInt16]
  /// How long the text is as UTF-8.
  public var textBytes: Int
  /// All other members as one JSON object; empty when there are none.
  public var meta: [UInt8]
  /// How the bytes were decoded.
  public var encoding: DecodedEncoding
  /// Where it was read at first, when it is read again from a reject; nil when it was read here.
  public var origin: RecordOrigin?
}

/// How records become articles.
public struct ParserOptions: Sendable {
  /// Dotted paths of id, title and text. The text may be a string or an array of strings (paragraphs), which
  /// are joined by newlines; a number or a truth value as id or title counts as its spelling.
  public var paths: (id: String, title: String, text: String)
  /// What is declared of the encoding.
  public var encoding: TextDecoder.Declaration
  /// Whether malformed bytes reject a record.
  public var isStrict: Bool
  /// Bytes kept of a rejected record.
  public var rejectBytes: Int
  /// Deepest nesting of a JSON record.
  public var maxDepth: Int
  /// Most combining marks in a row in title or text; 0 for any number.
  public var maxMarks: Int
  /// Most lines of a text; 0 for any number.
  public var maxLines: Int
  /// Where things are in the elements of XML and SGML.
  public var elements: ElementOptions
  /// Most bytes of a record's content once it is unpacked.
  public var maxArticleBytes: Int

  /// Makes options.
  public init(
    paths: (id: String, title: String, text: String) = ("id", "title", "text"),
    encoding: TextDecoder.Declaration = .unknown, isStrict: Bool = false, rejectBytes: Int = 4096,
    maxDepth: Int = 256, maxMarks: Int = 256, maxLines: Int = 2_000_000, maxArticleBytes: Int = 32 << 20,
    elements: ElementOptions = ElementOptions()
  ) {
    self.paths = paths
    self.encoding = encoding
    self.isStrict = isStrict
    self.rejectBytes = rejectBytes
    self.maxDepth = maxDepth
    self.maxMarks = maxMarks
    self.maxLines = maxLines
    self.elements = elements
    self.maxArticleBytes = maxArticleBytes
  }
}

/// No memory for a parser.
public struct ParserUnavailable: Error {}
