import ArabicText

/// The sentences of an article as unit vectors over stems, weighed by count and rarity among the sentences.
///
/// Rows lie one after the other (compressed sparse rows): row `i` is `columns[starts[i]..<starts[i + 1]]`.
struct SentenceVectors {
  private(set) var starts: [Int32] = []
  private(set) var columns: [Int32] = []
  private(set) var values: [Float] = []
  /// Number of distinct stems.
  var stemCount: Int { stems.count }

  private var stems = LocalNumbering()
  private var sentencesOfStem: [Int32] = []
  /// Where the stem stands in the row being built, +1; 0 when it does not.
  private var place: [Int32] = []
  /// Stems of the content words, and how many of them come before the end of each sentence.
  private var words: [UInt32] = []
  private var terms: [Term] = []
  private var ends: [Int32] = []
  private var rarity: [Float] = []
  private var logarithms: [Float] = []

  /// Row `i` as a range of `columns` and `values`.
  func row(_ i: Int) -> Range<Int> { Int(starts[i])..<Int(starts[i + 1]) }

  /// Column of a stem of the term table, or nil.
  func column(ofStem key: UInt32) -> Int32? { stems.find(key) }

  mutating func fill(from document: TokenizedDocument) {
    stems.reset(idCount: document.terms.keys.count)
    starts.removeAll(keepingCapacity: true)
    columns.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
    sentencesOfStem.removeAll(keepingCapacity: true)
    place.removeAll(keepingCapacity: true)
    starts.append(0)
    collectStems(document)
    stems.prepare(count: words.count) { words[$0] }
    addRows()
    weigh()
  }

  private mutating func collectStems(_ document: TokenizedDocument) {
    words.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    document.terms.rows(of: document.tokens, into: &terms)
    for sentence in document.sentences {
      for i in sentence.tokens {
        switch document.tokens[i].kind {
        case .arabic, .latin, .mixed: if !terms[i].isStopWord { words.append(terms[i].stem) }
        case .number, .url, .other: break
        }
      }
      ends.append(Int32(words.count))
    }
  }

  /// The counts of every sentence's stems, in order of first sight.
  private mutating func addRows() {
    // Room for as many as there can be, so that the loops write to plain memory.
    let most = words.count
    columns.append(contentsOf: repeatElement(0, count: most))
    values.append(contentsOf: repeatElement(1, count: most))
    place.append(contentsOf: repeatElement(0, count: most))
    sentencesOfStem.append(contentsOf: repeatElement(0, count: most))
    var count = 0
    columns.withUnsafeMutableBufferPointer { columns in
      values.withUnsafeMutableBufferPointer { values in
        place.withUnsafeMutableBufferPointer { place in
          sentencesOfStem.withUnsafeMutableBufferPointer { sentences in
            var word = 0
            for end in ends {
              let start = count
              while word < Int(end) {
                let column = stems.number(words[word])
                let known = place[Int(column)]
                if known == 0 {
                  columns[count] = column
                  count += 1
                  place[Int(column)] = Int32(count)
                  sentences[Int(column)] += 1
                } else {
                  values[Int(known) - 1] += 1
                }
                word += 1
              }
              for at in start..<count { place[Int(columns[at])] = 0 }
              starts.append(Int32(count))
            }
          }
        }
      }
    }
    columns.removeLast(most - count)
    values.removeLast(most - count)
    sentencesOfStem.removeLast(most - stems.count)
  }

  /// What a stem met in one sentence alone weighs. It links the sentence to no other, and at full weight long
  /// sentences would lose their links to it.
  static let soleStem: Float = 0.1

  /// Weights counts by log(1 + n / sentences with the stem) and brings every row to length 1.
  private mutating func weigh() {
    let count = Double(starts.count - 1)
    // Most stems stand in few sentences: one logarithm for each number of sentences.
    logarithms.removeAll(keepingCapacity: true)
    rarity.removeAll(keepingCapacity: true)
    for sentences in sentencesOfStem {
      while logarithms.count <= Int(sentences) {
        logarithms.append(Float(reproducibleLog(1 + count / Double(max(1, logarithms.count)))))
      }
      rarity.append(sentences == 1 ? SentenceVectors.soleStem : logarithms[Int(sentences)])
    }
    let (starts, columns, rarity) = (starts, columns, rarity)
    var values = values.mutableSpan
    for i in 0..<(starts.count - 1) {
      let row = Int(starts[i])..<Int(starts[i + 1])
      var square: Float = 0
      for at in row {
        values[at] *= rarity[Int(columns[at])]
        square += values[at] * values[at]
      }
      guard square > 0 else { continue }
      let scale = 1 / square.squareRoot()
      for at in row { values[at] *= scale }
    }
  }
}
