import Glibc

/// What is found in an output folder, whose it is, and what of it stays.
extension OutputDirectory {
  static func refuseForeignFiles(in path: String) throws {
    if let foreign = try ShardFiles.list(path).first(where: { !OutputLayout.isOurs($0) }) {
      throw ShardError.foreignFile(path: path + "/" + foreign)
    }
  }

  static func inspect(
    _ path: String, identity: RunIdentity, fingerprint: String
  ) throws -> (State, ResumePoint) {
    let names = try ShardFiles.list(path)
    let nothing = ResumePoint()
    if names.contains(OutputLayout.manifest), try vouches(forAllIn: path, names) {
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

  /// Whether the manifest may be believed. One that stands beside the state of an unfinished run is either the last
  /// thing that was done before a kill, or was written by somebody from whom the folder was taken at that very moment.
  private static func vouches(forAllIn path: String, _ names: [String]) throws -> Bool {
    guard names.contains(OutputLayout.runState) else { return true }
    let manifest = try Manifest.read(directory: path)
    let files = manifest.shards.map { ($0.name, $0.bytes) } + manifest.listings.map { ($0.name, $0.bytes) }
    return files.allSatisfy { name, bytes in ShardFiles.size(of: path + "/" + name) == bytes }
  }

  /// A complete folder is compared by what its report says the run was, or else by the manifest's fingerprint.
  static func compare(
    _ manifest: Manifest, with identity: RunIdentity, fingerprint: String, in path: String
  ) throws {
    let report = try? JSONFile.decode(RunState.self, path: path + "/" + OutputLayout.runReport)
    if let old = report?.identity, try old.fingerprint() == manifest.fingerprint {
      try compare(old, with: identity, isComplete: true, in: path)
    }
    guard manifest.fingerprint == fingerprint else { throw ShardError.otherRun(path: path) }
  }

  static func compare(
    _ old: RunIdentity, with identity: RunIdentity, isComplete: Bool, in path: String
  ) throws {
    let changes = identity.changes(since: old) { input in
      input.path.flatMap { try? ShardFiles.sha256(of: $0) }
    }
    guard changes.isEmpty else {
      throw ShardError.changedRun(
        path: path, isComplete: isComplete, isShared: identity.kind == .shards,
        changes: RunIdentity.lines(changes))
    }
  }

  static func resumePoint(
    in path: String, fingerprint: String, series: ShardSeries = .run
  ) throws -> ResumePoint {
    let folder = series.markersPath(in: path)
    let names = try ShardFiles.list(folder)
    let markers = names.filter { OutputLayout.isMarkerName($0) }.compactMap { name in
      // A marker that cannot be read counts as absent: its shard is made again and compared by hash.
      try? JSONFile.decode(ShardMarker.self, path: folder + "/" + name)
    }
    let ours = markers.filter { $0.fingerprint == fingerprint }
    return ResumePoint(markers: ours, series: series) { marker in
      guard ShardFiles.size(of: path + "/" + marker.shard.name) == marker.shard.bytes,
        let index = series.index(of: marker.shard.name)
      else { return false }
      return OutputLayout.listings.allSatisfy { listing in
        let segment = folder + "/" + OutputLayout.segmentName(index, of: listing)
        return marker.segment(of: listing).bytes == ShardFiles.size(of: segment) ?? 0
      }
    }
  }

  static func settle(
    _ path: String, identity: RunIdentity, state: State, resume: ResumePoint
  ) throws {
    try sweepLocks(in: path)
    if case .complete = state { return try removeRunState(in: path) }
    // What they say of an earlier attempt is not true of this one.
    try ShardFiles.remove(path + "/" + OutputLayout.manifest)
    try ShardFiles.remove(path + "/" + OutputLayout.runReport)
    try ShardFiles.removeDirectory(path + "/" + OutputLayout.temporary)
    try ShardFiles.makeDirectory(path + "/" + OutputLayout.temporary)
    try ShardFiles.makeDirectory(path + "/" + OutputLayout.findings)
    let markers = ShardSeries.run.markersPath(in: path)
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

  /// Removes what is left of those that were killed while they took the folder; only for whoever has it alone.
  static func sweepLocks(in path: String) throws {
    for name in try ShardFiles.list(path) where OutputLayout.isLockLeftover(name) {
      try ShardFiles.remove(path + "/" + name)
    }
  }

  static func removeOurs(in path: String) throws {
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

  static func removeRunState(in path: String) throws {
    let markers = ShardSeries.run.markersPath(in: path)
    // Units have folders of their own in it.
    for name in try ShardFiles.list(markers) where ShardSeries(key: name) != nil {
      try ShardFiles.removeDirectory(markers + "/" + name)
    }
    try ShardFiles.removeDirectory(markers)
    try ShardFiles.removeDirectory(path + "/" + OutputLayout.temporary)
    try ShardFiles.removeDirectory(path + "/" + OutputLayout.findings)
    try ShardFiles.remove(path + "/" + OutputLayout.runState)
  }

  static func temporary(for name: String, in path: String) -> String {
    let unique = String(UInt64.random(in: .min ... .max), radix: 36)
    return "\(path)/\(OutputLayout.temporary)/\(name).\(getpid())-\(unique)"
  }

  static func writeWhole(
    _ bytes: [UInt8], name: String, folder: String, in path: String, syncing: Bool = true,
    confirming: () throws -> Void = {}
  ) throws {
    let temporary = temporary(for: name, in: path)
    let output = try OutputShardFile(creating: temporary)
    do {
      try output.write(bytes)
      try output.finish(syncing: syncing)
      // As late as can be: waiting for the disk takes long enough for the folder to be taken.
      try confirming()
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
  /// Share of rejects above which ``UnitFolder/finish()`` is told so; of folders that are filled input by input.
  var rejectLimit: Double?

  private enum CodingKeys: String, CodingKey {
    case identity
    case rejectLimit = "reject_limit"
  }

  init(identity: RunIdentity, rejectLimit: Double? = nil) {
    self.identity = identity
    self.rejectLimit = rejectLimit
  }

  var encoded: [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.key("identity")
    identity.write(to: &json)
    if let rejectLimit {
      json.key("reject_limit")
      json.double(rejectLimit)
    }
    json.endObject()
    json.newline()
    return json.bytes
  }
}
