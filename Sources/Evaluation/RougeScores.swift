/// ROUGE F1 of a summary (Lin 2004, "ROUGE: a package for automatic evaluation of summaries"); each 0 to 1.
public struct RougeValues: Sendable, Hashable {
  /// ROUGE-1: shared words, each counted as often as it stands in both.
  public var rouge1: Double
  /// ROUGE-2: shared pairs of neighbouring words.
  public var rouge2: Double
  /// ROUGE-L: the longest common subsequence of the two texts as wholes, not sentence by sentence.
  public var rougeL: Double

  /// Makes values; all 0 by default.
  public init(rouge1: Double = 0, rouge2: Double = 0, rougeL: Double = 0) {
    self.rouge1 = rouge1
    self.rouge2 = rouge2
    self.rougeL = rougeL
  }

  /// One value computed for each of the three.
  init(_ values: [RougeValues], _ combine: ([Double]) -> Double) {
    rouge1 = combine(values.map(\.rouge1))
    rouge2 = combine(values.map(\.rouge2))
    rougeL = combine(values.map(\.rougeL))
  }
}

/// A summary scored against all references of its document.
public struct RougeScore: Sendable, Hashable {
  /// The mean over the references.
  public var average: RougeValues
  /// The best over the references, each measure by itself.
  public var best: RougeValues

  /// Makes a score.
  public init(average: RougeValues, best: RougeValues) {
    self.average = average
    self.best = best
  }
}

/// Scores summaries with ROUGE against references. References are cut into tokens once, when the scorer is made;
/// documents go by their position.
public struct RougeScorer: Sendable {
  private let documents: [ReferenceSet]

  /// - Parameter references: by document, its reference summaries.
  public init(references: [[String]]) {
    documents = references.map(ReferenceSet.init)
  }

  /// The score of every document, in their order; as many summaries as documents.
  public func score(summaries: [String]) -> [RougeScore] {
    zip(documents.indices, summaries).map { score($1, of: $0) }
  }

  /// The score of one document's summary, as it is: cut it before (`SummaryLimit`). A summary without a word, and
  /// a document without references, scores 0.
  public func score(_ summary: String, of document: Int) -> RougeScore {
    let set = documents[document]
    let tokens = TokenSequence(
      SummaryTokens.tokens(of: summary).map { set.numbers[$0] ?? TokenSequence.unknown })
    let values = set.references.map { $0.score(tokens) }
    guard !values.isEmpty else { return RougeScore(average: RougeValues(), best: RougeValues()) }
    return RougeScore(
      average: RougeValues(values, mean), best: RougeValues(values) { $0.max() ?? 0 })
  }
}

/// The references of one document, their tokens numbered.
private struct ReferenceSet: Sendable {
  var numbers: [[Unicode.Scalar]: Int32] = [:]
  var references: [Reference] = []

  init(_ texts: [String]) {
    for text in texts {
      var tokens: [Int32] = []
      for token in SummaryTokens.tokens(of: text) {
        let number = numbers[token] ?? Int32(numbers.count)
        numbers[token] = number
        tokens.append(number)
      }
      references.append(Reference(TokenSequence(tokens)))
    }
  }
}

/// Numbered tokens and how often each word and each pair of neighbours stands there.
private struct TokenSequence: Sendable {
  /// A token that no reference has: it matches nothing, so all of them may be one.
  static let unknown: Int32 = -1

  let tokens: [Int32]
  let unigrams: [Int64: Int]
  let bigrams: [Int64: Int]

  init(_ tokens: [Int32]) {
    self.tokens = tokens
    unigrams = TokenSequence.counts(tokens.map(Int64.init))
    bigrams = TokenSequence.counts(
      zip(tokens, tokens.dropFirst()).map { $0 < 0 || $1 < 0 ? -1 : Int64($0) << 32 | Int64($1) })
  }

  private static func counts(_ grams: [Int64]) -> [Int64: Int] {
    var counts: [Int64: Int] = [:]
    for gram in grams where gram >= 0 { counts[gram, default: 0] += 1 }
    return counts
  }
}

/// One reference, prepared for many summaries.
private struct Reference: Sendable {
  private let sequence: TokenSequence
  /// By token: a bit for each place it stands at, 64 places a word.
  private let places: [Int32: [UInt64]]

  init(_ sequence: TokenSequence) {
    self.sequence = sequence
    var places: [Int32: [UInt64]] = [:]
    let blocks = (sequence.tokens.count + 63) / 64
    for (place, token) in sequence.tokens.enumerated() {
      places[token, default: [UInt64](repeating: 0, count: blocks)][place / 64] |= 1 << UInt64(place % 64)
    }
    self.places = places
  }

  func score(_ summary: TokenSequence) -> RougeValues {
    let (ours, theirs) = (sequence.tokens.count, summary.tokens.count)
    return RougeValues(
      rouge1: Reference.f1(Reference.common(summary.unigrams, sequence.unigrams), theirs, ours),
      rouge2: Reference.f1(
        Reference.common(summary.bigrams, sequence.bigrams), max(0, theirs - 1), max(0, ours - 1)),
      rougeL: Reference.f1(longestCommonSubsequence(summary.tokens), theirs, ours))
  }

  private static func f1(_ hits: Int, _ predicted: Int, _ wanted: Int) -> Double {
    hits == 0 ? 0 : 2 * Double(hits) / Double(predicted + wanted)
  }

  private static func common(_ a: [Int64: Int], _ b: [Int64: Int]) -> Int {
    a.reduce(0) { $0 + min($1.value, b[$1.key] ?? 0) }
  }

  /// Bit-parallel (Hyyrö 2004, "Bit-parallel LCS-length computation revisited"): a zero in `row` is a place of the
  /// reference where the length grows by one.
  private func longestCommonSubsequence(_ tokens: [Int32]) -> Int {
    let count = sequence.tokens.count
    var row = [UInt64](repeating: .max, count: (count + 63) / 64)
    for token in tokens {
      guard let matches = places[token] else { continue }
      var carry = false
      for block in row.indices {
        let common = row[block] & matches[block]
        let (partial, first) = row[block].addingReportingOverflow(common)
        let (sum, second) = partial.addingReportingOverflow(carry ? 1 : 0)
        carry = first || second
        row[block] = sum | (row[block] & ~matches[block])
      }
    }
    // Places behind the last token match nothing and stay ones.
    return row.reduce(0) { $0 + (~$1).nonzeroBitCount }
  }
}
