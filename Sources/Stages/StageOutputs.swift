import ArabicText
import Corpus
import Keywords
import Pipeline
import Summaries

/// What a pipeline's stages find in each article of some inputs, as text: for comparing with what people found.
///
/// Articles are taken through the stages of the config as in a run, and nothing is written. Of several articles of
/// one id the last counts; what is rejected is not among the results.
public enum StageOutputs {
  /// By article id: the phrases of `keywords`, best first. The config must list that stage.
  ///
  /// - Throws: what a stage throws.
  public static func keywords(
    _ config: PipelineConfig, inputs: InputListing
  ) async throws -> [String: [String]] {
    try await collect(config, inputs, reading: [ArticleKeywords.name]) { batch, index in
      (batch[ArticleKeywords.self]?[index] ?? []).map(\.string)
    }
  }

  /// By article id: the sentences of `summary` as they stand in the record, in source order. The config must list
  /// the stage `summarize`.
  ///
  /// - Throws: what a stage throws.
  public static func summaries(
    _ config: PipelineConfig, inputs: InputListing
  ) async throws -> [String: [String]] {
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
  ) async throws -> [String: [String]] {
    var outputs: [String: [String]] = [:]
    _ = try await PipelineScan(config, reading: names).forEachBatch(of: inputs) { batch in
      for (index, article) in batch.articles.enumerated() { outputs[article.id] = find(batch, index) }
    }
    return outputs
  }
}
