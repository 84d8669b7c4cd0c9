/// Checks the ledger of an output folder: its lines balance, one by one and in sum, and the sums are the manifest's.
enum LedgerCheck {
  static func problems(of manifest: Manifest, directory: String) -> [VerificationReport.Problem] {
    var problems: [VerificationReport.Problem] = []
    if let imbalance = manifest.totals.imbalance {
      problems.append(ShardVerifier.inManifest(.unbalancedLedger, "the totals do not balance: \(imbalance)"))
    }
    guard let row = manifest.ledger else {
      if manifest.totals.found > 0 {
        problems.append(ShardVerifier.inManifest(.unbalancedLedger, "it names no ledger of what was found"))
      }
      return problems
    }
    var check = FileCheck(
      name: row.name, directory: directory, bytes: row.bytes, sha256: row.sha256, frames: row.frames)
    problems += check.run()
    // A damaged file would only be reported twice.
    if problems.isEmpty { problems += lines(row, manifest.totals, directory) }
    return problems
  }

  private static func lines(
    _ row: ListingRow, _ totals: Manifest.Totals, _ directory: String
  ) -> [VerificationReport.Problem] {
    func problem(_ message: String) -> VerificationReport.Problem {
      .init(kind: .unbalancedLedger, file: row.name, offset: nil, message: message)
    }
    var problems: [VerificationReport.Problem] = []
    var sum = LedgerEntry(index: 0, input: "")
    do {
      try ShardReader(path: directory + "/" + row.name).forEachRecord { line in
        let entry = try JSONFile.decode(LedgerEntry.self, from: Array(line), path: row.name)
        if entry.missing != 0 { problems.append(problem("\(entry.input) does not balance: \(entry.sides)")) }
        sum += entry
        return true
      }
    } catch {
      return [problem("\(error)")]
    }
    if sum.found != totals.found || sum.added != totals.added || sum.written != totals.records
      || sum.leftOut != totals.leftOut
    {
      problems.append(
        problem("its lines add up to \(sum.sides), which is not what the manifest's totals say"))
    }
    return problems
  }
}
