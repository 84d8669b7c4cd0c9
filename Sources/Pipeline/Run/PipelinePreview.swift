import Corpus

/// Takes a few articles through the pipeline and keeps everything on the way, for people to look at.
public struct PipelinePreview {
  /// One article with what became of it.
  public struct Item: Sendable {
    /// A batch of this one article, all annotations written: empty when a stage dropped it, several when one found
    /// more in it.
    public var batch: Batch
    /// Its records, as `run` would write them (JSON lines).
    public var record: [UInt8]
    /// Time and effect of each stage, in plan order.
    public var measures: [StageMeasure]
    /// Why it has no record, if it has none.
    public var drops: [ArticleDrop]
  }

  /// What was looked at.
  public struct Result: Sendable {
    /// The articles.
    public var items: [Item]
    /// What was rejected before enough articles were found.
    public var rejects: [Reject]
  }

  private let config: PipelineConfig

  /// Makes a preview of a config.
  public init(_ config: PipelineConfig) { self.config = config }

  /// The first articles of the inputs, or the one with an id.
  ///
  /// - Throws: what a stage throws.
  public func articles(of inputs: InputListing, count: Int, id: String? = nil) async throws -> Result {
    var worker = try BatchWorker(config, idle: IdleCores())
    var result = Result(items: [], rejects: [])
    var reader = BatchReader(inputs: inputs.files, rejects: inputs.rejects, options: config.readerOptions)
    while result.items.count < count, let raw = reader.next() {
      let parsed = worker.parse(raw)
      let batch = parsed.batch
      result.rejects += parsed.rejects
      for article in batch.articles where id == nil || article.id == id {
        guard result.items.count < count else { break }
        let one = Batch(index: batch.index, articles: [article])
        result.items.append(try await worker.work(one))
      }
      if id != nil, !result.items.isEmpty { break }
    }
    return result
  }
}
