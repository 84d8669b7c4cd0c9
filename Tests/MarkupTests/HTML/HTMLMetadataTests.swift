import Testing

@testable import Markup

@Suite struct HTMLMetadataTests {
  private func title(_ html: String) throws -> String {
    String(decoding: try page(html).title, as: UTF16.self)
  }

  @Test func theBestTitleIsTaken() throws {
    let site = "<meta property=og:site_name content='صحيفة النهضة'>"
    #expect(try title("\(site)<meta property='og:title' content='خبر - صحيفة النهضة'><h1>غيره</h1>") == "خبر")
    #expect(
      try title("<title>الموقع</title><h1>شعار</h1><article><h1>خبر\n  اليوم</h1></article>") == "خبر اليوم")
    #expect(try title("<title>خبر اليوم | الموقع</title><h1>الموقع</h1><h1>خبر اليوم</h1>") == "خبر اليوم")
    #expect(try title("\(site)<title>خبر &raquo; صحيفة النهضة</title><h1>صحيفة النهضة</h1>") == "خبر")
    #expect(try title("<h1>وحيد</h1>") == "وحيد")
    #expect(try title("<title>Untitled Document</title><p>نص</p>") == "")
    #expect(try title("<header><h1>في<br>الرأس</h1></header><p>نص</p>") == "في الرأس")
    #expect(try title("<title>خبر</title><svg><title>سهم</title></svg><title>آخر</title>") == "خبر")
  }

  @Test func addressesAndLanguagesAreFound() throws {
    let found = try page(
      """
      <html lang="ar-EG"><link rel="shortcut icon" href="x"><link rel=canonical href=" https://a.example/1 ">
      <meta property="og:url" content="https://a.example/2"><meta name="Description" content="ملخص">
      """)
    #expect(found.canonical == "https://a.example/1")
    #expect(found.language == "ar-EG")
    #expect(found.description == "ملخص")
    #expect(try page("<meta http-equiv=Content-Language content=ar>").language == "ar")
    #expect(try page("<meta property=og:locale content=ar_AR>").language == "ar_AR")
  }

  @Test(arguments: [
    "<meta property='article:published_time' content='2026-03-01'>",
    "<meta name=DC.date.issued content=2026-03-01>",
    "<meta itemprop=datePublished content=2026-03-01>", "<time datetime=2026-03-01>أول مارس</time>",
    "<span itemprop=datePublished content=2026-03-01></span>",
    "<script type='application/ld+json'>{\"@graph\":[{\"datePublished\" : \"2026-03-01\"}]}</script>",
    "<time datetime=2020-01-01></time><article><time datetime=2026-03-01></time></article>",
    "<time datetime=2020-01-01></time><time pubdate datetime=2026-03-01></time>",
  ])
  func publishDatesAreFound(html: String) throws {
    #expect(try page("<p>نص</p>" + html).published == "2026-03-01")
  }

  @Test func authorsAreFoundInLinkedData() throws {
    func author(_ json: String) throws -> String? {
      try page("<script type=application/ld+json>\(json)</script>").author
    }
    #expect(
      try author("{\"author\": {\"@type\":\"Person\",\"name\":\"ليلى \\u062d\\u062f\\u0627\\u062f\"}}")
        == "ليلى حداد")
    #expect(try author("{\"author\": [{\"name\":\"سالم\"}]}") == "سالم")
    #expect(try author("{\"author\": \"مراد\"}") == "مراد")
    #expect(try author("{\"author\": ") == nil)
    #expect(try author("{\"author\": {\"name\": \"مقطو") == "مقطو")
    #expect(try page("<meta name=author content='هدى'>").author == "هدى")
  }
}
