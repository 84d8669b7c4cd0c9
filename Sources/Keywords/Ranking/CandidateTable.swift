import ArabicText

/// The best candidates of an article with what a ranker may ask about them, one column a feature.
///
/// Few phrases come this far, so what is looked at may cost more than in `PhraseScorer`: every occurrence, its
/// neighbours, and the background.
struct CandidateTable {
  /// Candidates a column has room for: a multiple of `lanes`.
  private(set) var stride = 0
  /// Value of candidate `i` at `feature.rawValue * stride + i`; beyond the last candidate it means nothing.
  private(set) var values: [Float] = []

  /// Candidates that are scored together.
  static let lanes = 8

  // What costs most is worked out only for rankers that ask.
  private let wantsPhrase: Bool
  private let wantsCohesion: Bool

  /// Makes a table for rankers that ask for these features.
  init(_ features: Set<RankingFeature>) {
    wantsPhrase = features.contains(.backgroundPhrase)
    wantsCohesion = features.contains(.cohesion)
  }

  /// The values of one candidate, in the order of `RankingFeature.allCases`.
  func row(_ candidate: Int) -> [Float] {
    RankingFeature.allCases.indices.map { values[$0 * stride + candidate] }
  }

  /// Fills the table; what it held before is forgotten.
  mutating func fill(
    _ candidates: [BestPhrases.Entry], _ article: IndexedArticle, usages: inout WordUsages,
    background: BackgroundModel
  ) {
    stride = (candidates.count + CandidateTable.lanes - 1) / CandidateTable.lanes * CandidateTable.lanes
    values.resize(to: stride * RankingFeature.allCases.count, 0)
    let logarithms = article.logarithms
    let tokenCount = Float(article.words.tokens.count)
    let logOfLength = logarithms[article.words.tokens.count + 2]
    let mostFrequentStem = Float(max(1, article.words.stemCounts.max() ?? 1))
    for (i, candidate) in candidates.enumerated() {
      let words = WordSummary(candidate, article, &usages, background)
      let places = PlaceSummary(candidate, article)
      let count = Float(places.count)
      let content = max(1, words.content)
      set(.frequency, i, logarithms[1 + places.count])
      set(.words, i, Float(candidate.length))
      set(.letters, i, Float(words.letters))
      set(.firstLetters, i, Float(words.first.letters))
      set(.lastLetters, i, Float(words.last.letters))
      set(.stems, i, words.stems / content)
      set(.leastStem, i, words.leastStem)
      set(.firstStem, i, article.facts[Int(article.words.tokens[candidate.first].word)].stem)
      set(.lastStem, i, article.facts[Int(article.words.tokens[candidate.tokens.upperBound - 1].word)].stem)
      set(.stemShare, i, Float(words.greatestStemCount) / mostFrequentStem)
      set(.position, i, 1 - logarithms[1 + candidate.first] / logOfLength)
      set(.lastPosition, i, Float(places.last) / tokenCount)
      set(.spread, i, Float(places.last - candidate.first) / tokenCount)
      set(.nesting, i, min(1, Float(article.nested(candidate)) / count))
      set(.leftEdge, i, Float(places.leftEdges) / count)
      set(.rightEdge, i, Float(places.rightEdges) / count)
      set(.afterStopWord, i, Float(places.afterStopWord) / count)
      set(.afterBreak, i, Float(places.afterBreak) / count)
      set(.beforeStopWord, i, Float(places.beforeStopWord) / count)
      set(.beforeBreak, i, Float(places.beforeBreak) / count)
      set(.firstDefinite, i, Float(places.firstDefinite) / count)
      set(.lastDefinite, i, Float(places.lastDefinite) / count)
      set(.innerClitic, i, Float(places.innerClitic) / count)
      set(.innerStop, i, (Float(candidate.length) - words.content) / Float(candidate.length))
      set(.idf, i, words.idf / content)
      set(.leastIdf, i, words.leastIdf)
      set(.greatestIdf, i, words.greatestIdf)
      set(.backgroundFirstDefinite, i, words.first.definiteShare)
      set(.backgroundLastDefinite, i, words.last.definiteShare)
      set(.backgroundLeastDefinite, i, words.leastDefinite)
      set(.backgroundFirstProclitic, i, words.first.procliticShare)
      if wantsPhrase { set(.backgroundPhrase, i, logarithms[1 + words.documents(background)]) }
      if wantsCohesion { set(.cohesion, i, words.cohesion(background)) }
    }
  }

  private mutating func set(_ feature: RankingFeature, _ candidate: Int, _ value: Float) {
    values[feature.rawValue * stride + candidate] = value
  }
}

/// One article as the ranking looks at it.
struct IndexedArticle {
  let document: TokenizedDocument
  let words: WordIndex
  let phrases: PhraseIndex
  /// By word number.
  let facts: [WordFacts]
  let logarithms: LogarithmTable

