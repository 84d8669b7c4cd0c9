import Corpus

/// Makes the damaged or missing files of a finished folder again, working on no more batches than they need.
public struct PipelineRepair: Sendable {
  private let run: PipelineRun

  /// - Parameter run: The config, inputs and output folder of the finished run.
  public init(_ run: PipelineRun) { self.run = run }

  /// What was done.
  public struct Outcome: Sendable {
    /// Files made again.
    public var repaired: [String]
    /// Batches worked on, of all.
    public var batches: (worked: Int, all: Int)
    /// What is wrong all the same, such as files that do not belong there.
    public var remaining: [VerificationReport.Problem]
  }

  /// Repairs; nil when a stop was asked for, and then each file is as it was or repaired.
  ///
  /// - Throws: ``ShardError``: without its manifest a folder cannot be repaired, and a file that comes out other than the
  ///   manifest says replaces none. `OtherRun` when config or inputs are not those of the folder. What a stage throws.
  public func execute(progress: RunProgress, stop: StopSignal) async throws -> Outcome? {
    let manifest = try Manifest.read(directory: run.output)
    guard let run = try run.recorded(by: manifest.fingerprint) else { throw OtherRun(path: run.output) }
    let repair = try FolderRepair(
      path: run.output, shardBytes: run.config.output.shardBytes, isOfUnits: run.scope == .unit)
    defer { repair.release() }
    var worked = 0
    if !repair.damaged.isEmpty {
      var config = run.config
      if run.scope == .folder {
        let survey = PipelineSurvey(
          config: config, inputs: run.inputs, folder: repair.temporaryFolder,
          findings: repair.temporaryFolder, progress: progress, stop: stop)
        guard let informed = try await survey.informedPlan() else { return nil }
        config.plan = informed.plan
      }
      for part in try PipelineRepair.parts(of: run, repair) {
        let pass = BatchPass(config: config, inputs: part.inputs, wanted: part.wanted)
        let isEnded = try await pass.run(stop: stop) { batch in
          var description = batch.description
          description.batchIndex += part.firstBatch
          try repair.append(
            batch.frame, describing: description, rejected: batch.rejects, duplicated: batch.duplicates,
            accounting: batch.ledger)
          worked += 1
          progress.update {
            $0.records += description.content?.records ?? 0
            $0.textBytes += batch.textBytes
          }
        }
        guard isEnded else { return nil }
        try repair.endUnit()
      }
      try repair.finish()
    }
    // What is ours must be gone before the folder is looked at once more.
    repair.release()
    return Outcome(
      repaired: repair.repaired, batches: (worked, manifest.batches),
      remaining: ShardVerifier.verify(directory: run.output).problems)
  }

  /// Some inputs with the batches of theirs that are needed.
  private struct Part {
    var inputs: InputListing
    /// In the numbering of these inputs.
    var wanted: [Range<Int>]
    /// The manifest's number of their first batch.
    var firstBatch: Int
  }

  private static func parts(of run: PipelineRun, _ repair: FolderRepair) throws -> [Part] {
    guard run.scope == .unit else {
      return try repair.neededBatches().map { [Part(inputs: run.inputs, wanted: $0, firstBatch: 0)] } ?? []
    }
    return try run.inputs.files.compactMap { file in
      guard let needed = try repair.neededBatches(ofUnit: file.name) else { return nil }
      let first = try repair.firstBatch(ofUnit: file.name)
      let wanted = needed.map { max(0, $0.lowerBound - first)..<max(0, $0.upperBound - first) }
      return Part(inputs: InputListing(files: [file]), wanted: wanted, firstBatch: first)
    }
  }
}

/// The config or the inputs given are not those of the output folder.
public struct OtherRun: Error, CustomStringConvertible {
  /// The output folder.
  public var path: String
  /// What is wrong and what to do.
  public var description: String {
    "\(path) belongs to another config, other inputs, or another version than those given: name those it was made with"
  }
}
