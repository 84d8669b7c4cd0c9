/// What a complete run wrote: `manifest.json`.
///
/// Its bytes are a function of input, config and version only: there is no time, host or outside path in it.
public struct Manifest: Sendable, Hashable {
  /// Sums over all shards.
  public struct Totals: Sendable, Hashable {
    /// Records, rejects and skips that the reader found in the inputs.
    public var found: Int
    /// Articles that a stage found in others.
    public var added: Int
    /// Records in shards.
    public var records: Int
    /// Bytes of all shards.
    public var bytes: Int
    /// Bytes of their content.
    public var uncompressedBytes: Int
    /// What became no record.
    public var leftOut: LeftOut

    /// Both sides of the balance when something was lost or doubled: what was found and added is in shards or left out.
    var imbalance: String? {
      Ledger.imbalance(found: found, added: added, records: records, leftOut: leftOut)
    }
  }

  /// Version of the layout that this program writes.
  public static let currentFormat = 3

  /// Version of the layout.
  public var format: Int
  /// Names config, input and version of the run; given by the caller.
  public var fingerprint: String
  /// Number of batches of the run.
  public var batches: Int
  /// Sums over all shards.
  public var totals: Totals
  /// The file of rejected records, when there is one.
  public var rejects: ListingRow?
  /// The file of duplicates, when there is one.
  public var duplicates: ListingRow?
  /// The file that says what became of what each input holds; absent when there was no input.
  public var ledger: ListingRow?
  /// The shards in order.
  public var shards: [ShardRow]

  /// The files of lines that are there, in the order they are named above.
  var listings: [ListingRow] { [rejects, duplicates, ledger].compactMap { $0 } }

  /// Adds up the shards.
  init(
    fingerprint: String, batches: Int, shards: [ShardRow], rejects: ListingRow?,
    duplicates: ListingRow?, ledger: ListingRow?, found: Int, added: Int, leftOut: LeftOut
  ) {
    format = Self.currentFormat
    self.fingerprint = fingerprint
    self.batches = batches
    self.shards = shards
    self.rejects = rejects
    self.duplicates = duplicates
    self.ledger = ledger
    totals = Totals(
      found: found, added: added, records: shards.reduce(0) { $0 + $1.records },
      bytes: shards.reduce(0) { $0 + $1.bytes },
      uncompressedBytes: shards.reduce(0) { $0 + $1.uncompressedBytes }, leftOut: leftOut)
  }

  /// The bytes of `manifest.json`: JSON with one shard a line.
  public var encoded: [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.key("format")
    json.int(format)
    json.key("fingerprint")
    json.string(fingerprint)
    json.key("batches")
    json.int(batches)
    json.key("totals")
    json.beginObject()
    json.key("found")
    json.int(totals.found)
    json.key("added")
    json.int(totals.added)
    json.key("records")
    json.int(totals.records)
    json.key("bytes")
    json.int(totals.bytes)
    json.key("uncompressed_bytes")
    json.int(totals.uncompressedBytes)
    json.key("left_out")
    totals.leftOut.write(to: &json)
    json.endObject()
    json.key("rejects")
    if let rejects { rejects.write(to: &json) } else { json.null() }
    json.key("duplicates")
    if let duplicates { duplicates.write(to: &json) } else { json.null() }
    json.key("ledger")
    if let ledger { ledger.write(to: &json) } else { json.null() }
    json.key("shards")
    json.beginArray()
    for (index, shard) in shards.enumerated() {
      if index > 0 { json.breakLine() }
      shard.write(to: &json)
    }
    json.endArray()
    json.endObject()
    json.newline()
    return json.bytes
  }

  /// Reads the manifest of an output folder.
  ///
  /// - Throws: ``ShardError/system(action:path:reason:)`` when there is none, ``ShardError/unreadable(path:reason:)``
  ///   when it is not a manifest of this format.
  public static func read(directory: String) throws -> Manifest {
    let path = directory + "/" + OutputLayout.manifest
    let manifest = try JSONFile.decode(Manifest.self, path: path)
    guard manifest.format == currentFormat else {
      throw ShardError.unreadable(
        path: path, reason: "it has format \(manifest.format), this program reads \(currentFormat)")
    }
    return manifest
  }
}

extension Manifest: Decodable {
  private enum CodingKeys: String, CodingKey {
    case format, fingerprint, batches, totals, rejects, duplicates, ledger, shards
  }
}

extension Manifest.Totals: Decodable {
  private enum CodingKeys: String, CodingKey {
    case found, added, records, bytes
    case uncompressedBytes = "uncompressed_bytes"
    case leftOut = "left_out"
  }
}
