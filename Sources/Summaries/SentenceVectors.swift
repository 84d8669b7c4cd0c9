import ArabicText

/// The sentences of an article as unit vectors over stems, weighed by count and rarity among the sentences.
///
/// Rows lie one after the other (compressed sparse rows): row `i` is `columns[starts[i]..<starts[i + 1]]`.
struct SentenceVectors {
  private(set) var starts: [Int32] = []
  private(set) var columns: [Int32] = []
  private(set) var values: [Float] = []
  /// Number of distinct stems of the article; columns are below it.
  private(set) var stemCount = 0

  /// Number of sentences, which is that of rows. The arrays may have room for more.
  private(set) var count = 0

  /// By stem: how many sentences have it in a content word.
  private(set) var sentencesOfStem: [Int32] = []
  /// Where the stem stands in the row being built, +1; 0 when it does not.
  private var place: [Int32] = []
  /// By number of sentences that have a stem: what the stem weighs.
  private var rarity: [Float] = []

  /// Row `i` as a range of `columns` and `values`.
  func row(_ i: Int) -> Range<Int> { Int(starts[i])..<Int(starts[i + 1]) }

  /// The rows as plain memory.
  struct Rows {
    let starts: UnsafeBufferPointer<Int32>
    let columns: UnsafeBufferPointer<Int32>
    let values: UnsafeBufferPointer<Float>

    /// Row `i` as a range of `columns` and `values`.
    @inline(__always)
    subscript(i: Int) -> Range<Int> { Range(uncheckedBounds: (Int(starts[i]), Int(starts[i &+ 1]))) }
  }

  /// Calls `body` with the rows, which are valid for the call.
  func withUnsafeRows<R>(_ body: (Rows) -> R) -> R {
    starts.withUnsafeBufferPointer { starts in
      columns.withUnsafeBufferPointer { columns in
        values.withUnsafeBufferPointer { values in
          body(Rows(starts: starts, columns: columns, values: values))
        }
      }
    }
  }

  /// Whether a sentence has the stem in a content word.
  func has(stem: Int32) -> Bool { sentencesOfStem[Int(stem)] > 0 }

  mutating func fill(from document: TokenizedDocument) {
    stemCount = document.vocabulary.stemCount
    count = document.sentences.count
    sentencesOfStem.refill(first: stemCount, 0)
    place.refill(first: stemCount, 0)
    starts.grow(to: count + 1, 0)
    // Room for as many as there can be, so that the loops write to plain memory.
    columns.grow(to: document.tokens.count, 0)
    values.grow(to: document.tokens.count, 0)
    addRows(document)
    fillRarities()
    weigh()
  }

  /// The counts of every sentence's stems, in order of first sight.
  private mutating func addRows(_ document: TokenizedDocument) {
    columns.withUnsafeMutableBufferPointer { columns in
      values.withUnsafeMutableBufferPointer { values in
        place.withUnsafeMutableBufferPointer { place in
          sentencesOfStem.withUnsafeMutableBufferPointer { sentences in
            starts.withUnsafeMutableBufferPointer { starts in
              document.vocabulary.tokens.withUnsafeBufferPointer { numbers in
                document.vocabulary.forms.withUnsafeBufferPointer { forms in
                  document.tokens.withUnsafeBufferPointer { tokens in
                    var count = 0
                    for (number, sentence) in document.sentences.enumerated() {
                      let start = count
                      for i in sentence.tokens {
                        let form = forms[Int(numbers[i])]
                        guard !form.isStopWord, SentenceVectors.counts(tokens[i].kind) else { continue }
                        let stem = Int(form.stem)
                        let known = place[stem]
                        if known == 0 {
                          columns[count] = form.stem
                          values[count] = 1
                          count &+= 1
                          place[stem] = Int32(truncatingIfNeeded: count)
                          sentences[stem] &+= 1
                        } else {
                          values[Int(known) &- 1] += 1
                        }
                      }
                      for at in start..<count { place[Int(columns[at])] = 0 }
                      starts[number &+ 1] = Int32(truncatingIfNeeded: count)
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  }

  /// Numbers, addresses and emoji link no sentences.
  @inline(__always)
  private static func counts(_ kind: TokenKind) -> Bool {
    switch kind {
    case .arabic, .latin, .mixed: true
    case .number, .url, .other: false
    }
  }

  /// What a stem met in one sentence alone weighs. It links the sentence to no other, and at full weight long
  /// sentences would lose their links to it.
  static let soleStem: Float = 0.1

  /// Weights counts by log(1 + n / sentences with the stem) and brings every row to length 1.
  private mutating func weigh() {
    let count = count
    rarity.withUnsafeBufferPointer { rarity in
      sentencesOfStem.withUnsafeBufferPointer { sentences in
        starts.withUnsafeBufferPointer { starts in
          columns.withUnsafeBufferPointer { columns in
            values.withUnsafeMutableBufferPointer { values in
              for i in 0..<count {
                let row = Int(starts[i])..<Int(starts[i &+ 1])
                var square: Float = 0
                for at in row {
                  let value = values[at] * rarity[Int(sentences[Int(columns[at])])]
                  values[at] = value
                  square += value * value
                }
                guard square > 0 else { continue }
                let scale = 1 / square.squareRoot()
                for at in row { values[at] *= scale }
              }
            }
          }
        }
      }
    }
  }

  /// Most stems stand in few sentences: one logarithm for each number of sentences.
  private mutating func fillRarities() {
    var most: Int32 = 1
    sentencesOfStem.withUnsafeBufferPointer { sentences in
      for stem in 0..<stemCount { most = max(most, sentences[stem]) }
    }
    rarity.grow(to: Int(most) + 1, 0)
    rarity[1] = SentenceVectors.soleStem
    for sentences in 2..<max(2, Int(most) + 1) {
      rarity[sentences] = Float(reproducibleLog(1 + Double(count) / Double(sentences)))
    }
  }
}
