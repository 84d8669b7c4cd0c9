import ArabicText
import Corpus
import Keywords
import Pipeline

/// Counts a dump for a background table: in how many articles each word occurs.
public struct BackgroundCounts {
  /// The table as a file.
  public private(set) var file: [UInt8] = []
  /// Articles counted.
  public private(set) var articles = 0

  /// Counts all articles of the inputs with the config's normalization and segmentation.
  ///
  /// - Parameters:
  ///   - minimumArticles: words in fewer articles are left out.
  ///   - source: where the counts come from, one line in the file.
  /// - Throws: what a stage throws.
  public init(
    _ config: PipelineConfig, inputs: InputListing, minimumArticles: Int, source: String
  ) async throws {
    var learner = BackgroundLearner()
    _ = try await PipelineScan(config, reading: [Tokens.name, Terms.name]).forEachBatch(of: inputs) { batch in
      let documents = TokenizedDocuments(batch)
      for index in batch.articles.indices { learner.add(documents[index]) }
    }
    articles = learner.documents
    file = learner.write(minimumDocuments: minimumArticles, source: source)
  }
}
