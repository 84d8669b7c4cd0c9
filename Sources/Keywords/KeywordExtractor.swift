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
  private var words = WordIndex()
  private var phrases = PhraseIndex()
  private var scorer: PhraseScorer
  private var best = BestPhrases()
  private var forms = PhraseForms()
  /// Place among the chosen by phrase number, -1 for the others.
  private var rankOfPhrase: [Int32] = []
  /// By word number: whether a chosen phrase begins with the word.
  private var isFirstWord: [Bool] = []

  /// Makes an extractor; without a background table every word is taken for equally rare.
  public init(
    _ options: KeywordOptions = KeywordOptions(), lists: KeywordLists = KeywordLists(),
    background: BackgroundTable? = nil
  ) {
    self.options = options
    self.background = background
    never = PhraseList(lists.never)
    prefer = PhraseList(lists.prefer)
    scorer = PhraseScorer(options, hasLists: !never.isEmpty || !prefer.isEmpty)
  }

  /// The keywords of a document, best first; equal scores are ordered by first occurrence.
  public mutating func extract(_ document: TokenizedDocument) -> [Keyword] {
    guard options.count > 0, !document.tokens.isEmpty else { return [] }
    words.fill(from: document, maxWords: options.maxWords)
    phrases.fill(from: words, maxWords: options.maxWords)
    best.removeAll()
    scorer.score(document, words, phrases, background: background, into: &best)
    if !never.isEmpty || !prefer.isEmpty { review(document) }
    let chosen = best.choose(options.count, sharing: options.sharedWordLimit, words)
    return materialize(chosen, document)
  }

  /// Applies the user's lists.
  private mutating func review(_ document: TokenizedDocument) {
    never.resolve(in: document)
    prefer.resolve(in: document)
    best.review { [never, prefer] entry in
      entry.isPreferred = prefer.contains(entry.tokens, document.vocabulary)
      return !never.contains(entry.tokens, document.vocabulary)
    }
  }

  /// Collects occurrences of the chosen phrases in one pass and picks their display forms.
  private mutating func materialize(_ chosen: [BestPhrases.Entry], _ document: TokenizedDocument) -> [Keyword]
  {
    var occurrences = chosen.map { [occurrence(at: $0.first, $0.length, document)] }
    var lengths: [Int] = []
    let known = rankOfPhrase.count
    if known < phrases.phrases.count {
      rankOfPhrase.append(contentsOf: repeatElement(-1, count: phrases.phrases.count - known))
    }
    for (rank, entry) in chosen.enumerated() {
      let phrase = Int(phrases.phrase(at: entry.first, length: entry.length))
      guard phrase >= 0, phrases.phrases[phrase].count > 1 else { continue }
      rankOfPhrase[phrase] = Int32(rank)
      if !lengths.contains(entry.length) { lengths.append(entry.length) }
    }
    if !lengths.isEmpty { collect(lengths, chosen, document, &occurrences) }
    for entry in chosen {
      let phrase = Int(phrases.phrase(at: entry.first, length: entry.length))
      if phrase >= 0 { rankOfPhrase[phrase] = -1 }
    }
    return zip(chosen, occurrences).map { entry, occurrences in
      Keyword(
        phrase: forms.displayForm(of: occurrences, document.text), score: entry.score,
        count: occurrences.count, occurrences: occurrences.map(\.span))
    }
  }

  /// Adds the further occurrences of the chosen phrases that recur, in order.
  private mutating func collect(
    _ lengths: [Int], _ chosen: [BestPhrases.Entry], _ document: TokenizedDocument,
    _ occurrences: inout [[PhraseForms.Occurrence]]
  ) {
    isFirstWord.removeAll(keepingCapacity: true)
    isFirstWord.append(contentsOf: repeatElement(false, count: words.words.count))
    for entry in chosen { isFirstWord[Int(words.tokens[entry.first].word)] = true }
    for (i, token) in words.tokens.enumerated()
    where isFirstWord[Int(token.word)] && token.traits.contains(.content) {
      for length in lengths where length <= Int(token.reach) {
        let phrase = phrases.phrase(at: i, length: length)
        guard phrase >= 0, rankOfPhrase[Int(phrase)] >= 0,
          words.tokens[i + length - 1].traits.contains(.content)
        else { continue }
        let rank = Int(rankOfPhrase[Int(phrase)])
        if i > chosen[rank].first { occurrences[rank].append(occurrence(at: i, length, document)) }
      }
    }
  }

  private func occurrence(at i: Int, _ length: Int, _ document: TokenizedDocument) -> PhraseForms.Occurrence {
    let start = Int(document.tokens[i].span.start) + Int(words.tokens[i].cut)
    return PhraseForms.Occurrence(
      span: TextSpan(start, Int(document.tokens[i + length - 1].span.end)),
      isDefinite: words.tokens[i].traits.contains(.definite))
  }
}
