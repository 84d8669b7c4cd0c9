import CMemory
import Corpus

/// One run: a config over inputs into an output folder.
public struct PipelineRun: Sendable {
  /// The config.
  public var config: PipelineConfig
  /// The input files in the order they are read, and what could not be listed.
  public var inputs: InputListing
  /// The output folder.
  public var output: String
  /// Whether files of another run, or of this one, in the output folder are removed first.
  public var isRestarting: Bool
  /// Whether the output folder is taken although another process seems to hold it.
  public var isForced: Bool
  /// What the run is of its output folder.
  public var scope: Scope

  /// How much of an output folder a run fills.
  public enum Scope: Sendable, Hashable {
    /// All of it.
    case folder
    /// The shards of one input; other processes fill the rest, and `UnitFolder` finishes it.
    case unit
  }

  /// Makes a run.
  public init(
    config: PipelineConfig, inputs: InputListing, output: String, isRestarting: Bool = false,
    isForced: Bool = false, scope: Scope = .folder
  ) {
    self.config = config
    self.inputs = inputs
    self.output = output
    self.isRestarting = isRestarting
    self.isForced = isForced
    self.scope = scope
  }

  /// What became of a run.
  public enum Outcome: Sendable {
    /// It ran, to its end or to a stop.
    case ran(RunSummary)
    /// The folder held this very run, complete; nothing was done.
    case alreadyComplete(records: Int)
  }

  /// Reads, works and writes until the inputs end or a stop is asked for; goes on where an interrupted run of
  /// the same fingerprint stopped.
  ///
  /// Stages that have to see the whole dump first survey it before; a run that goes on keeps what a finished survey found.
  ///
  /// - Throws: `SurveyError` when a stage wants to read twice what can be read only once, `UnitError` for what cannot be
  ///   a unit of work, `ShardError` for the output folder, or what a stage throws. Bad input never throws.
  public func execute(progress: RunProgress, stop: StopSignal) async throws -> Outcome {
    let clock = ContinuousClock()
    let start = clock.now
    let cpuStart = CPUTime.process
    try PipelineSurvey.check(config, inputs)
    let directory = try openDirectory()
    // Until all is written, the report included.
    defer { directory.release() }
    switch directory.state {
    case .complete(let manifest): return .alreadyComplete(records: manifest.totals.records)
    case .unitDone(let records): return .alreadyComplete(records: records)
    case .fresh, .unfinished: break
    }
    let writer = try ShardWriter(directory: directory, shardBytes: config.output.shardBytes)
    let resumed = directory.committedShards.reduce(0) { $0 + $1.records }
    progress.update {
      $0.totalBytes =
        inputs.files.contains { $0.byteCount == nil } ? 0 : inputs.byteCount * (1 + config.plan.surveys.count)
      $0.records = resumed
      $0.shards = directory.committedShards.count
    }
    var totals = RunTotals(stages: config.plan.nodes.count)
    let meter = PoolWaitMeter()
    let isInputEnded: Bool
    do {
      let survey = PipelineSurvey(
        config: config, inputs: inputs, folder: directory.temporaryFolder,
        findings: directory.findingsFolder, progress: progress, stop: stop)
      let informed = try await survey.informedPlan()
      totals.surveys = informed?.measures ?? []
      isInputEnded = try await work(
        informed?.plan, into: writer, skipping: directory.nextBatchIndex, totals: &totals, meter: meter,
        progress: progress, stop: stop)
      switch scope {
      case _ where !isInputEnded: writer.abandon()
      case .folder: totals.finish(try writer.finish().totals)
      case .unit: totals.finish(try writer.finishUnit())
      }
    } catch {
      writer.abandon()
      try directory.confirm()
      throw error
    }
    let shards = writer.committedShards
    let summary = RunSummary(
      state: isInputEnded ? .complete : .interrupted, records: shards.reduce(0) { $0 + $1.records },
      leftOut: totals.leftOut, ledger: isInputEnded ? totals.ledger : nil,
      textBytes: totals.textBytes, inputBytes: totals.readBytes, shards: shards.count,
      shardBytes: shards.reduce(0) { $0 + $1.bytes },
      jsonBytes: shards.reduce(0) { $0 + $1.uncompressedBytes },
      seconds: (clock.now - start) / .seconds(1), cpuSeconds: Double(CPUTime.process - cpuStart) / 1e9,
      workers: config.workerCount, steps: totals.steps(config.plan), waits: meter.waits)
    if scope == .folder { try directory.writeReport(summary.report(of: directory.identity)) }
    return .ran(summary)
  }

