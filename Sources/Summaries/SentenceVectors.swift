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

  /// By stem: how many sentences have it in a content word.
  private(set) var sentencesOfStem: [Int32] = []
  /// Where the stem stands in the row being built, +1; 0 when it does not.
  private var place: [Int32] = []
  /// By form: its stem; -1 for stop words.
  private var stems: [Int32] = []
  private var rarity: [Float] = []
  private var logarithms: [Float] = []

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
    let vocabulary = document.vocabulary
    stemCount = vocabulary.stemCount
    SentenceVectors.fill(&stems, vocabulary.forms.count, 0)
    stems.withUnsafeMutableBufferPointer { stems in
      vocabulary.forms.withUnsafeBufferPointer { forms in
        for i in 0..<stems.count { stems[i] = forms[i].isStopWord ? -1 : forms[i].stem }
      }
    }
    SentenceVectors.fill(&sentencesOfStem, stemCount, 0)
    SentenceVectors.fill(&place, stemCount, 0)
    SentenceVectors.fill(&starts, document.sentences.count + 1, 0)
    // Room for as many as there can be, so that the loops write to plain memory.
    SentenceVectors.fill(&columns, document.tokens.count, 0)
    SentenceVectors.fill(&values, document.tokens.count, 1)
    let count = addRows(document)
    columns.removeLast(columns.count - count)
    values.removeLast(values.count - count)
    weigh()
  }

  /// Gives an array so many elements, all of them the same, and keeps its room.
  static func fill<Element>(_ array: inout [Element], _ count: Int, _ value: Element) {
    array.removeAll(keepingCapacity: true)
    array.append(contentsOf: repeatElement(value, count: count))
  }

  /// The counts of every sentence's stems, in order of first sight; returns how many there are.
  private mutating func addRows(_ document: TokenizedDocument) -> Int {
    var count = 0
    columns.withUnsafeMutableBufferPointer { columns in
      values.withUnsafeMutableBufferPointer { values in
        place.withUnsafeMutableBufferPointer { place in
          sentencesOfStem.withUnsafeMutableBufferPointer { sentences in
            stems.withUnsafeBufferPointer { stems in
              document.vocabulary.tokens.withUnsafeBufferPointer { forms in
                document.tokens.withUnsafeBufferPointer { tokens in
                  for (number, sentence) in document.sentences.enumerated() {
                    let start = count
                    for i in sentence.tokens {
                      let stem = Int(stems[Int(forms[i])])
                      guard stem >= 0, SentenceVectors.counts(tokens[i].kind) else { continue }
                      let known = place[stem]
                      if known == 0 {
                        columns[count] = Int32(truncatingIfNeeded: stem)
                        count &+= 1
                        place[stem] = Int32(truncatingIfNeeded: count)
                        sentences[stem] &+= 1
                      } else {
                        values[Int(known) &- 1] += 1
                      }
                    }
                    for at in start..<count { place[Int(columns[at])] = 0 }
                    starts[number + 1] = Int32(truncatingIfNeeded: count)
                  }
                }
              }
            }
          }
        }
      }
    }
    return count
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
    fillRarities()
    rarity.withUnsafeBufferPointer { rarity in
      starts.withUnsafeBufferPointer { starts in
        columns.withUnsafeBufferPointer { columns in
          values.withUnsafeMutableBufferPointer { values in
            for i in 0..<(starts.count - 1) {
              let row = Int(starts[i])..<Int(starts[i &+ 1])
              var square: Float = 0
              for at in row {
                let value = values[at] * rarity[Int(columns[at])]
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

  private mutating func fillRarities() {
    let count = Double(starts.count - 1)
    // Most stems stand in few sentences: one logarithm for each number of sentences.
    logarithms.removeAll(keepingCapacity: true)
    for sentences in 0...Int(sentencesOfStem.max() ?? 0) {
      logarithms.append(Float(reproducibleLog(1 + count / Double(max(1, sentences)))))
    }
    if logarithms.count > 1 { logarithms[1] = SentenceVectors.soleStem }
    SentenceVectors.fill(&rarity, stemCount, 0)
    rarity.withUnsafeMutableBufferPointer { rarity in
      sentencesOfStem.withUnsafeBufferPointer { sentences in
        logarithms.withUnsafeBufferPointer { logarithms in
          for i in 0..<rarity.count { rarity[i] = logarithms[Int(sentences[i])] }
        }
      }
    }
  }
}
