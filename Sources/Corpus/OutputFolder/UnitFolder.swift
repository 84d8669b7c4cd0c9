import Glibc

/// An output folder that was filled input by input, held alone to be finished.
///
/// Whatever order the units were worked on in, the manifest has them in the order of their inputs' names, so that its
/// bytes and those of the listings are a function of inputs, config and version.
public final class UnitFolder {
  /// One input and how far it is.
  struct Unit: Sendable {
    var series: ShardSeries
    var input: RunIdentity.Input
    var path: String
    var markers: [ShardMarker]
    /// Nil while it is not done.
    var done: UnitDone?
  }

  /// The folder.
  public let path: String
  /// Its manifest, when it was finished before.
  public let manifest: Manifest?
  /// Share of rejects above which a user wants to be told, as the config of the first unit had it.
  public let rejectLimit: Double
  /// The units in the order of their inputs' names.
  private let units: [Unit]
  private let directory: OutputDirectory

  /// Takes the folder and looks at what is there.
  ///
  /// - Parameter isForced: Takes it although somebody seems to work on it; they notice before their next commit.
  /// - Throws: ``ShardError/noUnits(path:)``, ``ShardError/inUse(path:holder:isForcible:)``, or an error of the file
  ///   system.
  public init(path: String, isForced: Bool = false) throws {
    self.path = path
    let lock = try FolderLock(path, isForced: isForced)
    try OutputDirectory.sweepLocks(in: path)
    let state = try Self.state(of: path)
    manifest = state.manifest
    rejectLimit = state.run.rejectLimit ?? 1
    units =
      manifest == nil
      ? try Self.units(of: state.run.identity, in: path)
      : try state.run.identity.inputs.map {
        Unit(series: try ShardSeries(unit: $0.name), input: $0, path: "", markers: [])
      }
    var identity = state.run.identity
    identity.inputs = units.map(\.input)
    directory = OutputDirectory(
      path: path, identity: identity, fingerprint: try identity.fingerprint(), series: .run, lock: lock,
      state: manifest.map { .complete($0) } ?? .unfinished, resume: ResumePoint())
    // Someone may have been killed behind the manifest.
    if manifest != nil { try OutputDirectory.removeRunState(in: path) }
  }

  /// What the folder holds, all inputs among it.
  public var identity: RunIdentity { directory.identity }

  /// Sees that all inputs are there.
  ///
  /// - Parameter listing: The inputs that should be there, and no others; nil for all that were begun. Only a listing
  ///   can show an input that was never begun.
  /// - Throws: ``ShardError/unfinishedUnits(path:lines:)``.
  public func check(against listing: InputListing?) throws {
    let census = UnitCensus(
      units: units.map {
        .init(
          name: $0.input.name, path: $0.path, key: $0.series.key ?? "",
          isDone: manifest != nil || $0.done != nil)
      },
      listed: listing?.files.map { (name: $0.name, path: ShardFiles.absolutePath($0.path) ?? $0.path) },
      unlisted: listing?.rejects.map { (name: $0.origin.input, reason: $0.detail) } ?? [])
    guard census.isComplete else {
      throw ShardError.unfinishedUnits(path: path, lines: census.lines)
    }
  }

  /// Joins the listings and writes the manifest, which makes the folder complete.
  ///
  /// - Parameter report: The text of `run.json`; it must hold ``identity`` as a member of that name.
  /// - Throws: ``ShardError/unfinishedUnits(path:lines:)`` when a unit is not done,
  ///   ``ShardError/unbalancedTotals(_:)``, or an error of the file system.
  public func finish(report: (Manifest) -> String) throws -> Manifest {
    if let manifest { return manifest }
    try check(against: nil)
    try ShardFiles.removeDirectory(directory.temporaryFolder)
    try ShardFiles.makeDirectory(directory.temporaryFolder)
    var shards: [ShardRow] = []
    var batches = 0
    var (found, added) = (0, 0)
    var leftOut = LeftOut()
    for unit in units {
      guard let done = unit.done else { continue }
      for marker in unit.markers {
        var row = marker.shard
        // Batches are numbered unit by unit; in the manifest one unit follows the other.
        row.batches = batches + row.batches.lowerBound..<batches + row.batches.upperBound
        shards.append(row)
      }
      batches += done.batches
      found += done.found
      added += done.added
      leftOut += done.leftOut
    }
    var rows: [String: ListingRow] = [:]
    for listing in OutputLayout.listings {
      rows[listing] = try ListingPart.join(
        units.flatMap { parts(of: $0, listing) }, as: listing, in: directory)
    }
    let manifest = Manifest(
      fingerprint: directory.fingerprint, batches: batches, shards: shards,
      rejects: rows[OutputLayout.rejects],
      duplicates: rows[OutputLayout.duplicates], ledger: rows[OutputLayout.ledger], found: found,
      added: added, leftOut: leftOut)
    if let imbalance = manifest.totals.imbalance { throw ShardError.unbalancedTotals(imbalance) }
    // Before the units' own files go: one of both says what the folder is, whenever someone is killed.
    try directory.complete(manifest, report: report(manifest))
    return manifest
  }

  /// Lets go of the folder.
  public func release() { directory.release() }

