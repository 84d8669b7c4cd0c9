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
  private var best = BestPhrases()
  private var forms = PhraseForms()
  /// Of the phrase in work.
  private var occurrences: [PhraseForms.Occurrence] = []
  /// Where each chosen phrase ends among the letters and the spans of all.
  private var ends: [(phrase: Int, span: Int)] = []

  /// Makes an extractor; without a background model every word is taken for equally rare.
  public init(
    _ options: KeywordOptions = KeywordOptions(), lists: KeywordLists = KeywordLists(),
    background: BackgroundModel? = nil
  ) {
    self.options = options
    self.background = background
    never = PhraseList(lists.never)
    prefer = PhraseList(lists.prefer)
    scorer = PhraseScorer(options)
  }

  /// The keywords of a document, best first; equal scores are ordered by first occurrence.
  public mutating func extract(_ document: TokenizedDocument) -> [Keyword] {
    guard options.count > 0, !document.tokens.isEmpty else { return [] }
    words.fill(from: document, maxWords: options.maxWords)
    phrases.fill(from: words, maxWords: options.maxWords)
    if !never.isEmpty || !prefer.isEmpty {
      // The lists may drop or prefer any phrase, so all must be kept.
      never.resolve(in: document)
      prefer.resolve(in: document)
      return choose(amongBest: .max, document) ?? []
    }
    // Mostly the first few settle it; a limit on shared words that passes many over needs more of them.
    return choose(amongBest: options.count * 2, document)
      ?? choose(amongBest: BestPhrases.depth(for: options.count), document) ?? []
  }

  /// The keywords, if they can be told from so many best phrases.
  private mutating func choose(amongBest limit: Int, _ document: TokenizedDocument) -> [Keyword]? {
    best.removeAll(keepingBest: limit)
    scorer.score(document, words, phrases, background: background, into: &best)
    if limit == .max {
      best.review { [never, prefer] entry in
        entry.isPreferred = prefer.contains(entry.tokens, document.vocabulary)
        return !never.contains(entry.tokens, document.vocabulary)
      }
    }
    return best.choose(options.count, sharing: options.sharedWordLimit, words, document.vocabulary)
      .map { materialize($0, document) }
  }

  private mutating func materialize(_ chosen: [BestPhrases.Entry], _ document: TokenizedDocument) -> [Keyword]
  {
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
          phrase: phrases[start.phrase..<end.phrase], score: entry.score, count: end.span - start.span,
          occurrences: spans[start.span..<end.span]))
      start = end
    }
    return keywords
  }

  /// Fills `occurrences` with all that begin and end in content words, in order: of those of the first word, the
  /// ones where the index has the same phrase.
  private mutating func findOccurrences(of entry: BestPhrases.Entry, _ document: TokenizedDocument) {
    occurrences.removeAll(keepingCapacity: true)
    occurrences.append(occurrence(at: entry.first, entry.length, document))
    let phrase = phrases.phrase(at: entry.first, length: entry.length)
    guard phrase >= 0, phrases.phrases[Int(phrase)].count > 1 else { return }
    var i = Int(words.nextOfWord[entry.first])
    while i >= 0 {
      if words.tokens[i].traits.contains(.content), phrases.phrase(at: i, length: entry.length) == phrase,
        words.tokens[i + entry.length - 1].traits.contains(.content)
      {
        occurrences.append(occurrence(at: i, entry.length, document))
      }
      i = Int(words.nextOfWord[i])
    }
  }

  private func occurrence(at i: Int, _ length: Int, _ document: TokenizedDocument) -> PhraseForms.Occurrence {
    let start = Int(document.tokens[i].span.start) + Int(words.tokens[i].cut)
    return PhraseForms.Occurrence(
      span: TextSpan(start, Int(document.tokens[i + length - 1].span.end)),
      isDefinite: words.tokens[i].traits.contains(.definite))
  }
}
