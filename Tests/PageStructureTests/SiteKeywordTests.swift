import PageStructure
import Testing

@Suite struct SiteKeywordTests {
  private func keywords(_ line: String) -> [String] {
    Sample("\(Sample.body)\n\n\(line)", title: "حديقة المدينة").articles.first?.siteKeywords.map(
      Sample.string) ?? []
  }

  @Test func bordersOfARunAreFoundInTheArticle() {
    #expect(
      keywords("كلمات دلالية: رئيس البلدية الحديقة العامة أعمال صيانة") == [
        "رئيس البلدية", "الحديقة العامة", "أعمال صيانة",
      ])
  }

  @Test func separatorsAreBorders() {
    for line in [
      "الوسوم: حدائق، رئيس البلدية، من", "الوسوم | حدائق | رئيس البلدية | إلى أن",
      "Tags: حدائق, رئيس البلدية, في",
    ] {
      #expect(keywords(line) == ["حدائق", "رئيس البلدية"], "\(line)")
    }
    #expect(keywords("#حدائق #رئيس_البلدية") == ["حدائق", "رئيس البلدية"])
  }

  @Test func persianLettersBecomeArabicOnes() {
    #expect(keywords("کلمات کلیدی") == [])
    #expect(keywords("کلمات دلالیة: رئیس البلدیة") == ["رئيس البلدية"])
    // A word the article does not have is turned letter by letter.
    #expect(keywords("کلمات دلالیة: کتاب، رئیس") == ["كتاب", "رئيس"])
  }

  @Test func aLabelOnALineOfItsOwnHasItsTagsBelow() {
    let sample = Sample(
      "\(Sample.body)\n\nالكلمات المفتاحية:\nحدائق\nالبلدية\n\nجميع الحقوق محفوظة", title: "حديقة المدينة")
    #expect(sample.articles[0].siteKeywords.map(Sample.string) == ["حدائق", "البلدية"])
    #expect(sample.text == Sample.body)
  }
}
