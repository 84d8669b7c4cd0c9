extension ShardRow.Frame: Decodable {
  /// Reads `[records, compressed bytes, uncompressed bytes]`; none may be negative.
  public init(from decoder: any Decoder) throws {
    var values = try decoder.unkeyedContainer()
    records = try values.decode(Int.self)
    compressedBytes = try values.decode(Int.self)
    uncompressedBytes = try values.decode(Int.self)
    guard (0...Int(Int32.max)).contains(records), (1...Int(UInt32.max)).contains(compressedBytes),
      (0...Int(UInt32.max)).contains(uncompressedBytes)
    else {
      throw DecodingError.dataCorruptedError(in: values, debugDescription: "a frame's sizes are out of range")
    }
  }

  func write(to json: inout JSONWriter) {
    json.beginArray()
    json.int(records)
    json.int(compressedBytes)
    json.int(uncompressedBytes)
    json.endArray()
  }
}

extension ShardRow: Decodable {
  private enum CodingKeys: String, CodingKey {
    case name, records, bytes, sha256, first, last, batches, frames
    case uncompressedBytes = "uncompressed_bytes"
    case firstID = "first_id"
    case lastID = "last_id"
  }

  /// Reads a row as ``write(to:)`` writes it.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    name = try values.decode(String.self, forKey: .name)
    records = try values.decode(Int.self, forKey: .records)
    bytes = try values.decode(Int.self, forKey: .bytes)
    uncompressedBytes = try values.decode(Int.self, forKey: .uncompressedBytes)
    sha256 = try values.decode(String.self, forKey: .sha256)
    firstID = try values.decode(String.self, forKey: .firstID)
    lastID = try values.decode(String.self, forKey: .lastID)
    first = try values.decode(ShardPosition.self, forKey: .first)
    last = try values.decode(ShardPosition.self, forKey: .last)
    frames = try values.decode([Frame].self, forKey: .frames)
    let bounds = try values.decode([Int].self, forKey: .batches)
    guard bounds.count == 2, bounds[0] >= 0, bounds[0] <= bounds[1] else {
      throw DecodingError.dataCorruptedError(
        forKey: .batches, in: values, debugDescription: "not [first, end)")
    }
    batches = bounds[0]..<bounds[1]
    // The upper bound keeps sums over a damaged manifest from overflowing.
    let sizes = 0...(1 << 48)
    guard OutputLayout.isShardName(name), sizes.contains(records), sizes.contains(bytes),
      sizes.contains(uncompressedBytes)
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .name, in: values, debugDescription: "not a shard's name, or a size out of range")
    }
  }

  /// Writes the row as one JSON object.
  func write(to json: inout JSONWriter) {
    json.beginObject()
    json.key("name")
    json.string(name)
    json.key("records")
    json.int(records)
    json.key("bytes")
    json.int(bytes)
    json.key("uncompressed_bytes")
    json.int(uncompressedBytes)
    json.key("sha256")
    json.string(sha256)
    json.key("first_id")
    json.string(firstID)
    json.key("last_id")
    json.string(lastID)
    json.key("first")
    first.write(to: &json)
    json.key("last")
    last.write(to: &json)
    json.key("batches")
    json.beginArray()
    json.int(batches.lowerBound)
    json.int(batches.upperBound)
    json.endArray()
    json.key("frames")
    json.array(frames)
    json.endObject()
  }
}

extension ShardPosition {
  func write(to json: inout JSONWriter) {
    json.beginObject()
    json.key("input")
    json.string(input)
    json.key("record")
    json.int(record)
    json.endObject()
  }
}

extension ListingRow {
  func write(to json: inout JSONWriter) {
    json.beginObject()
    json.key("name")
    json.string(name)
    json.key("records")
    json.int(records)
    json.key("bytes")
    json.int(bytes)
    json.key("uncompressed_bytes")
    json.int(uncompressedBytes)
    json.key("sha256")
    json.string(sha256)
    json.key("frames")
    json.array(frames)
    json.endObject()
  }
}

extension ShardMarker {
  var encoded: [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.key("fingerprint")
    json.string(fingerprint)
    json.key("shard")
    shard.write(to: &json)
    json.key("listings")
    json.beginObject()
    for name in listings.keys.sorted() {
      json.key(string: name)
      segment(of: name).write(to: &json)
    }
    json.endObject()
    json.key("ledger")
    ledger.write(to: &json)
    json.endObject()
    json.newline()
    return json.bytes
  }
}

extension ListingSegment {
  func write(to json: inout JSONWriter) {
    json.beginObject()
    json.key("left_out")
    leftOut.write(to: &json)
    json.key("frames")
    json.array(frames)
    json.endObject()
  }
}

extension JSONWriter {
  mutating func array(_ frames: [ShardRow.Frame]) {
    beginArray()
    for frame in frames { frame.write(to: &self) }
    endArray()
  }

  /// Counts by name, in the order of the names' UTF-8, so that equal counts give equal bytes.
  mutating func counts(_ counts: [String: Int]) {
    beginObject()
    for name in counts.keys.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      key(string: name)
      int(counts[name] ?? 0)
    }
    endObject()
  }
}
