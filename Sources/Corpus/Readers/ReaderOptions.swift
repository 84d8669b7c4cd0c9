/// How inputs are read.
public struct ReaderOptions: Sendable {
  /// Largest record that can be asked for: offsets in an article's text are 32 bits wide.
  public static let largestArticle = 1 << 30

  /// How they are cut into records.
  public var format: InputFormat
  /// Whether the encoding was declared as UTF-16.
  public var isDeclaredUTF16: Bool
  /// Largest record in bytes, at most `largestArticle`.
  public var maxArticleBytes: Int
  /// Size of a batch in bytes: it is closed by the record that reaches it.
  public var batchBytes: Int
  /// Bytes kept of a record that is rejected.
  public var rejectBytes: Int
  /// How tables are read.
  public var tables: TableOptions
  /// How XML and SGML are read.
  public var elements: ElementOptions
  /// What no honest input meets.
  public var limits: ReadLimits
  /// Bytes asked of the system, and of a decompressor, at once; changes nothing in what is read.
  var chunkBytes = 256 << 10

  /// Makes options; sizes below 1 count as 1.
  public init(
    format: InputFormat = .auto, isDeclaredUTF16: Bool = false, maxArticleBytes: Int = 32 << 20,
    batchBytes: Int = 512 << 10, rejectBytes: Int = 4096, tables: TableOptions = TableOptions(),
    elements: ElementOptions = ElementOptions(), limits: ReadLimits = ReadLimits()
  ) {
    self.format = format
    self.isDeclaredUTF16 = isDeclaredUTF16
    self.maxArticleBytes = min(max(1, maxArticleBytes), ReaderOptions.largestArticle)
    self.batchBytes = max(1, batchBytes)
    self.rejectBytes = max(0, rejectBytes)
    self.tables = tables
    self.elements = elements
    self.limits = limits
  }

  /// Most bytes of a record of a format: a line is bounded as a line, too.
  func recordLimit(_ format: InputFormat) -> Int {
    format.hasLines ? min(maxArticleBytes, max(1, limits.lineBytes)) : maxArticleBytes
  }
}
