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
    "وختم",
    "واختتم", "وبين", "وبينت", "ونوه", "وشدد", "وشددت", "اضاف", "اضافت", "وواصل", "واعتبر", "وراي", "واستدل",
    // Connectives: also, but, therefore, while, then.
    "كما", "وكما", "كذلك", "وكذلك", "ايضا", "وايضا", "لكن", "ولكن", "لكنه", "ولكنه", "لكنها", "ولكنها", "بل",
    "وبل",
    "لذلك", "ولذلك", "لذا", "ولذا", "لهذا", "ولهذا", "فيما", "وفيما", "بينما", "وبينما", "ثم", "اذ", "حيث",
    "وحيث",
    "غير", "الا", "وبالتالي", "بالتالي", "ومن", "وعليه",
    // Pronouns and demonstratives whose antecedent is elsewhere.
    "وهو", "وهي", "وهم", "وهذا", "وهذه", "وذلك", "وتلك", "وهناك", "وكان", "وكانت", "ذلك", "تلك", "هولاء",
    "وهولاء", "فهو", "فهي", "وفيه", "وفيها", "ومنها", "ومنه",
  ]

  /// The openings, to be looked up.
  static let words = FoldedWords(openings)
}
