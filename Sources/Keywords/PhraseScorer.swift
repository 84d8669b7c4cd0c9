import ArabicText

/// Scores of all phrases of an article by one of the algorithms.
struct PhraseScorer {
  /// Score by phrase number; negative for what must not be returned.
  private(set) var scores: [Float] = []
  private var facts = PhraseFacts()
  private var graph = WordGraph()
  private let logarithms = LogarithmTable()

  static let rejected: Float = -1

  mutating func score(
    _ document: TokenizedDocument, _ index: CandidateIndex, options: KeywordOptions,
    background: BackgroundTable?
  ) {
    scores.removeAll(keepingCapacity: true)
    if options.algorithm == .textrank {
      graph.rank(index)
      scores.append(contentsOf: graph.phraseScores(index, minimumCount: options.minimumCount))
      return
    }
    facts.fill(from: document, index: index, background: background, logarithms: logarithms)
    let logOfLength = logarithms[index.wordAt.count + 2]
    for (i, phrase) in index.phrases.enumerated() {
      guard Int(phrase.count) >= options.minimumCount else {
        scores.append(PhraseScorer.rejected)
        continue
      }
      let sums = facts.phrases[i]
      if options.algorithm == .tfidf {
        scores.append(Float(phrase.count) * sums.idf / max(1, sums.content))
      } else {
        let features = PhraseFeatures(phrase, sums, logarithms: logarithms, logOfLength: logOfLength)
        scores.append(max(0, features.score(options.weights)))
      }
    }
  }
}
