/// Other articles in place of those of a batch: fewer, where a stage drops some, or more, where it finds several in
/// one.
public struct Reselection: Sendable {
  /// The articles from now on.
  public var articles: [Article]
  /// For each of them, which article of the batch it was or came from; in ascending order.
  public var origins: [Int]
  /// The articles of the batch that are none of these, and why.
  public var drops: [ArticleDrop]

  /// Makes a reselection.
  public init(articles: [Article], origins: [Int], drops: [ArticleDrop] = []) {
    self.articles = articles
    self.origins = origins
    self.drops = drops
  }
}

/// An article that a stage decided against.
public struct ArticleDrop: Sendable, Hashable {
  /// Which article of the batch.
  public var index: Int
  /// The name it is counted under: the stage's, with what failed behind a point, such as `quality.digitRatio`.
  public var reason: String
  /// More on why, without a word of the article.
  public var detail: String
  /// What it duplicates, if that is why: then it is listed among the duplicates, else among the rejects.
  public var duplicate: DuplicateNote?
  /// Whether it is no article at all, by a limit: rejected, and counted as such, not filtered.
  public var isRejected: Bool

  /// Makes a drop.
  public init(
    index: Int, reason: String, detail: String, duplicate: DuplicateNote? = nil, isRejected: Bool = false
  ) {
    self.index = index
    self.reason = reason
    self.detail = detail
    self.duplicate = duplicate
    self.isRejected = isRejected
  }
}

/// Which article another one duplicates, and how.
public struct DuplicateNote: Sendable, Hashable {
  /// The kind of likeness, which duplicates are counted by.
  public var kind: String
  /// How similar they are, 0 to 1.
  public var similarity: Double
  /// The id of the article that stays.
  public var id: String
  /// The input it was read from.
  public var input: String
  /// Number of its record in the input.
  public var record: Int

  /// Makes a note.
  public init(kind: String, similarity: Double, id: String, input: String, record: Int) {
    self.kind = kind
    self.similarity = similarity
    self.id = id
    self.input = input
    self.record = record
  }
}

extension StageResult {
  /// Drops articles of the batch: the columns set so far, which have a value for every one, lose theirs.
  public mutating func drop(_ drops: [ArticleDrop], of batch: Batch) {
    guard !drops.isEmpty else { return }
    let dropped = Set(drops.map(\.index))
    let kept = batch.articles.indices.filter { !dropped.contains($0) }
    annotations = annotations.reselected(by: kept)
    reselection = Reselection(articles: kept.map { batch.articles[$0] }, origins: kept, drops: drops)
  }
}

/// An article that left a batch on its way through the stages.
struct DroppedArticle: Sendable {
  var article: Article
  var drop: ArticleDrop
}

/// What left a batch on its way through the stages, and what joined it.
struct Departures {
  var dropped: [DroppedArticle] = []
  /// For each article that a stage found in another, its place among what was read.
  var addedOrders: [Int] = []
}

/// A stage, or what encodes records, lost an article without a word: a mistake in the program, never of the input.
struct LostArticle: Error, CustomStringConvertible {
  var stage: String
  var detail: String
  var description: String { "\(stage) lost articles: \(detail). Please report it with the input." }
}

extension Batch {
  /// Takes out articles that are beyond a limit, whichever stages said so, and returns them.
  mutating func refuse(_ refused: [ArticleDrop]) -> [DroppedArticle] {
    guard !refused.isEmpty else { return [] }
    var seen: Set<Int> = []
    let first = refused.sorted { $0.index < $1.index }.filter { seen.insert($0.index).inserted }
    let dropped = first.map { DroppedArticle(article: articles[$0.index], drop: $0) }
    let kept = articles.indices.filter { !seen.contains($0) }
    annotations = annotations.reselected(by: kept)
    articles = kept.map { articles[$0] }
    return dropped
  }

  /// Takes in what a stage made of the batch, and notes which articles leave or join it.
  ///
  /// - Throws: `LostArticle` when the stage says nothing of an article.
  mutating func apply(_ result: StageResult, noting departures: inout Departures, stage: String) throws {
    guard let reselection = result.reselection else {
      annotations.merge(result.annotations)
      return
    }
    var mentions = [Int](repeating: 0, count: articles.count)
    for drop in reselection.drops { mentions[drop.index] += 1 }
    for index in reselection.origins {
      if mentions[index] > 0 { departures.addedOrders.append(articles[index].order) }
      mentions[index] += 1
    }
    let lost = mentions.count { $0 == 0 }
    guard lost == 0 else {
      throw LostArticle(stage: stage, detail: "\(lost) of \(articles.count) in batch \(index)")
    }
    departures.dropped += reselection.drops.map { DroppedArticle(article: articles[$0.index], drop: $0) }
    annotations = annotations.reselected(by: reselection.origins)
    annotations.merge(result.annotations)
    articles = reselection.articles
  }
}
