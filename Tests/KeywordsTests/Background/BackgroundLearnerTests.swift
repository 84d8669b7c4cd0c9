import TestSupport
import ArabicText
import Testing

@testable import Keywords

@Suite struct BackgroundLearnerTests {
  @Test func usesAreCounted() throws {
    let model = try SampleModel.learn([
      // كتب as a verb behind four particles, as a noun behind two, and once behind nothing.
      "لم كتب. وقد كتب. الرجل الذي كتب. فلم كتب. في كتب. عن كتب. كتب",
      // Neither a stop nor a comma is crossed, and a particle with a proclitic of its own is none.
      "لم. كتب في، كتب. وفي كتب",
      "المدينة. والمدينة. مدينة. مدينة",
    ])
    let verb = try #require(model.usage(of: "كتب"))
    #expect(model.row(of: "كتب").map { model.tokens(ofTerm: $0) } == 10)
    #expect(verb == TermUsage(bytes: 0x3366_0000))  // 2 of 10 and 4 of 10, in 255ths
    let noun = try #require(model.usage(of: "مدينه"))
    #expect(noun.definite == 128 / 255 && noun.proclitic == 64 / 255)
    #expect(noun.verbal == 0 && noun.nominal == 0)
  }

  @Test func aWordWithAProcliticIsNeitherBehindAParticle() throws {
    let model = try SampleModel.learn(["في والمدينة", "قد والمدينة", "في المدينة"])
    let usage = try #require(model.usage(of: "مدينه"))
    #expect(usage.verbal == 0 && usage.nominal == 85 / 255 && usage.definite == 1)
  }

  @Test func phrasesAreCountedOnceADocument() throws {
    let model = try SampleModel.learn([
      "وزارة الصحة السعودية. وزارة الصحة", "وزارة الصحة", "وزارة، الصحة. وزارة. الصحة",
      "وزارة 5 الصحة",
    ])
    #expect(model.documents(of: "وزاره صحه") == 2)
    #expect(model.documents(of: "وزاره صحه سعوديه") == 1)
    #expect(model.documents(of: "صحه سعوديه") == 1)
    #expect(model.documents(of: "صحه وزاره") == 0)
    #expect(model.phraseCount == 3)
  }

  @Test func phrasesBeginAndEndInContentWords() throws {
    let model = try SampleModel.learn(["سافر من مكة بعد المدينة ثم"])
    #expect(model.documents(of: "سافر من مكه") == 1)
    #expect(model.documents(of: "مكه بعد مدينه") == 1)
    for phrase in ["سافر من", "من مكه", "بعد مدينه", "مدينه ثم"] { #expect(model.documents(of: phrase) == 0) }
    #expect(model.phraseCount == 2)
  }

  /// Workers have term tables of their own, whose ids mean different words.
  @Test func bytesDoNotDependOnTheNumberOfWorkers() {
    let texts = SampleStream(seed: 3).documents(300)
    let files = [1, 3].map { workers in
      var tokenizers = (0..<workers).map { _ in SampleTokenizer() }
      var learner = BackgroundLearner(limits: SampleModel.limits(minimum: 2))
      for (i, text) in texts.enumerated() { learner.add(tokenizers[i % workers].document(text)) }
      return learner.write(source: "")
    }
    #expect(files[0] == files[1])
  }

  @Test func theBoundHoldsWhenCountsAreDropped() throws {
    let texts = SampleStream(seed: 11).documents(1500)
    let exact = try SampleModel.learn(texts)
    for (terms, phrases) in [(60, 1 << 20), (1 << 20, 300), (100, 200), (2, 2)] {
      var limits = SampleModel.limits(minimum: 1)
      limits.mostTerms = terms
      limits.mostPhrases = phrases
      let model = try BackgroundModel(bytes: SampleModel.file(texts, limits))
      let (termBound, phraseBound) = (model.limits.termBound, model.limits.phraseBound)
      #expect((termBound == 0) == (terms > 1000))
      #expect(phraseBound > 0 && phraseBound >= termBound)
      #expect(model.count <= terms && model.phraseCount <= phrases)
      for row in 0..<UInt32(exact.count) {
        let key = exact.key(ofTerm: row)
        let known = model.find(key).map { model.documentFrequency(ofTerm: $0) } ?? 0
        let found = exact.documentFrequency(ofTerm: row)
        #expect(known <= found && found <= known + termBound)
      }
      exact.forEachPhrase { phrase in
        let rows = [phrase.first, phrase.second, phrase.third].compactMap {
          $0 == BackgroundFormat.noRow ? nil : model.find(exact.key(ofTerm: $0))
        }
        var known = 0
        if phrase.isPair, rows.count == 2 { known = model.documentFrequency(ofPhrase: rows[0], rows[1]) }
        if rows.count == 3 { known = model.documentFrequency(ofPhrase: rows[0], rows[1], rows[2]) }
        #expect(known <= phrase.documents && Int(phrase.documents) <= known + phraseBound)
      }
    }
  }

  @Test func allAboveMinimumAndBoundAreInTheModel() throws {
    let texts = SampleStream(seed: 13).documents(1500)
    let exact = try SampleModel.learn(texts)
    var limits = SampleModel.limits(minimum: 10)
    limits.minimumDocuments = 5
    limits.mostTerms = 150
    let model = try BackgroundModel(bytes: SampleModel.file(texts, limits))
    #expect(model.limits.termBound > 0)
    for row in 0..<UInt32(exact.count) {
      guard exact.documentFrequency(ofTerm: row) >= 5 + model.limits.termBound else { continue }
      #expect(model.find(exact.key(ofTerm: row)) != nil)
    }
  }

  @Test func frequentTermsSurviveInLittleMemory() throws {
    let texts = SampleStream(seed: 5).documents(1500)
    let exact = try SampleModel.learn(texts)
    var limits = SampleModel.limits(minimum: 1)
    limits.mostTerms = 200
    let model = try BackgroundModel(bytes: SampleModel.file(texts, limits))
    #expect(model.limits.termBound < 100)
    for row in 0..<UInt32(20) { #expect(model.find(exact.key(ofTerm: row)) != nil) }
  }

  @Test func theLeastSufficientBoundIsChosen() {
    let bound = LossyBound(most: 4).raised([1, 1, 2, 3, 9])
    #expect(bound.value == 2 && bound.keeps(3) && !bound.keeps(2))
    #expect(LossyBound(most: 2).raised([70_000, 80_000, 90_000]).value == 90_000)
    #expect(LossyBound(most: 10).raised([1, 2, 3]).value == 0)
  }
}

/// Sentences of made-up words, some much more frequent than others (Zipf's law), the same on every run.
struct SampleStream {
  private var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  func documents(_ count: Int) -> [String] {
    var random = random
    let letters = Array("بتثجحخدرزسشصضطظعغقم")
    func word(_ number: Int) -> String {
      var (rest, word) = (number, "")
      repeat {
        word.append(letters[rest % letters.count])
        rest /= letters.count
      } while rest > 0
      return word + "دار"
    }
    return (0..<count).map { _ in
      (0..<Int.random(in: 1...3, using: &random)).map { _ in
        (0..<Int.random(in: 1...8, using: &random)).map { _ in
          word(Int(1 / Double.random(in: 0.0003...1, using: &random)))
        }.joined(separator: " ")
      }.joined(separator: ". ")
    }
  }
}
