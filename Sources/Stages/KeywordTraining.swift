import ArabicText
import Corpus
import Keywords
import Pipeline

/// What a config's `keywords` stage makes of articles under one ranker or another: for training one.
public struct KeywordTraining {
  private let config: PipelineConfig
  private let inputs: InputListing
  private let factory: KeywordsFactory

  /// Prepares training on some articles.
  ///
  /// - Throws: `KeywordTrainingError` when the config does not run the stage or has no background.
  public init(_ config: PipelineConfig, inputs: InputListing) throws {
    let node = config.plan.nodes.first { $0.kind.name == KeywordsFactory.name }
    guard let factory = node?.factory as? KeywordsFactory else { throw KeywordTrainingError.noStage }
    guard factory.hasBackground else { throw KeywordTrainingError.noBackground }
    self.config = config
    self.inputs = inputs
    self.factory = factory
  }

  /// By article id: the phrases a ranker chooses among, and what it is told of them.
  ///
  /// - Throws: what a stage throws.
  public func candidates() async throws -> [String: [KeywordCandidate]] {
    try await collect(factory.extractor()) { $0.candidates($1) }
  }

  /// By article id: so many keywords by a ranker, best first.
  ///
  /// - Throws: what a stage throws.
  public func keywords(by ranker: PhraseRanker, count: Int) async throws -> [String: [String]] {
    try await collect(factory.extractor(ranker: ranker, count: count)) { $0.extract($1).map(\.string) }
  }

  private func collect<Found>(
    _ extractor: KeywordExtractor, _ find: (inout KeywordExtractor, TokenizedDocument) -> Found
  ) async throws -> [String: Found] {
    var extractor = extractor
    var found: [String: Found] = [:]
    let names = KeywordsFactory.reads(KeywordsStage.Options())
    _ = try await PipelineScan(config, reading: names).forEachBatch(of: inputs) { batch in
      let documents = TokenizedDocuments(batch)
      for (index, article) in batch.articles.enumerated() {
        found[article.id] = find(&extractor, documents[index])
      }
    }
    return found
  }
}

/// Why a config can't be trained for.
public enum KeywordTrainingError: Error, CustomStringConvertible {
  /// It does not list `keywords`.
  case noStage
  /// `keywords.background` is empty.
  case noBackground

  /// What is wrong, and what to do.
  public var description: String {
    switch self {
    case .noStage: "the config runs no stage \"keywords\": add it to stages"
    case .noBackground: "a ranker needs keywords.background: name a file made by warraq learn background"
    }
  }
}
