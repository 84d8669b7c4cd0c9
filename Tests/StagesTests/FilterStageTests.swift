import ArabicText
import Corpus
import Foundation
import Testing

@testable import Pipeline
@testable import Stages

/// `language` and `quality` in a pipeline: what they write, and what they drop with which reason.
@Suite struct FilterStageTests {
  private let arabic = "وصل رئيس الوزراء إلى العاصمة صباح اليوم، وكان في استقباله عدد من الوزراء والسفراء."
  private let egyptian = "انا مش عارف ليه الناس دي كلها واقفة في الشارع دلوقتي، هو فيه ايه؟"
  private let persian =
    "دولت اعلام کرد که از هفته آینده قیمت بلیت قطار تغییر نخواهد کرد و طرح تازه‌ای اجرا می‌شود."
  private let english =
    "The museum will open its new wing next month, and visitors will see more than two hundred works."
  private let arabizi = "ana mesh 3aref leh el nas de wa2fa henak, yalla nerga3 el beit ba2a"

  private struct Outcome {
    var records: [[String: Any]] = []
    var drops: [String] = []
  }

  private func run(_ texts: [String], _ stages: String, set: [String] = []) async throws -> Outcome {
    let harness = try PipelineHarness("version: 1\nstages: [normalize, \(stages)]\n", set: set)
    let runner = try StageRunner(harness.config.plan, idle: IdleCores())
    var batch = Batch(
      index: 0,
      articles: texts.enumerated().map { index, text in
        Article(
          id: "a\(index)", origin: RecordOrigin(input: "memory", record: index + 1, byteOffset: 0), title: [],
          source: Array(text.utf16), encoding: DecodedEncoding(name: "utf-8", how: .validated), order: index)
      })
    var departures = Departures()
    _ = try await runner.run(&batch, &departures)
    var outcome = Outcome()
    outcome.drops = departures.dropped.map { "\($0.article.id) \($0.drop.reason): \($0.drop.detail)" }
    let bytes = RecordEncoder(harness.config.plan, options: harness.config.output).encode(batch)
    outcome.records = try bytes.split(separator: 0x0A).map {
      try #require(try JSONSerialization.jsonObject(with: Data($0)) as? [String: Any])
    }
    return outcome
  }

  private func ids(_ outcome: Outcome) -> [String] { outcome.records.compactMap { $0["id"] as? String } }

