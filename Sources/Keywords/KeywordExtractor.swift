import ArabicText

/// Finds the phrases that say what an article is about.
///
/// Candidates are phrases of 1 to `maxWords` words that neither begin nor end in a stop word, a number or a lone
/// letter and cross no sentence end or punctuation. Variants (with article, proclitics, marks, other hamza
/// spellings) have one sequence of bases and count as one phrase. Time grows with the length of the article;
/// the result depends on the article, the options, the lists and the table alone, never on articles before it.
///
/// One worker owns one extractor, whose buffers are used again.
public struct KeywordExtractor: Sendable {
  /// What to extract, and how.
  public let options: KeywordOptions

  private let background: BackgroundTable?
  private var never: PhraseList
  private var prefer: PhraseList
  private var index = CandidateIndex()
  private var scorer = PhraseScorer()
  private var best = BestPhrases()
  /// Place among the chosen by phrase number, -1 for the others.
  private var rankOfPhrase: [Int32] = []

  /// Makes an extractor; without a background table every word is taken for equally rare.
  public init(
    _ options: KeywordOptions = KeywordOptions(), lists: KeywordLists = KeywordLists(),
    background: BackgroundTable? = nil
  ) {
    self.options = options
    self.background = background
    never = PhraseList(lists.never)
    prefer = PhraseList(lists.prefer)
  }

  /// The keywords of a document, best first; equal scores are ordered by first occurrence.
  public mutating func extract(_ document: TokenizedDocument) -> [Keyword] {
    guard options.count > 0, !document.tokens.isEmpty else { return [] }
    index.fill(from: document, maxWords: options.maxWords)
    scorer.score(document, index, options: options, background: background)
    if !never.isEmpty { never.resolve(in: document.terms) }
    if !prefer.isEmpty { prefer.resolve(in: document.terms) }
    rank(document)
    let chosen = best.choose(options.count, sharing: options.sharedWordLimit, index)
    return materialize(chosen, document)
  }

  /// Keeps a few times as many phrases as wanted, so that the limit on shared words has others to turn to.
  private mutating func rank(_ document: TokenizedDocument) {
    best.reset(capacity: options.count * 8 + 32)
    for phrase in index.phrases.indices {
      let score = scorer.scores[phrase]
      guard score >= 0 else { continue }
      var entry = BestPhrases.Entry(
        isPreferred: false, score: score, first: index.phrases[phrase].first,
        length: index.phrases[phrase].length, phrase: Int32(phrase))
      if !never.isEmpty || !prefer.isEmpty {
        let tokens = document.tokens[Int(entry.first)..<Int(entry.first + entry.length)]
        if never.contains(tokens, document.terms) { continue }
        entry.isPreferred = prefer.contains(tokens, document.terms)
      }
      best.add(entry)
    }
  }

  /// Collects occurrences of the chosen phrases in one pass and picks their display forms.
  private mutating func materialize(_ chosen: [BestPhrases.Entry], _ document: TokenizedDocument) -> [Keyword]
  {
    rankOfPhrase.removeAll(keepingCapacity: true)
    rankOfPhrase.append(contentsOf: repeatElement(-1, count: index.phrases.count))
    for (rank, entry) in chosen.enumerated() { rankOfPhrase[Int(entry.phrase)] = Int32(rank) }
    let wanted = Set(chosen.map { index.phrases[Int($0.phrase)].length }).sorted()
    var variants = chosen.map { _ in PhraseVariants() }
    for start in index.wordAt.indices where index.shapes[start].isContent {
      for length in wanted {
        let node = index.phraseAt[start * index.maxWords + Int(length) - 1]
        let last = start + Int(length) - 1
        guard node >= 0, rankOfPhrase[Int(node)] >= 0, index.shapes[last].isContent else { continue }
        let rank = Int(rankOfPhrase[Int(node)])
        let from = Int(document.tokens[start].span.start) + Int(index.shapes[start].cut)
        variants[rank].add(
          TextSpan(from, Int(document.tokens[last].span.end)), isDefinite: index.shapes[start].isDefinite,
          document.text)
      }
    }
    return zip(chosen, variants).map { entry, variants in
      Keyword(
        phrase: variants.displayForm(document.text), score: entry.score, count: variants.spans.count,
        occurrences: variants.spans)
    }
  }
}
