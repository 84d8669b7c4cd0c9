import Corpus

/// What cannot be a unit of work that stands alone.
public enum UnitError: Error, Equatable, CustomStringConvertible {
  /// Several inputs were listed, or none.
  case notOneInput(count: Int)
  /// The input could not be listed; the reason.
  case unlisted(input: String, detail: String)
  /// The input is a pipe, which can be read only once.
  case readOnce(input: String)
  /// A stage has to see the whole dump first.
  case surveys(stage: String)

  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .notOneInput(let count):
      "a unit of work is one input, and \(count) are listed: name one file, or say which with --nth "
        + "(--input dump/ --nth 3), or give warraq run all of them"
    case .unlisted(let input, let detail):
      "\(input) cannot be read: \(detail). Nothing is written, so that the same command may try again."
    case .readOnce(let input):
      "\(input) is no file: a unit of work is known by its input's name and may be tried again, so it must be a file"
    case .surveys(let stage):
      "\(stage) compares the articles of the whole dump with one another, and a unit of work sees one input: leave "
        + "it out of stages here, or use warraq run"
    }
  }
}

extension PipelineRun {
  /// Opens the output folder, for all of it or for the shards of one input.
  func openDirectory() throws -> OutputDirectory {
    switch scope {
    case .folder:
      return try OutputDirectory(
        path: output, identity: try identity(), isRestarting: isRestarting, isForced: isForced)
    case .unit:
      try checkUnit()
      return try OutputDirectory(
        path: output, unit: try identity(.shards), rejectLimit: config.rejects.limit,
        isRestarting: isRestarting)
    }
  }

  /// The run as a finished folder has it that carries this fingerprint: as it stands, or, where the folder was filled
  /// input by input, with the inputs in the order of their names and the scope of a unit; nil when it is another run's.
  func recorded(by fingerprint: String) throws -> PipelineRun? {
    if try identity().fingerprint() == fingerprint { return self }
    var units = self
    units.scope = .unit
    units.inputs.files.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    return try units.identity(.shards).fingerprint() == fingerprint ? units : nil
  }

  private func checkUnit() throws {
    let count = inputs.files.count + inputs.rejects.count
    guard count == 1 else { throw UnitError.notOneInput(count: count) }
    if let reject = inputs.rejects.first {
      throw UnitError.unlisted(input: reject.origin.input, detail: reject.detail)
    }
    if let input = inputs.files.first, input.path == "-" || input.byteCount == nil {
      throw UnitError.readOnce(input: input.name)
    }
    if let stage = config.plan.surveys.first { throw UnitError.surveys(stage: stage.factory.stageName) }
  }
}

/// Makes a folder complete that was filled input by input.
public struct ShardsFinish: Sendable {
  /// What became of it.
  public enum Outcome: Sendable {
    /// The manifest was written.
    case finished(Manifest)
    /// It was there.
    case alreadyComplete(Manifest)
  }

  /// The output folder.
  public var output: String
  /// The inputs that should be there; nil for all that were begun.
  public var inputs: InputListing?
  /// Whether the folder is taken although somebody seems to work on it.
  public var isForced: Bool

  /// Makes a finish.
  public init(output: String, inputs: InputListing?, isForced: Bool = false) {
    self.output = output
    self.inputs = inputs
    self.isForced = isForced
  }

  /// Checks that all inputs are there and writes manifest, listings and report.
  ///
  /// - Returns: what became of it, and the share of rejects that the config allows.
  /// - Throws: ``ShardError``; then nothing was changed.
  public func execute() throws -> (Outcome, rejectLimit: Double) {
    let folder = try UnitFolder(path: output, isForced: isForced)
    defer { folder.release() }
    try folder.check(against: inputs)
    if let manifest = folder.manifest { return (.alreadyComplete(manifest), folder.rejectLimit) }
    let manifest = try folder.finish { manifest in
      var report = manifest.totals.document
      report.append("shards", .integer(manifest.shards.count))
      report.append("identity", .verbatim(String(decoding: folder.identity.encoded, as: UTF8.self)))
      return report.json() + "\n"
    }
    return (.finished(manifest), folder.rejectLimit)
  }
}

extension Manifest.Totals {
  /// Rejected share of what should have become a record, 0 to 1.
  public var rejectShare: Double {
    RunSummary.rejectShare(records: records, leftOut: leftOut)
  }

  /// What `run.json` says of a folder that was filled input by input: nobody has measured it as a whole.
  var document: DocumentValue {
    [
      "state": .text(RunSummary.State.complete.rawValue), "records": .integer(records),
      "rejects": RunSummary.counts(leftOut.rejected), "filtered": RunSummary.counts(leftOut.filtered),
      "duplicates": RunSummary.counts(leftOut.duplicates), "skipped": RunSummary.counts(leftOut.skipped),
      "found": .integer(found), "added": .integer(added), "shardBytes": .integer(bytes),
      "jsonBytes": .integer(uncompressedBytes),
    ]
  }
}
