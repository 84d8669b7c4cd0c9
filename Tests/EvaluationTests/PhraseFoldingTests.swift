import Testing

@testable import Evaluation

@Suite struct PhraseFoldingTests {
  @Test(arguments: [
    ("والمكتبات العامّة", "مكتبات عامه"),
    ("إسلامٌ وأُمّة", "اسلام وامه"),
    ("المدى البعيد", "مدي بعيد"),
    ("مسؤول رئيس", "مسوول رءيس"),
    ("کتاب فارسی", "كتاب فارسي"),
    ("بالسيارة وللسائق", "سياره وللساءق"),
    ("للمدرسة", "مدرسه"),
    ("كتـــاب", "كتاب"),
    ("Al-Ahli FC", "al ahli fc"),
    ("٢٠٢٤ 2024", "٢٠٢٤ 2024"),
    ("كأس_العالم", "كاس_العالم"),
    ("\u{200F}مصر\u{200F}", "مصر"),
  ])
  func foldsAsKeyphrasesAreCompared(phrase: String, folded: String) {
    #expect(FoldedPhrase(phrase).description == folded)
  }

  @Test func theArticleStaysWhereOneLetterWouldBeLeft() {
    #expect(FoldedPhrase("ال").description == "ال")
    #expect(FoldedPhrase("الم").description == "الم")
    #expect(FoldedPhrase("والم").description == "والم", "وال leaves one letter, and ال does not begin it")
    #expect(FoldedPhrase("الأب").description == "اب")
  }

  @Test func aPhraseWithoutAWordIsDroppedAndAVariantIsADuplicate() {
    let unique = FoldedPhrase.unique(["الطاقة الشمسية", "،،", "", "طاقة شمسيّة", "الطاقة"])
    #expect(unique.map(\.description) == ["طاقه شمسيه", "طاقه"])
  }

  @Test func overlapIsTheF1OfDistinctWords() {
    func overlap(_ a: String, _ b: String) -> Double { FoldedPhrase(a).overlap(with: FoldedPhrase(b)) }
    #expect(overlap("تحلية المياه", "تحلية مياه") == 1)
    #expect(overlap("المياه", "تحلية المياه") == 2.0 / 3)
    #expect(overlap("مياه المياه", "مياه") == 1, "a word twice counts once")
    #expect(overlap("شمس", "قمر") == 0)
    #expect(FoldedPhrase("مياه التحلية") != FoldedPhrase("تحلية المياه"), "order counts for an exact match")
  }
}
