import Testing

@testable import Pipeline

@Suite struct PlannerTests {
  private let registry = StageRegistry([
    kind("normalize", writes: ["text"]), kind("segment", writes: ["tokens"]),
    kind("transliterate", writes: ["latin"]), kind("keywords", writes: ["keywords"]),
    kind("again", writes: ["keywords"]), kind("structure", writes: ["body"], reshapes: true),
    kind("filter", reshapes: true),
  ])
  private let reads = [
    "normalize": ["source"], "segment": ["text"], "structure": ["source"], "filter": ["text"],
  ]
  private let uses = ["normalize": ["body"]]

  private func order(_ names: [String]) -> (groups: [[String]], issues: [String]) {
    var reader = ConfigReader()
    let mark = ConfigMark(source: "a.yaml", line: 2, column: 10)
    let requests = names.map {
      PipelinePlan.Request(
        kind: registry[name: $0]!, reads: reads[$0] ?? ["tokens"], uses: uses[$0] ?? [], mark: mark)
    }
    let groups = PipelinePlan.order(requests, available: ["source"], registry: registry, reader: &reader)
    return (groups.map { $0.map { names[$0] } }, reader.issues.map(\.description))
  }

  @Test func independentStagesShareAGroup() {
    let (groups, issues) = order(["normalize", "segment", "transliterate", "keywords"])
    #expect(issues.isEmpty)
    #expect(groups == [["normalize"], ["segment"], ["transliterate", "keywords"]])
  }

  @Test func aStageThatChangesWhichArticlesThereAreRunsAlone() {
    let (groups, issues) = order(["normalize", "segment", "filter", "transliterate", "keywords"])
    #expect(issues.isEmpty)
    #expect(groups == [["normalize"], ["segment"], ["filter"], ["transliterate", "keywords"]])
    #expect(order(["normalize", "filter", "segment"]).groups == [["normalize"], ["filter"], ["segment"]])
  }

  @Test func whatAStageTakesIntoAccountIsMadeBeforeItOrNotAtAll() {
    #expect(order(["structure", "normalize"]).groups == [["structure"], ["normalize"]])
    #expect(order(["normalize"]).issues.isEmpty)
    #expect(
      order(["normalize", "structure"]).issues == [
        "a.yaml:2:10: stages[0]: \"normalize\" reads \"body\", which \"structure\" writes only later; list \"structure\" before \"normalize\""
      ])
  }

  @Test func aMissingProducerIsNamed() {
    #expect(
      order(["normalize", "keywords"]).issues == [
        "a.yaml:2:10: stages[1]: \"keywords\" reads \"tokens\", which no listed stage writes; add \"segment\" before it"
      ])
  }

  @Test func aProducerListedTooLateIsNamed() {
    #expect(
      order(["segment", "normalize"]).issues == [
        "a.yaml:2:10: stages[0]: \"segment\" reads \"text\", which \"normalize\" writes only later; list \"normalize\" before \"segment\""
      ])
  }

  @Test func twoWritersOfOneAnnotationAreRefused() {
    #expect(order(["normalize", "segment", "keywords", "again"]).issues.count == 1)
    #expect(order(["normalize", "normalize"]).issues.count == 1)
  }
}
