/// A stage that has to see the whole dump before it can decide about one article.
///
/// Before the run, all inputs are read once for it: the stages before it work on each batch, a surveyor on the
/// workers makes rows of what arrives, and a collector on one task gets the rows in input order. What the collector finds
/// out is handed to the factory, whose stages then see the same batches again: the articles that arrive at a stage depend on
/// input and config alone, so a place in the first pass is the same place in the second.
///
/// Without a finding (`preview`, scans for counting) its stages leave every article as it is.
public protocol SurveyingFactory: StageFactory {
  /// What a surveyor makes of one batch.
  associatedtype Rows: Sendable
  /// What is known in the end; shared by all workers.
  associatedtype Finding: Sendable

  /// Makes the surveyor of one worker.
  func makeSurveyor() throws -> any Surveyor<Rows>

  /// Makes what gathers the rows.
  ///
  /// - Parameter folder: where temporary files may lie until the run ends.
  func makeCollector(folder: String) throws -> any SurveyCollector<Rows, Finding>

  /// Writes a finding to a file, whole or not at all, so that a run that goes on need not survey again.
  func save(_ finding: Finding, to path: String) throws

  /// The finding that was saved to a file; nil when there is none.
  func saved(at path: String) throws -> Finding?

  /// The factory whose stages know of a finding.
  func informed(by finding: Finding) -> Self

  /// Bytes that collector and finding take at most, for the memory bound that `plan` prints.
  var surveyBytes: Int { get }

  /// What is kept of each article and where, in a few words for `plan`.
  var surveyContents: String { get }
}

extension SurveyingFactory {
  /// Nothing is saved: a run that goes on surveys again.
  public func save(_ finding: Finding, to path: String) throws {}
  /// Nothing was saved.
  public func saved(at path: String) throws -> Finding? { nil }
}

/// Looks at the batches that arrive at a surveying stage; one for each worker.
public protocol Surveyor<Rows> {
  /// What it makes of a batch.
  associatedtype Rows: Sendable
  /// Rows for one batch, which may hold no article.
  mutating func survey(_ batch: Batch) throws -> Rows
}

/// Gathers rows in input order, on one task.
public protocol SurveyCollector<Rows, Finding> {
  /// What surveyors make.
  associatedtype Rows: Sendable
  /// What it finds out.
  associatedtype Finding: Sendable
  /// Takes the rows of the next batch; batches come in order, from 0 and without gaps.
  mutating func add(_ rows: Rows) throws
  /// Finds out; nothing is added any more.
  mutating func finish() throws -> Finding
}

/// Why a survey cannot be made, or not be used.
public enum SurveyError: Error, Equatable, CustomStringConvertible {
  /// The input cannot be read a second time.
  case inputReadOnce(stage: String, input: String)
  /// What arrives at the stage is not what the survey saw.
  case inputChanged(stage: String)

  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .inputReadOnce(let stage, let input):
      "the stage \"\(stage)\" reads all input twice, which \(input == "-" ? "standard input" : "the pipe \(input)") "
        + "does not allow: write it to a file first, or leave \"\(stage)\" out of stages"
    case .inputChanged(let stage):
      "the input is not what \"\(stage)\" saw in its survey: was a file changed during the run?"
    }
  }
}

extension PipelinePlan {
  /// The groups of stages that have to survey the input, in order, with their nodes.
  var surveys: [(group: Int, factory: any SurveyingFactory)] {
    groups.enumerated().flatMap { index, group in
      group.compactMap { node in
        (node.factory as? any SurveyingFactory).map { (group: index, factory: $0) }
      }
    }
  }

  /// The stages before a group.
  func before(_ group: Int) -> PipelinePlan { PipelinePlan(groups: Array(groups[..<group])) }

  /// Puts another factory in the place of the one of the same name.
  mutating func replace(_ name: String, by factory: any StageFactory) {
    for group in groups.indices {
      for index in groups[group].indices where groups[group][index].kind.name == name {
        groups[group][index].factory = factory
      }
    }
  }
}
