import ArabicText

/// Tells candidates that are no noun phrases, by what Arabic grammar lets stand side by side and how the background uses
/// the words. Unvowelled text leaves many words open, so a rule holds only where the background is clear.
struct NounPhraseRules {
  /// Whether a candidate may be a noun phrase.
  ///
  /// - Parameter afterBreak: share of occurrences at the start of a sentence or after punctuation.
  @inline(__always)
  static func allow(
    _ candidate: BestPhrases.Entry, afterBreak: Float, _ article: IndexedArticle, _ usages: inout WordUsages
  ) -> Bool {
    let first = article.tokens[candidate.first]
    if !first.traits.contains(.definite) {
      let usage = usages[base: article.base(ofToken: candidate.first), article.terms]
      // Sentences begin with the verb: عقد المجلس اجتماعا. A noun of action there would mostly bear the article.
      if usage.isVerb || (afterBreak == 1 && candidate.length > 1 && usage.mayBeVerb) { return false }
    }
    guard candidate.length > 1 else { return true }
    let last = article.tokens[candidate.last]
    if last.traits.contains(.definite) { return true }
    let usage = usages[base: article.base(ofToken: candidate.last), article.terms]
    if usage.isVerb { return false }
    // After a definite noun its adjective is definite too, so that a common noun without article begins another
    // constituent: المملكة مختتمة. Names bear no article, and a preposition may link.
    if last.traits.contains(.proclitic) || usage.definiteShare < 0.3 { return true }
    return !(candidate.first..<candidate.last).contains { article.tokens[$0].traits.contains(.definite) }
  }
}
