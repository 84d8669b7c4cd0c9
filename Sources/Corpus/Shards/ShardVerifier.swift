/// Checks an output folder against its manifest, reading every byte once.
///
/// Some readers do not notice a file cut between two frames, so the manifest is the authority: names, sizes,
/// hashes, every frame's checksum, size and number of records, first and last ids, seek tables, totals, and
/// that nothing else is in the folder.
public enum ShardVerifier {
  /// Checks everything. Whatever is wrong is in the report; nothing is thrown.
  public static func verify(directory: String) -> VerificationReport {
    var report = VerificationReport()
    let manifest: Manifest
    do {
      manifest = try Manifest.read(directory: directory)
    } catch {
      report.problems = withoutManifest(directory, reason: "\(error)")
      return report
    }
    report.shards = manifest.shards.count
    report.records = manifest.totals.records
    report.bytes = manifest.totals.bytes
    report.problems += order(of: manifest) + totals(of: manifest)
    for row in manifest.shards {
      report.problems += problems(of: row, manifest: manifest, directory: directory)
    }
    let leftOut = manifest.totals.leftOut
    report.problems += listing(
      manifest.rejects, OutputLayout.rejects, counted: leftOut.rejectLines, directory: directory)
    report.problems += listing(
      manifest.duplicates, OutputLayout.duplicates, counted: leftOut.duplicateLines, directory: directory)
    report.problems += LedgerCheck.problems(of: manifest, directory: directory)
    report.problems += extraFiles(manifest, directory: directory)
    return report
  }

  /// Checks one shard only, so that a caller may check several at a time.
  public static func problems(
    of row: ShardRow, manifest: Manifest, directory: String
  ) -> [VerificationReport.Problem] {
    var check = FileCheck(
      name: row.name, directory: directory, bytes: row.bytes, sha256: row.sha256, frames: row.frames)
    check.ids = (row.firstID, row.lastID)
    var problems = check.run()
    if row.records != row.frames.reduce(0, { $0 + $1.records })
      || row.uncompressedBytes != row.frames.reduce(0, { $0 + $1.uncompressedBytes })
    {
      problems.append(inManifest(.wrongTotals, "the sums of \(row.name) are not those of its frames"))
    }
    if let actual = check.actualHash, actual != row.sha256,
      let other = manifest.shards.first(where: { $0.sha256 == actual })
    {
      for index in problems.indices where problems[index].kind == .wrongHash {
        problems[index].message += "; it has the content of \(other.name)"
      }
    }
    return problems
  }

  // MARK: The manifest itself

  static func inManifest(
    _ kind: VerificationReport.Kind, _ message: String
  ) -> VerificationReport.Problem {
    .init(kind: kind, file: OutputLayout.manifest, offset: nil, message: message)
  }

  private static func withoutManifest(_ directory: String, reason: String) -> [VerificationReport.Problem] {
    let path = directory + "/" + OutputLayout.runState
    if ShardFiles.size(of: directory + "/" + OutputLayout.manifest) == nil, ShardFiles.size(of: path) != nil {
      return [
        .init(
          kind: .unfinishedRun, file: OutputLayout.runState, offset: nil,
          message: "the run is not finished; start it again to go on")
      ]
    }
    return [inManifest(.unreadableManifest, reason)]
  }

  private static func order(of manifest: Manifest) -> [VerificationReport.Problem] {
    var problems: [VerificationReport.Problem] = []
    var batch = 0
    var previous: String?
    var series: Set<ShardSeries> = []
    for row in manifest.shards {
      let own = ShardSeries.of(row.name)?.series
      let isNew = own != previous.flatMap(ShardSeries.of)?.series
      if !ShardSeries.isNext(row.name, after: previous) || isNew && own.map(series.contains) ?? false
        || own == .run && isNew && previous != nil
      {
        let place = previous.map { "behind \($0)" } ?? "first"
        problems.append(inManifest(.wrongOrder, "\(row.name) stands \(place), where it does not belong"))
      }
      if let own { series.insert(own) }
      previous = row.name
      if row.batches.lowerBound != batch {
        problems.append(
          inManifest(.wrongOrder, "\(row.name) begins with batch \(row.batches.lowerBound), not \(batch)"))
      }
      batch = row.batches.upperBound
    }
    if batch > manifest.batches {
      problems.append(inManifest(.wrongOrder, "the shards hold more than \(manifest.batches) batches"))
    }
    return problems
  }

  private static func totals(of manifest: Manifest) -> [VerificationReport.Problem] {
    let sums = Manifest(
      fingerprint: manifest.fingerprint, batches: manifest.batches, shards: manifest.shards,
      rejects: manifest.rejects, duplicates: manifest.duplicates, ledger: manifest.ledger,
      found: manifest.totals.found, added: manifest.totals.added, leftOut: manifest.totals.leftOut)
    guard sums.totals != manifest.totals else { return [] }
    let message =
      "totals say \(manifest.totals.records) records and \(manifest.totals.bytes) bytes, "
      + "the shards' rows add up to \(sums.totals.records) and \(sums.totals.bytes)"
    return [inManifest(.wrongTotals, message)]
  }

  /// The file of rejects or of duplicates against its row, and its lines against what the totals count by reason.
  private static func listing(
    _ row: ListingRow?, _ name: String, counted: Int, directory: String
  ) -> [VerificationReport.Problem] {
    var problems: [VerificationReport.Problem] = []
    if counted != row?.records ?? 0 {
      problems.append(
        inManifest(.wrongTotals, "\(counted) lines by reason, \(row?.records ?? 0) in \(name)"))
    }
    if let row {
      var check = FileCheck(
        name: name, directory: directory, bytes: row.bytes, sha256: row.sha256,
        frames: row.frames)
      problems += check.run()
    }
    return problems
  }

  private static func extraFiles(_ manifest: Manifest, directory: String) -> [VerificationReport.Problem] {
    var expected = Set(manifest.shards.map(\.name))
    expected.formUnion([OutputLayout.manifest, OutputLayout.runReport, OutputLayout.lock])
    expected.formUnion(manifest.listings.map(\.name))
    let names = (try? ShardFiles.list(directory)) ?? []
    // What a run keeps for itself while it is under way may be left when it is killed behind its last step; it goes when
    // the same command is given again, and is no part of the result.
    return names.filter {
      !expected.contains($0) && !OutputLayout.isRunState($0)
    }.map {
      .init(kind: .extraFile, file: $0, offset: nil, message: "the manifest does not name it")
    }
  }
}
