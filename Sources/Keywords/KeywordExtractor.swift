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
  /// Of the phrase in work.
  private var occurrences: [PhraseForms.Occurrence] = []

  /// Makes an extractor; without a background table every word is taken for equally rare.
  public init(
    _ options: KeywordOptions = KeywordOptions(), lists: KeywordLists = KeywordLists(),
    background: BackgroundTable? = nil
  ) {
    self.options = options
    self.background = background
    never = PhraseList(lists.never)
    prefer = PhraseList(lists.prefer)
    scorer = PhraseScorer(options)
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
    words.fill(from: document, maxWords: options.maxWords)
    phrases.fill(from: words, maxWords: options.maxWords)
    if !never.isEmpty || !prefer.isEmpty {
      // The lists may drop or prefer any phrase, so all must be kept.
      never.resolve(in: document)
      prefer.resolve(in: document)
      return add(choose(amongBest: .max, document) ?? [], document, to: &table)
    }
    // Mostly the first few settle it; a limit on shared words that passes many over needs more of them.
    let chosen =
      choose(amongBest: options.count * 2, document)
      ?? choose(amongBest: BestPhrases.depth(for: options.count), document)
    add(chosen ?? [], document, to: &table)
  }

  /// The keywords, if they can be told from so many best phrases.
  private mutating func choose(amongBest limit: Int, _ document: TokenizedDocument) -> [BestPhrases.Entry]? {
    best.removeAll(keepingBest: limit)
    scorer.score(document, words, phrases, background: background, into: &best)
    if limit == .max {
      best.review { [never, prefer] entry in
        entry.isPreferred = prefer.contains(entry.tokens, document.vocabulary)
        return !never.contains(entry.tokens, document.vocabulary)
      }
    }
    return best.choose(options.count, sharing: options.sharedWordLimit, words, document.vocabulary)
  }

  private mutating func add(
    _ chosen: [BestPhrases.Entry], _ document: TokenizedDocument, to table: inout KeywordTable
  ) {
    for entry in chosen {
      let start = (letter: table.letters.count, span: table.spans.count)
      let first = words.occurrence(at: entry.first, entry.length, document.tokens)
      table.spans.append(first.span)
      let phrase = phrases.phrase(at: entry.first, length: entry.length)
      if phrase >= 0, phrases.phrases[Int(phrase)].count > 1 {
        findOccurrences(of: entry, phrase, first, document)
        for occurrence in occurrences.dropFirst() { table.spans.append(occurrence.span) }
        forms.append(displayForm: occurrences, document.text, to: &table.letters)
      } else {
        PhraseForms.append(first, document.text, to: &table.letters)
      }
      table.rows.append(
        KeywordTable.Row(
          phrase: start.letter..<table.letters.count, score: entry.score,
          occurrences: start.span..<table.spans.count))
    }
  }

  /// Fills `occurrences` with all that begin and end in content words, in order: of those of the first word, the
  /// ones where the index has the same phrase.
  private mutating func findOccurrences(
    of entry: BestPhrases.Entry, _ phrase: Int32, _ first: PhraseForms.Occurrence,
    _ document: TokenizedDocument
  ) {
    occurrences.removeAll(keepingCapacity: true)
    occurrences.append(first)
    var i = Int(words.nextOfWord[entry.first])
    while i >= 0 {
      if words.tokens[i].traits.contains(.content), phrases.phrase(at: i, length: entry.length) == phrase,
        words.tokens[i + entry.length - 1].traits.contains(.content)
      {
        occurrences.append(words.occurrence(at: i, entry.length, document.tokens))
      }
      i = Int(words.nextOfWord[i])
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
