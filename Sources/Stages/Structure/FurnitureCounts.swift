import Corpus
import PageStructure
import Pipeline

/// Counts on how many pages of its site each line of a dump stands, for `structure.furniture`.
public struct FurnitureCounts {
  /// The table.
  public private(set) var table = FurnitureTable()
  /// Pages counted.
  public private(set) var pages = 0
  /// Pages without a name of a site, or of one site too many.
  public private(set) var passedOver = 0
  /// By how much a count may be too low.
  public private(set) var error = 0

  /// Counts all pages of the inputs, in order.
  ///
  /// - Parameter config: lists the stage `structure`, whose options say which member names the site.
  /// - Throws: `FurnitureCountsError` when the config does not list it, and what a stage throws.
  public init(
    _ config: PipelineConfig, inputs: InputListing, limits: FurnitureLearner.Limits
  ) async throws {
    let node = config.plan.nodes.first { $0.kind.name == StructureFactory.name }
    guard let factory = node?.factory as? StructureFactory else { throw FurnitureCountsError.noStage }
    var learner = FurnitureLearner(limits: limits)
    _ = try await PipelineScan(config, reading: []).forEachBatch(of: inputs) { batch in
      // A second article has the same page for its source.
      for article in batch.articles where article.partOf == nil {
        article.source.withUnsafeBufferPointer { learner.add($0, site: factory.site(of: article)) }
      }
    }
    table = learner.table()
    pages = Int(learner.pages)
    passedOver = Int(learner.passedOver)
    error = learner.error
  }
}

/// Why lines can't be counted.
public enum FurnitureCountsError: Error, CustomStringConvertible {
  /// The config does not list `structure`.
  case noStage

  /// What to do about it.
  public var description: String { "the config does not list the stage structure: add it to stages" }
}
