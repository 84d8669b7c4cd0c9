import TestSupport

@testable import Deduplication

/// Bodies made of words with a seed, and edits of them.
struct SampleBodies {
  private static let words = Array(
    """
    أعلنت وزارة الزراعة صباح أمس خطة لدعم مزارعي القمح في الشمال بعد موسم جاف وقالت إن البذور ستوزع مجانا \
    على صغار الفلاحين قبل نهاية تشرين الأول افتتح رئيس البلدية سوقا جديدة للسمك قرب الميناء القديم وحضر الحفل تجار \
    المدينة وصيادوها وتحدث أحدهم عن غلاء الوقود فاز فريق الساحل بهدفين نظيفين وسجل القائد الهدف الأول من ركلة حرة \
    والي الجهة زار المستشفى الجامعي ديال مراكش وشاف قسم المستعجلات الديوان الأميري عزى في وفاة الشاعر الكبير شارك آلاف \
    الزوار بمعرض الكتاب السنوي واشتروا روايات وسيرا وكتبا للأطفال
    """.split(separator: " ").map(String.init))

  var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  mutating func body(words count: Int) -> [String] {
    (0..<count).map { _ in
      // Numbered words keep unrelated bodies from sharing shingles by chance.
      let word = Self.words[Int.random(in: 0..<Self.words.count, using: &random)]
      return Bool.random(using: &random) ? word : word + "\(Int.random(in: 0..<1000, using: &random))"
    }
  }

  mutating func edited(_ body: [String], changes: Int) -> [String] {
    var body = body
    for _ in 0..<changes where !body.isEmpty {
      body[Int.random(in: body.indices, using: &random)] =
        "تعديل\(Int.random(in: 0..<100_000, using: &random))"
    }
    return body
  }
}

func units(_ words: [String]) -> [UInt16] { Array(words.joined(separator: " ").utf16) }
func units(_ text: String) -> [UInt16] { Array(text.utf16) }
