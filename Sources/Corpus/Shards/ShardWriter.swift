/// Appends frames to shards and commits each shard when it is full. Belongs to the task that writes.
///
/// A shard is written to `_tmp`, synced, linked to its final name, then gets its marker; the last one gets the
/// manifest instead. A crash at any point leaves either a shard with its marker or something the next attempt makes
/// again and finds equal.
public final class ShardWriter {
  /// Compressed bytes of a shard, when nothing else is asked for.
  public static let defaultShardBytes = 256 << 20

  private let directory: OutputDirectory
  private let rejects: ListingWriter
  private let duplicates: ListingWriter
  private let ledgerLines: ListingWriter
  /// The books of everything appended, earlier attempts' included.
  private var ledger: Ledger
  private let hasher: SHA256Hasher
  private var assembly: ShardAssembly
  private var output: OutputShardFile?
  private var committed: [ShardMarker]

  /// Rows of the shards committed so far, those of earlier attempts included.
  public var committedShards: [ShardRow] { committed.map(\.shard) }
  /// The batch that must come next.
  public var nextBatchIndex: Int { assembly.nextBatch }

  /// The input that the last batch belongs to, with what had been found in it until then; nil before the first.
  public var currentInput: LedgerEntry? { ledger.current }

  /// Goes on where the folder's run stopped.
  ///
  /// - Parameters:
  ///   - directory: The folder, whose state is not ``OutputDirectory/State/complete(_:)``.
  ///   - shardBytes: A shard ends after the frame that brings its frames to so many compressed bytes.
  ///   - listingLevel: zstd's level for listings.
  public init(
    directory: OutputDirectory, shardBytes: Int = ShardWriter.defaultShardBytes, listingLevel: Int = 3
  ) throws {
    switch directory.state {
    case .complete, .unitDone: throw ShardError.conflictingFile(path: directory.file("manifest.json"))
    case .fresh, .unfinished: break
    }
    self.directory = directory
    committed = directory.resume.committed
    assembly = ShardAssembly(
      shardBytes: shardBytes, series: directory.series, index: committed.count,
      nextBatch: directory.resume.nextBatchIndex)
    hasher = try SHA256Hasher()
    ledger = committed.last?.ledger ?? Ledger()
    rejects = try ListingWriter(OutputLayout.rejects, directory: directory, level: listingLevel)
    duplicates = try ListingWriter(OutputLayout.duplicates, directory: directory, level: listingLevel)
    ledgerLines = try ListingWriter(OutputLayout.ledger, directory: directory, level: listingLevel)
  }

  /// Appends the frame of the next batch and commits the shard when that fills it.
  ///
  /// - Parameters:
  ///   - frame: Whole lines, or nil when the batch left no record.
  ///   - description: What the frame holds.
  ///   - rejected: The batch's rejected records.
  ///   - duplicated: Those that were left out as duplicates.
  ///   - entries: What became of what the batch holds of each input.
  /// - Returns: The row of the shard that was committed, if one was.
  /// - Throws: ``ShardError``. After an error of the file system, and when the entries do not balance, the writer must
  ///   be abandoned.
  @discardableResult
  public func append(
    _ frame: CompressedFrame?, describing description: FrameDescription,
    rejected: ListingLines = ListingLines(), duplicated: ListingLines = ListingLines(),
    accounting entries: [LedgerEntry]
  ) throws -> ShardRow? {
    let finished = try ledger.add(entries, batch: description.batchIndex)
    let step = try assembly.add(frame, describing: description)
    try rejects.append(rejected)
    try duplicates.append(duplicated)
    if !finished.isEmpty { try ledgerLines.append(ListingLines(lines: finished.flatMap(\.line))) }
    if let frame {
      let file = try output ?? startShard()
      try put(frame.bytes, into: file)
      frame.giveBackBytes()
    }
    return step == .commit ? try commitShard() : nil
  }

