/// How much memory a run takes at most, worked out from its config alone; `warraq plan` prints it.
///
/// The factors are upper bounds, measured on news and on single articles of 20 MB: they count what one byte of
/// input can turn into while its batch is in flight.
public struct MemoryBound: Sendable {
  /// One part of the bound.
  public struct Part: Sendable {
    /// What it is for.
    public var name: String
    /// Bytes.
    public var bytes: Int
  }

  /// The parts, which add up to `bytes`.
  public var parts: [Part]
  /// The bound in bytes.
  public var bytes: Int { parts.reduce(0) { $0 + $1.bytes } }

  /// What a batch in a worker takes for each byte of input beside what its stages hold: the bytes as read, the
  /// text as read in UTF-16, JSON and the compressed frame.
  static let workingFactor = 8
  /// What a batch that waits takes for each byte of input: raw bytes, or a compressed frame.
  static let waitingFactor = 2
  /// Program, ICU data, background model, reader's buffers.
  static let base = 96 << 20
  /// A worker's term tables, ICU handles and zstd context.
  static let perWorker = 80 << 20

  /// Decompressors at work at once: of an input, of an archive in it, of an entry of that.
  static let decompressors = 3

  /// Works the bound out.
  public init(_ config: PipelineConfig) {
    let workers = config.workerCount
    let batch = config.input.batchBytes
    let factor = Self.workingFactor + config.plan.nodes.reduce(0) { $0 + $1.factory.memoryFactor }
    parts = [
      Part(name: "program, ICU data and tables", bytes: Self.base),
      Part(name: "term tables and handles of \(workers) workers", bytes: workers * Self.perWorker),
      Part(name: "batches in \(workers) workers", bytes: workers * batch * factor),
      Part(
        name: "batches that wait (run.inFlightBytes)",
        bytes: (config.inFlightBytes + batch) * Self.waitingFactor),
      Part(
        name: "one article of input.maxArticleBytes at a time",
        bytes: max(0, config.input.maxArticleBytes - batch) * factor),
      Part(
        name: "decompressors (limits.windowBytes), in archives in archives",
        bytes: Self.decompressors * config.limits.windowBytes),
    ]
    for survey in config.plan.surveys {
      parts.append(Part(name: "survey for \(survey.factory.stageName)", bytes: survey.factory.surveyBytes))
    }
  }
}
