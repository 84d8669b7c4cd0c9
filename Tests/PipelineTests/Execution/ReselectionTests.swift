import ArabicText
import Corpus
import Testing

@testable import Pipeline

private enum Length: Annotation {
  typealias Value = Int
  static let name = "length"
}

private enum Names: SharedAnnotation {
  typealias Value = NameTable
  static let name = "names"
}

private struct NameTable: Sendable, ArticleIndexed {
  var names: [String]
  func reselected(by origins: [Int]) -> NameTable { NameTable(names: origins.map { names[$0] }) }
}

@Suite struct ReselectionTests {
  private func batch(_ texts: [String]) -> Batch {
    Batch(
      index: 0,
      articles: texts.enumerated().map { index, text in
        Article(
          id: text, origin: RecordOrigin(input: "a", record: index + 1, byteOffset: 0), title: [],
          source: Array(text.utf16), encoding: DecodedEncoding(name: "utf-8", how: .validated), order: index)
      })
  }

  private static let measure: @Sendable (Batch) throws -> StageResult = { batch in
    var result = StageResult()
    result.annotations[Length.self] = batch.articles.map(\.source.count)
    result.annotations[Names.self] = NameTable(names: batch.articles.map(\.id))
    return result
  }

  @Test func droppedArticlesTakeTheirValuesWithThem() async throws {
    let dropShort: @Sendable (Batch) throws -> StageResult = { batch in
      var result = StageResult()
      result.drop(
        batch[Length.self].indices.filter { batch[Length.self][$0] < 3 }.map {
          ArticleDrop(index: $0, reason: "short", detail: "under 3")
        }, of: batch)
      return result
    }
    let runner = try StageRunner(
      plan([[Self.measure], [dropShort], [{ _ in StageResult() }]]), idle: IdleCores())
    var batch = batch(["قمح", "لا", "شعير", "و"])
    var departures = Departures()
    _ = try await runner.run(&batch, &departures)
    let dropped = departures.dropped
    #expect(batch.articles.map(\.id) == ["قمح", "شعير"])
    #expect(batch[Length.self] == [3, 4])
    #expect(batch[Names.self]?.names == ["قمح", "شعير"])
    #expect(dropped.map(\.article.id) == ["لا", "و"])
    let reject = try #require(dropped.last).reject(rawBytes: 1)
    #expect(reject.isFiltered && reject.reason.rawValue == "short" && reject.order == 3)
    #expect(reject.raw == [0xD9] && reject.rawByteCount == 2)
  }

  @Test func columnsOfTheDroppingStageItselfLoseTheirValuesToo() async throws {
    let measureAndDrop: @Sendable (Batch) throws -> StageResult = { batch in
      var result = try Self.measure(batch)
      result.drop([ArticleDrop(index: 1, reason: "r", detail: "")], of: batch)
      return result
    }
    var batch = batch(["أ", "بب", "ججج"])
    try await StageRunner(plan([[measureAndDrop]]), idle: IdleCores()).run(&batch)
    #expect(batch[Length.self] == [1, 3] && batch[Names.self]?.names == ["أ", "ججج"])
  }

  @Test func anArticleMayBecomeTwo() async throws {
    let split: @Sendable (Batch) throws -> StageResult = { batch in
      var result = StageResult()
      var second = batch.articles[0]
      second.id += "#2"
      second.partOf = batch.articles[0].id
      result.reselection = Reselection(
        articles: [batch.articles[0], second, batch.articles[1]], origins: [0, 0, 1])
      return result
    }
    var batch = batch(["أول", "ثان"])
    var departures = Departures()
    _ = try await StageRunner(plan([[Self.measure], [split]]), idle: IdleCores()).run(&batch, &departures)
    #expect(departures.addedOrders == [0] && departures.dropped.isEmpty)
    #expect(batch[Length.self] == [3, 3, 3] && batch[Names.self]?.names == ["أول", "أول", "ثان"])
    let records = RecordEncoder(plan([]), options: OutputSection()).encode(batch)
    #expect(String(decoding: records, as: UTF8.self).contains(##"{"id":"أول#2","partOf":"أول","text":"##))
  }

  @Test func aStageThatLosesAnArticleWithoutAWordEndsTheRun() async throws {
    let lose: @Sendable (Batch) throws -> StageResult = { batch in
      var result = StageResult()
      // Two of the first hide from a bare count that the second is gone.
      result.reselection = Reselection(
        articles: [batch.articles[0], batch.articles[0], batch.articles[2]], origins: [0, 0, 2])
      return result
    }
    var batch = batch(["أول", "ثان", "ثالث"])
    await #expect(throws: LostArticle.self) {
      try await StageRunner(plan([[lose]]), idle: IdleCores()).run(&batch)
    }
  }

  /// Two stages that run at the same time, one of which writes a column while both find articles beyond a limit.
  @Test func refusedArticlesLeaveAfterTheStagesOfTheirGroup() async throws {
    let refuse: @Sendable (Int) -> @Sendable (Batch) throws -> StageResult = { count in
      { batch in
        var result = try Self.measure(batch)
        result.refused = batch.articles.indices.filter { batch.articles[$0].source.count == count }.map {
          ArticleDrop(index: $0, reason: "tooMany", detail: "\(count)", isRejected: true)
        }
        return result
      }
    }
    let runner = try StageRunner(
      plan([[refuse(2), refuse(4)], [{ _ in StageResult() }]]), idle: IdleCores())
    var batch = batch(["قمح", "لا", "شعير", "و"])
    var departures = Departures()
    _ = try await runner.run(&batch, &departures)
    #expect(batch.articles.map(\.id) == ["قمح", "و"])
    #expect(batch[Length.self] == [3, 1])
    #expect(batch[Names.self]?.names == ["قمح", "و"])
    #expect(departures.dropped.map(\.article.id) == ["لا", "شعير"])
    #expect(departures.dropped.allSatisfy { !$0.reject(rawBytes: 1).isFiltered })
  }
}
