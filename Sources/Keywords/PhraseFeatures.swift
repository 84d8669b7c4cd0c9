import ArabicText

/// What the default scoring looks at, one value for each weight of `KeywordWeights`.
struct PhraseFeatures {
  var frequency: Float
  var stems: Float
  var length: Int
  var position: Float
  var title: Float
  var nesting: Float
  var boundedness: Float
  var definite: Float
  var innerClitic: Float
  var innerStop: Float
  var idf: Float

  /// - Parameters:
  ///   - sums: facts summed over the phrase's words.
  ///   - logOfLength: log(2 + words of the article).
  init(_ phrase: CandidateIndex.Phrase, _ sums: WordFacts, logarithms: LogarithmTable, logOfLength: Float) {
    let count = Float(phrase.count)
    let words = Float(phrase.length)
    let content = max(1, sums.content)
    frequency = logarithms[1 + Int(phrase.count)]
    stems = sums.stem / content
    length = Int(phrase.length)
    position = 1 - logarithms[1 + Int(phrase.first)] / logOfLength
    title = sums.title / content
    // Only a longer phrase that recurs is a rival; every phrase met once lies inside longer ones met once.
    nesting = phrase.nested > 1 ? min(1, Float(phrase.nested) / count) : 0
    boundedness = Float(phrase.bounded) / (2 * count)
    definite = Float(phrase.definite) / count
    innerClitic = Float(phrase.innerClitic) / count
    innerStop = (words - content) / words
    idf = sums.idf / content
  }

  /// The weighted sum.
  func score(_ weights: KeywordWeights) -> Float {
    var sum = weights.prior(ofLength: length)
    sum += weights.frequency * frequency
    sum += weights.stems * stems
    sum += weights.position * position
    sum += weights.title * title
    sum += weights.nesting * nesting
    sum += weights.boundedness * boundedness
    sum += weights.definite * definite
    sum += weights.innerClitic * innerClitic
    sum += weights.innerStop * innerStop
    sum += weights.idf * idf
    return sum
  }
}
