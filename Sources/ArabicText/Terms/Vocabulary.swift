/// The distinct words of one article, numbered 0, 1, 2... in order of first sight.
///
/// Ids of the term table depend on the articles before; these numbers depend on the article alone, so they may
/// decide orders that reach the output. And they are small: what keyword extraction and summaries keep by word or
/// by stem are arrays as short as the article, which stay in the nearest cache, and the table is not asked again.
public struct Vocabulary: Sendable {
  /// One distinct surface form.
  public struct Form: Sendable {
    /// Number of its word: all forms of one base share it.
    public var word: Int32
    /// Number of its stem; numbers of stems are below `stemCount`.
    public var stem: Int32
    /// What may be said of it; whether it is a word at all, the token's kind says.
    public var traits: FormTraits
    /// UTF-16 units to leave out when a phrase begins with the form.
    public var cut: UInt8

    /// Whether it is a function word or a word of the user's own stop list.
    @inlinable public var isStopWord: Bool { traits.contains(.stopWord) }
  }

  /// One distinct word.
  public struct Word: Sendable {
    /// Id of its base in `TermTable.keys`.
    public var base: UInt32
    /// Number of the stem of its first form.
    public var stem: Int32
  }

  /// The form of each token of the text.
  public internal(set) var tokens: [Int32] = []
  /// Distinct forms.
  public internal(set) var forms: [Form] = []
  /// Distinct words.
  public internal(set) var words: [Word] = []
  /// Number of distinct stems.
  public internal(set) var stemCount = 0
  /// Stems of the title's words, in order, without stop words and without those that the text does not have.
  public internal(set) var titleStems: [Int32] = []

  /// No word.
  public init() {}
}

/// Makes the vocabularies of one article after another; owned by one worker.
///
/// What is known of terms and keys lies far apart in memory, and half of an article's words are new to it while half
/// are not, which no processor guesses. So what a loop looks at has been asked for by the loop before.
public struct VocabularyBuilder {
  /// A number in the article whose stamp it bears; of another article when the stamp differs.
  private struct Place {
    var stamp: UInt32
    var number: Int32

    static let none = Place(stamp: 0, number: 0)
  }

  /// What a key is in the article.
  private struct KeyPlace {
    var word: Place
    var stem: Place

    static let none = KeyPlace(word: .none, stem: .none)
  }

  private var formPlaces: [Place] = []
  private var keyPlaces: [KeyPlace] = []
  private var stamp: UInt32 = 0
  /// The terms of the article's forms, and their rows.
  private var found: [TermID] = []
  private var rows: [Term] = []
  private var words: [Vocabulary.Word] = []

  /// Makes a builder for tables that were made with the same capacity; what is reserved takes no memory before it is
  /// used.
  public init(minimumCapacity: Int = 0) {
    formPlaces.reserveCapacity(minimumCapacity)
    keyPlaces.reserveCapacity(minimumCapacity / 2)
  }

  /// The vocabulary of one article.
  public mutating func build(_ tokens: [Token], title: [Token], _ terms: TermTable) -> Vocabulary {
    prepare(tokens.count, terms)
    var vocabulary = Vocabulary()
    var formCount = 0
    vocabulary.tokens = Array(capacity: tokens.count) { numbers in
      formCount = numberForms(tokens, numbers, terms)
      return tokens.count
    }
    fetchRows(formCount, terms)
    var wordCount = 0
    vocabulary.forms = Array(capacity: formCount) { forms in
      (wordCount, vocabulary.stemCount) = numberWords(forms, formCount)
      return formCount
    }
    vocabulary.words = Array(words[..<wordCount])
    for token in title {
      let term = terms[token.term]
      let place = keyPlaces[Int(term.stem)].stem
      if !term.isStopWord, place.stamp == stamp { vocabulary.titleStems.append(place.number) }
    }
    return vocabulary
  }

