import Glibc

/// The folder of one run's output, held for writing: what is in it, and whose it is.
///
/// While a run is unfinished the folder has `_run.json`, which says what the run is, `_markers/` with a file for each
/// committed shard and `_tmp/` with what is being written; they go when the manifest is there. `_lock` says who is at
/// work and goes with ``release()``. Belongs to the task that writes. The hold goes with the object or with the process.
public final class OutputDirectory {
  /// What was found in the folder.
  public enum State: Sendable, Hashable {
    /// Nothing of a run.
    case fresh
    /// Some shards of this same run, which was interrupted.
    case unfinished
    /// This same run, complete.
    case complete(Manifest)
    /// The unit of work is done; so many records are in its shards.
    case unitDone(records: Int)
  }

  /// The folder.
  public let path: String
  /// What the run is; another one's files are not touched unless asked.
  public let identity: RunIdentity
  /// Names config, input and version of the run.
  public let fingerprint: String
  /// What was found when the folder was opened.
  public let state: State
  let resume: ResumePoint
  /// Which of the folder's shards these are.
  let series: ShardSeries
  private let lock: FolderLock
  /// Whether `_run.json` would survive a power failure.
  private var isStateDurable = false

  /// Rows of the shards that are committed, in order; for a complete run all of them.
  public var committedShards: [ShardRow] {
    if case .complete(let manifest) = state { return manifest.shards }
    return resume.committed.map(\.shard)
  }

  /// The batch to go on with: all before it are in committed shards.
  public var nextBatchIndex: Int {
    if case .complete(let manifest) = state { return manifest.batches }
    return resume.nextBatchIndex
  }

  /// Opens the folder, making it when it is missing, takes it for this process and removes what an interrupted run
  /// left half written, and its report.
  ///
  /// - Parameters:
  ///   - identity: What the run is. An unfinished or complete run in the folder must be the same.
  ///   - isRestarting: Removes files of other and of earlier runs, this same one's too; files that are not ours stay.
  ///   - isForced: Takes the folder although another process seems to hold it. That one notices before its next commit.
  /// - Throws: ``ShardError/inUse(path:holder:isForcible:)``, ``ShardError/foreignFile(path:)``,
  ///   ``ShardError/otherRun(path:)``, ``ShardError/changedRun(path:isComplete:changes:)``, or an error of the file system.
  public convenience init(
    path: String, identity: RunIdentity, isRestarting: Bool = false, isForced: Bool = false
  ) throws {
    try ShardFiles.makeDirectory(path)
    if !isRestarting { try Self.refuseForeignFiles(in: path) }
    let lock = try FolderLock(path, isForced: isForced)
    let fingerprint = try identity.fingerprint()
    let (state, resume): (State, ResumePoint)
    do {
      if isRestarting { try Self.removeOurs(in: path) }
      (state, resume) = try Self.inspect(path, identity: identity, fingerprint: fingerprint)
      try Self.settle(path, identity: identity, state: state, resume: resume)
    } catch {
      // Whoever took the folder meanwhile removes what was just found in it.
      try lock.confirm()
      throw error
    }
    self.init(
      path: path, identity: identity, fingerprint: fingerprint, series: .run, lock: lock, state: state,
      resume: resume)
  }

  /// The folder as it was found and settled.
  init(
    path: String, identity: RunIdentity, fingerprint: String, series: ShardSeries, lock: FolderLock,
    state: State, resume: ResumePoint
  ) {
    self.path = path
    self.identity = identity
    self.fingerprint = fingerprint
    self.series = series
    self.lock = lock
    self.state = state
    self.resume = resume
  }

  /// Makes sure that nobody has taken the folder by force: after an error, that is the reason to tell.
  ///
  /// - Throws: ``ShardError/lostFolder(path:holder:)``.
  public func confirm() throws { try lock.confirm() }

  /// Lets go of the folder; nothing may be written after that.
  public func release() { lock.release() }

  /// Where temporary files of the run lie; the folder goes when the run is complete.
  public var temporaryFolder: String { path + "/" + OutputLayout.temporary }

