import Foundation
import TestSupport
import Testing

@testable import Corpus

/// Files of other projects' tests, where they are at hand.
@Suite struct RealWebTests {
  private struct Expected: Sendable {
    var articles: Int
    var skips = 0
    var rejects: [RejectReason] = []
  }

  private static let archives: [String: Expected] = [
    "common-crawl/whirlwind.warc.gz": Expected(articles: 1, skips: 3),
    "common-crawl/whirlwind.warc.wat.gz": Expected(articles: 0, skips: 2),
    "common-crawl/whirlwind.warc.wet.gz": Expected(articles: 1, skips: 1),
    "dolma/sample-0000.warc.gz": Expected(articles: 22, skips: 26),
    "ia-web-commons/IAH-urls-wget.warc.gz": Expected(articles: 3, skips: 33),
    "jwarc/cc.warc.gz": Expected(articles: 1),
    "jwarc/gzip_extra_sl.warc.gz": Expected(articles: 0, skips: 1),
    "pywb/bad.arc": Expected(articles: 0, rejects: [.malformedRecord, .emptyArticle, .malformedRecord]),
    "pywb/example.arc": Expected(articles: 1, skips: 1),
    "pywb/example.arc.gz": Expected(articles: 1, skips: 1),
    "pywb/example.warc": Expected(articles: 1, skips: 4, rejects: [.wrongContentLength]),
    "pywb/example-extra.warc": Expected(articles: 1, skips: 4, rejects: [.malformedHTTP]),
    "pywb/missing-status-text.warc": Expected(articles: 0, rejects: [.malformedRecord]),
    "pywb/example-wget-1-14.warc.gz": Expected(articles: 1, skips: 5),
    "repacked/arabic-mixed.warc.wet.gz": Expected(articles: 760, skips: 1),
  ]

  @Test(.enabled(if: SharedData.exists("data/warc"), "no real data here"), arguments: archives.keys.sorted())
  func archivesGiveTheirArticlesOrReasons(name: String) throws {
    let expected = try #require(Self.archives[name])
    let result = try WebResult(SharedData.path("data/warc/\(name)"))
    #expect(result.articles.count == expected.articles)
    #expect(result.skips.values.reduce(0, +) == expected.skips)
    #expect(result.rejects == expected.rejects)
  }

  @Test(.enabled(if: SharedData.exists("data/html"), "no real data here"))
  func aNewspaperPageHoldsItsArticle() throws {
    let result = try WebResult(SharedData.path("data/html/newspaper-arabic_article.html"))
    let expected = try SharedData.text("data/html/newspaper-arabic.txt")
    #expect(result.articles.count == 1)
    let words = Set(result.texts[0].split { $0.isWhitespace })
    let wanted = expected.split { $0.isWhitespace }
    #expect(wanted.count { words.contains($0) } == wanted.count)
    #expect(result.articles[0].title.split(separator: " ").count == 7)
  }

  @Test(.enabled(if: SharedData.exists("data/html"), "no real data here"))
  func oldPagesGiveTextOrAReason() throws {
    let folder = SharedData.path("data/html/cia-2010")
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
      let result = try WebResult("\(folder)/\(name)")
      #expect(result.articles.count + result.rejects.count == 1)
      #expect(result.rejects.isEmpty)
    }
  }
}
