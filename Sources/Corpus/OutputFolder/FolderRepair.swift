/// Makes the damaged or missing files of a finished run again, from the batches that belong to them; all others stay as
/// they are. Belongs to the task that writes.
///
/// A file made again must have the hash that the manifest names before it takes the other's place: the repaired folder is
/// the one that was.
public final class FolderRepair {
  /// What the manifest says.
  public let manifest: Manifest
  /// Names of the files that are made again.
  public let damaged: [String]
  private let directory: OutputDirectory
  private let lock: FolderLock
  private let shardBytes: Int
  private let isOfUnits: Bool
  private let hasher: SHA256Hasher
  private let isDamaged: Set<String>
  private var current: ShardInProgress?
  /// The shard that the next batch is in, or the first one behind it: batches come in order.
  private var nextShard = 0
  private var listings: [ListingInProgress] = []
  private var ledger = Ledger()
  /// Files that have taken their place.
  public private(set) var repaired: [String] = []

  private struct ShardInProgress {
    var row: ShardRow
    var assembly: ShardAssembly
    var file: OutputShardFile
  }

  private struct ListingInProgress {
    var row: ListingRow
    var writer: ListingWriter
    var parts: [ListingPart] = []
  }

  /// Takes the folder and looks which of its files are damaged.
  ///
  /// - Parameters:
  ///   - shardBytes: As the config of the run has it: it tells where parts of listings end.
  ///   - isOfUnits: Whether the folder was filled input by input, by units of work.
  /// - Throws: ``ShardError/inUse(path:holder:isForcible:)``, ``ShardError/unreadable(path:reason:)`` for the manifest, which
  ///   nothing can be repaired without, or an error of the file system.
  public init(path: String, shardBytes: Int, isOfUnits: Bool) throws {
    lock = try FolderLock(path)
    self.shardBytes = shardBytes
    self.isOfUnits = isOfUnits
    manifest = try Manifest.read(directory: path)
    hasher = try SHA256Hasher()
    directory = OutputDirectory(
      path: path, identity: RunIdentity(version: "", config: []), fingerprint: manifest.fingerprint,
      series: .run, lock: lock, state: .complete(manifest), resume: ResumePoint())
    let bad = Set(ShardVerifier.verify(directory: path).problems.map(\.file))
    damaged = (manifest.shards.map(\.name) + manifest.listings.map(\.name)).filter(bad.contains)
    isDamaged = bad
    guard !damaged.isEmpty else { return }
    try ShardFiles.removeDirectory(directory.temporaryFolder)
    try ShardFiles.makeDirectory(directory.temporaryFolder)
    for row in manifest.listings where bad.contains(row.name) {
      listings.append(
        ListingInProgress(row: row, writer: try ListingWriter(row.name, directory: directory, level: 3)))
    }
  }

  /// Where temporary files may lie.
  public var temporaryFolder: String { directory.temporaryFolder }
  /// The batches that are needed, in the manifest's numbering, of an input's unit of work, or of the run when nil; nil when
  /// none is. A listing needs all.
  public func neededBatches(ofUnit input: String? = nil) throws -> [Range<Int>]? {
    let series = try input.map { try ShardSeries(unit: $0) } ?? .run
    let rows = manifest.shards.filter { ShardSeries.of($0.name)?.series == series }
    if !listings.isEmpty { return [0..<Int.max] }
    let needed = rows.filter { isDamaged.contains($0.name) }.map(\.batches)
    return needed.isEmpty ? nil : needed
  }

  /// The manifest's number of the first batch of a unit of work that has a shard; 0 of others.
  public func firstBatch(ofUnit input: String) throws -> Int {
    let series = try ShardSeries(unit: input)
    return manifest.shards.first { ShardSeries.of($0.name)?.series == series }?.batches.lowerBound ?? 0
  }

