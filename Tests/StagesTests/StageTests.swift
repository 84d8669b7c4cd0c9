import ArabicText
import Foundation
import Pipeline
import Testing

@testable import Stages

@Suite struct StageTests {
  private func phrases(_ record: [String: Any]) -> [String] {
    (record["keywords"] as? [[String: Any]] ?? []).compactMap { $0["phrase"] as? String }
  }

  @Test func theTeachingStageCountsQuestions() async throws {
    let yaml = "version: 1\nstages: [normalize, segment, example]\n"
    let text = "هل وصل الوفد؟ نعم، وصل أمس. متى يعود? لا أحد يعلم."
    #expect(try await PipelineHarness(yaml).records([text])[0]["questions"] as? Int == 2)
    let strict = try PipelineHarness(yaml, set: ["example.countLatinMark=false"])
    #expect(try await strict.records([text])[0]["questions"] as? Int == 1)
  }

  @Test func everyStageAppearsInTheRecord() async throws {
    let record = try await PipelineHarness(PipelineHarness.everything).records([
      "افتتح الوزير المتحف الوطني. ويضم المتحف الوطني مئات القطع النادرة. وقال الوزير إن المتحف هدية للزوار."
    ])[0]
    #expect((record["sentences"] as? [Any])?.count == 3)
    #expect(phrases(record).contains("المتحف الوطني"))
    #expect((record["summary"] as? [Any])?.isEmpty == false)
    let latin = record["latin"] as? [String: Any]
    #expect((latin?["text"] as? String)?.contains("al-mtḥf") == true)
    #expect((latin?["keywords"] as? [String])?.count == phrases(record).count)
  }

  @Test func runningTextIsTransliteratedAsAWhole() async throws {
    let text = "قال د. أحمد: «مُحَمَّد هنا»، ثم مضى… 3.5 كم NASA!"
    for scheme in ["icu", "bgn", "buckwalter", "hsb", "iso233-2", "ala-lc", "slug"] {
      let harness = try PipelineHarness(
        PipelineHarness.everything, set: ["transliterate.scheme=\(scheme)", "transliterate.fields=[text]"])
      let latin = try await harness.records([text])[0]["latin"] as? [String: Any]
      let named = try #require(TransliterationScheme(rawValue: scheme))
      var whole = try Transliterator(named)
      #expect(latin?["text"] as? String == whole.transliterate(text))
    }
  }

  @Test(arguments: TransliterationScheme.allCases)
  func noArabicLetterIsLeftOfTheSample(scheme: TransliterationScheme) throws {
    var transliterator = try Transliterator(scheme)
    for article in try Repository.sample() {
      let latin = transliterator.transliterate(String(decoding: article.text, as: UTF16.self))
      let left = latin.unicodeScalars.filter { scalar in
        (0x0600...0x06FF).contains(scalar.value)
          && [.otherLetter, .modifierLetter, .nonspacingMark].contains(scalar.properties.generalCategory)
      }
      #expect(left.isEmpty, "\(left)")
    }
  }

