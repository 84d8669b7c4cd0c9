import ArabicText

/// Ranks the best candidates of an article again by a trained ranker, and drops those that are no noun phrases.
///
/// A cascade: the scoring by hand-set weights sees all phrases, the ranker, which looks closer, a few dozen.
struct PhraseRanking {
  private let ranker: FlatRanker
  private let background: BackgroundModel
  private var table: CandidateTable
  private var usages = WordUsages()
  private var logOdds: [Float] = []

  /// What is added to the log-odds of a phrase all of whose words are in the title. The scored articles that a ranker
  /// is trained on have no titles, so it is set by hand, to what the scoring by hand gives.
  private static let title: Float = 0.5
  /// Makes log-odds positive, as scores in the ranking must be.
  private static let shift: Float = 64

  /// - Parameter features: what candidates are asked for; what the ranker needs by default.
  init(_ ranker: PhraseRanker, background: BackgroundModel, features: Set<RankingFeature>? = nil) {
    self.ranker = FlatRanker(ranker)
    self.background = background
    table = CandidateTable(features ?? ranker.features)
  }

  /// How many of the best candidates are looked at, to get so many keywords of an article of so many words: short
  /// articles have few, of which the best ones by weights hold nearly all that readers choose. The same for all usual
  /// numbers, so that a longer list begins as a shorter one, but for what the limit on shared words lets in.
  static func depth(for count: Int, words: Int) -> Int {
    max(count * 3 / 2, 32, min(64, words / 10))
  }

  /// Ranks the candidates that are kept.
  mutating func rank(_ best: inout BestPhrases, depth: Int, _ article: IndexedArticle) {
    best.rescore(depth: depth) { candidates in
      keepNounPhrases(&candidates, article)
      table.fill(candidates, article, usages: &usages, background: background)
      ranker.score(table, count: candidates.count, into: &logOdds)
      return candidates.indices.map { i in
        max(0, logOdds[i] + PhraseRanking.title * titleShare(candidates[i], article) + PhraseRanking.shift)
      }
    }
  }

  /// The probability, by the ranker, that a reader would choose the phrase; of a score in the ranking.
  static func probability(ofScore score: Float) -> Float {
    Float(1 / (1 + reproducibleExp(Double(shift - score))))
  }

  /// The best candidates in order, with their features.
  mutating func candidates(
    _ best: inout BestPhrases, depth: Int, _ article: IndexedArticle
  ) -> [(entry: BestPhrases.Entry, features: [Float])] {
    var found: [(BestPhrases.Entry, [Float])] = []
    best.rescore(depth: depth) { candidates in
      keepNounPhrases(&candidates, article)
      table.fill(candidates, article, usages: &usages, background: background)
      found = candidates.enumerated().map { ($1, table.row($0)) }
      return candidates.map(\.score)
    }
    return found
  }

  /// Drops what is no noun phrase before anything else is asked of it.
  private mutating func keepNounPhrases(_ candidates: inout [BestPhrases.Entry], _ article: IndexedArticle) {
    usages.prepare(for: article.terms, background)
    candidates.removeAll { !NounPhraseRules.allow($0, article, &usages) }
  }

  private func titleShare(_ candidate: BestPhrases.Entry, _ article: IndexedArticle) -> Float {
    var sums = WordFacts.zero
    for i in candidate.tokens { sums += article.facts(ofToken: i) }
    return sums.title / max(1, sums.content)
  }
}
