import PageStructure
import Testing

@Suite struct DatelineTests {
  @Test(arguments: [
    ("القاهرة - رويترز: ", ""), ("القاهرة (رويترز) - ", ""), ("دمشق/ متابعات - ", ""), ("سبق- الرياض: ", ""),
    ("الرباط ـ و م ع: ", ""), ("باريس - أ ف ب - ", ""), ("بوجومبورا - د.ب.أ: ", ""),
    ("الكويت - 4 - 9 (كونا) -- ", ""),
    ("نواذيبو (موريتانيا) (أ ف ب) - ", ""), ("لندن: «الشرق الأوسط» - ", ""), ("عواصم - وكالات: ", ""),
    ("الشارقة - «الساحل الآن»: ", ""), ("الـقـاهـرة - رويتـرز: ", ""), ("القاهره – رویترز: ", ""),
  ])
  func placeAndAgencyAreCutFromTheFirstSentence(head: String, rest: String) {
    let sample = Sample(head + Sample.body, title: "حديقة المدينة")
    #expect(sample.text == Sample.body)
    #expect(sample.kinds.first == .dateline)
  }

  @Test func theLongFormOfOfficialAgenciesIsOne() {
    let sample = Sample(
      "حائل 04 محرم 1438 هـ الموافق 05 أكتوبر 2016 م واس\n\(Sample.body)\n// انتهى //\n13:40 ت م")
    #expect(sample.kinds == [.dateline, .body, .body, .residue, .residue])
    #expect(
      sample.articles.first.map { Sample.string($0.dateline) }
        == "حائل 04 محرم 1438 هـ الموافق 05 أكتوبر 2016 م واس")
  }

  @Test func aNameAndACityOnALineAreTheAuthors() {
    let sample = Sample("عودة السوق القديم إلى الحياة\nسلمى الحداد - بيروت\n\(Sample.body)")
    #expect(sample.kinds.prefix(2) == [.title, .byline])
    #expect(sample.articles.first.map { Sample.string($0.byline) } == "سلمى الحداد")
  }

  @Test func alisAreNotTakenForPrepositions() {
    // على and علي are one key.
    let sample = Sample("عودة السوق القديم إلى الحياة\nبقلم: علي حسن\n\(Sample.body)")
    #expect(sample.articles.first.map { Sample.string($0.byline) } == "علي حسن")
  }
}
