import TestSupport
import Testing

@testable import Corpus

/// Corpora of XML and SGML.
@Suite struct ElementTests {
  private static func options(
    _ article: String = "article", text: [String] = ["text"], title: [String] = ["title"],
    id: [String] = ["@id", "id"], sgml: Bool = false, join: Bool = false, max: Int = 1 << 20
  ) -> ReaderOptions {
    ReaderOptions(
      format: .xml, maxArticleBytes: max, rejectBytes: 16,
      elements: ElementOptions(
        article: article, id: id, title: title, text: text, isSGML: sgml, joinsLines: join))
  }

  private func article(_ inner: String, _ options: ReaderOptions = options()) throws -> Articles {
    try Articles("<article>\(inner)</article>", options)
  }

  // MARK: fields

  @Test func idTitleTextAndTheRest() throws {
    let xml = """
      <?xml version="1.0" encoding="UTF-8"?>
      <!-- <article id="0"><text>تعليق</text></article> -->
      <corpus><article id="12" type='story'><title>سوق السمك</title><head><date>2023</date><by>حسناء</by><by>أنيس</by></head>
      <text>فتحت البلدية السوق &amp; أُغلق &laquo;القديم&raquo; &#1601;ي &#x637;نجة &unknown; A&B</text></article></corpus>
      """
    for chunk in [1, 7, 1 << 16] {
      let result = try Articles(xml, Self.options(), chunk: chunk)
      #expect(result.rejects.isEmpty)
      #expect(result.articles.count == 1)
      let found = try #require(result.articles.first)
      #expect(found.id == "12")
      #expect(found.title == "سوق السمك")
      #expect(found.text == "فتحت البلدية السوق & أُغلق «القديم» في طنجة &unknown; A&B")
      #expect(found.meta == #"{"@type":"story","head.date":"2023","head.by":["حسناء","أنيس"]}"#)
    }
  }

  @Test func severalElementsMakeOneText() throws {
    let options = Self.options(text: ["lead", "body/p"])
    let result = try article(
      "<lead> مقدمة </lead><p>خارج</p><body><p>أول <b>عريض</b></p>\n<p>\nثانٍ\n</p><p/></body>", options)
    #expect(result.texts == ["مقدمة\nأول عريض\nثانٍ"])
    #expect(result.articles.first?.meta == #"{"p":"خارج"}"#)
  }

  @Test func tagsInsideATextEndLinesUnlessTheyArePartOfOne() throws {
    let result = try article("<text><p>أول</p><p>ث<i>ان</i>ٍ</p>ذيل<br/>سطر</text>")
    #expect(result.texts == ["أول\nثانٍ\nذيل\nسطر"])
  }

  @Test func theElementItselfMayHoldTheText() throws {
    let result = try Articles(
      "<r><article id='1'>خبر</article><article id=\"2\">آخر<!-- سر --></article></r>",
      Self.options(text: ["."]))
    #expect(result.texts == ["خبر", "آخر"])
    #expect(result.articles.map(\.id) == ["1", "2"])
  }

  @Test func attributesAnywhereCanBeNamed() throws {
    let options = Self.options(title: ["headline", "meta/@title"], id: ["doc/@n"])
    let result = try article(
      "<doc n = '7' x=\"a>b\"/><meta title=\"عنوان &quot;كبير&quot;\"/><text>خبر</text>", options)
    #expect(result.articles.first?.id == "7")
    #expect(result.articles.first?.title == "عنوان \"كبير\"")
  }

  @Test func characterDataSectionsAreTextAsTheyAre() throws {
    let result = try article("<text><![CDATA[<article> & </article> ]] >]]> بعد</text>")
    #expect(result.texts == ["<article> & </article> ]] > بعد"])
    #expect(result.rejects.isEmpty)
  }

  @Test func aStarStandsForTheRestOfTheName() throws {
    let xml = "<Ahram><Ahram_1><text>أ</text></Ahram_1><Ahram_22><text>ب</text></Ahram_22></Ahram>"
    #expect(try Articles(xml, Self.options("Ahram_*")).texts == ["أ", "ب"])
  }