  private mutating func prepare(_ tokens: Int, _ terms: TermTable) {
    if stamp == .max {
      stamp = 0
      formPlaces.removeAll(keepingCapacity: true)
      keyPlaces.removeAll(keepingCapacity: true)
    }
    stamp += 1
    VocabularyBuilder.grow(&formPlaces, to: terms.count, .none)
    VocabularyBuilder.grow(&keyPlaces, to: terms.keys.count, .none)
    VocabularyBuilder.grow(&found, to: tokens + 1, 0)
    if let first = terms.terms.first { VocabularyBuilder.grow(&rows, to: tokens, first) }
    VocabularyBuilder.grow(&words, to: tokens + 1, Vocabulary.Word(base: 0, stem: 0))
  }

  private static func grow<Element>(_ array: inout [Element], to count: Int, _ blank: Element) {
    let missing = count - array.count
    if missing > 0 { array.append(contentsOf: repeatElement(blank, count: missing)) }
  }

  /// Writes the form number of every token, and the terms of the forms to `found`; returns how many there are.
  private mutating func numberForms(
    _ tokens: [Token], _ numbers: UnsafeMutableBufferPointer<Int32>, _ terms: TermTable
  ) -> Int {
    let stamp = stamp
    var count: Int32 = 0
    formPlaces.withUnsafeMutableBufferPointer { places in
      found.withUnsafeMutableBufferPointer { found in
        tokens.withUnsafeBufferPointer { tokens in
          terms.terms.withUnsafeBufferPointer { rows in
            let far = UnsafeBufferPointer(places)
            for token in tokens { far.prefetch(Int(token.term)) }
            for i in 0..<tokens.count {
              let term = tokens[i].term
              rows.prefetch(Int(term))
              let known = places[Int(term)]
              let isKnown = known.stamp == stamp
              let number = isKnown ? known.number : count
              places[Int(term)] = Place(stamp: stamp, number: number)
              found[Int(count)] = term
              numbers[i] = number
              count &+= isKnown ? 0 : 1
            }
          }
        }
      }
    }
    return Int(count)
  }

  /// Copies the rows of the forms.
  private mutating func fetchRows(_ count: Int, _ terms: TermTable) {
    terms.terms.withUnsafeBufferPointer { terms in
      rows.withUnsafeMutableBufferPointer { rows in
        keyPlaces.withUnsafeBufferPointer { places in
          for i in 0..<count {
            rows[i] = terms[Int(found[i])]
            places.prefetch(Int(rows[i].base))
            places.prefetch(Int(rows[i].stem))
          }
        }
      }
    }
  }

  /// Writes the forms, and their words to `words`; returns how many words and stems there are.
  private mutating func numberWords(
    _ forms: UnsafeMutableBufferPointer<Vocabulary.Form>, _ formCount: Int
  ) -> (words: Int, stems: Int) {
    let stamp = stamp
    var wordCount: Int32 = 0
    var stemCount: Int32 = 0
    rows.withUnsafeBufferPointer { rows in
      keyPlaces.withUnsafeMutableBufferPointer { places in
        words.withUnsafeMutableBufferPointer { words in
          for i in 0..<formCount {
            let term = rows[i]
            let knownStem = places[Int(term.stem)].stem
            let hasStem = knownStem.stamp == stamp
            let stem = hasStem ? knownStem.number : stemCount
            places[Int(term.stem)].stem = Place(stamp: stamp, number: stem)
            stemCount &+= hasStem ? 0 : 1
            let knownWord = places[Int(term.base)].word
            let hasWord = knownWord.stamp == stamp
            let word = hasWord ? knownWord.number : wordCount
            places[Int(term.base)].word = Place(stamp: stamp, number: word)
            words[Int(wordCount)] = Vocabulary.Word(base: term.base, stem: stem)
            wordCount &+= hasWord ? 0 : 1
            forms.initializeElement(
              at: i, to: Vocabulary.Form(word: word, stem: stem, traits: term.traits, cut: term.cut))
          }
        }
      }
    }
    return (Int(wordCount), Int(stemCount))
  }
}
