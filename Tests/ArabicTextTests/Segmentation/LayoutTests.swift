import ArabicText
import Testing

@Suite("Headings, lists and long sentences")
struct LayoutTests {
  private func roles(_ text: String, _ options: SegmentationOptions = .init()) throws -> [Sentence.Role] {
    try SegmentationSample(text, options: options).sentences.map(\.role)
  }

  @Test("A short open line above text is a heading")
  func headings() throws {
    let text =
      "أخبار المدينة\nافتتح المحافظ الجسر الجديد أمس.\nآراء القراء\nكتب قارئ عن الجسر.\nوقال آخر كلمة"
    #expect(try roles(text) == [.heading, .body, .heading, .body, .body])
    #expect(try roles(text, .init(headings: false)) == [.body, .body, .body, .body, .body])
  }

  @Test("Verse and tables are not headings")
  func verse() throws {
    let line = "سطر قصير من قصيدة\n"
    #expect(try roles(line + line + "نثر طويل بعده.") == [.heading, .heading, .body])
    #expect(try roles(line + line + line + line + "نثر طويل بعده.") == [.body, .body, .body, .body, .body])
  }

  @Test("A line that stops in a clause mark or full stop is no heading; one that ends in a colon may be")
  func closedLines() throws {
    #expect(try roles("أخبار المدينة،\nافتتح الجسر.") == [.body, .body])
    #expect(try roles("أخبار المدينة.\nافتتح الجسر.") == [.body, .body])
    #expect(try roles("المقادير:\nنخلط الدقيق بالماء.") == [.heading, .body])
    #expect(try roles("تنقسم الفواكه في بلادنا إلى:\nحمضيات وغيرها.") == [.body, .body])
    #expect(try roles("كلمة " + String(repeating: "أخرى ", count: 12) + "\nافتتح الجسر.") == [.body, .body])
  }

  @Test(
    "A bullet or a counter makes a list line",
    arguments: [
      "- خبز طازج", "• خبز طازج", "•خبز طازج", "* خبز", "1. خبز", "1- خبز", "١) خبز", "(2) خبز", "أ- خبز",
      "أ) خبز",
      "(ب) خبز", "12 - خبز", "جـ- خبز", "3-خبز", "– خبز",
    ])
  func lists(_ line: String) throws {
    #expect(try roles("اشترينا:\n\(line)\nوعدنا.") == [.heading, .listItem, .body])
    #expect(try roles("اشترينا.\n\(line)\nوعدنا.", .init(listLines: false)).contains(.listItem) == false)
  }

  @Test(
    "Initials, negative numbers and results do not make a list line",
    arguments: [
      "د. سامي حضر.", "-5 درجات اليوم.", "1-2 لصالحنا.", "3.5 في المئة.", "2019 - عام جيد.", "(سامي) حضر.",
    ])
  func notLists(_ line: String) throws {
    #expect(try roles(line + "\nنص بعده.") == [.body, .body])
  }

  @Test("A list line of two sentences gives two list sentences")
  func listSentences() throws {
    #expect(try roles("- اخلط الدقيق. أضف الماء.") == [.listItem, .listItem])
  }

  @Test("Long sentences are cut at clause marks only when asked")
  func longSentences() throws {
    let text =
      "خرج سعيد إلى السوق صباحا، واشترى خبزا وجبنا وزيتونا؛ ثم عاد إلى بيته وقد تعب من السير الطويل جدا اليوم"
    #expect(try SegmentationSample(text).sentences.count == 1)
    let cut = try SegmentationSample(text, options: .init(maxSentenceWords: 8))
    #expect(
      cut.sentenceTexts == [
        "خرج سعيد إلى السوق صباحا،", "واشترى خبزا وجبنا وزيتونا؛", "ثم عاد إلى بيته",
        "وقد تعب من السير الطويل جدا اليوم",
      ])
    #expect(cut.sentences.map(\.tokens.count).reduce(0, +) == cut.tokens.count)
    let solid = String(repeating: "كلمة ", count: 40)
    #expect(try SegmentationSample(solid, options: .init(maxSentenceWords: 8)).sentences.count == 1)
  }
}
