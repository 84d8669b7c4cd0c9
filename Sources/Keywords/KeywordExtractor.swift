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

  private let background: BackgroundModel?
  private var never: PhraseList
  private var prefer: PhraseList
  private var words = WordIndex()
  private var phrases = PhraseIndex()
  private var scorer: PhraseScorer
  private var ranking: PhraseRanking?
  private var best = BestPhrases()
  private var forms = PhraseForms()
  /// Of the phrase in work.
  private var occurrences: [PhraseForms.Occurrence] = []
  /// Where each chosen phrase ends among the letters and the spans of all.
  private var ends: [(phrase: Int, span: Int)] = []

  /// Makes an extractor.
  ///
  /// - Parameters:
  ///   - background: without one every word is taken for equally rare, and no ranker is used.
  ///   - ranker: ranks the best candidates of `KeywordAlgorithm.warraq` again; without one its hand-set weights decide.
  public init(
    _ options: KeywordOptions = KeywordOptions(), lists: KeywordLists = KeywordLists(),
    background: BackgroundModel? = nil, ranker: PhraseRanker? = nil
  ) {
    self.options = options
    self.background = background
    never = PhraseList(lists.never)
    prefer = PhraseList(lists.prefer)
    scorer = PhraseScorer(options)
    if let background, let ranker, options.algorithm == .warraq {
      ranking = PhraseRanking(ranker, background: background)
    }
  }

  /// The keywords of a document, best first; equal scores are ordered by first occurrence.
  public mutating func extract(_ document: TokenizedDocument) -> [Keyword] {
    guard options.count > 0, !document.tokens.isEmpty else { return [] }
    words.fill(from: document, maxWords: options.maxWords)
    phrases.fill(from: words, maxWords: options.maxWords)
    if hasLists {
      never.resolve(in: document)
      prefer.resolve(in: document)
    }
    if ranking != nil { return rank(document) }
    // The lists may drop or prefer any phrase, so all must be kept.
    if hasLists { return choose(amongBest: .max, document) ?? [] }
    // Mostly the first few settle it; a limit on shared words that passes many over needs more of them.
    return choose(amongBest: options.count * 2, document)
      ?? choose(amongBest: BestPhrases.depth(for: options.count), document) ?? []
  }

  private var hasLists: Bool { !never.isEmpty || !prefer.isEmpty }

  /// The keywords by the hand-set weights, if they can be told from so many best phrases.
  private mutating func choose(amongBest limit: Int, _ document: TokenizedDocument) -> [Keyword]? {
    collect(limit, document)
    return best.choose(options.count, sharing: options.sharedWordLimit, words, document.vocabulary)
      .map { materialize($0, document) { $0 } }
  }

  /// The keywords by the ranker.
  private mutating func rank(_ document: TokenizedDocument) -> [Keyword] {
    let depth = PhraseRanking.depth(for: options.count)
    collect(hasLists ? .max : depth, document)
    ranking?.rank(&best, depth: depth, indexed(document))
    let chosen =
      best.choose(options.count, sharing: options.sharedWordLimit, words, document.vocabulary) ?? []
    return materialize(chosen, document, score: PhraseRanking.probability)
  }

  /// What `document` is to the ranking; its index must be filled.
  private func indexed(_ document: TokenizedDocument) -> IndexedArticle {
    IndexedArticle(
      document: document, words: words, phrases: phrases, facts: scorer.facts.words, logarithms: scorer.logarithms)
  }

  /// Fills `best` with so many phrases, those of the lists marked and dropped.
  private mutating func collect(_ limit: Int, _ document: TokenizedDocument) {
    best.removeAll(keepingBest: limit)
    scorer.score(document, words, phrases, background: background, into: &best)
    guard hasLists else { return }
    best.review { [never, prefer] entry in
      entry.isPreferred = prefer.contains(entry.tokens, document.vocabulary)
      return !never.contains(entry.tokens, document.vocabulary)
    }
  }

  private mutating func materialize(
    _ chosen: [BestPhrases.Entry], _ document: TokenizedDocument, score: (Float) -> Float
  ) -> [Keyword] {
    var phrases: [UInt16] = []
    phrases.reserveCapacity(chosen.count * 24)
    var spans: [TextSpan] = []
    spans.reserveCapacity(chosen.count * 3)
    ends.removeAll(keepingCapacity: true)
    for entry in chosen {
      findOccurrences(of: entry, document)
      forms.append(displayForm: occurrences, document.text, to: &phrases)
      for occurrence in occurrences { spans.append(occurrence.span) }
      ends.append((phrases.count, spans.count))
    }
    var keywords: [Keyword] = []
    keywords.reserveCapacity(chosen.count)
    var start = (phrase: 0, span: 0)
    for (entry, end) in zip(chosen, ends) {
      keywords.append(
        Keyword(
          phrase: phrases[start.phrase..<end.phrase], score: score(entry.score), count: end.span - start.span,
          occurrences: spans[start.span..<end.span]))
      start = end
    }
    return keywords
  }

  /// Fills `occurrences` with all that count, in order.
  private mutating func findOccurrences(of entry: BestPhrases.Entry, _ document: TokenizedDocument) {
    occurrences.removeAll(keepingCapacity: true)
    phrases.forEachOccurrence(of: entry, in: words) { i in
      occurrences.append(occurrence(at: i, entry.length, document))
    }
  }

  private func occurrence(at i: Int, _ length: Int, _ document: TokenizedDocument) -> PhraseForms.Occurrence {
    let start = Int(document.tokens[i].span.start) + Int(words.tokens[i].cut)
    return PhraseForms.Occurrence(
      span: TextSpan(start, Int(document.tokens[i + length - 1].span.end)),
      isDefinite: words.tokens[i].traits.contains(.definite))
  }
}
