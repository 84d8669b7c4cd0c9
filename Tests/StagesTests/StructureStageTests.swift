import ArabicText
import Corpus
import Foundation
import PageStructure
import Pipeline
import Testing

@testable import Stages

@Suite struct StructureStageTests {
  private static let yaml = "version: 1\nstages: [structure, normalize, segment]\n"
  private static let body = """
    أعلنت إدارة الميناء اليوم وصول أول سفينة سياحية إلى الرصيف الجديد وعلى متنها ألف ومئتا راكب.

    وقال مدير الميناء إن الرصيف الجديد يستقبل سفينتين في اليوم، وإن العمل في المحطة يتواصل حتى الصيف.
    """
  private static let page = """
    \(body)

    المصدر: «صوت الساحل»

    كلمات دلالية: مدیر المیناء الرصیف الجدید إلى

    إقرأ أيضاً:

    قوارب الصيد تعود إلى البحر بعد العاصفة

    عادت قوارب الصيد فجر أمس إلى البحر بعد عاصفة أبقتها في المرفأ أسبوعا كاملا، وحملت معها ما يكفي من الثلج.

    وقال صيادون إن الأسعار ستنخفض خلال يومين أو ثلاثة، ولا سيما أسعار السردين والأنواع الصغيرة من الأسماك.

    مقالات مشابهة

      • المنارة القديمة تضاء من جديد
      • تذاكر العبارة بنصف السعر
      • مدرسة بحرية تفتح أبوابها
    """

  @Test func theRestOfThePageBecomesFields() async throws {
    let records = try await PipelineHarness(Self.yaml).records([Self.page])
    try #require(records.count == 2)
    let first = records[0]
    #expect(first["text"] as? String == Self.body)
    #expect(first["source"] as? String == "صوت الساحل")
    #expect(first["siteKeywords"] as? [String] == ["مدير الميناء", "الرصيف الجديد"])
    #expect((first["related"] as? [String])?.count == 3)
    #expect(first["byline"] is NSNull && first["partOf"] == nil)
    let second = records[1]
    #expect(second["id"] as? String == "a0#2" && second["partOf"] as? String == "a0")
    #expect(second["title"] as? String == "قوارب الصيد تعود إلى البحر بعد العاصفة")
    #expect((second["text"] as? String)?.hasPrefix("عادت قوارب") == true)
    #expect((second["sentences"] as? [Any])?.count == 2)
  }

  @Test func aSecondArticleIsDroppedOrKeptWhenAsked() async throws {
    let dropped = try await PipelineHarness(Self.yaml, set: ["structure.secondArticle=drop"]).records([
      Self.page
    ])
    #expect(dropped.count == 1 && dropped[0]["text"] as? String == Self.body)
    let kept = try await PipelineHarness(Self.yaml, set: ["structure.secondArticle=keep"]).records([Self.page]
    )
    #expect(kept.count == 1 && (kept[0]["text"] as? String)?.contains("قوارب الصيد فجر") == true)
  }

  /// Sentences of both articles lead back to the page they stand on, through the edits of both stages.
  @Test(arguments: ["codePoints", "utf16", "utf8"])
  func sourceRangesPointIntoThePage(unit: String) async throws {
    let page = Self.page.replacingOccurrences(of: "الميناء", with: "الميـــناء")
    let harness = try PipelineHarness(
      Self.yaml, set: ["output.offsets=\(unit)", "structure.blocks=true", "structure.unglue=true"])
    for record in try await harness.records([page]) {
      let text = try #require(record["text"] as? String)
      for sentence in record["sentences"] as? [[String: Any]] ?? [] {
        let range = try #require(sentence["range"] as? [Int])
        let source = try #require(sentence["source"] as? [Int])
        let written = slice(text, range, unit)
        #expect(slice(page, source, unit).replacingOccurrences(of: "ـ", with: "") == written)
      }
      let blocks = try #require(record["blocks"] as? [[String: Any]])
      let title = blocks.first { $0["kind"] as? String == "title" }
      if let range = title?["source"] as? [Int] {
        #expect(slice(page, range, unit) == record["title"] as? String)
      }
      #expect(blocks.contains { $0["kind"] as? String == "body" })
    }
  }

  private func slice(_ text: String, _ range: [Int], _ unit: String) -> String {
    switch unit {
    case "codePoints":
      var out = String.UnicodeScalarView()
      out.append(contentsOf: Array(text.unicodeScalars)[range[0]..<range[1]])
      return String(out)
    case "utf16": return String(decoding: Array(text.utf16)[range[0]..<range[1]], as: UTF16.self)
    default: return String(decoding: Array(text.utf8)[range[0]..<range[1]], as: UTF8.self)
    }
  }

  @Test func textWithoutFurnitureStaysAsItIs() async throws {
    let plain = try PipelineHarness("version: 1\nstages: [normalize, segment]\n")
    let structured = try PipelineHarness(Self.yaml, set: ["structure.fields=[]"])
    let sample = ["\(Self.body)\n\n\(Self.body)", Self.body, "سطر واحد", "", "\n\n"].map {
      (title: "", text: Array($0.utf16))
    }
    let wanted = try await plain.records(sample)
    let found = try await structured.records(sample)
    #expect(found.count == wanted.count)
    for (a, b) in zip(wanted, found) {
      #expect(a["text"] as? String == b["text"] as? String)
      #expect(NSDictionary(dictionary: a) == NSDictionary(dictionary: b))
    }
  }

  @Test func aTitleOnThePageBecomesTheArticlesIfItHasNone() async throws {
    let page = "سفينة سياحية ترسو في الميناء القديم\nبقلم: سعاد الحايك\n\(Self.body)"
    let record = try await PipelineHarness(Self.yaml).records([page])[0]
    #expect(record["title"] as? String == "سفينة سياحية ترسو في الميناء القديم")
    #expect(record["byline"] as? String == "سعاد الحايك")
    #expect(record["text"] as? String == Self.body)
  }

  @Test func kindsThatAreNotRemovedStayInTheText() async throws {
    let harness = try PipelineHarness(
      Self.yaml, set: ["structure.remove=[related, relatedHeading]", "structure.secondArticle=keep"])
    let text = try #require(try await harness.records([Self.page])[0]["text"] as? String)
    #expect(text.contains("المصدر: «صوت الساحل»") && !text.contains("المنارة القديمة"))
  }

  @Test func membersOfMetaAreFound() {
    let meta = Array(
      #"{"a":{"url":"no"},"list":["url","x"],"url":"https:\/\/www.News.example:80/a?b","n":1}"#.utf8)
    #expect(MetaMember.text("url", in: meta).map(MetaMember.site) == "news.example")
    #expect(MetaMember.text("n", in: meta) == nil && MetaMember.text("a", in: meta) == nil)
    #expect(MetaMember.text("x", in: meta) == nil && MetaMember.text("url", in: []) == nil)
    #expect(MetaMember.site("okaz") == "okaz")
  }

  @Test func mistakesInAPatternFileAreNamed() throws {
    let file = FileManager.default.temporaryDirectory.appending(
      path: "patterns-\(UInt64.random(in: 0 ... .max)).tsv")
    try Data("sauce\tlabel\tالمصدر\n".utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    #expect {
      try PipelineHarness(Self.yaml, set: ["structure.patterns=\(file.path)"])
    } throws: { "\($0)".contains("line 1: there is no kind or class 'sauce'") }
  }
}
