import CMemory
import Corpus

/// The passes over all input that come before a run, one for each stage that asks for it.
struct PipelineSurvey {
  let config: PipelineConfig
  let inputs: InputListing
  /// For temporary files.
  let folder: String
  /// Where findings are kept until the run is complete; it need not be there.
  let findings: String
  let progress: RunProgress
  let stop: StopSignal

  /// Says no, before anything is read, when a stage wants to read twice what can be read only once.
  static func check(_ config: PipelineConfig, _ inputs: InputListing) throws {
    guard let stage = config.plan.surveys.first,
      let input = inputs.files.first(where: { $0.path == "-" || $0.byteCount == nil })
    else { return }
    throw SurveyError.inputReadOnce(stage: stage.factory.stageName, input: input.name)
  }

  /// The plan with all findings handed out, and what it took; nil when a stop was asked for.
  func informedPlan() async throws -> (plan: PipelinePlan, measures: [SurveyMeasure])? {
    var plan = config.plan
    var measures: [SurveyMeasure] = []
    for survey in config.plan.surveys {
      var measure = SurveyMeasure(stage: survey.factory.stageName)
      guard
        let factory = try await informed(
          survey.factory, before: plan.before(survey.group), pass: measures.count, measure: &measure)
      else { return nil }
      plan.replace(measure.stage, by: factory)
      measures.append(measure)
    }
    progress.update { $0.survey = nil }
    return (plan, measures)
  }

  private func informed<Factory: SurveyingFactory>(
    _ factory: Factory, before plan: PipelinePlan, pass: Int, measure: inout SurveyMeasure
  ) async throws -> (any StageFactory)? {
    var config = config
    config.plan = plan
    let part = config
    let inputs = inputs
    let done = pass * inputs.byteCount
    let reads = self.config.plan.nodes.first { $0.kind.name == measure.stage }?.reads ?? []
    // Of an attempt that was interrupted later: the same config and inputs, so the same finding.
    let savedPath = "\(findings)/\(Factory.name)"
    if let saved = try factory.saved(at: savedPath) { return factory.informed(by: saved) }
    progress.update { $0.survey = RunProgress.Survey(stage: Factory.name) }
    var collector = try factory.makeCollector(folder: folder)
    var measures = StageMeasure()
    var added = 0
    let pool = WorkerPool<RawBatch, SurveyedBatch<Factory.Rows>>(
      workers: config.workerCount, inFlightBytes: config.inFlightBytes)
    let isEnded = try await withTaskExecutorPreference(BlockingExecutor(label: "warraq.survey")) {
      try await pool.run(
        stop: stop,
        makeReader: {
          var reader = BatchReader(
            inputs: inputs.files, rejects: inputs.rejects, options: part.readerOptions)
          return { reader.next().map { ($0, $0.size) } }
        },
        makeWorker: { idle in
          SurveyWorker(
            worker: try BatchWorker(part, idle: idle, alsoReading: reads),
            surveyor: try factory.makeSurveyor(), makeSurveyor: factory.makeSurveyor)
        },
        write: { batch in
          let start = CPUTime.thread
          try collector.add(batch.rows)
          added += 1
          if added % PipelineRun.trimInterval == 0 { warraq_memory_trim() }
          measures.nanoseconds += batch.nanoseconds + CPUTime.thread - start
          progress.update {
            $0.readBytes = done + batch.readBytes
            $0.survey?.articles += batch.articles
            $0.survey?.textBytes += batch.textBytes
          }
        })
    }
    guard isEnded, !stop.isRaised else { return nil }
    progress.update { $0.survey?.isDeciding = true }
    let start = CPUTime.thread
    let finding = try collector.finish()
    try factory.save(finding, to: savedPath)
    measures.nanoseconds += CPUTime.thread - start
    measure.measure = measures
    return factory.informed(by: finding)
  }
}

/// What a survey took.
struct SurveyMeasure: Sendable {
  var stage: String
  var measure = StageMeasure()
}

/// What a worker of a survey made of one batch.
private struct SurveyedBatch<Rows: Sendable>: Sendable {
  var rows: Rows
  var articles: Int
  var textBytes: Int
  var readBytes: Int
  var nanoseconds: UInt64
}

/// Takes raw records through the stages before the surveying one, and on to the surveyor.
private struct SurveyWorker<Rows: Sendable>: PoolWorker {
  var worker: BatchWorker
  var surveyor: any Surveyor<Rows>
  let makeSurveyor: () throws -> any Surveyor<Rows>

  mutating func process(_ raw: RawBatch) async throws -> SurveyedBatch<Rows> {
    guard worker.isLarge(raw) else { return try await finish(raw) }
    warraq_memory_trim()
    let surveyed = try await finish(raw)
    try worker.renew()
    surveyor = try makeSurveyor()
    return surveyed
  }

  private mutating func finish(_ raw: RawBatch) async throws -> SurveyedBatch<Rows> {
    let start = CPUTime.thread
    let parsed = worker.parse(raw)
    raw.giveBackBytes()
    var nanoseconds = CPUTime.thread - start
    let (batch, measures) = try await worker.annotateMeasured(parsed.batch)
    nanoseconds += measures.reduce(0) { $0 + $1.nanoseconds }
    let surveyStart = CPUTime.thread
    let rows = try surveyor.survey(batch)
    nanoseconds += CPUTime.thread - surveyStart
    return SurveyedBatch(
      rows: rows, articles: batch.articles.count, textBytes: parsed.textBytes,
      readBytes: raw.compressedBytesRead, nanoseconds: nanoseconds)
  }
}

extension StageFactory {
  /// The stage's name, where only the factory is at hand.
  var stageName: String { Self.name }
}
