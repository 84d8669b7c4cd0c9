import Corpus

/// Takes all articles of some inputs through the stages, in order and in this task, and writes nothing: for
/// counting over a dump.
public struct PipelineScan {
  private let config: PipelineConfig
  private let names: [String]

  /// Makes a scan of a config's stages.
  ///
  /// - Parameter names: annotations that the caller reads.
  public init(_ config: PipelineConfig, reading names: [String]) {
    self.config = config
    self.names = names
  }

  /// Calls `body` with each batch, all annotations written.
  ///
  /// - Returns: how many records were rejected.
  /// - Throws: what a stage or `body` throws.
  public func forEachBatch(of inputs: InputListing, _ body: (Batch) throws -> Void) async throws -> Int {
    let worker = try BatchWorker(config, idle: IdleCores(), alsoReading: names)
    var reader = BatchReader(inputs: inputs.files, rejects: inputs.rejects, options: config.readerOptions)
    var rejected = 0
    while let raw = reader.next() {
      let parsed = worker.parse(raw)
      rejected += parsed.rejects.count
      try body(try await worker.annotate(parsed.batch))
    }
    return rejected
  }
}
