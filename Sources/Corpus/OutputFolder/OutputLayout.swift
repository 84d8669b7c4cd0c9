/// Names of the files in an output folder.
public enum OutputLayout {
  /// The list of shards; there once the run is complete.
  public static let manifest = "manifest.json"
  /// Rejected records; absent when there is none.
  public static let rejects = "rejects.jsonl.zst"
  /// Articles that were left out as duplicates of others; absent when there is none.
  public static let duplicates = "duplicates.jsonl.zst"
  /// What became of what each input holds, one line an input.
  public static let ledger = "ledger.jsonl.zst"
  /// Files that are written in parts, one a shard, and joined at the end.
  static let listings = [rejects, duplicates, ledger]
  /// Report of a run with times and host, written by others; not part of what a hash covers.
  public static let runReport = "run.json"
  /// Says whose unfinished run the folder holds.
  static let runState = "_run.json"
  /// Says who is writing to the folder, while somebody is.
  static let lock = "_lock"
  /// Files being written.
  static let temporary = "_tmp"
  /// What stages found in surveys of the whole dump.
  static let findings = "_survey"
  /// One marker for each committed shard of an unfinished run.
  static let markers = "_markers"

  /// In a unit's folder of markers: which input it is.
  static let unitState = "unit.json"
  /// In a unit's folder of markers, once its whole input is in committed shards.
  static let unitDone = "done.json"

  static let shardSuffix = ".jsonl.zst"

  /// Name of a shard of a run, for example `part-00000.jsonl.zst`; from 100,000 on the number gets longer.
  public static func shardName(_ index: Int) -> String { ShardSeries.run.shardName(index) }
  static func markerName(_ index: Int) -> String { stem(index) + ".json" }
  static func isMarkerName(_ name: String) -> Bool { name.hasPrefix("part-") && name.hasSuffix(".json") }
  /// Name of the part of a listing (one of ``listings``) that belongs to a shard.
  static func segmentName(_ index: Int, of listing: String) -> String {
    stem(index) + "." + listing.dropLast(shardSuffix.count) + ".zst"
  }

  /// Number of the shard of a run with this name, or nil when it is not one's name.
  public static func shardIndex(_ name: String) -> Int? { ShardSeries.run.index(of: name) }

  static func isShardName(_ name: String) -> Bool { ShardSeries.of(name) != nil }

  /// Whether a file of this name in the output folder is one of ours.
  static func isOurs(_ name: String) -> Bool {
    ([manifest, runReport, runState, lock, temporary, markers, findings] + listings).contains(name)
      || isShardName(name) || isLockLeftover(name)
  }

  /// Whether a run keeps a file of this name for itself, until it is complete.
  static func isRunState(_ name: String) -> Bool { name == runState || isLeftByNobody(name) }

  /// Whether a file of this name says nothing of what the folder holds: those that hold and leave it make them.
  static func isLeftByNobody(_ name: String) -> Bool {
    [lock, temporary, markers, findings].contains(name) || isLockLeftover(name)
  }

  /// What a process leaves that was killed while it wrote ``lock`` or ``runReport``.
  static func isLockLeftover(_ name: String) -> Bool { name.hasPrefix(lock + ".") }

  static func stem(_ index: Int) -> String {
    let digits = String(index)
    return "part-" + String(repeating: "0", count: max(0, 5 - digits.utf8.count)) + digits
  }
}
