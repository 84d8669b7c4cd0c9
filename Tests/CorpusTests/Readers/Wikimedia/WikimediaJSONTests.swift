import Testing

@testable import Corpus

@Suite struct WikimediaJSONTests {
  private typealias Wiki = WikimediaHarness

  private static let search = """
    {"index":{"_type":"_doc","_id":"71"}}
    {"title":"صنعاء","namespace":0,"wiki":"arwiki","language":"ar","timestamp":"2026-01-05T00:00:00Z","text":"صنعاء مدينة.","category":["مدن"],"source_text":"'''صنعاء'''","version":88}
    {"index":{"_type":"_doc","_id":"72"}}
    {"page_id":720,"title":"نقاش:صنعاء","namespace":1,"text":""}
    {"index":{"_type":"_doc","_id":"73"}}
    {"page_id":730,"title":"عدن","namespace":0,"text":"ميناء \\"قديم\\"."}
    {"index":{"_type":"_doc","_id":"74"}}
    {"page_id":740,"title":"إب","namespace":0}
    {"index":{"_type":"_doc","_id":"75"}}
    {"page_id":750,"title":
    """

  @Test(arguments: [1, 7, 1 << 18])
  func documentsOfASearchDumpAreRead(chunk: Int) throws {
    var options = ReaderOptions()
    options.chunkBytes = chunk
    let result = try Wiki.read(Self.search, options)
    #expect(result.articles.map(\.id) == ["71", "730"])
    #expect(result.articles.map(\.title) == ["صنعاء", "عدن"])
    #expect(result.articles.map(\.text) == ["صنعاء مدينة.", "ميناء \"قديم\"."])
    #expect(
      result.articles.map(\.meta) == [
        "{\"wiki\":\"arwiki\",\"language\":\"ar\",\"timestamp\":\"2026-01-05T00:00:00Z\",\"revision\":88}",
        "",
      ])
    #expect(result.skips == ["indexLine": 5, "otherNamespace": 1])
    #expect(result.rejects == ["missingText", "invalidJSON"])
  }

  private static let enterprise = """
    {"name":"زبيد","identifier":5,"date_modified":"2026-02-01T00:00:00Z","version":{"identifier":99,"editor":{"name":"م"}},"url":"https://ar.example.org/wiki/زبيد","namespace":{"identifier":0},"in_language":{"identifier":"ar","name":"x"},"is_part_of":{"identifier":"arwiki"},"article_body":{"html":"<p>ز</p>","wikitext":"'''زبيد''' [[مدينة]] يمنية.{{مراجع}}\\n\\n== تاريخ ==\\nبُنيت قديما."}}
    {"name":"زبيدة","identifier":6,"date_modified":"2026-02-01T00:00:00Z","article_body":{"wikitext":"#تحويل [[زبيد]]"}}
    {"name":"قالب:ز","identifier":7,"date_modified":"2026-02-01T00:00:00Z","namespace":{"identifier":10},"article_body":{"wikitext":"نص"}}
    {"name":"بيحان","identifier":9,"date_modified":"2026-02-01T00:00:00Z","article_body":{"html":"<html><body><h2>بيحان</h2><p>واد <b>خصيب</b>.</p></body></html>"}}
    {"name":"ناقص","identifier":8,"date_modified":"2026-02-01T00:00:00Z"}

    """

  @Test(arguments: [1, 7, 1 << 18])
  func articlesOfAnEnterpriseDumpAreRead(chunk: Int) throws {
    var options = ReaderOptions()
    options.chunkBytes = chunk
    let result = try Wiki.read(Self.enterprise, options)
    #expect(result.articles.map(\.id) == ["5", "9"])
    #expect(result.articles.first?.text == "زبيد مدينة يمنية.\n\nتاريخ\nبُنيت قديما.")
    #expect(result.articles.last?.text.contains("واد خصيب.") == true)
    #expect(
      result.articles.map(\.meta) == [
        "{\"timestamp\":\"2026-02-01T00:00:00Z\",\"revision\":99,\"url\":\"https://ar.example.org/wiki/زبيد\","
          + "\"language\":\"ar\",\"wiki\":\"arwiki\"}",
        "{\"timestamp\":\"2026-02-01T00:00:00Z\"}",
      ])
    #expect(result.skips == ["redirect": 1, "otherNamespace": 1])
    #expect(result.rejects == ["missingText"])
  }

  @Test func ordinaryJSONLinesStayOrdinary() throws {
    for line in [
      "{\"id\":\"1\",\"text\":\"نص\",\"name\":\"x\",\"identifier\":2}", "{\"index\":3,\"text\":\"نص\"}",
      "{\"text\":\"نص\",\"note\":\"\\\"index\\\":{\\\"_id\\\":1}\"}",
    ] {
      let harness = try ReaderHarness()
      defer { harness.remove() }
      #expect(try harness.read(line).records.map(\.record.kind) == [.json])
    }
  }

  @Test func membersAreFoundBehindBracketsAndQuotes() {
    let json = Array(#" { "a" : "}\"," , "b":[{"c":1},"]"], "d": {"e":{"f":-1.5e3}} ,"g":true}"#.utf8)
    json.withUnsafeBufferPointer { bytes in
      var members: [String] = []
      JSONMembers(bytes).forEach { members.append("\($0)=\(String(decoding: $1, as: UTF8.self))") }
      #expect(members == [#"a="}\",""#, #"b=[{"c":1},"]"]"#, #"d={"e":{"f":-1.5e3}}"#, "g=true"])
    }
    for broken in ["", "{", "{\"", "{\"a\"", "{\"a\":", "{\"a\":1", "null", "[1]"] {
      Array(broken.utf8).withUnsafeBufferPointer { bytes in JSONMembers(bytes).forEach { _, _ in } }
    }
  }
}
