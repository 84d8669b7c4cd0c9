import ArabicText

/// Tells candidates that are no noun phrases, by what Arabic grammar lets stand side by side and how the background uses
/// the words. Unvowelled text leaves many words open, so a rule holds only where the background is clear.
enum NounPhraseRules {
  /// Whether a candidate may be a noun phrase.
  @inline(__always)
  static func allow(
    _ candidate: BestPhrases.Entry, _ article: IndexedArticle, _ usages: inout WordUsages
  ) -> Bool {
    if article.tokens[candidate.first].traits.contains(.definite) {
      // Never but after another definite word it is that word's adjective: الإغاثية of الطائرة الإغاثية.
      if PlaceSummary(candidate, article).areAllAfterDefinite { return false }
    } else {
      let usage = usages[base: article.base(ofToken: candidate.first), article.terms]
      if usage.isVerb { return false }
      // A word with a pronoun points to something outside the phrase, or is a verb with its object: إصابته، غلبني.
      if article.hasEnclitic(candidate.first) { return false }
      // Sentences begin with the verb: عقد المجلس اجتماعا. A noun of action there would mostly bear the article.
      if candidate.length > 1, article.beginsSentence(candidate.first), usage.mayBeVerb,
        PlaceSummary(candidate, article).areAllAfterBreak
      {
        return false
      }
    }
    return candidate.length == 1
      || (hangsTogether(candidate, article, &usages) && ends(candidate, article, &usages))
  }

  /// Whether neighbours may stand in one noun phrase.
  @inline(__always)
  private static func hangsTogether(
    _ candidate: BestPhrases.Entry, _ article: IndexedArticle, _ usages: inout WordUsages
  ) -> Bool {
    var isAccusative = usages[base: article.base(ofToken: candidate.first), article.terms].form.contains(
      .accusative)
    for i in (candidate.first &+ 1)...candidate.last {
      let usage = usages[base: article.base(ofToken: i), article.terms]
      let form = usage.form
      // Verbs, and stop words that are no prepositions, begin a clause.
      let traits = article.tokens[i].traits
      if traits.contains(.content) ? !traits.contains(.definite) && usage.isVerb : !form.contains(.link) {
        return false
      }
      // An indefinite accusative and its adjective go together; beside another noun it says how or as what: رئيسا.
      if form.contains(.accusative) != isAccusative { return false }
      isAccusative = form.contains(.accusative)
    }
    return true
  }

  /// Whether the phrase may end where it does.
  @inline(__always)
  private static func ends(
    _ candidate: BestPhrases.Entry, _ article: IndexedArticle, _ usages: inout WordUsages
  ) -> Bool {
    let last = article.tokens[candidate.last]
    if last.traits.contains(.definite) { return true }
    let usage = usages[base: article.base(ofToken: candidate.last), article.terms]
    // A preposition or conjunction links.
    if last.traits.contains(.proclitic) { return true }
    // After a definite noun its adjective is definite too, so that a common noun without article begins another
    // constituent: المملكة مختتمة. Names bear no article.
    if usage.definiteShare > 0.28,
      (candidate.first..<candidate.last).contains(where: { article.tokens[$0].traits.contains(.definite) })
    {
      return false
    }
    return !article.hasEnclitic(candidate.last)
  }
}
