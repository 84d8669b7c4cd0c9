/// What the manifest says of one shard: enough to check it and to find a record in it.
public struct ShardRow: Sendable, Hashable {
  /// One frame of a file.
  public struct Frame: Sendable, Hashable {
    /// Number of records (lines).
    public var records: Int
    /// Bytes in the file.
    public var compressedBytes: Int
    /// Bytes of content.
    public var uncompressedBytes: Int

    /// Makes a frame's sizes.
    public init(records: Int, compressedBytes: Int, uncompressedBytes: Int) {
      self.records = records
      self.compressedBytes = compressedBytes
      self.uncompressedBytes = uncompressedBytes
    }
  }

  /// Name of the file.
  public var name: String
  /// Number of records.
  public var records: Int
  /// Size of the file, seek table included.
  public var bytes: Int
  /// Size of the content.
  public var uncompressedBytes: Int
  /// SHA-256 of the file in hexadecimal digits.
  public var sha256: String
  /// Identifier of the first record.
  public var firstID: String
  /// Identifier of the last record.
  public var lastID: String
  /// Where the first record came from.
  public var first: ShardPosition
  /// Where the last record came from.
  public var last: ShardPosition
  /// The run's batches the shard holds, those that left no record included.
  public var batches: Range<Int>
  /// Its frames, in the order of the file.
  public var frames: [Frame]

  /// The range of records, counted through all shards, when the shards before it hold `preceding` records.
  func recordRange(after preceding: Int) -> Range<Int> { preceding..<preceding + records }
}

/// What the manifest says of a listing: the file of rejected records, of duplicates, or the ledger.
public struct ListingRow: Sendable, Hashable, Decodable {
  /// Name of the file.
  public var name: String
  /// Number of records.
  public var records: Int
  /// Size of the file, seek table included.
  public var bytes: Int
  /// Size of the content.
  public var uncompressedBytes: Int
  /// SHA-256 of the file in hexadecimal digits.
  public var sha256: String
  /// Its frames, in the order of the file.
  public var frames: [ShardRow.Frame]

  private enum CodingKeys: String, CodingKey {
    case name, records, bytes, sha256, frames
    case uncompressedBytes = "uncompressed_bytes"
  }
}

/// The part of a listing that belongs to the batches of one shard, a file of its own until the run is complete.
struct ListingSegment: Sendable, Hashable, Decodable {
  var leftOut = LeftOut()
  var frames: [ShardRow.Frame] = []

  private enum CodingKeys: String, CodingKey {
    case frames
    case leftOut = "left_out"
  }

  var records: Int { frames.reduce(0) { $0 + $1.records } }
  var bytes: Int { frames.reduce(0) { $0 + $1.compressedBytes } }
}

/// Says that a shard is committed: its row, and what the listings hold of its batches.
struct ShardMarker: Sendable, Hashable, Decodable {
  var fingerprint: String
  var shard: ShardRow
  /// The parts of the listings that belong to the shard, by the listing's name; those without a line may be missing.
  var listings: [String: ListingSegment] = [:]
  /// The books after the shard's last batch.
  var ledger = Ledger()

  /// The part of a listing that belongs to the shard.
  func segment(of listing: String) -> ListingSegment { listings[listing] ?? ListingSegment() }
}
