import Foundation
import TestSupport
import Testing

@testable import Corpus

@Suite struct MediaWikiTests {
  private typealias Wiki = WikimediaHarness

  private static let dump =
    Wiki.head + Wiki.page(1, "طنجة", "'''طنجة''' [[ميناء|مدينة ساحلية]].&lt;ref&gt;س&lt;/ref&gt;")
    + Wiki.page(2, "الطنجة", "#تحويل [[طنجة]]", extra: "\n    <redirect title=\"طنجة\" />")
    + Wiki.page(3, "نقاش:طنجة", "سؤال", ns: 1)
    + Wiki.page(4, "نابل &amp; الحمامات", "[[رسم:بحر.jpg|تصغير]]مدينتان في {{بلد|تونس}}.\n[[باب:مدن]]")
    + Wiki.foot

  @Test func articlesAreFoundAndTheRestIsCounted() throws {
    let result = try Wiki.read(Self.dump)
    #expect(result.rejects == [])
    #expect(result.skips == ["redirect": 1, "otherNamespace": 1])
    #expect(result.articles.map(\.id) == ["1", "4"])
    #expect(result.articles.map(\.title) == ["طنجة", "نابل & الحمامات"])
    #expect(result.articles.map(\.text) == ["طنجة مدينة ساحلية.", "مدينتان في تونس."])
    #expect(
      result.articles.first?.meta
        == "{\"url\":\"https://wiki.example.org/wiki/طنجة\",\"timestamp\":\"2026-01-02T03:04:05Z\",\"revision\":901,"
        + "\"language\":\"ar\",\"wiki\":\"samplewiki\"}")
    #expect(result.articles.last?.meta.contains("/wiki/نابل_%26_الحمامات\"") == true)
  }

  @Test(arguments: [1, 7, 64, 1000, 1 << 20])
  func piecesOfAnySizeGiveTheSame(chunk: Int) throws {
    var options = ReaderOptions()
    options.chunkBytes = chunk
    for damaged in [
      Self.dump, String(Self.dump.dropLast(40)), Self.dump.replacing("</page>", with: "", maxReplacements: 1),
    ] {
      #expect(try Wiki.read(damaged, options) == Wiki.read(damaged))
    }
  }

  @Test func theFixtureMadeByBzip2HoldsManyStreams() throws {
    let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(
        path: "Pipelines/sample/wiki.xml.bz2"
      ).path
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
    let result = try Wiki.read(bytes)
    #expect(result.articles.map(\.id) == ["11", "15", "16", "18"])
    #expect(result.skips == ["redirect": 1, "otherNamespace": 2, "noProse": 1])
    #expect(result.rejects == [])
    for article in result.articles {
      for mark in ["{", "}", "[", "]", "|", "<", ">", "''", "==", "ملف:", "تصنيف:", "&"] {
        #expect(!article.text.contains(mark), "\(mark) in \(article.title)")
      }
    }
    // Cut off anywhere, it never gives more, and says that it was cut off.
    for length in stride(from: 16, to: bytes.count, by: 97) {
      let cut = try Wiki.read(Array(bytes[..<length]))
      #expect(cut.articles.count <= 4)
      #expect(cut.articles == Array(result.articles.prefix(cut.articles.count)))
      #expect(cut.rejects.count == 1)
    }
  }

  @Test func aPageThatIsNotClosedIsRejectedAndTheNextOneRead() throws {
    let open = Self.dump.replacing("  </page>\n", with: "", maxReplacements: 1)
    let result = try Wiki.read(open)
    #expect(result.rejects == ["unclosedPage"])
    #expect(result.articles.map(\.id) == ["4"])
    let offset = Array(open.utf8).firstRange(of: Array("<page>".utf8))?.lowerBound
    #expect(result.rejectOffsets.first == offset)

    let cut = try Wiki.read(Wiki.head + Wiki.page(1, "أ", "نص") + "<page><title>ب</title><revision><text>نص")
    #expect(cut.articles.count == 1)
    #expect(cut.rejects == ["unclosedPage"])

    let unclosed = try Wiki.read(Wiki.head + Wiki.page(1, "أ", "نص"))
    #expect(unclosed.articles.count == 1)
    #expect(unclosed.rejects == ["unclosedDump"])

    let stray = try Wiki.read(Wiki.head + "</page>" + Wiki.page(1, "أ", "نص") + Wiki.foot)
    #expect(stray.articles.count == 1)
    #expect(stray.rejects == ["unopenedPage"])
  }

  @Test(arguments: [
    ("<page><ns>0</ns><id>1</id><revision><text>نص</text></revision></page>", "missingTitle"),
    ("<page><title></title><ns>0</ns><revision><text>نص</text></revision></page>", "missingTitle"),
    ("<page><title>أ</title><ns>0</ns></page>", "missingText"),
    ("<page><title>أ</title><ns>0</ns><revision><id>4</id></revision></page>", "missingText"),
    (
      "<page><title>أ</title><ns>0</ns><revision><text id=\"4\" bytes=\"90\" /></revision></page>",
      "missingText"
    ),
    ("<page><title>أ</title><ns>صفر</ns><revision><text>نص</text></revision></page>", "invalidXML"),
    ("<page><title>أ</title><revision><text>نص</revision></text></page>", "invalidXML"),
    ("<page><title>أ</title><revision><text>نص <b>غليظ</text></revision></page>", "invalidXML"),
    ("<page><title>أ</title><revision><text>نص </page>", "invalidXML"),
    ("<page>\(String(repeating: "<a>", count: 40))</page>", "invalidXML"),
    ("<page><title>أ</title><ns>0</ns><revision><text> \n </text></revision></page>", "emptyArticle"),
    ("<page><title>أ</title><ns>0</ns><revision><text bytes=\"0\" /></revision></page>", "emptyArticle"),
  ])
  func brokenPagesAreRejected(page: String, reason: String) throws {
    let result = try Wiki.read(Wiki.head + page + Wiki.page(9, "تالية", "نص سليم") + Wiki.foot)
    #expect(result.rejects == [reason])
    #expect(result.articles.map(\.title) == ["تالية"])
  }

  @Test(arguments: [
    (Wiki.page(1, "وحدة", "return {}", model: "Scribunto"), "otherContentModel"),
    (
      Wiki.page(1, "أ", "نص").replacing("<text bytes", with: "<text deleted=\"deleted\" bytes"), "deletedText"
    ),
    (Wiki.page(1, "أ", "{| \n| خلية\n|}"), "noProse"),
    (Wiki.page(1, "أ", "#redirect [[ب]]"), "redirect"),
    (Wiki.page(1, "باب:أ", "نص", ns: nil), "otherNamespace"),
    (Wiki.page(1, "أ", "نص", ns: 2), "otherNamespace"),
    (Wiki.page(1, "أ", "نص", ns: -1), "otherNamespace"),
  ])
  func otherPagesAreCounted(page: String, reason: String) throws {
    let result = try Wiki.read(Wiki.head + page + Wiki.foot)
    #expect(result.skips == [reason: 1])
    #expect(result.articles == [])
    #expect(result.rejects == [])
  }

  @Test func aColonAloneMakesNoNamespace() throws {
    let result = try Wiki.read(Wiki.head + Wiki.page(1, "الموت: قصة", "نص", ns: nil) + Wiki.foot)
    #expect(result.articles.map(\.title) == ["الموت: قصة"])
  }

  @Test func ofSeveralRevisionsTheLastCounts() throws {
    let page = Wiki.page(1, "أ", "نص حديث").replacing(
      "    <revision>", with: "    <revision><id>5</id><text deleted=\"deleted\" /></revision>\n<revision>")
    let result = try Wiki.read(Wiki.head + page + Wiki.foot)
    #expect(result.articles.map(\.text) == ["نص حديث"])
    #expect(result.articles.first?.meta.contains("\"revision\":901") == true)
  }

  @Test func piecesOfADumpNeedNoHead() throws {
    let result = try Wiki.read(Wiki.page(1, "أ", "نص").trimmingCharacters(in: .whitespaces))
    #expect(result.articles.map(\.text) == ["نص"])
    #expect(try Wiki.read("<mediawiki>" + Wiki.foot) == Wiki.Result())
    #expect(try Wiki.read(String(Wiki.head.prefix(200))).rejects == ["noPages"])
    #expect(try Wiki.read("<p>صفحة</p>", ReaderOptions(format: .mediawiki)).rejects == ["noPages"])
  }

  @Test(arguments: [String.Encoding.utf16LittleEndian, .utf16BigEndian, .utf32LittleEndian])
  func wideDumpsAreCutAtTheirTags(encoding: String.Encoding) throws {
    // U+3E00 and U+013E hold the byte of a bracket.
    let dump = Wiki.head + Wiki.page(1, "أ", "نص \u{3E00}\u{013E} آخر") + Wiki.page(2, "ب", "ثان") + Wiki.foot
    var options = ReaderOptions()
    for chunk in [1, 3, 1000] {
      options.chunkBytes = chunk
      let bytes = [UInt8](try #require(("\u{FEFF}" + dump).data(using: encoding)))
      let result = try Wiki.read(bytes, options)
      #expect(result.articles.map(\.text) == ["نص \u{3E00}\u{013E} آخر", "ثان"])
      #expect(result.rejects == [])
    }
  }

  @Test func otherEncodingsAndDamageAreDecoded() throws {
    var bytes = Array((Wiki.head + Wiki.page(1, "أ", "نص سليم وآخر") + Wiki.foot).utf8)
    let at = try #require(bytes.firstRange(of: Array("سليم".utf8))?.lowerBound)
    bytes[at] = 0xFF
    let result = try Wiki.read(bytes)
    #expect(result.articles.count == 1)
    #expect(result.articles.first?.text.contains("\u{FFFD}") == true)
  }

  @Test func aPageAboveTheLimitIsRejectedAlone() throws {
    let long = String(repeating: "نص طويل. ", count: 500)
    let dump =
      Wiki.head + Wiki.page(1, "أ", "نص") + Wiki.page(2, "ب", long) + Wiki.page(3, "ج", "نص") + Wiki.foot
    for chunk in [1, 100, 1 << 16] {
      var options = ReaderOptions(maxArticleBytes: 2048)
      options.chunkBytes = chunk
      let result = try Wiki.read(dump, options)
      #expect(result.articles.map(\.title) == ["أ", "ج"])
      #expect(result.rejects == ["articleTooLarge"])
    }
  }

  @Test(
    .enabled(if: SharedData.exists("data/wikidump/README.md"), "no shared data here"),
    arguments: [
      ("dbpedia-minidump-ar.xml.bz2", 3, [:]), ("dbpedia-minidump-fa.xml.bz2", 1, [:]),
      ("dbpedia-minidump-fr.xml.bz2", 3, [:]), ("enwiki-table-markup.xml.bz2", 5, [:]),
      ("bgwiki-latest-pages-articles-shortened.xml.bz2", 1, ["otherNamespace": 2]),
      ("mwxml-dump.xml", 1, ["otherNamespace": 1]),
      ("tinywiki-latest-pages-articles.xml", 7, ["redirect": 1]),
    ] as [(String, Int, [String: Int])])
  func realDumpsYieldTheirArticles(name: String, articles: Int, skips: [String: Int]) throws {
    let file = try Data(contentsOf: URL(filePath: SharedData.path("data/wikidump/\(name)")))
    let result = try Wiki.read([UInt8](file))
    #expect(result.articles.count == articles)
    #expect(result.skips == skips)
    #expect(result.rejects == [])
    for article in result.articles {
      // "Category:" may be there: a link that begins with a colon shows the category's name.
      for mark in ["{{", "}}", "[[", "]]", "{|", "|}", "<ref", "ملف:", "تصنيف:", "File:"] {
        #expect(!article.text.contains(mark), "\(mark) in \(article.title)")
      }
    }
  }
}
