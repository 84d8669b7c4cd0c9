import ArabicText
import Testing

@testable import Corpus

/// Real dumps, where they are at hand.
@Suite struct RealInputTests {
  private struct Counts {
    var records = 0
    var reasons: [RejectReason: Int] = [:]
    var encodings: [String: Int] = [:]
    var replacements = 0
  }

  private func read(
    _ name: String, text: String = "text", encoding: TextDecoder.Declaration = .unknown
  ) throws -> Counts {
    let listing = try InputLister.list([RealData.path(name)])
    var reader = BatchReader(inputs: listing.files, rejects: listing.rejects)
    let parser = try RecordParser(ParserOptions(paths: ("id", "title", text), encoding: encoding))
    var counts = Counts()
    while let batch = reader.next() {
      for reject in batch.rejects { counts.reasons[reject.reason, default: 0] += 1 }
      for record in batch.records {
        switch parser.parse(record, in: batch) {
        case .success(let article):
          counts.records += 1
          counts.encodings[article.encoding.name, default: 0] += 1
          counts.replacements += article.encoding.replacements
        case .failure(.reject(let reject)): counts.reasons[reject.reason, default: 0] += 1
        case .failure(.skip(let reason)): Issue.record("skipped as \(reason.rawValue)")
        }
      }
    }
    return counts
  }

  @Test(.enabled(if: RealData.exists("saudinewsnet"), "no real data here"))
  func everyNewsArticleIsARecordOrIsEmpty() throws {
    let counts = try read("saudinewsnet/articles.jsonl.zst")
    // 88 texts are "", 140 more are blanks; no article is lost.
    #expect(counts.records == 16_140 - 228)
    #expect(counts.reasons == [.emptyArticle: 228])
    #expect(counts.encodings == ["utf-8": 15_912])
    #expect(counts.replacements == 0)
  }

  @Test(.enabled(if: RealData.exists("ahdath"), "no real data here"))
  func anArrayOfParagraphListsIsRead() throws {
    let counts = try read("ahdath/articles.json.zst", text: "content")
    #expect(counts.records + counts.reasons.values.reduce(0, +) == 294)
    #expect(counts.reasons.keys.allSatisfy { $0 == .emptyArticle })
    #expect(counts.reasons[.emptyArticle, default: 0] >= 90)
  }

  @Test(
    .enabled(if: RealData.exists("jsonl"), "no real data here"),
    arguments: [
      "formats_test.jsonl", "formats_test.jsonl.gz", "formats_test.jsonl.zst",
      "multiple_files_cc_en_head-0091.jsonl",
      "multiple_files_cc_en_head-0091.jsonl.gz", "multiple_files_cc_en_head-0174.jsonl.gz",
      "provided_documents_000.json.gz",
    ])
  func linesOfOtherToolsAreRead(name: String) throws {
    let counts = try read("jsonl/\(name)")
    #expect(counts.records > 0 || counts.reasons[.missingText] != nil)
    #expect(counts.reasons.keys.allSatisfy { $0 == .missingText })
  }

  @Test(.enabled(if: RealData.exists("utf8-stress"), "no real data here"))
  func malformedFilesAreTextWithReplacements() throws {
    let counts = try read("utf8-stress/utf8tests.bin", encoding: .utf8)
    #expect(counts.records == 1)
    #expect(counts.encodings == ["utf-8": 1])
    #expect(counts.replacements > 0)
  }
}
