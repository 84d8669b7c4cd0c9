import ArabicText

/// Tells what can't be a name of a person.
struct NameWords: Sendable {
  private let stopWords: Set<UInt64>
  private let joiners: Set<UInt64>

  /// Makes the lists: stop words, saying verbs and what else begins sentences, but for what names are made with.
  init(_ words: [String]) {
    joiners = Set(
      [
        "بن", "ابن", "بنت", "أبو", "آل", "أبي", "أم", "عبد", "و", "ود", "ولد", "د", "م", "أ", "علي", "وتصوير",
        "ومراجعة",
      ].map { LineWords.hash($0) })
    stopWords = Set(words.map { LineWords.hash($0) }).subtracting(joiners)
  }

  /// Particles, verbs of saying and the like, which no name holds. Words that are names as well (أحد, سعد) are not here.
  static let standard = NameWords(
    """
    من في على إلى عن مع حتى منذ خلال عبر ضد دون بدون بين عند لدى حول نحو قبل بعد تحت أمام خلف وراء ضمن تجاه حسب وفق رغم سوى مثل كما كذلك
    لكن ثم أو إما أن إن إذ إذا لو لما لم لن لا ما ليس قد سوف هل كي حيث كلما بينما عندما حين ربما لعل كأن أي كل بعض جميع غير فقط أيضا هكذا
    هذا هذه ذلك تلك هؤلاء الذي التي الذين هو هي هم نحن أنا كان كانت يكون تكون أصبح بات قال قالت يقول تقول أكد أكدت أضاف أضافت أوضح ذكر
    أعلن أعلنت كشف كشفت أشار قام يتم تم جديد جديدة الجديد الجديدة أول أكثر خبر مقال صور فيديو كيف لماذا ماذا متى أين كم اليوم أمس غدا
    """.split(whereSeparator: \.isWhitespace).map(String.init))

  /// Whether words may be the names of one or two people, perhaps with their city.
  func areNames(_ words: ArraySlice<LineWord>, _ patterns: StructurePatterns) -> Bool {
    var letters = 0
    for word in words {
      if word.isNumber || stopWords.contains(word.hash) { return false }
      if !word.gap.isDisjoint(with: [.stop, .hash, .at]), word.gap.contains(.blank), letters > 1 {
        return false
      }
      letters += word.end - word.start
    }
    return letters >= 4 && letters <= 60
  }

  /// Whether a word can't be part of a name.
  func isStopWord(_ word: LineWord) -> Bool { stopWords.contains(word.hash) }
}