  /// Batches after which free memory goes back to the system.
  static let trimInterval = 64

  private func work(
    _ plan: PipelinePlan?, into writer: ShardWriter, skipping done: Int, totals: inout RunTotals,
    meter: PoolWaitMeter,
    progress: RunProgress, stop: StopSignal
  ) async throws -> Bool {
    // Stopped before there was anything to write.
    guard let plan else { return false }
    var informed = config
    informed.plan = plan
    let config = informed
    let inputs = inputs
    let surveyedBytes = totals.surveys.count * inputs.byteCount
    let time = BatchPass.ReaderTime()
    let resuming = writer.currentInput
    var written = 0
    // Batches that committed shards hold already are read again but not worked on.
    let pass = BatchPass(config: config, inputs: inputs, wanted: [done..<Int.max], resuming: resuming)
    let ended = try await pass.run(stop: stop, meter: meter, time: time) { batch in
      let start = CPUTime.thread
      let row = try writer.append(
        batch.frame, describing: batch.description, rejected: batch.rejects,
        duplicated: batch.duplicates, accounting: batch.ledger)
      totals.add(batch)
      written += 1
      if written % PipelineRun.trimInterval == 0 { warraq_memory_trim() }
      totals.writing.nanoseconds += CPUTime.thread - start
      progress.update {
        $0.readBytes = surveyedBytes + batch.readBytes
        $0.records += batch.description.content?.records ?? 0
        $0.textBytes += batch.textBytes
        $0.rejects += LeftOut.sum(batch.rejects.leftOut.rejected)
        if row != nil { $0.shards += 1 }
      }
    }
    totals.reading.nanoseconds = time.nanoseconds
    return ended
  }
}

/// Figures of a run, added up batch by batch in input order.
struct RunTotals {
  var reading = StageMeasure()
  var writing = StageMeasure()
  var measures: [StageMeasure]
  var surveys: [SurveyMeasure] = []
  var leftOut = LeftOut()
  var ledger: RunSummary.Balance?
  var textBytes = 0
  var readBytes = 0

  init(stages: Int) {
    // Parse before the stages, encode and compress after them.
    measures = Array(repeating: StageMeasure(), count: stages + 3)
  }

  mutating func add(_ batch: FinishedBatch) {
    for index in measures.indices { measures[index] += batch.measures[index] }
    leftOut += batch.rejects.leftOut
    leftOut += batch.duplicates.leftOut
    textBytes += batch.textBytes
    readBytes = batch.readBytes
  }

  /// A resumed run's manifest also counts what earlier attempts left out.
  mutating func finish(_ totals: Manifest.Totals) {
    leftOut = totals.leftOut
    ledger = RunSummary.Balance(found: totals.found, added: totals.added)
  }

  mutating func finish(_ unit: UnitDone) {
    leftOut = unit.leftOut
    ledger = RunSummary.Balance(found: unit.found, added: unit.added)
  }

  func steps(_ plan: PipelinePlan) -> [RunSummary.Step] {
    func step(_ name: String, _ measure: StageMeasure) -> RunSummary.Step {
      RunSummary.Step(name: name, measure: measure, isStage: false)
    }
    let stages = zip(plan.nodes, measures.dropFirst()).map { node, measure in
      RunSummary.Step(
        name: node.kind.name, itemName: node.kind.itemName, measure: measure, isStage: true,
        isFilter: node.kind.reshapes)
    }
    let surveys = surveys.map { step("survey for \($0.stage)", $0.measure) }
    return surveys + [step("read", reading), step("parse", measures[0])] + stages + [
      step("encode", measures[measures.count - 2]), step("compress", measures[measures.count - 1]),
      step("write", writing),
    ]
  }
}
