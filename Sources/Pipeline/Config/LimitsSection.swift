import Corpus

/// `limits:` what no honest dump meets. Whatever is beyond becomes a reject with a reason of its own.
public struct LimitsSection: ConfigSection {
  /// Longest line, or row of a table, in bytes.
  public var lineBytes = 256 << 20
  /// Most bytes that one byte of compressed data may give on average; 0 for any number.
  public var expansionRatio = 500
  /// Most bytes that may come out of one compressed input; 0 for any number.
  public var expandedBytes = 0
  /// Most memory of one decompressor, in bytes.
  public var windowBytes = 128 << 20
  /// Deepest nesting of JSON.
  public var jsonDepth = 256
  /// Most lines of an article; 0 for any number.
  public var lines = 2_000_000
  /// Most words of an article; 0 for any number.
  public var words = 4_000_000
  /// Most sentences of an article; 0 for any number.
  public var sentences = 1_000_000
  /// Most combining marks in a row; 0 for any number.
  public var combiningMarks = 256
  /// Most entries of an archive; 0 for any number.
  public var archiveEntries = 10_000_000
  /// What becomes of an archive's entries with unsafe paths.
  public var archivePaths = UnsafePathPolicy.refuse

  /// Limits that no honest dump meets.
  public init() {}

  /// What the section is for.
  public static let summary =
    "Bounds against hostile input, which no honest dump meets; what is beyond is rejected. 0 sets no bound where it is allowed."
  /// The options.
  public static var options: [ConfigOption<LimitsSection>] {
    [
      .size(
        "lineBytes", \.lineBytes, in: 1024...(1 << 40),
        "Longest line of JSON lines, or row of a table: a longer one is lineTooLong. A line is a record, too, so that one above input.maxArticleBytes is articleTooLarge already; what is beyond both is lineTooLong."
      ),
      .integer(
        "expansionRatio", \.expansionRatio, in: 0...1_000_000_000,
        "Bytes that may come out of each byte of compressed data, on average, once 64 MiB have come out of an input, of an archive's entry or of a zip as a whole: beyond, it is read no further (expansionTooLarge)."
      ),
      .size(
        "expandedBytes", \.expandedBytes, in: 0...(1 << 50),
        "Bytes that decompressors may give of one input with all that is packed in it: beyond, it is read no further (expansionTooLarge)."
      ),
      .size(
        "windowBytes", \.windowBytes, in: (1 << 20)...(2 << 30),
        "Memory that compressed data may ask for (zstd --long, xz dictionaries): beyond, it is not read (windowTooLarge). Of nested ones, up to three count in the memory bound."
      ),
      .integer("jsonDepth", \.jsonDepth, in: 1...10_000, "Deepest nesting of a JSON record (tooDeep)."),
      .integer(
        "lines", \.lines, in: 0...1_000_000_000,
        "Lines of an article's text as read: each of a page costs memory of its own (tooManyLines)."),
      .integer(
        "words", \.words, in: 0...1_000_000_000,
        "Words of an article, where the stage segment counts them (tooManyWords)."),
      .integer(
        "sentences", \.sentences, in: 0...1_000_000_000,
        "Sentences of an article, where the stage segment counts them (tooManySentences)."),
      .integer(
        "combiningMarks", \.combiningMarks, in: 0...1_000_000_000,
        "Combining marks in a row in title or text, as read or as normalize would leave them (tooManyMarks)."
      ),
      .integer(
        "archiveEntries", \.archiveEntries, in: 0...1_000_000_000,
        "Entries of a tar or zip, folders and links among them: the rest is not read (tooManyEntries)."),
      .choice(
        "archivePaths", \.archivePaths,
        "Entries whose path is absolute or has a .. in it: refuse (unsafePath), or label, which reads them; nothing is ever unpacked to disk."
      ),
    ]
  }

  /// What the readers want to know.
  public var reading: ReadLimits {
    ReadLimits(
      lineBytes: lineBytes, expansionRatio: expansionRatio, expandedBytes: expandedBytes,
      windowBytes: windowBytes, archiveEntries: archiveEntries, archivePaths: archivePaths)
  }
}
