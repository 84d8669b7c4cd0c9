import Glibc

/// The folder of one run's output, held for writing: what is in it, and whose it is.
///
/// While a run is unfinished the folder has `_run.json` with the run's fingerprint, `_markers/` with a file
/// for each committed shard and `_tmp/` with what is being written. They go when the manifest is there.
/// Belongs to the task that writes. The lock goes with the object or with the process.
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
  /// Names config, input and version of the run; another one's files are not touched unless asked.
  public let fingerprint: String
  /// What was found when the folder was opened.
  public let state: State
  let resume: ResumePoint
  private let lock: Int32
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

  /// Opens the folder, making it when it is missing, locks it and removes what an interrupted run left half
  /// written.
  ///
  /// - Parameter overwriting: Removes files of other and of earlier runs, this same one's too; files that are
  ///   not ours stay.
  /// - Throws: ``ShardError/inUse(path:)``, ``ShardError/foreignFile(path:)``, ``ShardError/otherRun(path:)``,
  ///   or an error of the file system.
  public init(path: String, fingerprint: String, overwriting: Bool = false) throws {
    self.path = path
    self.fingerprint = fingerprint
    try ShardFiles.makeDirectory(path)
    lock = try Self.lock(path)
    do {
      if overwriting { try Self.removeOurs(in: path) }
      (state, resume) = try Self.inspect(path, fingerprint: fingerprint, allowingForeign: overwriting)
      try Self.settle(path, fingerprint: fingerprint, state: state, resume: resume)
    } catch {
      close(lock)
      throw error
    }
  }

  deinit { close(lock) }

  /// Where temporary files of the run lie; the folder goes when the run is complete.
  public var temporaryFolder: String { path + "/" + OutputLayout.temporary }

  func file(_ name: String) -> String { path + "/" + name }
  func marker(_ name: String) -> String { path + "/" + OutputLayout.markers + "/" + name }
  var markersPath: String { path + "/" + OutputLayout.markers }

  /// A name in `_tmp` that no other attempt uses.
  func temporary(for name: String) -> String {
    Self.temporary(for: name, in: path)
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
    try Self.writeWhole(bytes, name: name, folder: folder, in: path)
  }

  /// Writes the manifest, which makes the run complete, after every name it vouches for is on the disk.
  func complete(_ manifest: Manifest) throws {
    try ShardFiles.syncDirectory(path)
    try writeWhole(manifest.encoded, name: OutputLayout.manifest, folder: path)
    // Should that be undone by a power failure, the next one to open the folder does it again.
    try Self.removeRunState(in: path)
  }

  // MARK: Opening

  private static func lock(_ path: String) throws -> Int32 {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw ShardFiles.error("open", path) }
    // File systems without locks answer with another error; there the exclusive link still guards commits.
    if flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
      close(descriptor)
      throw ShardError.inUse(path: path)
    }
    return descriptor
  }

  private static func inspect(
    _ path: String, fingerprint: String, allowingForeign: Bool
  ) throws -> (State, ResumePoint) {
    let names = try ShardFiles.list(path)
    if !allowingForeign, let foreign = names.first(where: { !OutputLayout.isOurs($0) }) {
      throw ShardError.foreignFile(path: path + "/" + foreign)
    }
    let nothing = ResumePoint(markers: [], isPresent: { _ in false })
    if names.contains(OutputLayout.manifest) {
      let manifest = try Manifest.read(directory: path)
      guard manifest.fingerprint == fingerprint else { throw ShardError.otherRun(path: path) }
      return (.complete(manifest), nothing)
    }
    let left = names.filter {
      OutputLayout.isOurs($0) && ![OutputLayout.temporary, OutputLayout.markers].contains($0)
    }
    if names.contains(OutputLayout.runState) {
      let state = path + "/" + OutputLayout.runState
      // The power may have failed before the disk had any of it; then there is no shard either.
      if left == [OutputLayout.runState], ShardFiles.size(of: state) == 0 { return (.fresh, nothing) }
      let run = try JSONFile.decode(RunState.self, path: state)
      guard run.fingerprint == fingerprint else { throw ShardError.otherRun(path: path) }
      return (.unfinished, try resumePoint(in: path, fingerprint: fingerprint))
    }
    // Empty folders of ours are what is left when a run is killed before it has written its state.
    guard left.isEmpty else { throw ShardError.otherRun(path: path) }
    return (.fresh, nothing)
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
    _ path: String, fingerprint: String, state: State, resume: ResumePoint
  ) throws {
    if case .complete = state { return try removeRunState(in: path) }
    try ShardFiles.removeDirectory(path + "/" + OutputLayout.temporary)
    try ShardFiles.makeDirectory(path + "/" + OutputLayout.temporary)
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
      let bytes = RunState(fingerprint: fingerprint).encoded
      try writeWhole(bytes, name: OutputLayout.runState, folder: path, in: path, syncing: false)
    }
  }

  private static func removeOurs(in path: String) throws {
    // The manifest first: without it nobody takes the rest for a complete run.
    try ShardFiles.remove(path + "/" + OutputLayout.manifest)
    for name in try ShardFiles.list(path) where OutputLayout.isShardName(name) {
      try ShardFiles.remove(path + "/" + name)
    }
    for listing in OutputLayout.listings { try ShardFiles.remove(path + "/" + listing) }
    try ShardFiles.remove(path + "/" + OutputLayout.runReport)
    try removeRunState(in: path)
    try ShardFiles.syncDirectory(path)
  }

  private static func removeRunState(in path: String) throws {
    try ShardFiles.removeDirectory(path + "/" + OutputLayout.markers)
    try ShardFiles.removeDirectory(path + "/" + OutputLayout.temporary)
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

/// `_run.json`: whose unfinished run a folder holds.
struct RunState: Sendable, Hashable, Decodable {
  var fingerprint: String

  var encoded: [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.key("fingerprint")
    json.string(fingerprint)
    json.endObject()
    json.newline()
    return json.bytes
  }
}
