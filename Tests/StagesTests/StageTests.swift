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
        #expect(words.first.map(stop.contains) == false, "\(phrase)")
        #expect(words.last.map(stop.contains) == false, "\(phrase)")
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
