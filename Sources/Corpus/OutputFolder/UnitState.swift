/// `unit.json`: which input a unit of work is.
struct UnitState: Sendable, Hashable, Decodable {
  var input: RunIdentity.Input
  /// Where it lay on the machine of whoever began it, so that it is known under another name, too.
  var path: String

  var encoded: [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.key("input")
    input.write(to: &json)
    json.key("path")
    json.string(path)
    json.endObject()
    json.newline()
    return json.bytes
  }
}

/// `done.json`: a unit's whole input is in committed shards and in the parts of listings beside this file.
///
/// A function of input, config and version, so that it does not matter which of two attempts wrote it.
public struct UnitDone: Sendable, Hashable, Decodable {
  var fingerprint: String
  /// Number of batches of the input.
  var batches: Int
  /// Number of shards.
  var shards: Int
  /// The books of the input.
  var ledger: Ledger
  /// Records in the shards.
  public private(set) var records = 0
  /// What became no record.
  public private(set) var leftOut = LeftOut()
  /// The parts of the listings behind those of the last shard, by the listing's name.
  private(set) var tail: [String: ListingSegment] = [:]

  private enum CodingKeys: String, CodingKey {
    case fingerprint, batches, shards, ledger, records, tail
    case leftOut = "left_out"
  }

  init(fingerprint: String, batches: Int, shards: Int, ledger: Ledger) {
    self.fingerprint = fingerprint
    self.batches = batches
    self.shards = shards
    self.ledger = ledger
  }

  /// Records, rejects and skips that the reader found in the input.
  public var found: Int { ledger.found }
  /// Articles that a stage found in others.
  public var added: Int { ledger.added }

  /// Counts what is in a shard, and what was left out before its end.
  mutating func count(_ marker: ShardMarker) {
    records += marker.shard.records
    for segment in marker.listings.values { leftOut += segment.leftOut }
  }

  /// Takes the part of a listing behind the last shard.
  mutating func add(_ segment: ListingSegment, to listing: String) {
    leftOut += segment.leftOut
    tail[listing] = segment
  }

  /// Both sides of the books when they do not balance.
  var imbalance: String? {
    Ledger.imbalance(found: found, added: added, records: records, leftOut: leftOut)
  }

  var encoded: [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.key("fingerprint")
    json.string(fingerprint)
    json.key("batches")
    json.int(batches)
    json.key("shards")
    json.int(shards)
    json.key("records")
    json.int(records)
    json.key("left_out")
    leftOut.write(to: &json)
    json.key("ledger")
    ledger.write(to: &json)
    json.key("tail")
    json.beginObject()
    for name in tail.keys.sorted() {
      json.key(string: name)
      tail[name]?.write(to: &json)
    }
    json.endObject()
    json.endObject()
    json.newline()
    return json.bytes
  }
}
