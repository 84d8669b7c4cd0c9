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

  /// The openings as a set of keys.
  static let keys: Interner = {
    var keys = Interner(minimumCapacity: openings.count)
    for opening in openings { _ = Array(opening.utf16).withUnsafeBufferPointer { keys.intern($0) } }
    return keys
  }()

  private static let folding = KeyFolding()
  /// Letters of the longest opening.
  private static let longest = openings.map(\.utf16.count).max() ?? 0

  /// Whether a word, folded, is such an opening.
  static func contains(_ word: ArraySlice<UInt16>) -> Bool {
    withUnsafeTemporaryAllocation(of: UInt16.self, capacity: longest) { letters in
      var count = 0
      for unit in word {
        guard let letter = folding.fold(unit) else { continue }
        guard count < longest else { return false }
        letters[count] = letter
        count += 1
      }
      return keys.find(UnsafeBufferPointer(rebasing: letters[..<count])) != nil
    }
  }
}
