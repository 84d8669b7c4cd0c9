import ArabicText

/// The best candidates of an article with what a ranker may ask about them, one column a feature.
///
/// Few phrases come this far, so what is looked at may cost more than in `PhraseScorer`: every occurrence, its
/// neighbours, and the background.
struct CandidateTable {
  /// Candidates that are scored together.
  static let lanes = 8
  /// Values of so many candidates.
  static let blockSize = RankingFeature.allCases.count * lanes

  /// One block for every `lanes` candidates: for each feature the values of those. Beyond the last candidate they mean
  /// nothing.
  private(set) var values: [Float] = []

  /// Where a block has the values of a feature.
  @inline(__always)
  static func offset(of feature: RankingFeature) -> Int { feature.rawValue &* lanes }

  /// Where the values of a candidate's features are, `lanes` apart.
  @inline(__always)
  private static func start(of candidate: Int) -> Int {
    candidate / lanes * blockSize + candidate % lanes
  }

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
    RankingFeature.allCases.map {
      values[CandidateTable.start(of: candidate) + CandidateTable.offset(of: $0)]
    }
  }

  /// Fills the table; what it held before is forgotten.
  ///
  /// - Parameter usages: turned to the terms of the article.
  mutating func fill(
    _ candidates: [BestPhrases.Entry], _ article: IndexedArticle, usages: inout WordUsages,
    background: BackgroundModel
  ) {
    let blocks = (candidates.count + CandidateTable.lanes - 1) / CandidateTable.lanes
    values.grow(to: blocks * CandidateTable.blockSize, 0)
    let scales = ArticleScales(article)
    let wantsBackground = wantsPhrase || wantsCohesion
    values.withUnsafeMutableBufferPointer { values in
      for i in candidates.indices {
        let column = Column(values: values.baseAddress! + CandidateTable.start(of: i))
        let words = WordSummary(candidates[i], article, &usages)
        column.set(words, candidates[i], article, scales)
        column.set(PlaceSummary(candidates[i], article), candidates[i], article, scales)
        guard wantsBackground else { continue }
        column[.backgroundPhrase] = article.logarithms[1 + words.documents(background)]
        column[.cohesion] = words.cohesion(background)
      }
    }
  }

  /// Where the values of one candidate go.
  private struct Column {
    let values: UnsafeMutablePointer<Float>

    subscript(feature: RankingFeature) -> Float {
      @inline(__always) get { values[CandidateTable.offset(of: feature)] }
      @inline(__always) nonmutating set { values[CandidateTable.offset(of: feature)] = newValue }
    }

    @inline(__always)
    func set(
      _ words: WordSummary, _ candidate: BestPhrases.Entry, _ article: IndexedArticle, _ scales: ArticleScales
    ) {
      let length = Float(candidate.length)
      let sums = words.sums / WordFacts(repeating: max(1, words.sums.content))
      self[.words] = length
      self[.letters] = Float(words.letters)
      self[.firstLetters] = Float(words.first.letters)
      self[.lastLetters] = Float(words.last.letters)
      self[.stems] = sums.stem
      self[.leastStem] = words.leastStem
      self[.firstStem] = article.facts(ofToken: candidate.first).stem
      self[.lastStem] = article.facts(ofToken: candidate.last).stem
      self[.stemShare] = Float(words.greatestStemCount) * scales.perMostFrequentStem
      self[.innerStop] = (length - words.sums.content) / length
      self[.idf] = sums.idf
      self[.leastIdf] = words.leastIdf
      self[.greatestIdf] = words.greatestIdf
      self[.backgroundFirstDefinite] = words.first.definiteShare
      self[.backgroundLastDefinite] = words.last.definiteShare
      self[.backgroundLeastDefinite] = words.leastDefinite
      self[.backgroundFirstProclitic] = words.first.procliticShare
    }

    @inline(__always)
    func set(
      _ places: PlaceSummary, _ candidate: BestPhrases.Entry, _ article: IndexedArticle,
      _ scales: ArticleScales
    ) {
      let share = places.share
      self[.frequency] = article.logarithms[1 + places.count]
      self[.position] = 1 - article.logarithms[1 + candidate.first] * scales.perLogOfLength
      self[.lastPosition] = Float(places.last) * scales.perToken
      self[.spread] = Float(places.last - candidate.first) * scales.perToken
      self[.nesting] = min(1, Float(article.phrases.nested(candidate)) * share)
      self[.leftEdge] = Float(places.leftEdges) * share
      self[.rightEdge] = Float(places.rightEdges) * share
      self[.afterStopWord] = Float(places.afterStopWord) * share
      self[.afterBreak] = Float(places.afterBreak) * share
      self[.afterDefinite] = Float(places.afterDefinite) * share
      self[.beforeStopWord] = Float(places.beforeStopWord) * share
      self[.beforeBreak] = Float(places.beforeBreak) * share
      self[.firstDefinite] = Float(places.firstDefinite) * share
      self[.lastDefinite] = Float(places.lastDefinite) * share
      self[.innerClitic] = Float(places.innerClitic) * share
    }
  }
}

/// What makes counts of an article comparable with those of others.
private struct ArticleScales {
  let perToken: Float
  let perLogOfLength: Float
  let perMostFrequentStem: Float

  init(_ article: IndexedArticle) {
    perToken = 1 / Float(max(1, article.tokens.count))
    perLogOfLength = 1 / article.logarithms[article.tokens.count + 2]
    var most: Int32 = 1
    for count in article.stemCounts { most = max(most, count) }
    perMostFrequentStem = 1 / Float(most)
  }
}

