import ArabicText
import Corpus
import Keywords
import Pipeline
import Summaries

/// What a pipeline's stages find in each article of some inputs, as text: for comparing with what people found.
public struct StageOutputs: Sendable {
  /// By article id: keyphrases, best first, or the sentences of the summary in source order.
  public private(set) var byID: [String: [String]] = [:]
  /// How many records of the inputs became no article.
  public private(set) var rejected = 0

  /// The phrases of `keywords`.
  ///
  /// - Throws: what a stage throws.
  public static func keywords(_ config: PipelineConfig, inputs: InputListing) async throws -> StageOutputs {
    try await collect(config, inputs, reading: [ArticleKeywords.name]) { batch, index in
      batch[ArticleKeywords.self][index].map(\.string)
    }
  }

  /// The sentences of `summary`, as they stand in the record.
  ///
  /// - Throws: what a stage throws.
  public static func summaries(_ config: PipelineConfig, inputs: InputListing) async throws -> StageOutputs {
    let names = [ArticleText.name, Sentences.name, ArticleSummary.name]
    return try await collect(config, inputs, reading: names) { batch, index in
      let sentences = batch[Sentences.self][index]
      let text = batch[ArticleText.self][index]
      return batch[ArticleSummary.self][index].map {
        String(decoding: text[sentences[$0.index].span.range], as: UTF16.self)
      }
    }
  }

  private static func collect(
    _ config: PipelineConfig, _ inputs: InputListing, reading names: [String],
    _ find: (Batch, Int) -> [String]
  ) async throws -> StageOutputs {
    var outputs = StageOutputs()
    outputs.rejected = try await PipelineScan(config, reading: names).forEachBatch(of: inputs) { batch in
      for (index, article) in batch.articles.enumerated() { outputs.byID[article.id] = find(batch, index) }
    }
    return outputs
  }
}
