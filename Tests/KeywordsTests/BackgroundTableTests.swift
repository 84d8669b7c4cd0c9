import ArabicText
import Testing

@testable import Keywords

@Suite struct BackgroundTableTests {
  private func frequency(_ word: String, in table: BackgroundTable) -> Int {
    Array(word.utf16).withUnsafeBufferPointer { table.documentFrequency(of: $0) }
  }

  @Test func whatIsLearnedIsReadBack() throws {
    var tokenizer = SampleTokenizer()
    var learner = BackgroundLearner()
    for text in ["المكتبة مكتبة قديمة", "والمكتبة في المدينة", "مدينة 12"] {
      learner.add(tokenizer.document(text))
    }
    let table = try BackgroundTable(parsing: learner.write(minimumDocuments: 1, source: "tests\nof ours"))
    #expect(table.documents == 3)
    #expect(table.source == "tests of ours")
    #expect(frequency("مكتبه", in: table) == 2)
    #expect(frequency("مدينه", in: table) == 2)
    #expect(frequency("قديمه", in: table) == 1)
    #expect(frequency("12", in: table) == 0)
    #expect(frequency("غريب", in: table) == 0)
  }

  @Test func bytesDoNotDependOnTheOrderOfDocuments() {
    let texts = ["سوق الذهب", "سوق الفضة", "ذهب وفضة"]
    let tables = [texts, texts.reversed()].map { texts in
      var tokenizer = SampleTokenizer()
      var learner = BackgroundLearner()
      for text in texts { learner.add(tokenizer.document(text)) }
      return learner.write(minimumDocuments: 1, source: "")
    }
    #expect(tables[0] == tables[1])
  }

  @Test func rareWordsAreLeftOut() throws {
    var tokenizer = SampleTokenizer()
    var learner = BackgroundLearner()
    for text in ["سوق الذهب", "سوق الفضة"] { learner.add(tokenizer.document(text)) }
    let table = try BackgroundTable(parsing: learner.write(minimumDocuments: 2, source: ""))
    #expect(table.count == 1 && frequency("سوق", in: table) == 2)
  }

  @Test func rarityIsBetweenZeroAndOne() throws {
    let table = try BackgroundTable(parsing: Array("#warraq-background 1\n#documents 9\na\t9\nb\t1\n".utf8))
    let idf = ["a", "b", "c"].map { key in
      Array(key.utf16).withUnsafeBufferPointer { table.inverseDocumentFrequency(of: $0) }
    }
    #expect(idf[0] == 0 && idf[1] > 0.5 && idf[1] < 1 && idf[2] == 1)
  }

  @Test(arguments: [
    ("", BackgroundTableError.wrongVersion),
    ("#warraq-background 2\n", .wrongVersion),
    ("#warraq-background 1\n", .badLine(1, reason: "the table has no '#documents N' line")),
    ("#warraq-background 1\na\t1\n", .badLine(2, reason: "'#documents N' must come before the rows")),
    ("#warraq-background 1\n#documents x\n", .badLine(2, reason: "'#documents' wants a number above 0")),
    ("#warraq-background 1\n#documents 5\na 1\n", .badLine(3, reason: "wants a key, a tab and a number")),
    (
      "#warraq-background 1\n#documents 5\na\t6\n",
      .badLine(3, reason: "the count must be a number from 1 to 5")
    ),
    (
      "#warraq-background 1\n#documents 5\nb\t1\na\t1\n",
      .badLine(4, reason: "keys must be UTF-8, each once, sorted by UTF-16 unit")
    ),
  ])
  func badTablesAreRefusedWithTheirLine(text: String, expected: BackgroundTableError) {
    #expect(throws: expected) { try BackgroundTable(parsing: Array(text.utf8)) }
  }

  @Test func invalidUTF8IsRefused() {
    let header = Array("#warraq-background 1\n#documents 5\n".utf8)
    // A lead byte alone, one after good letters, an overlong form, and a surrogate.
    for key in [[0xd8], [0x61, 0xd8], [0xc0, 0x80], [0xed, 0xa0, 0x80]] as [[UInt8]] {
      #expect(throws: BackgroundTableError.self) {
        try BackgroundTable(parsing: header + key + [0x09, 0x31, 0x0a])
      }
    }
  }

  @Test func rareWordsWinInTFIDF() throws {
    var tokenizer = SampleTokenizer()
    let rows = "#warraq-background 1\n#documents 100\nسوق\t90\n"
    let table = try BackgroundTable(parsing: Array(rows.utf8))
    var extractor = KeywordExtractor(KeywordOptions(algorithm: .tfidf, maxWords: 1), background: table)
    #expect(extractor.extract(tokenizer.document("سوق. زيتون")).map(\.string) == ["زيتون", "سوق"])
  }
}
