import Corpus

/// Reads the inputs of a finished run once more and proves that each of their records is in exactly one of shards,
/// rejects and duplicates, or is of a kind that is passed over; and that the ledger says so.
///
/// One task, one pass, and as much memory as a batch.
public struct DeepVerifier {
  /// What was looked at and what is wrong.
  public struct Report: Sendable {
    /// Everything wrong that is told of; at most ``mostProblems``.
    public var problems: [VerificationReport.Problem] = []
    /// How many problems there are.
    public var problemCount = 0
    /// Inputs read.
    public var inputs = 0
    /// Records, rejects and skips found in them.
    public var found = 0
    /// Whether nothing is wrong.
    public var isSound: Bool { problemCount == 0 }
  }

  /// Problems that are told one by one: damage shows at every record behind it.
  public static let mostProblems = 100

  private let run: PipelineRun

  /// - Parameter run: The config, inputs and output folder of the finished run.
  public init(_ run: PipelineRun) { self.run = run }

  /// Checks the folder's own soundness first; only a sound one is compared with the input.
  ///
  /// - Throws: `ParserUnavailable`. What is wrong with the folder is in the report.
  public func verify() throws -> Report {
    var report = Report()
    let shallow = ShardVerifier.verify(directory: run.output)
    report.add(shallow.problems)
    guard shallow.isSound, let manifest = try? Manifest.read(directory: run.output) else { return report }
    guard let run = try run.recorded(by: manifest.fingerprint) else {
      report.add([
        VerificationReport.Problem(
          kind: .otherRun, file: OutputLayout.manifest, message: "\(OtherRun(path: run.output))")
      ])
      return report
    }
    do {
      try DeepVerifier(run).compare(manifest, &report)
    } catch let error as ShardError {
      report.add([VerificationReport.Problem(kind: .unreadableFile, file: run.output, message: "\(error)")])
    }
    return report
  }

  private func compare(_ manifest: Manifest, _ report: inout Report) throws {
    func lines(_ names: [String]) -> OutputLines<OutputLine> {
      OutputLines(directory: run.output, names: names)
    }
    let shards = lines(manifest.shards.map(\.name))
    let rejects = lines(manifest.rejects.map { [$0.name] } ?? [])
    let duplicates = lines(manifest.duplicates.map { [$0.name] } ?? [])
    let ledger = OutputLines<LedgerEntry>(
      directory: run.output, names: manifest.ledger.map { [$0.name] } ?? [])
    var matcher = try OutputMatcher { listing in
      switch listing {
      case .shards: try shards.next()
      case .rejects: try rejects.next()
      case .duplicates: try duplicates.next()
      }
    }
    let parser = try RecordParser(run.config.parserOptions)
    var reader = BatchReader(
      inputs: run.inputs.files, rejects: run.inputs.rejects, options: run.config.readerOptions)
    var input: Int?
    while let batch = reader.next() {
      var steps = Steps(batch)
      for (index, section) in batch.sections.enumerated() {
        if section.input != input {
          let tally = matcher.begin(input: section.name)
          if input != nil { try report.compare(tally, ledger.next()) }
          input = section.input
          report.inputs += 1
        }
        matcher.count(section)
        report.found += section.found
        let end = index + 1 < batch.sections.count ? batch.sections[index + 1].firstOrder : Int.max
        while let step = steps.next(before: end) {
          switch step {
          case .reject(let reject): try matcher.expectReject(reject)
          case .record(let record):
            switch parser.parse(record, in: batch) {
            case .success(let article):
              let origin = article.origin ?? record.origin
              try matcher.expectArticle(id: article.id ?? origin.defaultID, origin: origin)
            case .failure(.reject(let reject)): try matcher.expectReject(reject)
            case .failure(.skip(let reason)): matcher.count(skip: reason)
            }
          }
        }
      }
      batch.giveBackBytes()
    }
    if input != nil { try report.compare(matcher.begin(input: ""), ledger.next()) }
    try matcher.finish()
    report.add(
      matcher.problems.map {
        let file =
          switch $0.listing {
          case .shards: "shards"
          case .rejects: OutputLayout.rejects
          case .duplicates: OutputLayout.duplicates
          }
        return VerificationReport.Problem(kind: $0.kind, file: file, message: $0.message)
      })
  }

  /// Records and rejects of a batch, in the order they were read.
  private struct Steps {
    enum Step {
      case record(RawRecord)
      case reject(Reject)
    }

    private var records: ArraySlice<RawRecord>
    private var rejects: ArraySlice<Reject>

    init(_ batch: RawBatch) {
      records = batch.records[...]
      rejects = batch.rejects[...]
    }

    mutating func next(before end: Int) -> Step? {
      let record = records.first?.order ?? .max
      let reject = rejects.first?.order ?? .max
      guard min(record, reject) < end else { return nil }
      return record < reject ? .record(records.removeFirst()) : .reject(rejects.removeFirst())
    }
  }
}

extension DeepVerifier.Report {
  mutating func add(_ more: [VerificationReport.Problem]) {
    problemCount += more.count
    problems += more.prefix(max(0, DeepVerifier.mostProblems - problems.count))
  }

  /// Notes when the ledger says something else of an input than was counted.
  mutating func compare(_ tally: LedgerEntry, _ line: LedgerEntry?) {
    guard tally != line else { return }
    add([
      VerificationReport.Problem(
        kind: .unbalancedLedger, file: OutputLayout.ledger,
        message: "\(tally.input): counted \(tally.sides); "
          + (line.map { "the ledger says \($0.sides) of \($0.input)" } ?? "the ledger ends before it"))
    ])
  }
}

extension RecordOrigin {
  /// The id of an article whose record gives it none.
  var defaultID: String { "\(input)#\(record)" }
}
