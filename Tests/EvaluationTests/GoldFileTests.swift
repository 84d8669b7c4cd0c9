import Testing

@testable import Evaluation

@Suite struct GoldFileTests {
  @Test func keywordsAreReadAsStringsOrObjects() throws {
    let gold = try GoldFile.keywords(
      """
      \u{FEFF}{"id": "a", "title": "x", "text": "نص", "gold": ["الشمس", {"text": "القمر"}]}

      {"id": 7, "text": "نص آخر", "gold": []}\r

      """, name: "g.jsonl")
    #expect(gold.map(\.id) == ["a", "7"])
    #expect(gold.map(\.phrases) == [["الشمس", "القمر"], []])
  }

  @Test func everyBadLineIsNamedWithItsReason() {
    let lines = [
      #"{"id": "a", "text": "نص", "gold": ["الشمس"]}"#, "{broken", "[1]", #"{"text": "نص", "gold": []}"#,
      #"{"id": "b", "gold": []}"#, #"{"id": "c", "text": " \n", "gold": []}"#, #"{"id": "d", "text": "نص"}"#,
      #"{"id": "e", "text": "نص", "gold": "الشمس"}"#, #"{"id": "f", "text": "نص", "gold": [3]}"#,
      #"{"id": "a", "text": "نص", "gold": []}"#, #"{"id": 1.5, "text": "نص", "gold": []}"#,
    ]
    let error = #expect(throws: GoldError.self) {
      try GoldFile.keywords(lines.joined(separator: "\n"), name: "g.jsonl")
    }
    #expect(
      error?.description == """
        g.jsonl:2: not valid JSON: one object a line is expected
        g.jsonl:3: is JSON, but no object
        g.jsonl:4: needs "id", a string or a whole number
        g.jsonl:5: needs "text", a string that is not blank
        g.jsonl:6: needs "text", a string that is not blank
        g.jsonl:7: needs "gold", a list of phrases, most often chosen first
        g.jsonl:8: needs "gold", a list of phrases, most often chosen first
        g.jsonl:9: needs "gold", a list of phrases, most often chosen first
        g.jsonl:10: the id a stands in line 1 already
        g.jsonl:11: needs "id", a string or a whole number
        """)
  }

  @Test func referencesAreNeeded() throws {
    let gold = try GoldFile.summaries(#"{"id":"a","text":"نص","references":["خلاصة"]}"#, name: "s.jsonl")
    #expect(gold == [SummaryGold(id: "a", text: "نص", references: ["خلاصة"])])
    for line in [#"{"id":"a","text":"نص","references":[]}"#, #"{"id":"a","text":"نص"}"#] {
      let error = #expect(throws: GoldError.self) { try GoldFile.summaries(line, name: "s.jsonl") }
      #expect(error?.issues.map(\.line) == [1])
      #expect(error?.description.hasPrefix("s.jsonl:1: needs \"references\"") == true)
    }
  }

  @Test func aFileWithoutArticlesIsAnError() {
    let error = #expect(throws: GoldError.self) { try GoldFile.keywords("\n \n", name: "e.jsonl") }
    #expect(error?.description == "e.jsonl: holds no article: one JSON object a line is expected")
  }

  @Test func aLongListOfErrorsIsShortened() {
    let error = #expect(throws: GoldError.self) {
      try GoldFile.keywords(String(repeating: "{\n", count: 25), name: "g")
    }
    #expect(error?.description.hasSuffix("\n... and 15 more") == true)
  }
}
