import ArabicText

/// Openings that point back to a sentence before: a summary that starts with one leaves its reader asking who or
/// what is meant.
enum PointingBack {
  /// Folded keys (bare alef, ه for ة, ي for ى), with the conjunction where it makes the difference: وقال
  /// continues someone's words, قال may introduce them.
  static let openings: [String] = [
    // Verbs of saying that continue a report.
    "واضاف", "واضافت", "واضافوا", "وقال", "وقالت", "وقالوا", "واوضح", "واوضحت", "واكد", "واكدت", "واشار",
    "واشارت",
    "وتابع", "وتابعت", "وذكر", "وذكرت", "ولفت", "ولفتت", "واستطرد", "واردف", "واستدرك", "وزاد", "وزادت",
    "وختم", "وافاد", "وافادت", "وابان", "وابانت", "وصرح", "وصرحت", "واعرب", "واعربت", "وعبر", "وعبرت",
    "واختتم", "وبين", "وبينت", "ونوه", "وشدد", "وشددت", "اضاف", "اضافت", "وواصل", "واعتبر", "وراي", "واستدل",
    // Participles that continue one: pointing out, adding, stressing.
    "مشيرا", "مشيره", "مضيفا", "مضيفه", "موكدا", "موكده", "موضحا", "موضحه", "مبينا", "مبينه", "مفيدا",
    "مفيده",
    "لافتا", "لافته", "منوها", "منوهه", "مشددا", "مشدده", "معربا", "معربه", "معتبرا", "معتبره", "قايلا",
    "قايله",
    // Connectives: also, but, therefore, while, then.
    "كما", "وكما", "كذلك", "وكذلك", "ايضا", "وايضا", "لكن", "ولكن", "لكنه", "ولكنه", "لكنها", "ولكنها", "بل",
    "وبل",
    "لذلك", "ولذلك", "لذا", "ولذا", "لهذا", "ولهذا", "فيما", "وفيما", "بينما", "وبينما", "ثم", "اذ", "حيث",
    "وحيث",
    "غير", "الا", "وبالتالي", "بالتالي", "ومن", "وعليه", "مما", "بدوره", "بدورها", "وبدوره",
    // Pronouns and demonstratives whose antecedent is elsewhere.
    "وهو", "وهي", "وهم", "وهذا", "وهذه", "وذلك", "وتلك", "وهناك", "وكان", "وكانت", "ذلك", "تلك", "هولاء",
    "وهولاء", "فهو", "فهي", "وفيه", "وفيها", "ومنها", "ومنه",
  ]

  /// The same of two words: for his part, on the other hand, meanwhile, this came, it is worth mentioning.
  static let pairs: [String] = [
    "من جانبه", "من جانبها", "من جانبهم", "من جهته", "من جهتها", "من جهتهم", "من ناحيته", "من ناحيتها",
    "من جهه", "من ناحيه", "من جانب", "من هنا", "الي ذلك", "في حين", "في المقابل", "في السياق", "في غضون",
    "بعد ذلك", "قبل ذلك", "عند ذلك", "مع ذلك", "رغم ذلك", "علي ذلك", "جاء ذلك", "جاء هذا", "جاءت هذه",
    "ياتي ذلك", "ياتي هذا", "تاتي هذه", "اوضح ذلك", "صرح بذلك", "هذا وقد", "هذا ما", "يذكر ان", "يشار الي",
    "جدير بالذكر", "الجدير بالذكر", "والجدير بالذكر", "تجدر الاشاره", "وتجدر الاشاره",
  ]

  private static let openingWords = FoldedWords(openings)
  private static let openingPairs = FoldedWords(pairs)

  /// Whether the words of a sentence open with one of them.
  static func opens(_ words: Range<Int>, _ document: TokenizedDocument) -> Bool {
    guard let first = words.first else { return false }
    let span = document.tokens[first].span
    if openingWords.contains(document.text[span.range]) { return true }
    guard words.count > 1 else { return false }
    let end = Int(document.tokens[first + 1].span.end)
    return openingPairs.contains(document.text[Int(span.start)..<end])
  }
}