  /// Takes the next needed batch; numbers of batches are the manifest's.
  ///
  /// - Throws: ``ShardError/notReproduced(file:)`` when a file became another one; nothing is replaced then.
  public func append(
    _ frame: CompressedFrame?, describing description: FrameDescription, rejected: ListingLines,
    duplicated: ListingLines, accounting entries: [LedgerEntry]
  ) throws {
    let batch = description.batchIndex
    while nextShard < manifest.shards.count, manifest.shards[nextShard].batches.upperBound <= batch {
      nextShard += 1
    }
    let row = nextShard < manifest.shards.count ? manifest.shards[nextShard] : nil
    if let row, row.batches.contains(batch), isDamaged.contains(row.name) {
      try add(frame, description, to: row)
    }
    if !listings.isEmpty {
      let finished = try ledger.add(entries, batch: batch)
      for index in listings.indices {
        switch listings[index].row.name {
        case OutputLayout.rejects: try listings[index].writer.append(rejected)
        case OutputLayout.duplicates: try listings[index].writer.append(duplicated)
        default: try listings[index].writer.append(ListingLines(lines: finished.flatMap(\.line)))
        }
      }
      if let row, batch == row.batches.upperBound - 1, endsPart(row) { try endParts() }
    }
    frame?.giveBackBytes()
  }

  /// The batches of a unit of work, or of the run, are over.
  public func endUnit() throws {
    guard !listings.isEmpty else { return }
    if let last = ledger.current {
      for listing in listings where listing.row.name == OutputLayout.ledger {
        try listing.writer.append(ListingLines(lines: last.line))
      }
    }
    ledger = Ledger()
    try endParts()
  }

  /// Puts the listings together, and leaves the folder.
  public func finish() throws {
    for listing in listings {
      guard let (row, file) = try ListingPart.assemble(listing.parts, as: listing.row.name, in: directory)
      else { throw ShardError.notReproduced(file: listing.row.name) }
      try replace(listing.row.name, by: file, sha256: row.sha256, expected: listing.row.sha256)
    }
    let missing = Set(damaged).subtracting(repaired)
    if let name = missing.min() { throw ShardError.notReproduced(file: name) }
  }

  /// Removes what is left in the folder of this repair.
  public func release() {
    if !damaged.isEmpty { try? ShardFiles.removeDirectory(directory.temporaryFolder) }
    directory.release()
  }

  // MARK: Files

  private func add(_ frame: CompressedFrame?, _ description: FrameDescription, to row: ShardRow) throws {
    if current?.row.name != row.name {
      let place = ShardSeries.of(row.name)
      current = ShardInProgress(
        row: row,
        assembly: ShardAssembly(
          shardBytes: .max, series: place?.series ?? .run, index: place?.index ?? 0,
          nextBatch: row.batches.lowerBound),
        file: try directory.createTemporary(for: row.name))
    }
    guard var shard = current else { return }
    _ = try shard.assembly.add(frame, describing: description)
    if let frame { try put(frame.bytes, into: shard.file) }
    current = shard
    guard description.batchIndex == row.batches.upperBound - 1 else { return }
    try put(shard.assembly.seekTable.encoded, into: shard.file)
    try shard.file.finish()
    try replace(row.name, by: shard.file.path, sha256: try hasher.finish(), expected: row.sha256)
    current = nil
  }

  private func put(_ bytes: [UInt8], into file: OutputShardFile) throws {
    try bytes.withUnsafeBufferPointer {
      try hasher.update($0)
      try file.write($0)
    }
  }

  private func replace(_ name: String, by temporary: String, sha256: String, expected: String) throws {
    guard sha256 == expected else { throw ShardError.notReproduced(file: name) }
    try lock.confirm()
    try ShardFiles.replace(directory.file(name), by: temporary)
    try ShardFiles.syncDirectory(directory.path)
    repaired.append(name)
  }

  /// Whether parts of listings ended with a shard: not with the last one of a run that was not full, which was committed
  /// together with the manifest.
  private func endsPart(_ row: ShardRow) -> Bool {
    isOfUnits || row.name != manifest.shards.last?.name
      || row.frames.reduce(0) { $0 + $1.compressedBytes } >= shardBytes
  }

  private func endParts() throws {
    for index in listings.indices {
      let (segment, path) = try listings[index].writer.finishSegment(syncing: false)
      if let path { listings[index].parts.append(ListingPart(segment: segment, path: path)) }
    }
  }
}