  @Test func namesAreWholeAndInTheirCase() throws {
    let xml = "<articles><Article><text>لا</text></Article><article\n><text>نعم</text></article ></articles>"
    let result = try Articles(xml, Self.options())
    #expect(result.texts == ["نعم"])
    #expect(result.rejects.isEmpty)
  }

  // MARK: encodings

  @Test func theDeclarationNamesTheEncodingAndBytesCanRefuteIt() throws {
    let body = "<r><article><title>ع</title><text>لا</text></article></r>"
    let declared = "<?xml version='1.0' encoding='Windows-1256'?>" + body
    let result = try Articles(declared.windows1256, Self.options())
    #expect(result.texts == ["لا"])
    #expect(result.articles.first?.encoding == "windows-1256")
    // A file that was converted and kept its declaration.
    let converted = try Articles(declared, Self.options())
    #expect(converted.texts == ["لا"])
    #expect(converted.articles.first?.encoding == "utf-8")
    // Without a declaration the config says it.
    let configured = try Articles(
      body.windows1256, Self.options(), ParserOptions(encoding: .singleByte(.windows1256)))
    #expect(configured.texts == ["لا"])
  }

  @Test func utf16IsFramedByItsUnits() throws {
    let xml =
      "<?xml version='1.0' encoding='utf-16'?><r><article id='1'><text>سوق</text></article><article id='2'><text>سمك</text></article></r>"
    for chunk in [1, 3, 1 << 16] {
      let result = try Articles(xml.utf16File, Self.options(), chunk: chunk)
      #expect(result.texts == ["سوق", "سمك"])
      #expect(result.articles.map(\.id) == ["1", "2"])
    }
  }

  // MARK: SGML

  @Test func endTagsMayBeMissingInSGML() throws {
    let sgml = """
      <doc id=AFP_1 type="story">
      <DATELINE> القاهرة
      <SLUG>خبر<HEADLINE>عنوان
      طويل</HEADLINE>
      <TEXT><P>
      سطر
      ملفوف
      <P>ثانٍ <b>مهم < جدا & كثيرا</b>
      </text></stray></DOC>
      <DOC><TEXT><p>بلا نهاية
      <doc><TEXT><P>أخير
      """
    let options = Self.options("DOC", text: ["P"], title: ["HEADLINE"], sgml: true, join: true)
    for chunk in [1, 7, 1 << 16] {
      let result = try Articles(sgml, options, chunk: chunk)
      #expect(result.rejects.isEmpty)
      #expect(result.texts == ["سطر ملفوف\nثانٍ مهم < جدا & كثيرا", "بلا نهاية", "أخير"])
      #expect(result.articles.first?.id == "AFP_1")
      #expect(result.articles.first?.title == "عنوان طويل")
      #expect(result.articles.first?.meta == #"{"@type":"story","DATELINE":"القاهرة","SLUG":"خبر"}"#)
    }
  }

  @Test func tagsWithoutEndAreNoWorkWithoutEnd() throws {
    let options = Self.options(text: ["p"], sgml: true, max: 4 << 20)
    for tag in ["<p>", "<x>", "<!--", "<![CDATA[", "</p>", "<p a='", "&"] {
      let result = try Articles(
        "<article><p>نص</p>" + String(repeating: tag, count: 60_000) + "</article>", options)
      #expect(result.articles.count + result.rejects.count == 1, "\(tag)")
    }
  }

  // MARK: what is broken

  @Test func brokenArticlesAreRejectedAndTheNextOneIsRead() throws {
    let broken = [
      "<article id='b'><text>مفتوح</article>", "<article id='b'><text>خبر</text>",
      "<article id='b'><text>خبر</txet></article>", "<article id='b'><text>خبر</text><i></b></article>",
      "<article id='b'><text>خبر</text><b</article>",
    ]
    for text in broken {
      for chunk in [1, 7, 1 << 16] {
        let result = try Articles(
          "<r><article id='a'><text>أول</text></article>\(text)<article id='c'><text>آخر</text></article></r>",
          Self.options(), chunk: chunk)
        #expect(result.articles.map(\.id) == ["a", "c"], "\(text)")
        #expect(result.reasons == [.brokenXML], "\(text)")
      }
    }
  }