  @Test func onlyArabicIsKeptAndTheRestIsNamed() async throws {
    let outcome = try await run([arabic, persian, english, egyptian, "123 --"], "language")
    #expect(ids(outcome) == ["a0", "a3"])
    #expect(
      outcome.drops == [
        "a1 language: fa, confidence 0.99", "a2 language: en, confidence 0.99",
        "a4 language: und, confidence 0.00",
      ])
    let language = try #require(outcome.records[1]["language"] as? [String: Any])
    #expect(language["code"] as? String == "ar" && language["dialect"] as? String == "arz")
    #expect(language["arabizi"] == nil && language["blocks"] == nil)
  }

  @Test func dialectsMayBeALanguageOfTheirOwn() async throws {
    let texts = [arabic, egyptian, arabizi]
    #expect(ids(try await run(texts, "language", set: ["language.dialects=separate"])) == ["a0"])
    let both = ["language.dialects=separate", "language.keep=[ar, arz]"]
    #expect(ids(try await run(texts, "language", set: both)) == ["a0", "a1"])
    #expect(ids(try await run(texts, "language", set: ["language.keep=[arz]"])) == ["a1"])
    let latin = try await run(texts, "language", set: ["language.keep=[arabizi]"])
    #expect(ids(latin) == ["a2"])
    #expect((latin.records[0]["language"] as? [String: Any])?["arabizi"] as? Bool == true)
  }

  @Test func mixedTextFollowsItsPolicy() async throws {
    let text = english + "\n" + arabic + " " + arabic + "\n" + english
    let keep = try await run([text], "language", set: ["language.mixed=keep"])
    #expect((keep.records[0]["language"] as? [String: Any])?["code"] as? String == "mul")
    #expect(try await run([text], "language", set: ["language.mixed=drop"]).drops.count == 1)
    let main = try await run([text], "language")
    #expect(main.drops == ["a0 language: mul (mostly en), confidence 0.99"])
  }

  @Test func emptyKeepDropsNothingAndBlocksAreListed() async throws {
    let outcome = try await run(
      [arabic + "\n" + english, persian], "language", set: ["language.keep=[]", "language.blocks=true"])
    #expect(outcome.drops.isEmpty)
    let language = try #require(outcome.records[0]["language"] as? [String: Any])
    let blocks = try #require(language["blocks"] as? [[String: Any]])
    #expect(blocks.compactMap { $0["code"] as? String } == ["ar", "en"])
    #expect(blocks[0]["range"] as? [Int] == [0, arabic.count + 1])
  }

  @Test func placeAmongTheStagesChangesNothing() async throws {
    // Normalization shortens the first block and maps the letters by which Kurdish is told.
    let kurdish = "حکومەتی هەرێم ڕایگەیاند کە لە هەفتەی داهاتووەوە مووچەی فەرمانبەران دابەش دەکرێت."
    let text = "  &quot;\(arabic)&quot;   \(arabic)\n\(kurdish)"
    let settings = ["language.keep=[]", "language.blocks=true"]
    let after = try await run([text, kurdish], "language", set: settings)
    let before = try await run([text, kurdish], "language", set: settings + ["stages=[language, normalize]"])
    #expect(after.records as NSArray == before.records as NSArray)
    #expect((after.records[1]["language"] as? [String: Any])?["code"] as? String == "ckb")
    let blocks = (after.records[0]["language"] as? [String: Any])?["blocks"] as? [[String: Any]]
    let output = try #require(after.records[0]["text"] as? String)
    let range = try #require(blocks?.last?["range"] as? [Int])
    let scalars = Array(output.unicodeScalars)[range[0]..<range[1]]
    #expect(range[1] == output.unicodeScalars.count)
    #expect(String(String.UnicodeScalarView(scalars)).hasPrefix("حكوم"))
  }

  @Test func theLessSureIsDroppedOnRequest() async throws {
    let outcome = try await run([arabic, "آن الصافي"], "language", set: ["language.minConfidence=0.9"])
    #expect(ids(outcome) == ["a0"])
  }

  @Test func textDecodedByTheWrongTableIsInItsLanguage() async throws {
    let latin1 = String(decoding: arabic.utf8.map { UInt16($0) }, as: UTF16.self)
    let wrong = "æÕá ÑÆíÓ ÇáæÒÑÇÁ Åáì ÇáÚÇÕãÉ ÕÈÇÍ Çáíæã¡ æßÇä Ýí ÇÓÊÞÈÇáå ÚÏÏ ãä ÇáæÒÑÇÁ æÇáÓÝÑÇÁ."
    #expect(try await run([wrong, latin1], "language", set: ["language.blocks=true"]).drops.isEmpty)
  }

  @Test func whatIsNoRunningTextIsDroppedByMeasure() async throws {
    let spam = Array(repeating: "اشتر الآن بأرخص سعر في السوق", count: 30).joined(separator: "\n")
    let outcome = try await run([arabic, "مدير عام المستشفى", spam], "quality")
    #expect(ids(outcome) == ["a0"])
    #expect(
      outcome.drops == [
        "a1 quality.words: 3 with minWords 8", "a2 quality.duplicateLines: 0.967 with maxDuplicateLines 0.5",
      ])
    #expect(outcome.records[0]["quality"] == nil)
  }

  @Test func presetsAreStartingPoints() async throws {
    let web = try await run([arabic], "quality", set: ["quality.preset=fineweb2-arabic"])
    #expect(web.drops == ["a0 quality.words: 14 with minWords 50"])
    for off in ["quality.minWords=0", "quality.minWords=null", "quality.minWords=10"] {
      #expect(try await run([arabic], "quality", set: ["quality.preset=fineweb2-arabic", off]).drops.isEmpty)
    }
    let measured = try await run(
      [arabic, "لا"], "quality", set: ["quality.preset=off", "quality.measures=true"])
    let quality = try #require(measured.records[0]["quality"] as? [String: Any])
    #expect(quality["words"] as? Int == 14 && quality.count == 28)
    #expect(measured.records.count == 2)
  }

  @Test func wrongThresholdsAreReported() {
    #expect(throws: ConfigError.self) {
      try PipelineHarness("version: 1\nstages: [normalize, quality]\n", set: ["quality.maxDigitRatio=3"])
    }
    #expect(throws: ConfigError.self) {
      try PipelineHarness("version: 1\nstages: [normalize, quality]\n", set: ["quality.minWords=many"])
    }
    #expect(throws: ConfigError.self) {
      try PipelineHarness("version: 1\nstages: [normalize, language]\n", set: ["language.keep=[german]"])
    }
  }

  @Test func bothStagesRunOneAfterTheOtherBeforeSegment() async throws {
    let outcome = try await run([arabic, persian, "لا"], "language, quality, segment")
    #expect(outcome.drops.count == 2)
    #expect((outcome.records[0]["sentences"] as? [Any])?.count == 1)
  }
}
