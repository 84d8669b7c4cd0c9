import Evaluation
import Testing

@Suite struct ConfusionTableTests {
  @Test func sharesAreThoseOfTheCounts() {
    var table = ConfusionTable()
    #expect(table.accuracy == 0)
    for (gold, found) in [
      ("ar", "ar"), ("ar", "ar"), ("ar", "arz"), ("arz", "ar"), ("fa", "fa"), ("fa", "ar"),
    ] {
      table.add(gold: gold, found: found)
    }
    #expect(table.total == 6)
    #expect(table.accuracy == 3.0 / 6)
    #expect(table.accuracy(of: ["ar", "arz"]) == 5.0 / 6)
    #expect(table.recall("ar") == 2.0 / 3 && table.precision("ar") == 2.0 / 4)
    #expect(table.recall("arz") == 0 && table.precision("arz") == 0)
    #expect(table.recall("ur") == nil && table.precision("ur") == nil)
    #expect(table.count(gold: "fa", found: "ar") == 1)
    #expect(table.foundLabels == ["ar", "arz", "fa"])
  }
}
