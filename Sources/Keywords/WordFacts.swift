import ArabicText

/// Per-word values that all scorings share, worked out once for each distinct word of an article.
struct WordFacts {
  /// Background idf in 0...1 by word number; 1 throughout without a table.
  private(set) var idf: [Float] = []
  /// log(1 + count of the word's stem) by word number.
  private(set) var stemWeight: [Float] = []
  /// Whether the word, or one of its stem, is in the title.
  private(set) var isInTitle: [Bool] = []

  private var titleStems: [Bool] = []

  mutating func fill(from document: TokenizedDocument, index: CandidateIndex, background: BackgroundTable?) {
    idf.removeAll(keepingCapacity: true)
    stemWeight.removeAll(keepingCapacity: true)
    isInTitle.removeAll(keepingCapacity: true)
    titleStems.removeAll(keepingCapacity: true)
    titleStems.append(contentsOf: repeatElement(false, count: index.stemCounts.count))
    for token in document.titleTokens {
      let term = document.terms[token.term]
      if !term.isStopWord, let stem = index.stem(ofKey: term.stem) { titleStems[Int(stem)] = true }
    }
    for word in index.words {
      stemWeight.append(Float(reproducibleLog(Double(1 + index.stemCounts[Int(word.stem)]))))
      isInTitle.append(titleStems[Int(word.stem)])
      guard let background, word.isContent else {
        idf.append(1)
        continue
      }
      idf.append(
        document.terms.keys.withUnits(of: word.base) { Float(background.inverseDocumentFrequency(of: $0)) })
    }
  }
}

/// Scores of all phrases of an article by one of the algorithms.
struct PhraseScorer {
  /// Score by phrase number; negative for what is no candidate.
  private(set) var scores: [Float] = []
  private var graph = WordGraph()
  private var chain: [Int32] = []

  /// Marks a phrase that must not be returned.
  static let rejected: Float = -1

  mutating func score(_ index: CandidateIndex, _ facts: WordFacts, options: KeywordOptions) {
    scores.removeAll(keepingCapacity: true)
    if options.algorithm == .textrank { graph.rank(index) }
    for phrase in index.phrases {
      guard Int(phrase.count) >= options.minimumCount else {
        scores.append(PhraseScorer.rejected)
        continue
      }
      collectWords(of: phrase, in: index)
      let score =
        switch options.algorithm {
        case .warraq: warraq(phrase, index, facts, options.weights)
        case .tfidf: tfidf(phrase, index, facts)
        case .textrank: textRank(phrase, index)
        }
      scores.append(score)
    }
  }

  /// The phrase's words, last first.
  private mutating func collectWords(of phrase: CandidateIndex.Phrase, in index: CandidateIndex) {
    chain.removeAll(keepingCapacity: true)
    chain.append(phrase.word)
    var parent = phrase.parent
    while parent >= 0 {
      chain.append(index.phrases[Int(parent)].word)
      parent = index.phrases[Int(parent)].parent
    }
  }

  private func warraq(
    _ phrase: CandidateIndex.Phrase, _ index: CandidateIndex, _ facts: WordFacts, _ weights: KeywordWeights
  ) -> Float {
    let features = PhraseFeatures(phrase, words: chain, index: index, facts: facts)
    return max(0, features.score(weights))
  }

  private func tfidf(_ phrase: CandidateIndex.Phrase, _ index: CandidateIndex, _ facts: WordFacts) -> Float {
    var sum: Float = 0
    var content: Float = 0
    for word in chain where index.words[Int(word)].isContent {
      sum += facts.idf[Int(word)]
      content += 1
    }
    return content == 0 ? PhraseScorer.rejected : Float(phrase.count) * sum / content
  }

  /// Sum of the words' ranks; all words must be winners, as adjacent winners are what makes a phrase.
  private func textRank(_ phrase: CandidateIndex.Phrase, _ index: CandidateIndex) -> Float {
    var sum: Float = 0
    for word in chain {
      guard graph.isWinner[Int(word)] else { return PhraseScorer.rejected }
      sum += graph.ranks[Int(word)]
    }
    return sum
  }
}
