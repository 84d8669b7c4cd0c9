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
  /// - Throws: ``ShardError/inUse(path:holder:)``, ``ShardError/foreignFile(path:)``, ``ShardError/otherRun(path:)``,
  ///   ``ShardError/changedRun(path:isComplete:changes:)``, or an error of the file system.
  public convenience init(
    path: String, identity: RunIdentity, isRestarting: Bool = false, isForced: Bool = false
  ) throws {
    try ShardFiles.makeDirectory(path)
    if !isRestarting { try Self.refuseForeignFiles(in: path) }
    try self.init(
      path: path, identity: identity, isRestarting: isRestarting,
      lock: try FolderLock(path, isForced: isForced))
  }

  init(path: String, identity: RunIdentity, isRestarting: Bool, lock: FolderLock) throws {
    self.path = path
    self.identity = identity
    self.lock = lock
    fingerprint = try identity.fingerprint()
    if isRestarting { try Self.removeOurs(in: path) }
    (state, resume) = try Self.inspect(path, identity: identity, fingerprint: fingerprint)
    try Self.settle(path, identity: identity, state: state, resume: resume)
  }

  /// Lets go of the folder; nothing may be written after that.
  public func release() { lock.release() }

  /// Where temporary files of the run lie; the folder goes when the run is complete.
  public var temporaryFolder: String { path + "/" + OutputLayout.temporary }

  /// Where stages keep what they found in surveys of the whole dump; the folder goes when the run is complete.
  public var findingsFolder: String { path + "/" + OutputLayout.findings }

  func file(_ name: String) -> String { path + "/" + name }
  func marker(_ name: String) -> String { path + "/" + OutputLayout.markers + "/" + name }
  var markersPath: String { path + "/" + OutputLayout.markers }

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
    try lock.confirm()
    try makeStateDurable()
    let final = file(name)
    defer { unlink(temporary) }
    let existing = try ShardFiles.sha256(of: final)
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
    try ShardFiles.syncDirectory(path)
    isStateDurable = true
  }

  /// Writes a small file so that it is there whole or not at all.
  func writeWhole(_ bytes: [UInt8], name: String, folder: String) throws {
    try lock.confirm()
    try Self.writeWhole(bytes, name: name, folder: folder, in: path)
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
  func complete(_ manifest: Manifest) throws {
    try ShardFiles.syncDirectory(path)
    try writeWhole(manifest.encoded, name: OutputLayout.manifest, folder: path)
    // Should that be undone by a power failure, the next one to open the folder does it again.
    try Self.removeRunState(in: path)
  }

  // MARK: Opening

  private static func refuseForeignFiles(in path: String) throws {
    if let foreign = try ShardFiles.list(path).first(where: { !OutputLayout.isOurs($0) }) {
      throw ShardError.foreignFile(path: path + "/" + foreign)
    }
  }

  private static func inspect(
    _ path: String, identity: RunIdentity, fingerprint: String
  ) throws -> (State, ResumePoint) {
    let names = try ShardFiles.list(path)
    let nothing = ResumePoint(markers: [], isPresent: { _ in false })
    if names.contains(OutputLayout.manifest) {
      let manifest = try Manifest.read(directory: path)
      try compare(manifest, with: identity, fingerprint: fingerprint, in: path)
      return (.complete(manifest), nothing)
    }
    let left = names.filter { OutputLayout.isOurs($0) && !OutputLayout.isLeftByNobody($0) }
    if names.contains(OutputLayout.runState) {
      let state = path + "/" + OutputLayout.runState
      // The power may have failed before the disk had any of it; then there is no shard either.
      if left == [OutputLayout.runState], ShardFiles.size(of: state) == 0 { return (.fresh, nothing) }
      // What an earlier release left says less; its shards are not this one's anyway.
      guard let run = try? JSONFile.decode(RunState.self, path: state) else {
        throw ShardError.otherRun(path: path)
      }
      try compare(run.identity, with: identity, isComplete: false, in: path)
      return (.unfinished, try resumePoint(in: path, fingerprint: fingerprint))
    }
    // Empty folders of ours are what is left when a run is killed before it has written its state.
    guard left.isEmpty else { throw ShardError.otherRun(path: path) }
    return (.fresh, nothing)
  }

  /// A complete folder is compared by what its report says the run was, or else by the manifest's fingerprint.
  private static func compare(
    _ manifest: Manifest, with identity: RunIdentity, fingerprint: String, in path: String
  ) throws {
    let report = try? JSONFile.decode(RunState.self, path: path + "/" + OutputLayout.runReport)
    if let old = report?.identity, try old.fingerprint() == manifest.fingerprint {
      try compare(old, with: identity, isComplete: true, in: path)
    }
    guard manifest.fingerprint == fingerprint else { throw ShardError.otherRun(path: path) }
  }

  private static func compare(
    _ old: RunIdentity, with identity: RunIdentity, isComplete: Bool, in path: String
  ) throws {
    let changes = identity.changes(since: old) { input in
      input.path.flatMap { try? ShardFiles.sha256(of: $0) }
    }
    guard changes.isEmpty else {
      throw ShardError.changedRun(path: path, isComplete: isComplete, changes: RunIdentity.lines(changes))
    }
  }

  private static func resumePoint(in path: String, fingerprint: String) throws -> ResumePoint {
    let folder = path + "/" + OutputLayout.markers
    let names = try ShardFiles.list(folder)
    let markers = names.filter { $0.hasSuffix(".json") }.compactMap { name in
      // A marker that cannot be read counts as absent: its shard is made again and compared by hash.
      try? JSONFile.decode(ShardMarker.self, path: folder + "/" + name)
    }
    return ResumePoint(markers: markers.filter { $0.fingerprint == fingerprint }) { shard in
      guard ShardFiles.size(of: path + "/" + shard.name) == shard.bytes,
        let index = OutputLayout.shardIndex(shard.name)
      else { return false }
      let marker = markers.first { $0.shard.name == shard.name }
      return OutputLayout.listings.allSatisfy { listing in
        let segment = folder + "/" + OutputLayout.segmentName(index, of: listing)
        return marker?.segment(of: listing).bytes ?? 0 == ShardFiles.size(of: segment) ?? 0
      }
    }
  }

  private static func settle(
    _ path: String, identity: RunIdentity, state: State, resume: ResumePoint
  ) throws {
    for name in try ShardFiles.list(path) where OutputLayout.isLockLeftover(name) {
      try ShardFiles.remove(path + "/" + name)
    }
    if case .complete = state { return try removeRunState(in: path) }
    // What it says of an earlier attempt is not true of this one.
    try ShardFiles.remove(path + "/" + OutputLayout.runReport)
    try ShardFiles.removeDirectory(path + "/" + OutputLayout.temporary)
    try ShardFiles.makeDirectory(path + "/" + OutputLayout.temporary)
    try ShardFiles.makeDirectory(path + "/" + OutputLayout.findings)
    let markers = path + "/" + OutputLayout.markers
    try ShardFiles.makeDirectory(markers)
    let kept = Set(
      resume.committed.indices.flatMap { index in
        [OutputLayout.markerName(index)]
          + OutputLayout.listings.map { OutputLayout.segmentName(index, of: $0) }
      })
    for name in try ShardFiles.list(markers) where !kept.contains(name) {
      try ShardFiles.remove(markers + "/" + name)
    }
    if state == .fresh {
      let bytes = RunState(identity: identity).encoded
      try writeWhole(bytes, name: OutputLayout.runState, folder: path, in: path, syncing: false)
    }
  }

  private static func removeOurs(in path: String) throws {
    // The manifest first: without it nobody takes the rest for a complete run.
    try ShardFiles.remove(path + "/" + OutputLayout.manifest)
    try ShardFiles.remove(path + "/" + OutputLayout.runReport)
    for name in try ShardFiles.list(path) where OutputLayout.isShardName(name) {
      try ShardFiles.remove(path + "/" + name)
    }
    for listing in OutputLayout.listings { try ShardFiles.remove(path + "/" + listing) }
    try removeRunState(in: path)
    try ShardFiles.syncDirectory(path)
  }

  private static func removeRunState(in path: String) throws {
    try ShardFiles.removeDirectory(path + "/" + OutputLayout.markers)
    try ShardFiles.removeDirectory(path + "/" + OutputLayout.temporary)
    try ShardFiles.removeDirectory(path + "/" + OutputLayout.findings)
    try ShardFiles.remove(path + "/" + OutputLayout.runState)
  }

  private static func temporary(for name: String, in path: String) -> String {
    let unique = String(UInt64.random(in: .min ... .max), radix: 36)
    return "\(path)/\(OutputLayout.temporary)/\(name).\(getpid())-\(unique)"
  }

  private static func writeWhole(
    _ bytes: [UInt8], name: String, folder: String, in path: String, syncing: Bool = true
  ) throws {
    let temporary = temporary(for: name, in: path)
    let output = try OutputShardFile(creating: temporary)
    do {
      try output.write(bytes)
      try output.finish(syncing: syncing)
      try ShardFiles.replace(folder + "/" + name, by: temporary)
    } catch {
      unlink(temporary)
      throw error
    }
    if syncing { try ShardFiles.syncDirectory(folder) }
  }
}

/// `_run.json`: whose unfinished run a folder holds. `run.json` says the same under the same name when it is complete.
struct RunState: Sendable, Hashable, Decodable {
  var identity: RunIdentity

  var encoded: [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.key("identity")
    identity.write(to: &json)
    json.endObject()
    json.newline()
    return json.bytes
  }
}
