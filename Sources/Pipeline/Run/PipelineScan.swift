import Corpus

/// Takes all articles of some inputs through the stages, in order and in this task, and writes nothing: for
/// counting over a dump.
public struct PipelineScan {
  private let config: PipelineConfig

  /// Makes a scan of a config's stages.
  public init(_ config: PipelineConfig) { self.config = config }

  /// Calls `body` with each batch, all annotations written.
  ///
  /// - Returns: how many records were rejected.
  /// - Throws: what a stage or `body` throws.
  public func forEachBatch(of inputs: InputListing, _ body: (Batch) throws -> Void) async throws -> Int {
    var worker = try BatchWorker(config, idle: IdleCores())
    var reader = BatchReader(inputs: inputs.files, rejects: inputs.rejects, options: config.readerOptions)
    var rejected = 0
    while let raw = reader.next() {
      let (batch, rejects) = worker.parse(raw)
      rejected += rejects.count
      try body(try await worker.annotate(batch))
    }
    return rejected
  }
}
