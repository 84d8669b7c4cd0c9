import ArabicText

/// How much a sentence says of what the article keeps coming back to.
///
/// A stem weighs log(n) where n sentences have it: what recurs is the subject (Luhn 1958), and the logarithm keeps
/// the most frequent one from deciding alone. A stem of one sentence weighs little. A sentence has the sum over its
/// distinct stems, those of its first words counted more often since Arabic sentences open with what they are
/// about, over the root of its length: the sum alone prefers the longest sentences, the mean the shortest.
///
/// Time grows with the number of words; background frequencies were tried and changed nothing that could be measured.
struct SentenceRecurrence {
  /// By sentence; not negative, 0 for sentences without content words.
  private(set) var scores: [Float] = []

  /// How many words at the beginning tell the topic.
  let opening: Int
  /// How much the stems of these words count; 1 is as much as those of the rest.
  let topic: Float

  /// By number of sentences: the weight of a stem that so many have.
  private var weights: [Float] = [0, SentenceVectors.soleStem]

  init(opening: Int, topic: Float) {
    self.opening = max(0, opening)
    self.topic = topic
  }

  mutating func rank(_ vectors: SentenceVectors, _ document: TokenizedDocument) {
    while weights.count <= document.sentences.count {
      weights.append(Float(reproducibleLog(Double(weights.count))))
    }
    scores.removeAll(keepingCapacity: true)
    vectors.sentencesOfStem.withUnsafeBufferPointer { sentences in
      weights.withUnsafeBufferPointer { weights in
        vectors.withUnsafeRows { rows in
          for (i, sentence) in document.sentences.enumerated() {
            let row = rows[i]
            let first = row.prefix(openingStems(of: sentence, row, rows, document)).endIndex
            var ahead: Float = 0
            var after: Float = 0
            for at in row.lowerBound..<first { ahead += weights[Int(sentences[Int(rows.columns[at])])] }
            for at in first..<row.upperBound { after += weights[Int(sentences[Int(rows.columns[at])])] }
            let words = Float(max(1, sentence.tokens.count))
            scores.append((topic * ahead + after) / words.squareRoot())
          }
        }
      }
    }
  }

  /// How many of the row's stems are in the first words. Rows are in order of first sight, so these come first, and
  /// a word that brings a new stem brings the next one of the row.
  @inline(__always)
  private func openingStems(
    of sentence: Sentence, _ row: Range<Int>, _ rows: SentenceVectors.Rows, _ document: TokenizedDocument
  ) -> Int {
    let vocabulary = document.vocabulary
    var next = row.lowerBound
    for i in sentence.tokens.prefix(opening) where next < row.upperBound {
      let form = vocabulary.forms[Int(vocabulary.tokens[i])]
      if !form.isStopWord, form.stem == rows.columns[next] { next += 1 }
    }
    return next - row.lowerBound
  }
}