  /// Occurrences of the most frequent longer candidate that a phrase lies inside; 0 when none recurs.
  func nested(_ candidate: BestPhrases.Entry) -> Int {
    let phrase = phrases.phrase(at: candidate.first, length: candidate.length)
    return phrase < 0 ? 0 : Int(phrases.phrases[Int(phrase)].nested)
  }

  /// Id in `TermTable.keys` of the base of a token.
  func base(ofToken i: Int) -> UInt32 { document.vocabulary.words[Int(words.tokens[i].word)].base }
}

/// What the words of a candidate say, wherever it stands.
private struct WordSummary {
  private(set) var content: Float = 0
  private(set) var letters = 0
  private(set) var stems: Float = 0
  private(set) var leastStem = Float.infinity
  private(set) var greatestStemCount: Int32 = 0
  private(set) var idf: Float = 0
  private(set) var leastIdf: Float = 1
  private(set) var greatestIdf: Float = 0
  private(set) var leastDefinite: Float = 1
  private(set) var first = WordUsage.unknown
  private(set) var last = WordUsage.unknown
  /// Rows of the words in the background, as far as they are known.
  private var rows: SIMD8<UInt32> = .zero
  private var length = 0

  init(
    _ candidate: BestPhrases.Entry, _ article: IndexedArticle, _ usages: inout WordUsages,
    _ background: BackgroundModel
  ) {
    for i in candidate.tokens {
      let token = article.words.tokens[i]
      let usage = usages.usage(ofBase: article.base(ofToken: i), article.document.terms, background)
      if length == 0 { first = usage }
      last = usage
      rows[length] = usage.row
      length += 1
      letters += Int(usage.letters)
      leastDefinite = min(leastDefinite, usage.definiteShare)
      guard token.traits.contains(.content) else { continue }
      let facts = article.facts[Int(token.word)]
      content += 1
      stems += facts.stem
      leastStem = min(leastStem, facts.stem)
      idf += facts.idf
      leastIdf = min(leastIdf, facts.idf)
      greatestIdf = max(greatestIdf, facts.idf)
      let stem = Int(article.document.vocabulary.words[Int(token.word)].stem)
      greatestStemCount = max(greatestStemCount, article.words.stemCounts[stem])
    }
  }

  /// Documents of the background with the phrase; of a longer one than it counts, the least over its parts.
  func documents(_ background: BackgroundModel) -> Int {
    if length == 1 { return background.documentFrequency(ofTerm: rows[0]) }
    let size = min(3, length)
    return (0...(length - size)).reduce(Int.max) { least, start in
      min(least, background.documentFrequency(ofPhrase: (start..<(start + size)).map { rows[$0] }))
    }
  }

  /// Mean pointwise mutual information of neighbours.
  func cohesion(_ background: BackgroundModel) -> Float {
    guard length > 1 else { return 0 }
    let sum = (1..<length).reduce(0.0) { sum, i in
      let together = Double(background.documentFrequency(ofPhrase: [rows[i - 1], rows[i]]))
      let apart =
        Double(max(1, background.documentFrequency(ofTerm: rows[i - 1])))
        * Double(max(1, background.documentFrequency(ofTerm: rows[i])))
      return sum + reproducibleLog((together + 0.05) * Double(background.documents) / apart)
    }
    return Float(sum / Double(length - 1))
  }
}

/// What the occurrences of a candidate say.
private struct PlaceSummary {
  private(set) var count = 0
  /// First token of the last occurrence.
  private(set) var last = 0
  private(set) var leftEdges = 0
  private(set) var rightEdges = 0
  private(set) var afterStopWord = 0
  private(set) var afterBreak = 0
  private(set) var beforeStopWord = 0
  private(set) var beforeBreak = 0
  private(set) var firstDefinite = 0
  private(set) var lastDefinite = 0
  private(set) var innerClitic = 0

  init(_ candidate: BestPhrases.Entry, _ article: IndexedArticle) {
    article.phrases.forEachOccurrence(of: candidate, in: article.words) { i in
      note(i, candidate.length, article.words.tokens)
    }
  }

  private mutating func note(_ i: Int, _ length: Int, _ tokens: [WordIndex.WordToken]) {
    let first = tokens[i].traits
    let last = tokens[i + length - 1].traits
    count += 1
    self.last = i
    leftEdges += first.contains(.leftEdge) ? 1 : 0
    rightEdges += last.contains(.rightEdge) ? 1 : 0
    firstDefinite += first.contains(.definite) ? 1 : 0
    lastDefinite += last.contains(.definite) ? 1 : 0
    if first.contains(.breaksBefore) {
      afterBreak += 1
    } else if i > 0, !tokens[i - 1].traits.contains(.content) {
      afterStopWord += 1
    }
    if i + length == tokens.count || tokens[i + length].traits.contains(.breaksBefore) {
      beforeBreak += 1
    } else if !tokens[i + length].traits.contains(.content) {
      beforeStopWord += 1
    }
    if length > 1, (i + 1..<i + length).contains(where: { tokens[$0].traits.contains(.proclitic) }) {
      innerClitic += 1
    }
  }
}
