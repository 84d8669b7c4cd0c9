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
  /// Looks at all features; made when candidates are asked for.
  private var closerLook: PhraseRanking?
  private var best = BestPhrases()
  private var forms = PhraseForms()
  /// Of the phrase in work.
  private var occurrences: [PhraseForms.Occurrence] = []

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
    var table = KeywordTable()
    extract(document, into: &table)
    return table[0]
  }

  /// Adds an article to a table, with the same keywords.
  public mutating func extract(_ document: TokenizedDocument, into table: inout KeywordTable) {
    defer { table.endArticle() }
    guard options.count > 0, !document.tokens.isEmpty else { return }
    index(document)
    if ranking != nil {
      let chosen = rank(document)
      return add(chosen, document, to: &table, score: PhraseRanking.probability)
    }
    add(chooseByWeights(document), document, to: &table) { $0 }
  }

  /// The candidates that a ranker chooses among, best first by the hand-set weights, and what it is told of each; for
  /// training. None without a background.
  public mutating func candidates(_ document: TokenizedDocument) -> [KeywordCandidate] {
    guard let background, !document.tokens.isEmpty else { return [] }
    index(document)
    let depth = PhraseRanking.depth(for: options.count, words: document.tokens.count)
    collect(hasLists ? .max : depth, document)
    var closerLook =
      self.closerLook
      ?? PhraseRanking(.unknowing, background: background, features: Set(RankingFeature.allCases))
    let (words, phrases, scorer) = (words, phrases, scorer)
    let found = IndexedArticle.with(document, words, phrases, scorer.facts.words, scorer.logarithms) {
      article in
      closerLook.candidates(&best, depth: depth, article)
    }
    self.closerLook = closerLook
    var table = KeywordTable()
    add(found.map(\.entry), document, to: &table) { $0 }
    table.endArticle()
    return zip(table[0], found).map { KeywordCandidate(phrase: $0.string, features: $1.features) }
  }

  private mutating func index(_ document: TokenizedDocument) {
    words.fill(from: document, maxWords: options.maxWords)
    phrases.fill(from: words, maxWords: options.maxWords)
    guard hasLists else { return }
    never.resolve(in: document)
    prefer.resolve(in: document)
  }

  private var hasLists: Bool { !never.isEmpty || !prefer.isEmpty }

  /// The best phrases by the hand-set weights.
  private mutating func chooseByWeights(_ document: TokenizedDocument) -> [BestPhrases.Entry] {
    // The lists may drop or prefer any phrase, so all must be kept. Without them, mostly the first few settle it; a
    // limit on shared words that passes many over needs more of them.
    let depths = hasLists ? [.max] : [options.count * 2, BestPhrases.depth(for: options.count)]
    for depth in depths {
      collect(depth, document)
      if let chosen = choose(document) { return chosen }
    }
    return []
  }

  /// The best phrases by the ranker.
  private mutating func rank(_ document: TokenizedDocument) -> [BestPhrases.Entry] {
    let depth = PhraseRanking.depth(for: options.count, words: document.tokens.count)
    collect(hasLists ? .max : depth, document)
    // By value: the closure changes other parts of the extractor.
    let (words, phrases, scorer) = (words, phrases, scorer)
    IndexedArticle.with(document, words, phrases, scorer.facts.words, scorer.logarithms) { article in
      ranking?.rank(&best, depth: depth, article)
    }
    return choose(document) ?? []
  }

  /// The chosen ones among `best`, if so many are kept that they can be told.
  private mutating func choose(_ document: TokenizedDocument) -> [BestPhrases.Entry]? {
    best.choose(options.count, sharing: options.sharedWordLimit, words, document.vocabulary)
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

  private mutating func add(
    _ chosen: [BestPhrases.Entry], _ document: TokenizedDocument, to table: inout KeywordTable,
    score: (Float) -> Float
  ) {
    // By value: the closure changes another part of the extractor.
    let (words, phrases) = (words, phrases)
    for entry in chosen {
      let start = (letter: table.letters.count, span: table.spans.count)
      occurrences.removeAll(keepingCapacity: true)
      phrases.forEachOccurrence(of: entry, in: words) { i in
        occurrences.append(words.occurrence(at: i, entry.length, document.tokens))
      }
      for occurrence in occurrences { table.spans.append(occurrence.span) }
      forms.append(displayForm: occurrences, document.text, to: &table.letters)
      table.rows.append(
        KeywordTable.Row(
          phrase: start.letter..<table.letters.count, score: score(entry.score),
          occurrences: start.span..<table.spans.count))
    }
  }
}

extension WordIndex {
  /// Where the phrase of that many words stands that begins at a token; `source` are the document's tokens.
  @inline(__always)
  fileprivate func occurrence(at i: Int, _ length: Int, _ source: [Token]) -> PhraseForms.Occurrence {
    let start = Int(source[i].span.start) + Int(tokens[i].cut)
    return PhraseForms.Occurrence(
      span: TextSpan(start, Int(source[i + length - 1].span.end)),
      isDefinite: tokens[i].traits.contains(.definite))
  }
}
