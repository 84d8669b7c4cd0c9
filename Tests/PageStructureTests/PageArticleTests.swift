import ArabicText
import Foundation
import PageStructure
import TestSupport
import Testing

@Suite struct PageArticleTests {
  static let aggregated = """
    \(Sample.body)

    المصدر: صوت الجبل

    كلمات دلالية: الحدیقة العامة رئیس البلدیة فی من

    إقرأ أيضاً:

    انطلاق مهرجان الزيتون في القرى الشرقية

    انطلق مهرجان الزيتون أمس في القرى الشرقية بمشاركة ثلاثين معصرة وأكثر من مئة عارض من مختلف المناطق.

    ويستمر المهرجان أسبوعا، وتختتمه أمسية فنية في ساحة البلدة القديمة بمشاركة فرق شعبية ومدرسية من المنطقة وخارجها.

    مقالات مشابهة

      • معصرة حجرية تعود إلى العمل
      • أسعار الزيت تنخفض
      • طريق جديدة إلى القرى
    """

  @Test func aSecondArticleIsAnArticle() throws {
    let sample = Sample(Self.aggregated)
    try #require(sample.articles.count == 2)
    #expect(sample.text == Sample.body)
    let second = sample.articles[1]
    #expect(Sample.string(second.title) == "انطلاق مهرجان الزيتون في القرى الشرقية")
    #expect(
      Sample.string(second.text).hasPrefix("انطلق مهرجان") && Sample.string(second.text).hasSuffix("وخارجها.")
    )
    let first = sample.articles[0]
    #expect(Sample.string(first.source) == "صوت الجبل")
    #expect(first.siteKeywords.map(Sample.string) == ["الحديقة العامة", "رئيس البلدية"])
    #expect(
      first.related.map(Sample.string) == [
        "معصرة حجرية تعود إلى العمل", "أسعار الزيت تنخفض", "طريق جديدة إلى القرى",
      ])
  }

  @Test func aSecondArticleIsDroppedOrKept() {
    let dropped = Sample(Self.aggregated) { $0.secondArticle = .drop }
    #expect(dropped.articles.count == 1 && dropped.text == Sample.body)
    let kept = Sample(Self.aggregated) { $0.secondArticle = .keep }
    #expect(kept.articles.count == 1)
    #expect(kept.text.hasPrefix(Sample.body) && kept.text.hasSuffix("وخارجها."))
  }

  @Test func kindsThatAreNotRemovedStay() {
    let sample = Sample(Self.aggregated) { $0.remove.remove(.source) }
    #expect(sample.text == Sample.body + "\n\nالمصدر: صوت الجبل")
    #expect(
      Sample(Self.aggregated) {
        $0.remove = []; $0.secondArticle = .keep
      }.text == Self.aggregated)
  }

  @Test func oneLineOfReadAlsoInsideTheTextIsTakenOut() {
    let sample = Sample(
      "\(Sample.body)\n\nاقرأ أيضا: افتتاح المكتبة\n\n\(Sample.body)", title: "حديقة المدينة")
    #expect(sample.text == "\(Sample.body)\n\n\(Sample.body)")
    #expect(sample.articles[0].readAlso.map(Sample.string) == ["افتتاح المكتبة"])
  }

  @Test func tailsAreCutFromTheLastSentence() {
    for tail in [" ...المزيد", " (a.writer@example.org)", " المصدر: رويترز", " // انتهى // 12:30 ت م"] {
      #expect(Sample(Sample.body + tail, title: "حديقة المدينة").text == Sample.body, "\(tail)")
    }
  }

  @Test func anAddressThatASentenceLeadsToStays() {
    let page = Sample.body + " وللمزيد من المعلومات يمكن مراسلة البلدية على البريد: garden@example.org"
    #expect(Sample(page, title: "حديقة المدينة").text == page)
  }

  /// What an edit map says must be how the text came about: between edits both are equal.
  @Test func editsLeadBackToThePage() throws {
    for page in try MarkedPage.all(in: MarkedPagesTests.folder) {
      for unglue in [false, true] {
        let sample = Sample(Sample.string(page.units)) { $0.unglue = unglue }
        for article in sample.articles {
          for index in article.text.indices {
            let source = article.edits.source(of: TextSpan(index, index + 1))
            let isInserted =
              unglue && article.text[index] == 0x20 && source.count == 1
              && page.units[source.range.lowerBound] != 0x20
            #expect(
              isInserted || page.units[source.range.lowerBound] == article.text[index],
              "\(page.name) \(index)")
          }
        }
      }
    }
  }

  @Test func cutAndShuffledPagesDoNoHarm() throws {
    var generator = SeededGenerator(seed: 5)
    let pages = try MarkedPage.all(in: MarkedPagesTests.folder)
    for _ in 0..<400 {
      var units = pages.randomElement(using: &generator)?.units ?? []
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: units = Array(units[Int.random(in: 0...units.count, using: &generator)...])
      case 1: units = Array(units[..<Int.random(in: 0...units.count, using: &generator)])
      case 2: units.shuffle(using: &generator)
      default:
        for _ in 0..<20 where !units.isEmpty {
          units[Int.random(in: 0..<units.count, using: &generator)] = UInt16.random(
            in: 0 ... .max, using: &generator)
        }
      }
      let sample = Sample(Sample.string(units)) { $0.unglue = true }
      var at = 0
      for block in sample.blocks {
        #expect(block.span.range.lowerBound >= at && !block.span.isEmpty)
        at = block.span.range.upperBound
      }
      #expect(at <= sample.units.count)
    }
  }

  @Test func blankPagesHaveNoBlocks() {
    for page in ["", " ", "\n\n \t\n", "\u{200F}\u{FEFF}\n"] {
      let sample = Sample(page)
      #expect(sample.blocks.isEmpty)
      #expect(sample.text == page)
    }
  }
}
