import Testing

@testable import Pipeline

@Suite struct PlannerTests {
  private let registry = StageRegistry([
    kind("normalize", writes: ["text"]), kind("segment", writes: ["tokens"]),
    kind("transliterate", writes: ["latin"]), kind("keywords", writes: ["keywords"]),
    kind("again", writes: ["keywords"]),
  ])
  private let reads = ["normalize": ["source"], "segment": ["text"]]

  private func order(_ names: [String]) -> (groups: [[String]], issues: [String]) {
    var reader = ConfigReader()
    let mark = ConfigMark(source: "a.yaml", line: 2, column: 10)
    let requests = names.map {
      PipelinePlan.Request(kind: registry[name: $0]!, reads: reads[$0] ?? ["tokens"], mark: mark)
    }
    let groups = PipelinePlan.order(requests, available: ["source"], registry: registry, reader: &reader)
    return (groups.map { $0.map { names[$0] } }, reader.issues.map(\.description))
  }

  @Test func independentStagesShareAGroup() {
    let (groups, issues) = order(["normalize", "segment", "transliterate", "keywords"])
    #expect(issues.isEmpty)
    #expect(groups == [["normalize"], ["segment"], ["transliterate", "keywords"]])
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
