import TestSupport
import Testing

@testable import ArabicText

@Suite struct TermAnalyzerTests {
  private func terms(_ words: [String], extra: [String] = []) throws -> (TermTable, [Term]) {
    var analyzer = TermAnalyzer(stopWords: StopWords(extra: extra))
    var table = TermTable()
    let rows = words.map { word in
      let id = Array(word.utf16).withUnsafeBufferPointer { analyzer.intern($0, kind: .arabic, in: &table) }
      return table[id]
    }
    return (table, rows)
  }

  @Test func variantsOfAWordShareTheirBase() throws {
    let (_, rows) = try terms(["كتاب", "الكتاب", "والكتاب", "بالكتاب", "للكتاب", "كِتاب", "كـتاب"])
    #expect(Set(rows.map(\.base)).count == 1)
    let (_, spellings) = try terms(["الأعمال", "الاعمال", "أعمال"])
    #expect(Set(spellings.map(\.base)).count == 1)
  }

  @Test(arguments: ["وزارة", "فريق", "بغداد", "كتاب", "لبنان", "ولاية", "وزير", "بريطانيا", "لجنة"])
  func aFirstLetterOfTheStemStays(word: String) throws {
    let (table, rows) = try terms([word])
    #expect(table.keys.string(rows[0].base) == KeyFolding().key(word))
  }

  @Test(arguments: [
    "في", "ولكن", "فإن", "بأن", "قال", "وأضاف", "الذي", "إلى", "الى", "منها", "كانت", "وكانت", "the",
  ])
  func functionWordsAndVerbsOfSayingAreStopWords(word: String) throws {
    #expect(try terms([word]).1[0].isStopWord)
  }

  @Test(arguments: ["كتاب", "وزارة", "الرياض", "اقتصاد", "محمد"])
  func contentWordsAreNot(word: String) throws { #expect(try !terms([word]).1[0].isStopWord) }

  @Test func aUsersOwnStopWordsCountInAnySpelling() throws {
    #expect(try terms(["الإعلان"], extra: ["الاعلان"]).1[0].isStopWord)
  }

  @Test func aFormIsAnalyzedOnce() throws {
    let (table, rows) = try terms(["بيت", "بيت", "البيت"])
    #expect(table.count == 2)
    #expect(rows[0].stem == rows[1].stem)
  }

  @Test func anInternerKeepsEveryStringApart() {
    var interner = Interner(minimumCapacity: 4)
    var random = SeededGenerator(seed: 5)
    var ids: [[UInt16]: UInt32] = [:]
    for _ in 0..<5000 {
      let word = (0..<Int.random(in: 0...4, using: &random)).map { _ in
        UInt16.random(in: 0x620...0x62A, using: &random)
      }
      let (id, isNew) = word.withUnsafeBufferPointer { interner.intern($0) }
      #expect(isNew == (ids[word] == nil))
      #expect(ids[word] ?? id == id)
      ids[word] = id
      #expect(interner.units(of: id) == word)
    }
    interner.removeAll()
    #expect(interner.count == 0)
  }
}