  @Test func usersOwnListsAreHonoured() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "warraq-lists-\(UInt64.random(in: 0 ... .max))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func list(_ name: String, _ text: String) throws -> String {
      let path = folder.appending(path: name).path
      try Data(text.utf8).write(to: URL(filePath: path))
      return path
    }
    let text =
      "وقع رئيس الشركة اتفاق الغاز. ورئيس الشركة متفائل. اتفاق الغاز يخدم السوق المحلية. رئيس الشركة غادر."
    let yaml = "version: 1\nstages: [normalize, segment, keywords]\n"
    let plain = try await PipelineHarness(yaml).records([text])[0]
    #expect(phrases(plain).contains("رئيس الشركة"))
    let never = try list("never.txt", "# comment\nرئيس  الشركة\n\n")
    let prefer = try list("prefer.txt", "السوق المحليه\n")
    let stop = try list("stop.txt", "الغاز\n")
    let own = try PipelineHarness(
      yaml, set: ["keywords.never=\(never)", "keywords.prefer=\(prefer)", "segment.stopWords=\(stop)"])
    let found = phrases(try await own.records([text])[0])
    #expect(!found.contains("رئيس الشركة"))
    #expect(found.first == "السوق المحلية")
    #expect(!found.contains { $0.hasSuffix("الغاز") })
  }

  @Test func aPhraseAfterLamKeepsItsArticle() async throws {
    let text = "ارتفع السعر للدولار الأمريكي. وقال خبير إن الطلب كبير للدولار الأمريكي."
    let harness = try PipelineHarness("version: 1\nstages: [normalize, segment, keywords]\n")
    #expect(phrases(try await harness.records([text])[0]).contains("الدولار الأمريكي"))
  }

  @Test(arguments: ["warraq", "tfidf", "textrank"])
  func everyKeywordAlgorithmFindsTheSubject(algorithm: String) async throws {
    let text =
      "افتتحت شركة الطيران خط القاهرة. وقالت شركة الطيران إن خط القاهرة يومي. وتسير شركة الطيران ثلاث رحلات."
    let harness = try PipelineHarness(
      "version: 1\nstages: [normalize, segment, keywords]\n", set: ["keywords.algorithm=\(algorithm)"])
    #expect(phrases(try await harness.records([text])[0]).prefix(3).contains("شركة الطيران"))
  }

  @Test(arguments: [("sentences=2", 2), ("words=12", 2), ("ratio=0.34", 1), ("algorithm=lead", 3)])
  func summariesKeepToTheirBudget(option: String, count: Int) async throws {
    let text =
      "وصل القطار الأول صباح اليوم. نقل القطار الجديد مئات الركاب. رحب الركاب بالقطار الجديد. يعمل القطار بالكهرباء."
    let harness = try PipelineHarness(
      "version: 1\nstages: [normalize, segment, summarize]\n", set: ["summarize.\(option)"])
    let summary = try #require(try await harness.records([text])[0]["summary"] as? [[String: Any]])
    #expect(summary.count == count)
    let order = summary.compactMap { $0["sentence"] as? Int }
    #expect(order == order.sorted())
  }

  @Test func aCrawledPageWithPersianLettersGivesNoStopWordPhrases() async throws {
    let page = try Repository.sample()
    let harness = try PipelineHarness(try Repository.text("Pipelines/news.yaml"))
    let records = try await harness.records(page)
    let stop = StopWords()
    let folding = KeyFolding()
    var seen = 0
    for record in records {
      for phrase in phrases(record) {
        seen += 1
        let words = phrase.split(separator: " ").map { Array(folding.key(String($0)).utf16) }
        #expect(words.first.map { stop.contains($0) } == false, "\(phrase)")
        #expect(words.last.map { stop.contains($0) } == false, "\(phrase)")
      }
    }
    #expect(seen > 100)
  }

  @Test func aRecordDoesNotDependOnTheArticlesBeforeIt() async throws {
    let harness = try PipelineHarness(PipelineHarness.everything)
    let articles = try Repository.sample()
    let together = try await harness.records(articles)
    for index in [0, articles.count / 2, articles.count - 1] {
      let alone = try await harness.records([articles[index]])[0]
      #expect(phrases(alone) == phrases(together[index]))
      #expect(alone["text"] as? String == together[index]["text"] as? String)
    }
  }

  @Test(arguments: ["news", "wikipedia", "minimal"])
  func theShippedConfigsAreSound(name: String) throws {
    let harness = try PipelineHarness(try Repository.text("Pipelines/\(name).yaml"))
    #expect(harness.config.unusedSections.isEmpty)
  }

  @Test func theShippedSchemaIsCurrent() throws {
    #expect(
      try Repository.text("Pipelines/warraq.schema.json")
        == PipelineConfig.schema(registry: StageRegistry.standard).json() + "\n",
      "write it anew: warraq schema > Pipelines/warraq.schema.json")
  }

  @Test func impossibleConfigsNameTheirMistakes() {
    func message(_ yaml: String) -> String {
      do {
        _ = try PipelineHarness(yaml)
        return "accepted"
      } catch { return "\(error)" }
    }
    #expect(message("version: 1\nstages: [normalize, sgment]").contains("did you mean \"segment\"?"))
    #expect(message("version: 1\nstages: [normalize, keywords]").contains("add \"segment\" before it"))
    #expect(message("version: 2\nstages: [normalize]").contains("this program reads version 1"))
    #expect(message("version: 1\nstages: [normalize]\nnormalise: {}").contains("did you mean \"normalize\"?"))
    #expect(
      message("version: 1\nstages: [normalize, segment]\nsegment: {stopWords: nowhere.txt}").contains(
        "test.yaml:3:10: segment.stopWords: cannot read"))
  }
}
