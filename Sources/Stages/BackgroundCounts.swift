import ArabicText
import Corpus
import Keywords
import Pipeline

/// Counts a dump for a background model: how common words and phrases are, and how words are used.
public struct BackgroundCounts {
  /// The model as a file.
  public private(set) var file: [UInt8] = []
  /// Articles counted.
  public private(set) var articles = 0

  /// Counts all articles of the inputs, in order, with the config's normalization and segmentation.
  ///
  /// - Parameters:
  ///   - limits: what is kept, and how much memory counting may take.
  ///   - source: where the counts come from, one line in the file.
  /// - Throws: what a stage throws.
  public init(
    _ config: PipelineConfig, inputs: InputListing, limits: BackgroundLimits, source: String
  ) async throws {
    var learner = BackgroundLearner(limits: limits)
    _ = try await PipelineScan(config, reading: [Tokens.name, Terms.name]).forEachBatch(of: inputs) { batch in
      let documents = TokenizedDocuments(batch)
      for index in batch.articles.indices { learner.add(documents[index]) }
    }
    articles = learner.documents
    file = learner.write(source: source)
  }
}
