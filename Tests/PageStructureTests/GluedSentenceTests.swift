import PageStructure
import Testing

@Suite struct GluedSentenceTests {
  private func unglued(_ text: String) -> String { Sample(text, title: "عنوان") { $0.unglue = true }.text }

  @Test(arguments: [
    ("وصل الوفد إلى المدينة.وأضاف المتحدث", "وصل الوفد إلى المدينة. وأضاف المتحدث"),
    ("هل عاد الوفد؟نعم عاد أمس", "هل عاد الوفد؟ نعم عاد أمس"),
    ("«لن نعود».وختم كلامه", "«لن نعود». وختم كلامه"),
  ])
  func aBlankIsPutBehindTheStop(text: String, wanted: String) { #expect(unglued(text) == wanted) }

  @Test(arguments: [
    "قال أ.د.محمد الخطيب في كلمته", "التقى د.سعاد العلي ظهر أمس", "أعلنت و.م.ع النبأ", "عام 480 ق.م في صقلية",
    "شبكة سي.إن.إن الأمريكية", "شركة بي.إم.دبليو الألمانية", "على موقع العربية.نت أمس", "النسبة 3.5 بالمئة",
    "الرابط www.example.com هنا", "انتظر..ثم مضى", "انهـ.ـيار السوق", "دك.محمد العلي حاضرا",
  ])
  func abbreviationsNumbersAndAddressesStay(text: String) { #expect(unglued(text) == text) }

  @Test func nothingIsInsertedUnlessAsked() {
    let text = "وصل الوفد إلى المدينة.وأضاف المتحدث"
    #expect(Sample(text, title: "عنوان").text == text)
  }
}
