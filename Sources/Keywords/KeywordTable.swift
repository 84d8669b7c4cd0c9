import ArabicText

/// The keywords of many articles, behind one another.
///
/// An article of one line has as many keywords as a long one; arrays of its own would take longer to make, to pass on
/// and to free than to fill.
public struct KeywordTable: Sendable {
  /// One keyword.
  public struct Row: Sendable {
    /// Its display form, as a range of `letters`.
    public var phrase: Range<Int>
    /// How good the phrase is; comparable within one article.
    public var score: Float
    /// Where it occurs, as a range of `spans`; never empty.
    public var occurrences: Range<Int>

    /// How often the phrase occurs, all variants together.
    public var count: Int { occurrences.count }
  }

  /// The keywords of all articles, those of one article best first.
  public internal(set) var rows: [Row] = []
  /// Display forms.
  public internal(set) var letters: [UInt16] = []
  /// Occurrences, those of one keyword sorted.
  public internal(set) var spans: [TextSpan] = []
  /// By article: where its keywords end among `rows`.
  private(set) var ends: [Int] = []

  /// An empty table.
  public init() {}

  /// How much a table holds.
  public struct Size: Sendable {
    fileprivate var rows = 0
    fileprivate var letters = 0
    fileprivate var spans = 0

    /// Nothing.
    public init() {}
  }

  /// How much it holds.
  public var size: Size {
    var size = Size()
    (size.rows, size.letters, size.spans) = (rows.count, letters.count, spans.count)
    return size
  }

  /// An empty table with room for about so much.
  public init(minimumCapacity size: Size) {
    rows.reserveCapacity(size.rows)
    letters.reserveCapacity(size.letters)
    spans.reserveCapacity(size.spans)
  }

  /// Which of `rows` are those of an article, counted in the order they were added.
  public func rows(of article: Int) -> Range<Int> { (article == 0 ? 0 : ends[article - 1])..<ends[article] }

  /// The keywords of an article.
  public subscript(article: Int) -> [Keyword] {
    rows[rows(of: article)].map { row in
      Keyword(
        phrase: letters[row.phrase], score: row.score, count: row.count, occurrences: spans[row.occurrences])
    }
  }

  /// Ends an article: the rows added since the last one are its own.
  mutating func endArticle() { ends.append(rows.count) }

  /// The table of the articles `origins` of this one, which shares its letters and occurrences.
  public func reselected(by origins: [Int]) -> KeywordTable {
    var table = self
    table.rows = []
    table.ends = []
    for origin in origins {
      table.rows += rows[rows(of: origin)]
      table.endArticle()
    }
    return table
  }
}
