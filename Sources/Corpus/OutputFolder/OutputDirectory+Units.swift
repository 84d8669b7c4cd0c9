import Glibc

/// An output folder that many processes fill at once, each working on one input.
extension OutputDirectory {
  /// Opens the folder for one unit of work and shares it with whoever works on others, or on the same one.
  ///
  /// Nothing in it is swept or replaced: two attempts at a unit write the same bytes under the same names, and the one
  /// that comes second finds them equal. ``state`` is ``State/unitDone(records:)`` when nothing is left to be done.
  ///
  /// - Parameters:
  ///   - identity: Of kind ``RunIdentity/Kind/shards``, with the unit's input alone. Config and version must be those
  ///     of whoever began the folder.
  ///   - rejectLimit: What ``UnitFolder`` is to say of the limit of rejects, if this is the first unit.
  ///   - isRestarting: Removes what was written of this unit first; refused while others work on the folder.
  /// - Throws: ``ShardError``: in use by somebody who holds it alone, another run's or config's, or an input that
  ///   changed.
  public convenience init(
    path: String, unit identity: RunIdentity, rejectLimit: Double, isRestarting: Bool = false
  ) throws {
    precondition(identity.kind == .shards && identity.inputs.count == 1, "a unit is one input")
    let input = identity.inputs[0]
    let series = try ShardSeries(unit: input.name)
    try ShardFiles.makeDirectory(path)
    try Self.refuseForeignFiles(in: path)
    if isRestarting { try Self.removeUnit(series, in: path) }
    let lock = try FolderLock(path, .shared)
    let fingerprint = try identity.fingerprint()
    var state: State
    var resume = ResumePoint()
    if let manifest = try Self.join(path, identity: identity, rejectLimit: rejectLimit) {
      state = .unitDone(
        records: manifest.shards.reduce(0) { $0 + (series.index(of: $1.name) == nil ? 0 : $1.records) })
    } else {
      try Self.begin(series, input, in: path)
      resume = try Self.resumePoint(in: path, fingerprint: fingerprint, series: series)
      state = resume.committed.isEmpty ? .fresh : .unfinished
      if let done = try Self.done(series, fingerprint: fingerprint, resume: resume, in: path) {
        state = .unitDone(records: done.records)
      }
    }
    self.init(
      path: path, identity: identity, fingerprint: fingerprint, series: series, lock: lock, state: state,
      resume: resume)
  }

  /// What a unit's `done.json` says, when all that it vouches for is there.
  static func done(
    _ series: ShardSeries, fingerprint: String, resume: ResumePoint, in path: String
  ) throws -> UnitDone? {
    let folder = series.markersPath(in: path)
    // One that cannot be read counts as absent: what it says is worked out again.
    guard let done = try? JSONFile.decode(UnitDone.self, path: folder + "/" + OutputLayout.unitDone),
      done.fingerprint == fingerprint, done.shards == resume.committed.count
    else { return nil }
    let isWhole = OutputLayout.listings.allSatisfy { listing in
      let file = folder + "/" + OutputLayout.segmentName(done.shards, of: listing)
      return done.tail[listing]?.bytes ?? 0 == ShardFiles.size(of: file) ?? 0
    }
    return isWhole ? done : nil
  }

  /// Makes sure that the folder is filled input by input with this config, or begins it.
  ///
  /// - Returns: the manifest when the folder is finished, and holds the unit.
  private static func join(
    _ path: String, identity: RunIdentity, rejectLimit: Double
  ) throws -> Manifest? {
    var common = identity
    common.inputs = []
    let names = try ShardFiles.list(path)
    let report = try? JSONFile.decode(RunState.self, path: path + "/" + OutputLayout.runReport)
    // Without a report, whoever wrote the manifest was killed before he removed what the units had left.
    if names.contains(OutputLayout.manifest), report != nil || !names.contains(OutputLayout.runState) {
      let manifest = try Manifest.read(directory: path)
      guard var old = report?.identity, try old.fingerprint() == manifest.fingerprint else {
        throw ShardError.otherRun(path: path)
      }
      old.inputs.removeAll { $0.name != identity.inputs[0].name }
      try compare(old, with: identity, isComplete: true, in: path)
      return manifest
    }
    let state = path + "/" + OutputLayout.runState
    if !names.contains(OutputLayout.runState) {
      let left = names.filter { OutputLayout.isOurs($0) && !OutputLayout.isLeftByNobody($0) }
      guard left.isEmpty else { throw ShardError.otherRun(path: path) }
      try ShardFiles.makeDirectory(path + "/" + OutputLayout.temporary)
      let bytes = RunState(identity: common, rejectLimit: rejectLimit).encoded
      try writeOnce(bytes, name: OutputLayout.runState, folder: path, in: path)
    }
    guard let run = try? JSONFile.decode(RunState.self, path: state) else {
      throw ShardError.otherRun(path: path)
    }
    var old = run.identity
    // A run over all inputs differs by that; its inputs are no matter of this one's.
    if old.kind == .run { old.inputs = [] }
    try compare(old, with: common, isComplete: false, in: path)
    return nil
  }

  /// Makes the unit's folder of markers, and sees that the unit is this input as it is now.
  private static func begin(_ series: ShardSeries, _ input: RunIdentity.Input, in path: String) throws {
    let folder = series.markersPath(in: path)
    try ShardFiles.makeDirectory(path + "/" + OutputLayout.temporary)
    try ShardFiles.makeDirectory(folder)
    let file = folder + "/" + OutputLayout.unitState
    if ShardFiles.size(of: file) == nil {
      let state = UnitState(input: input, path: input.path.flatMap(ShardFiles.absolutePath) ?? "")
      try writeOnce(state.encoded, name: OutputLayout.unitState, folder: folder, in: path)
    }
    let old = try JSONFile.decode(UnitState.self, path: file).input
    let change =
      old.name == input.name
      ? input.change(since: old) { $0.path.flatMap { try? ShardFiles.sha256(of: $0) } }
      : .inputRemoved(old.name)
    if let change { throw ShardError.changedUnit(path: path, change: change.description) }
  }

  /// Writes a small file that nobody may write twice; another one's stays.
  private static func writeOnce(_ bytes: [UInt8], name: String, folder: String, in path: String) throws {
    let temporary = temporary(for: name, in: path)
    defer { unlink(temporary) }
    let output = try OutputShardFile(creating: temporary)
    try output.write(bytes)
    try output.finish()
    _ = try ShardFiles.linkExclusively(temporary, to: folder + "/" + name)
    try ShardFiles.syncDirectory(folder)
  }

  private static func removeUnit(_ series: ShardSeries, in path: String) throws {
    let lock = try FolderLock(path)
    defer { lock.release() }
    // A finished folder is whole or it is nothing.
    guard ShardFiles.size(of: path + "/" + OutputLayout.manifest) == nil else { return }
    // What says that it is done first: without that nobody takes the rest for a complete unit.
    let markers = series.markersPath(in: path)
    try ShardFiles.remove(markers + "/" + OutputLayout.unitDone)
    for name in try ShardFiles.list(path) where series.index(of: name) != nil {
      try ShardFiles.remove(path + "/" + name)
    }
    try ShardFiles.removeDirectory(markers)
    try ShardFiles.syncDirectory(path)
  }
}
