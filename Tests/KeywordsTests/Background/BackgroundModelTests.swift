import ArabicText
import Testing

@testable import Keywords

@Suite struct BackgroundModelTests {
  @Test func whatIsLearnedIsReadBack() throws {
    let model = try SampleModel.learn(
      ["المكتبة مكتبة قديمة", "والمكتبة في المدينة", "مدينة 12"], source: "tests\nof ours")
    #expect(model.documents == 3 && model.tokens == 7)
    #expect(model.source == "tests of ours")
    #expect(model.documents(of: "مكتبه") == 2)
    #expect(model.documents(of: "مدينه") == 2)
    #expect(model.documents(of: "قديمه") == 1)
    #expect(model.documents(of: "12") == nil)
    #expect(model.documents(of: "غريب") == nil)
    #expect(model.documents(of: "") == nil)
    #expect(throws: Never.self) { try model.verify() }
  }

  @Test func bytesDoNotDependOnTheOrderOfDocuments() {
    let texts = ["سوق الذهب", "سوق الفضة", "ذهب وفضة", "سوق الذهب القديم"]
    #expect(SampleModel.file(texts) == SampleModel.file(texts.reversed()))
  }

  @Test func rareWordsAndPhrasesAreLeftOut() throws {
    let model = try SampleModel.learn(["سوق الذهب", "سوق الفضة", "سوق الذهب"], minimum: 2)
    #expect(model.count == 2 && model.documents(of: "سوق") == 3 && model.documents(of: "ذهب") == 2)
    #expect(model.phraseCount == 1 && model.documents(of: "سوق ذهب") == 2)
    // Nor are there phrases of words that are not there.
    var limits = SampleModel.limits(minimum: 1)
    limits.minimumDocuments = 3
    let narrow = try BackgroundModel(bytes: SampleModel.file(["سوق الذهب", "سوق الفضة", "سوق"], limits))
    #expect(narrow.count == 1 && narrow.phraseCount == 0)
  }

  @Test func commonTermsComeFirst() throws {
    let model = try SampleModel.learn(["باب دار", "دار", "دار باب شباك"])
    #expect(["دار", "باب", "شباك"].map { model.row(of: $0) } == [0, 1, 2])
  }

  @Test func rarityIsBetweenZeroAndOne() throws {
    let model = try SampleModel.learn(["دار"] + Array(repeating: "دار باب", count: 2) + ["دار شباك"])
    let idf = ["دار", "باب", "شباك", "غريب"].map { key in
      Array(key.utf16).withUnsafeBufferPointer { model.inverseDocumentFrequency(of: $0) }
    }
    #expect(idf[0] == 0 && idf[1] > 0 && idf[1] < idf[2] && idf[2] < 1 && idf[3] == 1)
    #expect(idf[1] == Float(reproducibleLog(5.0 / 3) / reproducibleLog(5)))
  }

  @Test func aModelOfNothingKnowsNothing() throws {
    let model = try SampleModel.learn([""])
    #expect(model.documents == 1 && model.count == 0 && model.phraseCount == 0)
    #expect(model.documents(of: "دار") == nil)
    #expect(model.documentFrequency(ofPhrase: 0, 1) == 0)
    #expect(model.documentFrequency(ofPhrase: 0, 1, 2) == 0)
  }

  @Test func longAndForeignKeysAreFound() throws {
    let words = ["istanbul", "فسيكفيكهم", "ab", String(repeating: "طويل", count: 40)]
    let model = try SampleModel.learn(words)
    for word in words { #expect(model.documents(of: word) == 1) }
  }

  @Test func rareWordsWinInTFIDF() throws {
    var tokenizer = SampleTokenizer()
    let model = try SampleModel.learn(Array(repeating: "سوق", count: 90) + Array(repeating: "دار", count: 10))
    var extractor = KeywordExtractor(KeywordOptions(algorithm: .tfidf, maxWords: 1), background: model)
    #expect(extractor.extract(tokenizer.document("سوق. زيتون")).map(\.string) == ["زيتون", "سوق"])
  }

  /// The first two are vectors of FIPS 180-2.
  @Test(
    arguments: [
      ("abc", 0xeacf_018f_bf16_78ba), ("", 0x141c_fc98_42c4_b0e3),
    ] as [(String, UInt64)])
  func checksumsAreTheBeginningOfSHA256(text: String, expected: UInt64) {
    #expect(Array(text.utf8).withUnsafeBytes { ContentHash.hash($0) } == expected)
  }
}
