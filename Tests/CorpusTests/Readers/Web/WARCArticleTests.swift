import Foundation
import Testing

@testable import Corpus

@Suite struct WARCArticleTests {
  private func pipelines(_ name: String) -> String {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Pipelines/sample/\(name)")
      .path
  }

  @Test func aCrawlWrittenByWarcioGivesItsPages() throws {
    let result = try WebResult(pipelines("web.warc.gz"))
    #expect(
      result.articles.map(\.title) == [
        "موسم الزيتون يبدأ مبكراً في الساحل", "لماذا يحتاج الطلاب إلى نوم منتظم؟",
        "انقطاع المياه في حي النخيل غداً",
        "الشباب يحسم النهائي بركلات الترجيح", "أنشودة للمطر القديم", "قطار الصحراء: ليلة بين الرمال", "",
      ])
    #expect(
      result.skips == [
        "http301": 1, "http404": 1, "imageContent": 1, "warcInfo": 1, "warcMetadata": 1, "warcRequest": 1,
        "warcRevisit": 1,
      ])
    #expect(result.rejects.isEmpty)
    #expect(
      result.articles.map(\.encoding) == [
        "utf-8", "utf-8", "windows-1256", "utf-8", "utf-8", "utf-8", "utf-8",
      ])
    #expect(result.articles[2].text.hasSuffix("وتدعو المصلحة السكان إلى تخزين ما يكفيهم، وتعتذر عن الإزعاج."))
    #expect(
      !result.texts.contains { $0.contains("الرئيسية") || $0.contains("جميع الحقوق") || $0.contains("إعلان") }
    )
    let first = result.articles[0]
    #expect(first.id == "urn:uuid:e14c469e-45ce-50f4-8221-efd35c503213")
    for member in [
      "\"url\":\"https://akhbar-sahel.example/economy/olive-season\"", "\"language\":\"ar-TN\"",
      "\"published\":\"2026-03-10T09:30:00+01:00\"", "\"date\":\"2026-03-14T08:03:00Z\"",
      "\"contentType\":\"text/html; charset=utf-8\"", "\"site\":\"أخبار الساحل\"",
    ] { #expect(first.meta.contains(member)) }
  }

  @Test func convertedTextIsReadAsItStands() throws {
    let result = try WebResult(pipelines("web.warc.wet.gz"))
    #expect(result.articles.count == 6)
    #expect(result.skips == ["warcInfo": 1])
    #expect(result.articles.allSatisfy { $0.title.isEmpty && $0.meta.contains("\"language\":\"ara\"") })
    #expect(result.texts[0].hasPrefix("موسم الزيتون يبدأ مبكراً في الساحل\nانطلق موسم"))
  }

  private func read(_ record: [UInt8]) throws -> WebResult { try WebResult(record) }
  private func body(_ text: String) -> [UInt8] { Array(text.utf8) }

  @Test func statusLinesMayLackTheirWords() throws {
    #expect(try read(WARCSample.response(WARCSample.page("متن"), status: "200")).texts == ["متن"])
    #expect(try read(WARCSample.response(WARCSample.page("متن"), status: "206 Partial")).texts == ["متن"])
    #expect(try read(WARCSample.response(WARCSample.page("متن"), status: "404")).skips == ["http404": 1])
    #expect(try read(WARCSample.response([], status: "204 No Content")).skips == ["http204": 1])
    #expect(
      try read(WARCSample.record("response", body("HTTX/1.1 200 OK\r\n\r\n"))).rejects == [.malformedHTTP])
    #expect(
      try read(WARCSample.record("response", body("HTTP/1.1 200 OK\r\nServer: x"))).rejects == [
        .malformedHTTP
      ])
  }

  @Test func typesThatAreNoTextAreSkipped() throws {
    for (type, reason) in [
      "application/pdf": "applicationContent", "IMAGE/jpeg": "imageContent", "text/css": "textContent",
      "x-y": "otherContent", "audio/ogg": "audioContent", "font/woff": "fontContent",
    ] {
      #expect(try read(WARCSample.response([1, 2], "Content-Type: \(type)\r\n")).skips == [reason: 1])
    }
    #expect(
      try read(WARCSample.response(WARCSample.page("متن"), "")).texts == ["متن"], "known by its beginning")
    #expect(try read(WARCSample.response(body("نص"), "content-type:text/plain\r\n")).texts == ["نص"])
    #expect(
      try read(WARCSample.response(WARCSample.page("متن"), "Content-Type: application/xhtml+xml\r\n")).texts
        == ["متن"])
  }

  @Test func logsOfCrawlersAreNoArticles() throws {
    let log = String(
      decoding: WARCSample.record("resource", body("GET 200"), contentType: "text/plain"), as: UTF8.self
    )
    .replacing("<https://akhbar.example/1>", with: "metadata://crawler/log.txt")
    #expect(try read(Array(log.utf8)).skips == ["warcMetadata": 1])
  }

  @Test func chunkedBodiesAreJoined() throws {
    let fields = "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n"
    func chunked(_ text: String) throws -> WebResult { try read(WARCSample.response(body(text), fields)) }
    #expect(
      try chunked("9;x=1\r\n<p>one tw\r\n00A\r\no three</p\r\n1\r\n>\r\n0\r\n\r\n").texts == ["one two three"]
    )
    #expect(try chunked("7\n<p>one \n3\ntwo\n").texts == ["one two"], "the last chunk is missing")
    #expect(try chunked("<p>stored without chunks").texts == ["stored without chunks"])
    #expect(try chunked("7\r\n<p>one \r\nFFFF\r\ntwo\r\n0\r\n\r\n").rejects == [.malformedHTTP])
    #expect(try chunked("7\r\n<p>one \r\nzz\r\ntwo\r\n0\r\n\r\n").rejects == [.malformedHTTP])
    #expect(try chunked("FFFFFFFFFFFFFFFFFF\r\n<p>x").rejects.count + 1 > 0)
  }

  @Test func compressedBodiesAreUnpacked() throws {
    let page = WARCSample.page(String(repeating: "خبر طويل ", count: 200))
    guard let packed = try ReaderHarness().compress(page, with: "gzip") else { return }
    let fields = "Content-Type: text/html\r\nContent-Encoding: gzip\r\n"
    func read(_ body: [UInt8], _ fields: String, max: Int = 1 << 20) throws -> WebResult {
      try WebResult(WARCSample.response(body, fields), ReaderOptions(maxArticleBytes: max))
    }
    #expect(try read(packed, fields).texts.first?.hasPrefix("خبر طويل خبر") == true)
    #expect(try read(page, fields).texts.first?.hasPrefix("خبر طويل خبر") == true, "stored unpacked")
    #expect(try read(Array(packed.dropLast(40)), fields).rejects == [.malformedHTTP])
    var damaged = packed
    for at in 12..<30 { damaged[at] ^= 0x5A }
    #expect(try read(damaged, fields).rejects == [.malformedHTTP])
    #expect(try read(packed, fields, max: 1000).rejects == [.articleTooLarge])
    // Raw deflate is gzip without its head of ten bytes and its tail of eight; this head holds the file's name too.
    let nameEnd = (packed[10...].firstIndex(of: 0) ?? 10) + 1
    let start = packed[3] & 8 != 0 ? nameEnd : 10
    let raw = Array(packed[start..<(packed.count - 8)])
    let deflate = fields.replacing("gzip", with: "deflate")
    #expect(try read(raw, deflate).texts.first?.hasPrefix("خبر طويل خبر") == true)
    #expect(try read([0x8B, 3, 1], fields.replacing("gzip", with: "br")).rejects == [.unsupportedEncoding])
  }

  @Test func badBytesAreReplacedOrRejected() throws {
    let cut = WARCSample.page("نص فيه بايت تالف ") + [0xD8] + WARCSample.page("وبقية طويلة من الكلام السليم")
    let result = try WebResult(WARCSample.response(cut, "Content-Type: text/html; charset=utf-8\r\n"))
    #expect(result.articles.map(\.encoding) == ["utf-8"])
    #expect(result.texts[0].contains("\u{FFFD}"))
    let sjis = WARCSample.response([0x82, 0xA0, 0x3C], "Content-Type: text/html; charset=Shift_JIS\r\n")
    #expect(try read(sjis).rejects == [.undecodable])
  }

  @Test func pagesWithoutTextAreRejected() throws {
    #expect(try read(WARCSample.response(body("<html><script>x</script></html>"))).rejects == [.emptyArticle])
    #expect(try read(WARCSample.response([])).rejects == [.emptyArticle])
    #expect(try read(WARCSample.text(" \n")).rejects == [.emptyArticle])
  }

  @Test func arcArchivesAreRead() throws {
    let first = "filedesc://x.arc 0.0.0.0 20010101000000 text/plain 4\n1 0\n\n"
    let page = "HTTP/1.0 200 OK\nContent-Type: text/html\n\n<p>متن</p>"
    func record(_ length: String) -> String {
      "http://akhbar.example/1 127.0.0.1 20050607080910 text/html \(length)\n\(page)\n"
    }
    let arc = first + record("\(page.utf8.count)") + record("abc") + record("\(page.utf8.count)")
    for chunk in [1, 11, 10_000] {
      let result = try WebResult(Array(arc.utf8), chunk: chunk)
      #expect(result.texts == ["متن", "متن"])
      #expect(result.articles[0].meta.contains("\"date\":\"2005-06-07T08:09:10Z\""))
      #expect(result.articles[0].id == "http://akhbar.example/1")
      #expect(result.rejects == [.malformedRecord])
      #expect(result.skips == ["warcInfo": 1])
    }
  }
}
