import ArabicText

/// One sentence of a summary.
public struct SummarySentence: Sendable, Hashable {
  /// Index into the article's sentences.
  public var index: Int
  /// How good the sentence is, repetition aside; comparable within one article, higher is better.
  public var score: Float

  /// Makes a summary sentence.
  public init(index: Int, score: Float) {
    self.index = index
    self.score = score
  }
}

/// Chooses the sentences that say most of an article.
///
/// Sentences stay whole and in the order of the article. Time grows with the number of words; the result depends
/// on the article and the options alone. One worker owns one summarizer, whose buffers are used again.
public struct Summarizer: Sendable {
  /// What to choose, and how.
  public let options: SummaryOptions

  private var vectors = SentenceVectors()
  private var recurrence: SentenceRecurrence
  private var centrality = SentenceCentrality()
  private var quotes = RunningQuotes()
  private var selection: SentenceSelection
  private var scores: [Float] = []
  /// By stem number of the article.
  private var isInTitle: [Bool] = []

  /// Makes a summarizer.
  public init(_ options: SummaryOptions = SummaryOptions()) {
    self.options = options
    recurrence = SentenceRecurrence(opening: options.weights.opening, topic: options.weights.topic)
    selection = SentenceSelection(
      budget: options.budget, repetition: options.algorithm == .lead ? 1 : options.weights.repetition)
  }

  /// The chosen sentences in the order of the article; empty only when no sentence has a word.
  public mutating func summarize(_ document: TokenizedDocument) -> [SummarySentence] {
    scores.removeAll(keepingCapacity: true)
    vectors.fill(from: document)
    switch options.algorithm {
    case .lead: scoreByPosition(document)
    case .recurrence:
      recurrence.rank(vectors, document)
      scoreByContent(recurrence.scores, document)
    case .centrality:
      centrality.rank(vectors)
      scoreByContent(centrality.scores, document)
    }
    selection.choose(scores, vectors, document)
    return selection.chosen.map { SummarySentence(index: $0, score: scores[$0]) }
  }

  /// Falls with the position; headings and list lines come after all running text.
  private mutating func scoreByPosition(_ document: TokenizedDocument) {
    for (i, sentence) in document.sentences.enumerated() {
      let isRunningText = sentence.role == .body
      scores.append((isRunningText ? 1 : 0) + 1 / Float(i + 1))
    }
  }

  /// The root of what `content` says of each sentence, times its factors.
  private mutating func scoreByContent(_ content: [Float], _ document: TokenizedDocument) {
    let form = SentenceForm(weights: options.weights)
    let position = form.opensInMidFlow(document) ? 0 : options.weights.position
    let titleStems = markTitle(document)
    quotes.find(document)
    // Headings and datelines take no place away from the sentences after them.
    var place: Float = 1
    for (i, sentence) in document.sentences.enumerated() {
      let row = vectors.row(i)
      var shared = 0
      if titleStems > 0 {
        for at in row where isInTitle[Int(vectors.columns[at])] { shared += 1 }
      }
      let title = titleStems == 0 ? 0 : Float(shared) / Float(titleStems)
      let (factor, isRunningText) = form.judge(sentence, document, goesOnInQuotes: quotes.goesOn[i])
      let isTitle = titleStems > 2 && shared == titleStems && 2 * shared >= row.count
      if isTitle, !form.isClosed(sentence, document.text) {
        // The title once more, a headline above the text or a link to it below: whoever has a summary has a title.
        scores.append(0)
        continue
      }
      // The root: how central beyond doubt counts less than where the sentence stands and what it is.
      var score = content[i].squareRoot() * factor
      score *= 1 + options.weights.title * title
      if isRunningText {
        score *= 1 + position / place
        place += 1
      }
      scores.append(score)
    }
  }

  /// Marks the stems of the title that are also in the text; returns how many there are.
  private mutating func markTitle(_ document: TokenizedDocument) -> Int {
    guard !document.vocabulary.titleStems.isEmpty else { return 0 }
    isInTitle.refill(first: vectors.stemCount, false)
    var count = 0
    for stem in document.vocabulary.titleStems where vectors.has(stem: stem) && !isInTitle[Int(stem)] {
      count += 1
      isInTitle[Int(stem)] = true
    }
    return count
  }
}
