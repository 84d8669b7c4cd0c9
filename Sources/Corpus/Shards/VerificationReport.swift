/// What a check of an output folder found.
public struct VerificationReport: Sendable, Hashable {
  /// What kind of thing is wrong; the raw values are for machines to read.
  public enum Kind: String, Sendable, Hashable {
    case unreadableManifest = "unreadable_manifest"
    case unfinishedRun = "unfinished_run"
    case missingFile = "missing_file"
    case unreadableFile = "unreadable_file"
    case extraFile = "extra_file"
    case wrongSize = "wrong_size"
    case wrongHash = "wrong_hash"
    case damagedFrame = "damaged_frame"
    case wrongRecordCount = "wrong_record_count"
    case wrongFirstID = "wrong_first_id"
    case wrongLastID = "wrong_last_id"
    case wrongSeekTable = "wrong_seek_table"
    case wrongOrder = "wrong_order"
    case wrongTotals = "wrong_totals"
    case unbalancedLedger = "unbalanced_ledger"
    case otherRun = "other_run"
    case lostRecord = "lost_record"
    case doubledRecord = "doubled_record"
    case unexpectedRecord = "unexpected_record"
  }

  /// One thing that is wrong.
  public struct Problem: Sendable, Hashable, CustomStringConvertible {
    /// What kind of thing.
    public var kind: Kind
    /// Name of the file within the folder.
    public var file: String
    /// Byte in the file, when the problem has a place.
    public var offset: Int?
    /// What was expected and what is there.
    public var message: String

    /// Makes a problem.
    public init(kind: Kind, file: String, offset: Int? = nil, message: String) {
      self.kind = kind
      self.file = file
      self.offset = offset
      self.message = message
    }

    /// File, byte and message in one line.
    public var description: String {
      offset.map { "\(file): byte \($0): \(message)" } ?? "\(file): \(message)"
    }
  }

  /// Everything that is wrong, shard by shard.
  public var problems: [Problem] = []
  /// Number of shards the manifest names.
  public var shards = 0
  /// Number of records it names.
  public var records = 0
  /// Number of bytes it names.
  public var bytes = 0

  /// Whether nothing is wrong.
  public var isSound: Bool { problems.isEmpty }
}
