extension RejectReason {
  /// Compressed data that gives more than `limits.expansionRatio` or `limits.expandedBytes` allows.
  public static let expansionTooLarge = RejectReason(rawValue: "expansionTooLarge")
  /// Compressed data whose decompressor would need more memory than `limits.windowBytes`.
  public static let windowTooLarge = RejectReason(rawValue: "windowTooLarge")
  /// An archive with more entries than `limits.archiveEntries`.
  public static let tooManyEntries = RejectReason(rawValue: "tooManyEntries")
  /// An entry of an archive whose path leads out of the folder an archive is unpacked in.
  public static let unsafePath = RejectReason(rawValue: "unsafePath")
  /// A line longer than `limits.lineBytes`.
  public static let lineTooLong = RejectReason(rawValue: "lineTooLong")
  /// JSON nested deeper than `limits.jsonDepth`.
  public static let tooDeep = RejectReason(rawValue: "tooDeep")
  /// A text with more lines than `limits.lines`.
  public static let tooManyLines = RejectReason(rawValue: "tooManyLines")
  /// A text with more combining marks in a row than `limits.combiningMarks`.
  public static let tooManyMarks = RejectReason(rawValue: "tooManyMarks")
}

/// What an archive's entry becomes whose path leads out of the folder an archive is unpacked in.
public enum UnsafePathPolicy: String, Sendable, CaseIterable {
  /// A reject.
  case refuse
  /// An input like any other: nothing is ever unpacked, its path is only a name.
  case label
}

/// What no honest input meets: beyond it, reading of an input ends, or of a part of it, with a reject.
public struct ReadLimits: Sendable {
  /// Longest line, or row of a table, in bytes.
  public var lineBytes: Int
  /// Most bytes that one byte of compressed data may give on average; 0 for any number.
  public var expansionRatio: Int
  /// Most bytes that decompressors may give of one listed input with all its entries; 0 for any number.
  public var expandedBytes: Int
  /// Most memory of one decompressor, in bytes.
  public var windowBytes: Int
  /// Most entries of an archive, folders and links among them; 0 for any number.
  public var archiveEntries: Int
  /// What becomes of entries with unsafe paths.
  public var archivePaths: UnsafePathPolicy
  /// How much comes out of any data before the ratio counts, in bytes: what a few bytes become is no alarm as long as
  /// it is little.
  var expansionAllowance = 64 << 20

  /// Makes limits.
  public init(
    lineBytes: Int = 256 << 20, expansionRatio: Int = 500, expandedBytes: Int = 0,
    windowBytes: Int = 128 << 20, archiveEntries: Int = 10_000_000, archivePaths: UnsafePathPolicy = .refuse
  ) {
    self.lineBytes = lineBytes
    self.expansionRatio = expansionRatio
    self.expandedBytes = expandedBytes
    self.windowBytes = windowBytes
    self.archiveEntries = archiveEntries
    self.archivePaths = archivePaths
  }
}