  /// Where stages keep what they found in surveys of the whole dump; the folder goes when the run is complete.
  public var findingsFolder: String { path + "/" + OutputLayout.findings }

  func file(_ name: String) -> String { path + "/" + name }
  func marker(_ name: String) -> String { markersPath + "/" + name }
  var markersPath: String { series.markersPath(in: path) }

  /// A name in `_tmp` that no other attempt uses.
  func temporary(for name: String) -> String {
    Self.temporary(for: name, in: path)
  }

  /// Begins a file in `_tmp`, to be committed under a name.
  ///
  /// - Throws: ``ShardError/lostFolder(path:holder:)``, or an error of the file system.
  func createTemporary(for name: String) throws -> OutputShardFile {
    try lock.confirm()
    return try OutputShardFile(creating: temporary(for: name))
  }

  /// Commits a finished temporary file under its final name by an exclusive link.
  ///
  /// - Parameter syncing: Syncs the folder, so that the name survives a power failure.
  /// - Throws: ``ShardError/conflictingFile(path:)`` when the name has other content.
  func commit(_ temporary: String, as name: String, sha256: String, syncing: Bool = true) throws {
    try makeStateDurable()
    let final = file(name)
    defer { unlink(temporary) }
    let existing = try ShardFiles.sha256(of: final)
    try lock.confirm()
    switch CommitDecision(existing: existing, ours: sha256) {
    case .alreadyCommitted: break
    case .conflict: throw ShardError.conflictingFile(path: final)
    case .link:
      if try !ShardFiles.linkExclusively(temporary, to: final) {
        // Another attempt was faster since we looked; it is the same unless its hash says otherwise.
        let other = try ShardFiles.sha256(of: final)
        guard CommitDecision(existing: other, ours: sha256) == .alreadyCommitted else {
          throw ShardError.conflictingFile(path: final)
        }
      }
    }
    if syncing { try ShardFiles.syncDirectory(path) }
  }

  /// Waits until the disk has `_run.json`, without which nobody could tell whose the shards are. Done when there is
  /// something to write, not before: by then workers are busy, and need not wait for the disk.
  func makeStateDurable() throws {
    guard !isStateDurable else { return }
    try ShardFiles.syncFile(file(OutputLayout.runState))
    if series != .run { try ShardFiles.syncDirectory(ShardSeries.run.markersPath(in: path)) }
    try ShardFiles.syncDirectory(path)
    isStateDurable = true
  }

  /// Writes a small file so that it is there whole or not at all.
  func writeWhole(_ bytes: [UInt8], name: String, folder: String) throws {
    try Self.writeWhole(bytes, name: name, folder: folder, in: path, confirming: lock.confirm)
  }

  /// Writes `run.json`, which says how the run went; nothing is lost with it when the power fails.
  public func writeReport(_ text: String) throws {
    try lock.confirm()
    let temporary = file(OutputLayout.lock + "." + OutputLayout.runReport)
    unlink(temporary)
    let output = try OutputShardFile(creating: temporary)
    do {
      try output.write(Array(text.utf8))
      try output.finish(syncing: false)
      try ShardFiles.replace(file(OutputLayout.runReport), by: temporary)
    } catch {
      unlink(temporary)
      throw error
    }
  }

  /// Writes the manifest, which makes the run complete, after every name it vouches for is on the disk.
  ///
  /// - Parameter report: The text of `run.json`, where it is known by now.
  func complete(_ manifest: Manifest, report: String? = nil) throws {
    // Somebody may have removed what was committed long ago.
    for shard in manifest.shards where ShardFiles.size(of: file(shard.name)) != shard.bytes {
      throw ShardError.unreadable(
        path: file(shard.name),
        reason: "it was removed or changed while the run went on; give the same command again")
    }
    try ShardFiles.syncDirectory(path)
    try writeWhole(manifest.encoded, name: OutputLayout.manifest, folder: path)
    if let report { try writeReport(report) }
    try lock.confirm()
    // Should that be undone by a power failure, the next one to open the folder does it again.
    try Self.removeRunState(in: path)
  }
}
