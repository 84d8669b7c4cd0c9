/// Words that tell what something is when they come early: X هو, X هي, يعد X, تعتبر X. In encyclopedic texts the
/// sentence that has one is often the best single answer to what the article is about (definitional patterns, Fahmi
/// and Bouma 2006).
enum Defining {
  /// Folded keys; with a conjunction (وهو) they go on with what was said before instead.
  static let verbs: [String] = ["هو", "هي", "هم", "يعتبر", "تعتبر", "يعد", "تعد"]

  /// The same, to be looked up.
  static let words = FoldedWords(verbs)
}