/// What the words of a candidate say, wherever it stands.
private struct WordSummary {
  /// Over content words.
  private(set) var sums = WordFacts.zero
  private(set) var letters = 0
  private(set) var leastStem = Float.infinity
  private(set) var greatestStemCount: Int32 = 0
  private(set) var leastIdf: Float = 1
  private(set) var greatestIdf: Float = 0
  private(set) var leastDefinite: Float = 1
  private(set) var first = WordUsage.unknown
  private(set) var last = WordUsage.unknown
  /// Rows of the words in the background.
  private var rows = SIMD8<UInt32>.zero
  private var length = 0

  @inline(__always)
  init(_ candidate: BestPhrases.Entry, _ article: IndexedArticle, _ usages: inout WordUsages) {
    for i in candidate.tokens {
      let token = article.tokens[i]
      let word = article.words[Int(token.word)]
      let usage = usages[base: word.base, article.terms]
      if length == 0 { first = usage }
      last = usage
      rows[length] = usage.row
      length &+= 1
      letters &+= Int(usage.letters)
      leastDefinite = min(leastDefinite, usage.definiteShare)
      guard token.traits.contains(.content) else { continue }
      let facts = article.facts[Int(token.word)]
      sums += facts
      leastStem = min(leastStem, facts.stem)
      leastIdf = min(leastIdf, facts.idf)
      greatestIdf = max(greatestIdf, facts.idf)
      greatestStemCount = max(greatestStemCount, article.stemCounts[Int(word.stem)])
    }
  }

  /// Whether the background has all the words.
  private var areKnown: Bool { (0..<length).allSatisfy { rows[$0] != WordUsage.unknownRow } }

  /// Documents of the background with the phrase; of a longer one than it counts, the least over its parts.
  func documents(_ background: BackgroundModel) -> Int {
    guard areKnown else { return 0 }
    switch length {
    case 1: return background.documentFrequency(ofTerm: rows[0])
    case 2: return background.documentFrequency(ofPhrase: rows[0], rows[1])
    default:
      return (2..<length).reduce(Int.max) { least, i in
        min(least, background.documentFrequency(ofPhrase: rows[i - 2], rows[i - 1], rows[i]))
      }
    }
  }

  /// Mean pointwise mutual information of neighbours; 0 where the background does not have a word.
  func cohesion(_ background: BackgroundModel) -> Float {
    guard length > 1, areKnown else { return 0 }
    let sum = (1..<length).reduce(0.0) { sum, i in
      let together = Double(background.documentFrequency(ofPhrase: rows[i - 1], rows[i]))
      let apart =
        Double(background.documentFrequency(ofTerm: rows[i - 1]))
        * Double(background.documentFrequency(ofTerm: rows[i]))
      return sum + reproducibleLog((together + 0.05) * Double(background.documents) / max(1, apart))
    }
    return Float(sum / Double(length - 1))
  }
}

/// What the occurrences of a candidate say.
struct PlaceSummary {
  private(set) var count = 0
  /// First token of the last occurrence.
  private(set) var last = 0
  private(set) var leftEdges = 0
  private(set) var rightEdges = 0
  private(set) var afterStopWord = 0
  private(set) var afterBreak = 0
  private(set) var afterDefinite = 0
  private(set) var beforeStopWord = 0
  private(set) var beforeBreak = 0
  private(set) var firstDefinite = 0
  private(set) var lastDefinite = 0
  private(set) var innerClitic = 0

  /// What one occurrence is of all.
  var share: Float { 1 / Float(count) }
  /// Whether every occurrence is at the start of a sentence or after punctuation.
  var areAllAfterBreak: Bool { afterBreak == count }
  /// Whether every occurrence is right after a word that bears the article.
  var areAllAfterDefinite: Bool { afterDefinite == count }

  @inline(__always)
  init(_ candidate: BestPhrases.Entry, _ article: IndexedArticle) {
    let phrase = article.phrases.recurring(candidate)
    var i = candidate.first
    while i >= 0 {
      if i == candidate.first || article.phrases.occurs(candidate, phrase, at: i, article.tokens) {
        note(i, candidate.length, article.tokens)
      }
      i = phrase < 0 ? -1 : Int(article.nextOfWord[i])
    }
  }

  @inline(__always)
  private mutating func note(_ i: Int, _ length: Int, _ tokens: UnsafeBufferPointer<WordIndex.WordToken>) {
    let first = tokens[i].traits
    let last = tokens[i &+ length &- 1].traits
    let end = i &+ length
    let next: WordIndex.Traits = end < tokens.count ? tokens[end].traits : .breaksBefore
    let before: WordIndex.Traits = i > 0 ? tokens[i &- 1].traits : .content
    count &+= 1
    self.last = i
    leftEdges &+= first.contains(.leftEdge) ? 1 : 0
    rightEdges &+= last.contains(.rightEdge) ? 1 : 0
    firstDefinite &+= first.contains(.definite) ? 1 : 0
    lastDefinite &+= last.contains(.definite) ? 1 : 0
    let opens = first.contains(.breaksBefore)
    afterBreak &+= opens ? 1 : 0
    afterStopWord &+= !opens && !before.contains(.content) ? 1 : 0
    afterDefinite &+= !opens && before.contains(.definite) ? 1 : 0
    let closes = next.contains(.breaksBefore)
    beforeBreak &+= closes ? 1 : 0
    beforeStopWord &+= !closes && !next.contains(.content) ? 1 : 0
    var inner: UInt8 = 0
    for at in (i &+ 1)..<max(end, i &+ 1) { inner |= tokens[at].traits.rawValue }
    innerClitic &+= inner & WordIndex.Traits.proclitic.rawValue != 0 ? 1 : 0
  }
}