  /// What the folder is, with the manifest when nothing is left to be done.
  private static func state(of path: String) throws -> (run: RunState, manifest: Manifest?) {
    let names = try ShardFiles.list(path)
    let manifest = names.contains(OutputLayout.manifest) ? try Manifest.read(directory: path) : nil
    let report = try? JSONFile.decode(RunState.self, path: path + "/" + OutputLayout.runReport)
    if let manifest, let report, report.identity.kind == .shards { return (report, manifest) }
    // A manifest without a report: whoever wrote it was killed before he removed anything, and it is written again.
    if names.contains(OutputLayout.runState) {
      let run = try JSONFile.decode(RunState.self, path: path + "/" + OutputLayout.runState)
      if run.identity.kind == .shards { return (run, nil) }
    }
    // Somebody removed the report: then the ledger says which inputs there were.
    if let manifest, report == nil,
      manifest.shards.contains(where: { ShardSeries.of($0.name)?.series != .run })
    {
      return (RunState(identity: try identity(of: manifest, in: path)), manifest)
    }
    throw ShardError.noUnits(path: path)
  }

  private static func identity(of manifest: Manifest, in path: String) throws -> RunIdentity {
    var identity = RunIdentity(kind: .shards, version: "", config: [])
    guard let ledger = manifest.ledger else { return identity }
    try ShardReader(path: path + "/" + ledger.name).forEachRecord { line in
      let entry = try JSONFile.decode(LedgerEntry.self, from: Array(line), path: ledger.name)
      identity.inputs.append(RunIdentity.Input(name: entry.input, bytes: nil))
      return true
    }
    return identity
  }

  private func parts(of unit: Unit, _ listing: String) -> [ListingPart] {
    let segments =
      unit.markers.map { $0.segment(of: listing) } + [unit.done?.tail[listing] ?? ListingSegment()]
    return segments.enumerated().map { index, segment in
      ListingPart(
        segment: segment,
        path: unit.series.markersPath(in: path) + "/" + OutputLayout.segmentName(index, of: listing))
    }
  }

  private static func units(of identity: RunIdentity, in path: String) throws -> [Unit] {
    let keys = try ShardFiles.list(ShardSeries.run.markersPath(in: path))
    return try keys.compactMap { key -> Unit? in
      guard let series = ShardSeries(key: key) else { return nil }
      let file = series.markersPath(in: path) + "/" + OutputLayout.unitState
      // Somebody was killed before he had said what he began.
      guard ShardFiles.size(of: file) != nil else { return nil }
      let state = try JSONFile.decode(UnitState.self, path: file)
      var own = identity
      own.inputs = [state.input]
      let fingerprint = try own.fingerprint()
      let resume = try OutputDirectory.resumePoint(in: path, fingerprint: fingerprint, series: series)
      return Unit(
        series: series, input: state.input, path: state.path, markers: resume.committed,
        done: try OutputDirectory.done(series, fingerprint: fingerprint, resume: resume, in: path))
    }.sorted { $0.input.name.utf8.lexicographicallyPrecedes($1.input.name.utf8) }
  }
}

/// Which inputs of a folder are missing, as a pure value.
struct UnitCensus: Sendable, Hashable {
  /// A unit, as far as it matters here.
  struct Unit: Sendable, Hashable {
    var name: String
    /// Where its input lay; empty when unknown.
    var path: String
    var key: String
    var isDone: Bool
  }

  /// Begun and not done.
  var unfinished: [String] = []
  /// Listed and never begun.
  var missing: [String] = []
  /// Done and not listed.
  var extra: [String] = []
  /// What could not be listed, with the reason.
  var unlisted: [String] = []
  /// Files that were worked on under two names, whose records would be there twice.
  var doubled: [String] = []

  /// Most lines that tell of inputs.
  private static let shown = 10

  /// Compares units with a listing. An input is known by its name, or by where it lies: named one by one, inputs have
  /// shorter names than listed by a folder.
  init(
    units: [Unit], listed: [(name: String, path: String)]?,
    unlisted: [(name: String, reason: String)] = []
  ) {
    unfinished = units.filter { !$0.isDone }.map(\.name)
    self.unlisted = unlisted.map { "\($0.name): cannot be listed: \($0.reason)" }
    var byPath: [String: Unit] = [:]
    for unit in units where !unit.path.isEmpty {
      if let other = byPath[unit.path] {
        doubled.append(
          "\(other.name) and \(unit.name): one file under two names; remove the files and markers of one, "
            + "part-\(unit.key)-* and _markers/\(unit.key)")
      }
      byPath[unit.path] = unit
    }
    guard let listed else { return }
    let names = Set(units.map(\.name))
    let paths = Set(units.map(\.path).filter { !$0.isEmpty })
    missing = listed.filter { !names.contains($0.name) && !paths.contains($0.path) }.map(\.name)
    let listedNames = Set(listed.map(\.name))
    let listedPaths = Set(listed.map(\.path))
    extra = units.filter { !listedNames.contains($0.name) && !listedPaths.contains($0.path) }.map(\.name)
  }

  /// Whether all that should be there is, and nothing else.
  var isComplete: Bool { lines.isEmpty }

  /// What is amiss, for people.
  var lines: [String] {
    let all =
      missing.map { "\($0): not begun" } + unfinished.map { "\($0): begun, not done" } + unlisted
      + extra.map { "\($0): is there and not listed by --input" } + doubled
    return all.prefix(Self.shown) + (all.count > Self.shown ? ["and \(all.count - Self.shown) more"] : [])
  }
}
