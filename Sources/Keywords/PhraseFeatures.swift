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

  /// - Parameter words: the phrase's word numbers, in any order.
  init(_ phrase: CandidateIndex.Phrase, words: [Int32], index: CandidateIndex, facts: WordFacts) {
    let count = Float(phrase.count)
    var content: Float = 0
    var stems: Float = 0
    var title: Float = 0
    var idf: Float = 0
    for word in words where index.words[Int(word)].isContent {
      content += 1
      stems += facts.stemWeight[Int(word)]
      title += facts.isInTitle[Int(word)] ? 1 : 0
      idf += facts.idf[Int(word)]
    }
    content = max(content, 1)
    frequency = Float(reproducibleLog(1 + Double(phrase.count)))
    self.stems = stems / content
    length = words.count
    position =
      1 - Float(reproducibleLog(1 + Double(phrase.first)) / reproducibleLog(2 + Double(index.wordAt.count)))
    self.title = title / content
    nesting = phrase.nested > 1 ? min(1, Float(phrase.nested) / count) : 0
    boundedness = Float(phrase.bounded) / (2 * count)
    definite = Float(phrase.definite) / count
    innerClitic = Float(phrase.innerClitic) / count
    innerStop = (Float(words.count) - content) / Float(words.count)
    self.idf = idf / content
  }

  /// The weighted sum.
  func score(_ weights: KeywordWeights) -> Float {
    let prior = weights.length.isEmpty ? 0 : weights.length[min(length, weights.length.count) - 1]
    var sum = prior
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