  /// Commits the last shard, joins the listings, writes the manifest and removes the run's state.
  ///
  /// To be called only when every batch of the input has been appended, and not when the run is cancelled.
  ///
  /// - Throws: ``ShardError``, ``ShardError/unbalancedTotals(_:)`` when the books of the whole run do not balance; then
  ///   there is no manifest.
  public func finish() throws -> Manifest {
    if !assembly.isEmpty { try commitShard(isLast: true) }
    if let last = ledger.current { try ledgerLines.append(ListingLines(lines: last.line)) }
    var rows: [String: ListingRow] = [:]
    var leftOut = LeftOut()
    for listing in listings {
      var parts = committed.enumerated().map { index, marker in
        ListingPart(
          segment: marker.segment(of: listing.name),
          path: directory.marker(OutputLayout.segmentName(index, of: listing.name)))
      }
      // Only joined here, so nobody waits for the disk to have it.
      let (tail, tailPath) = try listing.finishSegment(syncing: false)
      parts.append(ListingPart(segment: tail, path: tailPath ?? ""))
      for part in parts { leftOut += part.segment.leftOut }
      rows[listing.name] = try ListingPart.join(parts, as: listing.name, in: directory)
    }
    let manifest = Manifest(
      fingerprint: directory.fingerprint, batches: assembly.nextBatch, shards: committedShards,
      rejects: rows[OutputLayout.rejects], duplicates: rows[OutputLayout.duplicates],
      ledger: rows[OutputLayout.ledger], found: ledger.found, added: ledger.added, leftOut: leftOut)
    if let imbalance = manifest.totals.imbalance { throw ShardError.unbalancedTotals(imbalance) }
    try directory.complete(manifest)
    return manifest
  }

  /// Commits the last shard of a unit of work and says that the unit is done; ``UnitFolder/finish()`` does the rest.
  ///
  /// To be called only when every batch of the input has been appended, and not when the run is cancelled.
  ///
  /// - Throws: ``ShardError``, ``ShardError/unbalancedTotals(_:)`` when the books do not balance; then it is not done.
  public func finishUnit() throws -> UnitDone {
    if !assembly.isEmpty { try commitShard() }
    if let last = ledger.current { try ledgerLines.append(ListingLines(lines: last.line)) }
    var done = UnitDone(
      fingerprint: directory.fingerprint, batches: assembly.nextBatch, shards: committed.count, ledger: ledger
    )
    for marker in committed { done.count(marker) }
    for listing in listings {
      // What was left out behind the last shard has a number like a shard's, and no marker.
      done.add(try commitSegment(listing, assembly.index), to: listing.name)
    }
    if let imbalance = done.imbalance { throw ShardError.unbalancedTotals(imbalance) }
    try directory.makeStateDurable()
    try directory.writeWhole(done.encoded, name: OutputLayout.unitDone, folder: directory.markersPath)
    return done
  }

  /// Drops the shard in progress; committed shards stay, and the run can be resumed.
  public func abandon() {
    if let output { try? ShardFiles.remove(output.path) }
    output = nil
    for listing in listings { listing.abandon() }
  }

  private var listings: [ListingWriter] { [rejects, duplicates, ledgerLines] }

  // MARK: Committing

  private func put(_ bytes: [UInt8], into file: OutputShardFile) throws {
    try bytes.withUnsafeBufferPointer {
      try hasher.update($0)
      try file.write($0)
    }
  }

  private func startShard() throws -> OutputShardFile {
    let file = try directory.createTemporary(for: directory.series.shardName(assembly.index))
    output = file
    try directory.makeStateDurable()
    return file
  }

  /// - Parameter isLast: The manifest follows, which vouches for the shard and its listings; no marker need do so,
  ///   and no wait for the disk but the manifest's.
  @discardableResult
  private func commitShard(isLast: Bool = false) throws -> ShardRow? {
    guard let file = output else { return nil }
    try put(assembly.seekTable.encoded, into: file)
    try file.finish()
    let sha256 = try hasher.finish()
    guard let row = assembly.row(sha256: sha256) else { return nil }
    try directory.commit(file.path, as: row.name, sha256: sha256, syncing: !isLast)
    output = nil
    defer { assembly.startNext() }
    if isLast {
      committed.append(
        ShardMarker(fingerprint: directory.fingerprint, shard: row, ledger: ledger))
      return row
    }
    let index = assembly.index
    // The marker last: whoever finds it may rely on the shard and on what was left out.
    var marker = ShardMarker(fingerprint: directory.fingerprint, shard: row, ledger: ledger)
    for listing in listings { marker.listings[listing.name] = try commitSegment(listing, index) }
    try directory.writeWhole(
      marker.encoded, name: OutputLayout.markerName(index), folder: directory.markersPath)
    committed.append(marker)
    return row
  }

  /// Ends the part of a listing that belongs to the shard and gives it its name.
  private func commitSegment(_ listing: ListingWriter, _ index: Int) throws -> ListingSegment {
    let (segment, path) = try listing.finishSegment()
    if let path {
      try ShardFiles.replace(directory.marker(OutputLayout.segmentName(index, of: listing.name)), by: path)
    }
    return segment
  }
}
