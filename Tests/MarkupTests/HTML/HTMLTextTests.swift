import Foundation
import Testing

@testable import Markup

/// The page a piece of HTML gives.
func page(_ html: String) throws -> HTMLPage {
  var bytes = Array(html.utf8)
  return try HTMLExtractor().page(utf8: &bytes)
}

/// Its text.
func text(_ html: String) throws -> String { String(decoding: try page(html).text, as: UTF16.self) }

@Suite struct HTMLTextTests {
  @Test func paragraphsAreLinesBetweenBlankLines() throws {
    #expect(
      try text("<h2>أخبار المدينة</h2><p>افتتح السوق\n  أبوابه   صباحاً.</p><p>وحضر كثيرون.</p>")
        == "أخبار المدينة\n\nافتتح السوق أبوابه صباحاً.\n\nوحضر كثيرون.")
  }

  @Test func divisionsAreLines() throws {
    #expect(try text("<div>سطر</div><div>وآخر</div>") == "سطر\nوآخر")
  }

  @Test func inlineElementsDoNotSplitWords() throws {
    #expect(try text("<p>ال<b>كتا</b>ب <i>والقلم</i></p>") == "الكتاب والقلم")
  }

  @Test func oneLineBreakEndsALineAndTwoAParagraph() throws {
    #expect(try text("<p>شطر<br>شطر<br/><br>بيت</p>") == "شطر\nشطر\n\nبيت")
  }

  @Test func listItemsHaveBullets() throws {
    #expect(
      try text("<p>المكونات:</p><ul><li>طحين<li>سكر<ul><li>بنّي</ul><li><p>زبدة</p></ul><p>تخلط.</p>")
        == "المكونات:\n\n• طحين\n• سكر\n• بنّي\n• زبدة\n\nتخلط.")
    #expect(try text("<ul><li>• تمر</li><li></li><li>لبن</li></ul>") == "• تمر\n• لبن")
  }

  @Test func tableRowsAreLinesAndCellsStandApart() throws {
    #expect(
      try text("<table><tr><th>المدينة<th>الحرارة<tr><td>وهران<td>٢٢</table>")
        == "المدينة\tالحرارة\nوهران\t٢٢")
  }

  @Test func tablesInsideTablesKeepTheirText() throws {
    let html = """
      <table><tr><td><table><tr><td>الرياض<td>١</td></tr></table></td><td><p>فقرة</p><p>وفقرة</p></td></tr></table>
      """
    #expect(try text(html) == "الرياض\t١\n\nفقرة\n\nوفقرة")
  }

  @Test func preformattedTextKeepsItsLines() throws {
    #expect(try text("<pre>بيت أول\nبيت ثانٍ</pre>") == "بيت أول\nبيت ثانٍ")
  }

  @Test func entitiesAreDecoded() throws {
    #expect(
      try text("<p>&#1571;&#1607;&#x644;&#1575;&#1611; &laquo;بكم&raquo; &amp; &nbsp; شكراً</p>")
        == "أهلاً «بكم» & شكراً")
  }

  @Test(arguments: [
    "<script>var x = '<p>لا</p>';</script>", "<style>p { color: red }</style>",
    "<noscript>فعّل السكربت</noscript>",
    "<template><p>قالب</p></template>", "<nav><a>الرئيسية</a></nav>", "<header>شعار</header>",
    "<footer>جميع الحقوق محفوظة</footer>", "<aside>إعلان</aside>", "<!-- <p>تعليق</p> -->",
    "<p hidden>مخفي</p>",
    "<div style='Display : none'>مخفي <p>أيضاً</p></div>", "<span aria-hidden=true>أيقونة</span>",
    "<form><label>بحث</label><input name=q></form>", "<select><option>الجزائر<option>مصر</select>",
    "<button>إرسال</button>", "<textarea>اكتب</textarea>", "<svg><title>سهم</title><text>رسم</text></svg>",
    "<div role=navigation>القائمة</div>", "<iframe>إطار</iframe>",
  ])
  func whatReadersDoNotReadIsDropped(furniture: String) throws {
    #expect(try text("<body><p>قبل</p>\(furniture)<p>بعد</p></body>") == "قبل\n\nبعد")
  }

  @Test func headersInsideArticlesStay() throws {
    #expect(
      try text("<header>الموقع</header><article><header><h1>العنوان</h1></header><p>المتن</p></article>")
        == "العنوان\n\nالمتن")
  }

  @Test func aFormAroundThePageIsNotDropped() throws {
    let long = String(repeating: "قال المتحدث إن الخطة ستنفذ على مراحل. ", count: 20)
    #expect(try text("<form id=aspnetForm><p>\(long)</p></form>").hasPrefix("قال المتحدث"))
    #expect(try text("<form><h1>خبر</h1><p>قصير</p></form>") == "خبر\n\nقصير")
  }

  @Test func aPageThatIsAllFurnitureIsReadWithIt() throws {
    #expect(try text("<nav><a>الرئيسية</a><p>نص الصفحة كله داخل عنصر لم يغلق</p>").contains("نص الصفحة"))
  }

  @Test func theMainPartEndsWhatWasNotClosed() throws {
    #expect(try text("<nav><a>الرئيسية</a><main><p>المتن</p></main>") == "المتن")
  }

  @Test func bodiesThatAScriptUnhidesAreRead() throws {
    #expect(try text("<body style='visibility:hidden'><p>المتن</p></body>") == "المتن")
  }

  @Test func unclosedTagsLoseNothing() throws {
    #expect(
      try text("<p>أول<p>ثانٍ<div>ثالث <b>رابع<p>خامس").split(separator: "\n").joined(separator: "|")
        == "أول|ثانٍ|ثالث رابع|خامس")
    #expect(try text("<p>نص <a href='x>مقطوع").hasPrefix("نص"))
    #expect(try text("5 < 6 و 7 > 3").hasPrefix("5 <"))
  }

  @Test func nothingIsNothing() throws {
    #expect(try page("") == HTMLPage())
    #expect(try text("<html></html>") == "")
    #expect(try text("نص بلا وسوم") == "نص بلا وسوم")
  }

  @Test(arguments: ["div", "b", "table><tr><td", "ul><li", "font", "nav"])
  func deepNestingIsReadToItsEnd(tags: String) throws {
    let html =
      String(repeating: "<\(tags)>", count: 100_000) + "القاع" + String(repeating: "</i>", count: 100_000)
    #expect(try text(html).hasSuffix("القاع"))
  }

  @Test func tagsOfManyAttributesAreRead() throws {
    let attributes = (0..<100_000).map { " a\($0)='>'" }.joined()
    #expect(try text("<p\(attributes)>قبل</p><p>بعد</p>") == "قبل\n\nبعد")
  }

  @Test func aPageCutAnywhereIsRead() throws {
    let html = Array(
      "<title>خبر</title><ul><li>أ<!-- x --><a href=\"ب\">&#1571;</a></ul><script>x</script><p>تم".utf8)
    for count in 0...html.count {
      var part = Array(String(decoding: html.prefix(count), as: UTF8.self).utf8)
      _ = try HTMLExtractor().page(utf8: &part)
    }
  }
}
