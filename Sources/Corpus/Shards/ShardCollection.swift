/// The shards of an output folder read as one sequence of records. Belongs to one task.
///
/// With a manifest, records are found by number without opening the shards before them. Without one (the run
/// is not finished, or only shards were copied) the folder's shards are taken in the order of their names.
public final class ShardCollection {
  /// The folder.
  public let directory: String
  /// Its manifest, when there is one.
  public let manifest: Manifest?
  /// Names of the shards, in order.
  public let names: [String]

  /// Looks into a folder.
  ///
  /// - Throws: ``ShardError/unreadable(path:reason:)`` when the manifest is damaged.
  public init(directory: String) throws {
    self.directory = directory
    let present = try ShardFiles.list(directory)
    if present.contains(OutputLayout.manifest) {
      let manifest = try Manifest.read(directory: directory)
      self.manifest = manifest
      names = manifest.shards.map(\.name)
    } else {
      manifest = nil
      names = ShardSeries.shards(among: present)
    }
  }

  /// A reader for the shard at `index` of ``names``.
  public func reader(_ index: Int) throws -> ShardReader {
    try ShardReader(path: directory + "/" + names[index], row: manifest?.shards[index])
  }

  /// Calls `body` with each record of a range, counted from 0 through all shards, until it returns false.
  ///
  /// - Parameters:
  ///   - range: Which records; all when nil. What lies beyond the end is left out.
  ///   - body: Gets the line without its line end; the bytes are valid during the call only.
  public func forEachRecord(
    in range: Range<Int>? = nil, _ body: (UnsafeBufferPointer<UInt8>) throws -> Bool
  ) throws {
    let range = range ?? 0..<Int.max
    var number = 0
    for index in names.indices where number < range.upperBound {
      let row = manifest?.shards[index]
      if let row, number + row.records <= range.lowerBound {
        number += row.records
        continue
      }
      let local = max(0, range.lowerBound - number)..<(range.upperBound - number)
      var goesOn = true
      let reader = try reader(index)
      if let row {
        try reader.forEachRecord(in: local) { line in
          goesOn = try body(line)
          return goesOn
        }
        number += row.records
      } else {
        // Nobody has counted this shard's records yet, so all of them must be passed.
        try reader.forEachRecord { line in
          defer { number += 1 }
          guard number >= range.lowerBound else { return true }
          goesOn = number < range.upperBound ? try body(line) : false
          return goesOn
        }
      }
      if !goesOn { return }
    }
  }

  /// The first record whose top-level `id` is this string, without its line end; nil when there is none.
  public func record(withID id: String) throws -> [UInt8]? {
    for index in names.indices {
      if let record = try reader(index).record(withID: id) { return record }
    }
    return nil
  }
}
