import FoundationEssentials

/// The files a run's result consists of, with their bytes: everything in the output folder but `run.json` and names that
/// begin with `_`, which a run keeps for itself.
public enum OutputFiles {
  /// Names and bytes; empty when there is no such folder.
  ///
  /// - Throws: when a file cannot be read.
  public static func read(_ folder: String) throws -> [String: Data] {
    guard FileManager.default.fileExists(atPath: folder) else { return [:] }
    var files: [String: Data] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder)
    where name != "run.json" && !name.hasPrefix("_") {
      files[name] = try Data(contentsOf: URL(filePath: "\(folder)/\(name)"))
    }
    return files
  }

  /// A shard's series and number: `part-00003.jsonl.zst` has no series, `part-KEY-00003.jsonl.zst` is its unit's; nil when
  /// it is no shard's name.
  public static func shard(_ name: String) -> (series: String, number: Int)? {
    guard name.hasPrefix("part-"), name.hasSuffix(".jsonl.zst") else { return nil }
    let parts = name.dropFirst(5).dropLast(10).split(separator: "-")
    guard let number = parts.last.flatMap({ Int($0) }), parts.count <= 2 else { return nil }
    return (parts.count == 2 ? String(parts[0]) : "", number)
  }

  /// Names of the shards, series by series, by number.
  public static func shards(_ files: [String: Data]) -> [String] {
    files.keys.compactMap { name in shard(name).map { (name, $0) } }.sorted { $0.1 < $1.1 }.map(\.0)
  }

  /// Shards that have a number although the one before it is not there.
  public static func gaps(_ files: [String: Data]) -> [String] {
    var next: [String: Int] = [:]
    return shards(files).filter { name in
      guard let (series, number) = shard(name) else { return false }
      defer { next[series] = number + 1 }
      return number != next[series] ?? 0
    }.map { "\($0) is there, and the shard before it is not" }
  }

  /// How the files of an unfinished run differ from what they must be: whole shards, the first ones of the complete
  /// run. Empty when they do not.
  public static func faultsOfUnfinished(_ files: [String: Data], complete: [String: Data]) -> [String] {
    var faults = gaps(files)
    for (name, bytes) in files where complete[name] != bytes {
      faults.append(complete[name] == nil ? "\(name) is not in a complete run" : "\(name) has other bytes")
    }
    return faults.sorted()
  }

  /// How a complete run's files differ from those of the run that was left alone. Empty when they do not.
  public static func differences(_ files: [String: Data], _ reference: [String: Data]) -> [String] {
    Set(files.keys).union(reference.keys).sorted().compactMap { name in
      switch (files[name], reference[name]) {
      case (nil, _): "\(name) is missing"
      case (_, nil): "\(name) should not be there"
      case (let some, let other): some == other ? nil : "\(name) has other bytes"
      }
    }
  }

  /// The lines of a compressed file, by the zstd command line tool.
  ///
  /// - Throws: ``Tool/Failure`` when that finds the file damaged.
  static func lines(_ bytes: Data, scratch: String) throws -> [Data] {
    let file = URL(filePath: scratch + "/checked.zst")
    try bytes.write(to: file)
    let text = try Tool.output(["zstd", "-dcq", file.path])
    return text.split(separator: 0x0A, omittingEmptySubsequences: true).map { Data($0) }
  }
}
