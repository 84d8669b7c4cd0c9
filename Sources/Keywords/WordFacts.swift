import ArabicText

/// What the scorings need of one distinct word, or summed over the words of a phrase from left to right.
///
/// Four numbers side by side, so that summing is one instruction: 1 for a content word; background idf in
/// 0...1 (1 throughout without a model); log(1 + count of the word's stem); 1 when the word, or one of its
/// stem, is in the title. Words that are no content words have none.
typealias WordFacts = SIMD4<Float>

extension SIMD4<Float> {
  /// Number of content words.
  var content: Float { self[0] }
  /// Sum of background idf.
  var idf: Float { self[1] }
  /// Sum of the damped counts of stems.
  var stem: Float { self[2] }
  /// Number of words of the title.
  var title: Float { self[3] }
}

/// Facts of every distinct word of an article.
struct WordFactTable {
  /// By word number.
  private(set) var words: [WordFacts] = []

  private var titleStems: [Bool] = []
  /// By word number: background idf.
  private var idf: [Float] = []
  private var rarities = RarityCache()

  mutating func fill(
    from document: TokenizedDocument, _ index: WordIndex, background: BackgroundModel?,
    logarithms: LogarithmTable
  ) {
    markTitle(document, index)
    if let background {
      rarities.fill(&idf, index.words, document.vocabulary.words, document.terms, background)
    }
    let hasBackground = background != nil
    words.resize(to: index.words.count, .zero)
    words.withUnsafeMutableBufferPointer { facts in
      document.vocabulary.words.withUnsafeBufferPointer { words in
        index.stemCounts.withUnsafeBufferPointer { counts in
          titleStems.withUnsafeBufferPointer { isInTitle in
            idf.withUnsafeBufferPointer { idf in
              logarithms.withUnsafeValues { logarithms in
                for i in 0..<words.count {
                  let stem = Int(words[i].stem)
                  let found = WordFacts(
                    1, hasBackground ? idf[i] : 1, logarithms[1 &+ Int(counts[stem])], isInTitle[stem] ? 1 : 0
                  )
                  facts[i] = index.words[i].isContent ? found : .zero
                }
              }
            }
          }
        }
      }
    }
  }

  private mutating func markTitle(_ document: TokenizedDocument, _ index: WordIndex) {
    titleStems.refill(first: index.stemCounts.count, false)
    for stem in document.vocabulary.titleStems { titleStems[Int(stem)] = true }
  }
}

/// The background idf of the keys of a term table, each looked up once.
private struct RarityCache {
  /// By key id; negative where it was not looked up yet.
  private var values: [Float] = []
  private var lineage = 0

  /// Writes the idf of each content word to `idf`.
  ///
  /// What is known lies far apart in memory, so it is fetched in a loop of its own, many words at a time.
  mutating func fill(
    _ idf: inout [Float], _ index: [WordIndex.Word], _ words: [Vocabulary.Word], _ terms: TermTable,
    _ background: BackgroundModel
  ) {
    prepare(terms)
    idf.resize(to: words.count, 0)
    idf.withUnsafeMutableBufferPointer { idf in
      values.withUnsafeBufferPointer { values in
        words.withUnsafeBufferPointer { words in
          for i in 0..<words.count { idf[i] = values[Int(words[i].base)] }
        }
      }
      for i in idf.indices where idf[i] < 0 && index[i].isContent {
        let base = words[i].base
        idf[i] = terms.keys.withUnits(of: base) { background.inverseDocumentFrequency(of: $0) }
        values[Int(base)] = idf[i]
      }
    }
  }

  /// Turns to a document's table: what is known stays known only if the ids mean the same.
  private mutating func prepare(_ terms: TermTable) {
    if lineage != terms.lineage {
      lineage = terms.lineage
      values.removeAll(keepingCapacity: true)
    }
    let missing = terms.keys.count - values.count
    if missing > 0 { values.append(contentsOf: repeatElement(-1, count: missing)) }
  }
}

/// Natural logarithms of whole numbers; small ones, nearly all that are asked for, from a table.
struct LogarithmTable {
  private let values: [Float] = (0..<4096).map { Float(reproducibleLog(Double($0))) }

  /// log(n); 0 for n below 1.
  subscript(n: Int) -> Float {
    n < values.count ? values[max(0, n)] : Float(reproducibleLog(Double(n)))
  }

  /// The same over plain memory, for loops.
  struct Values {
    fileprivate let values: UnsafeBufferPointer<Float>

    /// log(n) of a number that is not negative.
    @inline(__always)
    subscript(n: Int) -> Float { n < values.count ? values[n] : Float(reproducibleLog(Double(n))) }
  }

  /// Calls `body` with the logarithms, which are valid for the call.
  @inline(__always)
  func withUnsafeValues<R>(_ body: (Values) -> R) -> R {
    values.withUnsafeBufferPointer { body(Values(values: $0)) }
  }
}
