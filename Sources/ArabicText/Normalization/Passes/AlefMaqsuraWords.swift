/// Frequent words that end in alef maksura, by which a final U+06CC of Persian keyboards is read.
enum AlefMaqsuraWords {
  /// Particles and their kind: they make up most of all final ى in running text, and none of them has a
  /// frequent twin in ي (only على has, in the name علي; the preposition is far more frequent).
  private static let particles = "على إلى الى حتى لدى متى سوى مدى بلى عسى"
  /// Nouns and adjectives of news.
  private static let nouns = """
    أخرى اخرى الأخرى الاخرى كبرى الكبرى أولى الأولى الاولى أقصى الأقصى الاقصى أعلى الأعلى الاعلى أدنى \
    الأدنى مستوى المستوى مستشفى المستشفى القرى القوى المبنى مبنى معنى المعنى ذكرى الذكرى مرضى المرضى \
    جرحى الجرحى قتلى القتلى الفتوى جدوى الجدوى القصوى الوسطى العظمى الأضحى منتدى المنتدى المدى فوضى \
    الفوضى دعوى الدعوى شورى الشورى
    """
  /// Verbs of news.
  private static let verbs = "أعطى انتهى أنهى ألقى التقى تلقى تولى أدى نفى يبقى تبقى أبدى أجرى جرى مضى رأى"
  /// Names.
  private static let names = "مصطفى موسى عيسى يحيى مرتضى سلمى ليلى منى هدى"

  /// Letters of the longest word before its ى.
  static let longest = reversedStems.map(\.count).max() ?? 0

  /// The words without their last letter, from right to left.
  static let reversedStems: Set<[UInt16]> = Set(
    [particles, nouns, verbs, names].flatMap { list in
      list.split(separator: " ").map { Array($0.utf16.dropLast().reversed()) }
    })
}
