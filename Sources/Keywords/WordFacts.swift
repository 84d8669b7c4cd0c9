import ArabicText

/// What the scorings need of one distinct word, or summed over the words of a phrase.
struct WordFacts {
  /// 1 for a content word: the number of content words in the sum.
  var content: Float = 0
  /// Background idf in 0...1; 1 throughout without a table.
  var idf: Float = 0
  /// log(1 + count of the word's stem).
  var stem: Float = 0
  /// 1 when the word, or one of its stem, is in the title.
  var title: Float = 0

  static func + (a: WordFacts, b: WordFacts) -> WordFacts {
    WordFacts(
      content: a.content + b.content, idf: a.idf + b.idf, stem: a.stem + b.stem, title: a.title + b.title)
  }
}

/// Facts of every distinct word of an article, and their sums over every phrase.
struct PhraseFacts {
  /// By word number; words that are no content words have none.
  private(set) var words: [WordFacts] = []
  /// By phrase number.
  private(set) var phrases: [WordFacts] = []

  private var titleStems: [Bool] = []

  mutating func fill(
    from document: TokenizedDocument, index: CandidateIndex, background: BackgroundTable?,
    logarithms: LogarithmTable
  ) {
    markTitle(document, index)
    words.removeAll(keepingCapacity: true)
    for word in index.words {
      guard word.isContent else {
        words.append(WordFacts())
        continue
      }
      let idf = background.map { table in
        document.terms.keys.withUnits(of: word.base) { table.inverseDocumentFrequency(of: $0) }
      }
      words.append(
        WordFacts(
          content: 1, idf: idf ?? 1, stem: logarithms[1 + Int(index.stemCounts[Int(word.stem)])],
          title: titleStems[Int(word.stem)] ? 1 : 0))
    }
    phrases.removeAll(keepingCapacity: true)
    // A phrase is made after the one it continues, so the parent's sum is there.
    for phrase in index.phrases {
      let last = words[Int(phrase.word)]
      phrases.append(phrase.parent < 0 ? last : phrases[Int(phrase.parent)] + last)
    }
  }

  private mutating func markTitle(_ document: TokenizedDocument, _ index: CandidateIndex) {
    titleStems.removeAll(keepingCapacity: true)
    titleStems.append(contentsOf: repeatElement(false, count: index.stemCounts.count))
    for token in document.titleTokens {
      let term = document.terms[token.term]
      if !term.isStopWord, let stem = index.stem(ofKey: term.stem) { titleStems[Int(stem)] = true }
    }
  }
}

/// Natural logarithms of whole numbers; small ones, nearly all that are asked for, from a table.
struct LogarithmTable {
  private let values: [Float] = (0..<4096).map { Float(reproducibleLog(Double($0))) }

  /// log(n); 0 for n below 1.
  subscript(n: Int) -> Float {
    n < values.count ? values[max(0, n)] : Float(reproducibleLog(Double(n)))
  }
}