  @Test func aSectionThatIsNotClosedCostsItsOwnArticle() throws {
    let rest = (0..<100).map { "<article id='\($0)'><text>خبر \($0)</text></article>" }.joined()
    for section in ["<![CDATA[", "<!--", "<?x"] {
      for max in [1 << 20, 700] {
        for chunk in [1, 7, 1 << 16] {
          let result = try Articles(
            "<r><article id='b'><text>\(section) خبر</text></article>\(rest)</r>", Self.options(max: max),
            chunk: chunk)
          #expect(result.articles.count == 100, "\(section) \(max) \(chunk)")
          #expect(result.reasons == [.brokenXML], "\(section)")
        }
      }
    }
  }

  @Test func anArticleOverTheLimitIsRejectedAndTheNextOneRead() throws {
    let long = "<article id='b'><text>\(String(repeating: "كلمة ", count: 900))</text></article>"
    for chunk in [1, 50, 1 << 16] {
      let result = try Articles(
        "<r>\(long)<article id='c'><text>آخر</text></article></r>", Self.options(max: 1000), chunk: chunk)
      #expect(result.articles.map(\.id) == ["c"])
      #expect(result.reasons == [.articleTooLarge])
      #expect(result.rejects.first?.count == long.utf8.count)
    }
  }

  @Test func theEndOfTheInputInsideAnArticleIsARejectInXML() throws {
    let result = try Articles("<r><article><text>أول</text></article><article><text>ناق", Self.options())
    #expect(result.texts == ["أول"])
    #expect(result.reasons == [.brokenXML])
  }

  @Test func anInputWithoutAnArticleSaysWhatToDo() throws {
    let result = try Articles("<r><doc>خبر</doc></r>", Self.options())
    #expect(result.reasons == [.noArticleElement])
    #expect(result.rejects.first?.detail.contains("input.xml.article") == true)
    #expect(try Articles("", Self.options()).rejects.isEmpty)
  }

  @Test func anArticleWithoutTextIsRejected() throws {
    #expect(try article("<title>عنوان</title>").reasons == [.missingText])
    #expect(try article("<text> \n </text>").reasons == [.emptyArticle])
  }

  @Test func deepNestingIsRefused() throws {
    let deep = String(repeating: "<x>", count: 5000) + String(repeating: "</x>", count: 5000)
    #expect(try article(deep + "<text>خبر</text>").reasons == [.brokenXML])
  }

  @Test func anySoupIsReadTheSameInAnyPieces() throws {
    var random = SeededGenerator(seed: 6)
    let pieces = [
      "<article>", "<article id='1'>", "</article>", "</article >", "<text>", "</text>", "<!--", "-->",
      "<![CDATA[", "]]>", "<?x ", "?>", "<", ">", "/", "نص", "&amp;", " ", "\n", "<articles>", "'", "\"",
      "<p>",
    ]
    for round in 0..<160 {
      let body = (0..<Int.random(in: 0...50, using: &random)).map { _ in
        pieces.randomElement(using: &random) ?? ""
      }.joined()
      let isWide = round % 4 == 0
      // The first kilobyte is looked at as a whole.
      let text = String(repeating: " ", count: isWide ? 600 : 1100) + body
      let bytes = isWide ? text.utf16File : Array(text.utf8)
      let options = Self.options(sgml: round % 2 == 0, max: [20, 60, 5000][round % 3])
      let whole = try Articles(bytes, options)
      for chunk in [1, 2, 7, 31] {
        #expect(try Articles(bytes, options, chunk: chunk) == whole, "\(body.debugDescription)")
      }
    }
  }

  // MARK: detection

  @Test func anArticleElementNearTheBeginningMakesACorpus() throws {
    var options = Self.options()
    options.format = .auto
    #expect(
      try Articles("\n<?xml version='1.0'?><r><article><text>خبر</text></article></r>", options).texts == [
        "خبر"
      ])
    for page in ["<r>بلا مقال</r>", "<3 قلب"] {
      #expect(try Articles(page, options).texts == [page])
    }
    let page = "<!DOCTYPE html><html><article>مقال الصفحة</article>"
    #expect(try Articles(page, options).texts == ["مقال الصفحة"])
  }
}
