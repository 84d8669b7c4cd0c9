import ArabicText
import Deduplication
import Pipeline

/// `deduplicate`: leaves out articles that repeat others, word by word or nearly.
struct DeduplicateStage: Stage {
  /// Options of the `deduplicate:` section.
  struct Options: ConfigSection {
    var duplicates = DuplicateOptions()
    var memory = 256 << 20

    static let summary =
      "Leaves out articles that repeat others; reads all input twice. What it leaves out is listed in duplicates.jsonl.zst."
    static var options: [ConfigOption<Options>] {
      [
        .flag("exact", \.duplicates.exact, "Leave out bodies that are equal word by word, once folded."),
        .flag(
          "near", \.duplicates.near,
          "Leave out bodies that share most of their shingles (MinHash; Broder 1997)."),
        .choice(
          "keep", \.duplicates.keeping,
          "Which of several stays: the first in input order, or the longest in words (the first of equally long ones)."
        ),
        .integer("shingleWords", \.duplicates.minHash.shingleWords, in: 1...64, "Words of a shingle."),
        .integer(
          "bands", \.duplicates.minHash.bands, in: 1...256,
          "Bands of a signature: two articles of Jaccard similarity s are compared with probability 1 - (1 - s^rows)^bands."
        ),
        .integer("rows", \.duplicates.minHash.rows, in: 1...32, "Rows of a band."),
        .number(
          "threshold", \.duplicates.threshold, in: 0.1...1,
          "Least Jaccard similarity of near-duplicates, as the bands x rows values of the signatures estimate it."
        ),
        .integer(
          "minWords", \.duplicates.minWords, in: 1...1_000_000,
          "Articles of fewer words have only exact duplicates."),
        .size(
          "memory", \.memory, in: (1 << 20)...(1 << 40),
          "Memory for sorting; the rest lies in temporary files in the output folder. The result does not depend on it."
        ).withoutEffectOnOutput,
      ]
    }
  }

  private let table: DuplicateTable?

  init(_ table: DuplicateTable?) { self.table = table }

  mutating func process(_ batch: Batch) throws -> StageResult {
    var result = StageResult()
    guard let table else { return result }
    guard batch.index < table.batchCount else {
      throw SurveyError.inputChanged(stage: DeduplicateFactory.name)
    }
    let removals = try table.removals(inBatch: batch.index)
    guard removals.count == batch.articles.count else {
      throw SurveyError.inputChanged(stage: DeduplicateFactory.name)
    }
    var drops: [ArticleDrop] = []
    for (index, removal) in removals.enumerated() {
      guard let removal else { continue }
      let other = try table.document(removal.duplicateOf)
      let note = DuplicateNote(
        kind: removal.kind.rawValue, similarity: removal.similarity, id: other.id, input: other.input,
        record: other.record)
      drops.append(
        ArticleDrop(
          index: index, reason: "\(DeduplicateFactory.name).\(note.kind)", detail: "duplicates \(other.id)",
          duplicate: note))
      result.effect.note(items: 1)
    }
    result.drop(drops, of: batch)
    return result
  }
}

/// Makes `deduplicate` stages.
struct DeduplicateFactory: SurveyingFactory {
  static let name = "deduplicate"
  static let itemName = "duplicates"
  static let tuning = "fewer bands and rows, or exact: true with near: false; a larger memory spills less"
  static func reads(_ options: DeduplicateStage.Options) -> [String] { [ArticleText.name] }
  static let writes: [String] = []
  static let reshapes = true

  private let options: DeduplicateStage.Options
  private var table: DuplicateTable?

  init(_ options: DeduplicateStage.Options, context: StageContext) throws {
    self.options = options
    if !options.duplicates.exact, !options.duplicates.near {
      throw context.issue(
        "near", "neither exact nor near is set, so there is nothing to look for",
        suggestion: "set one of them, or leave deduplicate out of stages")
    }
  }

  func makeStage() throws -> any Stage { DeduplicateStage(table) }
  func makeSurveyor() throws -> any Surveyor<[SurveyedArticle]> {
    DuplicateSurveyor(signer: options.duplicates.makeSigner())
  }
  func makeCollector(folder: String) throws -> any SurveyCollector<[SurveyedArticle], DuplicateTable> {
    DuplicateCollector(
      survey: try DuplicateSurvey(options.duplicates, folder: folder, memory: options.memory))
  }
  func save(_ finding: DuplicateTable, to path: String) throws { try finding.save(to: path) }
  func saved(at path: String) throws -> DuplicateTable? { try DuplicateTable.open(path) }
  func informed(by finding: DuplicateTable) -> DeduplicateFactory {
    var copy = self
    copy.table = finding
    return copy
  }

  var memoryFactor: Int { 1 }
  /// Sorting takes what is configured; buffers of files come on top.
  var surveyBytes: Int { options.memory + options.memory / 4 + (16 << 20) }
  var surveyContents: String {
    let near = options.duplicates.near ? options.duplicates.minHash.valueCount * 2 : 0
    return "\(near + 40) bytes and the id of each article, in temporary files of the output folder"
  }

  func describe(_ index: Int, of batch: Batch) -> [String] {
    ["duplicates are looked for in runs only: a preview keeps every article"]
  }
}

/// What the survey keeps of an article.
struct SurveyedArticle: Sendable {
  var document: SurveyedDocument
  var signature: DocumentSignature
}

/// Works signatures out.
private struct DuplicateSurveyor: Surveyor {
  let signer: DocumentSigner

  mutating func survey(_ batch: Batch) throws -> [SurveyedArticle] {
    zip(batch.articles, batch[ArticleText.self]).map { article, text in
      SurveyedArticle(
        document: SurveyedDocument(
          id: article.id, input: article.origin.input, record: article.origin.record),
        signature: signer.sign(text))
    }
  }
}

/// Gathers signatures and decides.
private struct DuplicateCollector: SurveyCollector {
  let survey: DuplicateSurvey

  mutating func add(_ rows: [SurveyedArticle]) throws {
    for row in rows { try survey.append(row.document, row.signature) }
    try survey.endBatch()
  }

  mutating func finish() throws -> DuplicateTable { try survey.finish() }
}
