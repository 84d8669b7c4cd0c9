import ArabicText

/// Reads the tags a site gives to a page: phrases with commas, bars or hashes between, or run together.
///
/// Where nothing parts them, borders are those that leave the most words in phrases the article itself has: over all ways
/// to cut the run, the sum of the phrases' scores is made largest by dynamic programming. Words are compared folded, so
/// that tags in Persian letters meet Arabic text; what is returned is in Arabic letters.
public struct SiteKeywordReader {
  /// Longest phrase looked for in the article, in words.
  public static let longestPhrase = 5
  /// Words of a run, and of an article, that are looked at.
  static let mostWords = 200
  static let mostTextWords = 20_000
  /// Score of each word of a phrase that the article has.
  static let phraseWeight = 1.5
  /// Score of a word by itself, if the article has it, and if not.
  static let wordWeight = 1.0
  static let unknownWeight = 0.8
  /// Taken off where a stop word stands inside a phrase: there two tags meet more often.
  static let innerStopWeight = 1.0

  private let stopWords: StopWords
  private static let folding = KeyFolding()
  private var run = LineWords()
  private var body = LineWords()

  /// Makes a reader; a phrase that begins or ends in one of these words is dropped.
  public init(stopWords: StopWords = StopWords()) { self.stopWords = stopWords }

  /// The phrases of a run, in their order, each once; without those that begin or end in a stop word, and without numbers.
  public mutating func phrases(
    _ page: UnsafeBufferPointer<UInt16>, _ value: Range<Int>, text: UnsafeBufferPointer<UInt16>
  ) -> [[UInt16]] {
    run.read(page, value.lowerBound, value.upperBound, limit: Self.mostWords)
    body.read(text, 0, text.count, limit: Self.mostTextWords)
    let words = run.words
    guard !words.isEmpty else { return [] }
    let separators: WordGap = [.comma, .bar, .hash, .bullet, .slash, .other]
    let isParted = words.dropFirst().contains {
      !$0.gap.isDisjoint(with: separators) || ($0.gap.contains(.dash) && $0.gap.contains(.blank))
    }
    let places = self.places(of: words)
    let groups = isParted ? parted(words, separators) : cut(words, places)
    var seen = Set<[UInt64]>()
    return groups.compactMap { group -> [UInt16]? in
      let phrase = words[group]
      guard !isJunk(page, phrase), seen.insert(phrase.map(\.hash)).inserted else { return nil }
      return spelled(page, group, text, places)
    }
  }

  private func parted(_ words: [LineWord], _ separators: WordGap) -> [Range<Int>] {
    var groups: [Range<Int>] = []
    var start = 0
    for index in 1...words.count {
      let isBorder =
        index == words.count || !words[index].gap.isDisjoint(with: separators)
        || (words[index].gap.contains(.dash) && words[index].gap.contains(.blank))
      if isBorder {
        groups.append(start..<index)
        start = index
      }
    }
    return groups
  }

  /// Where the words of the run stand in the article.
  private func places(of words: [LineWord]) -> [UInt64: [Int]] {
    var places: [UInt64: [Int]] = [:]
    for word in words { places[word.hash] = [] }
    for (index, word) in body.words.enumerated() where places[word.hash] != nil {
      places[word.hash]?.append(index)
    }
    return places
  }

  /// Whether the article has these words one after another with only blanks between.
  private func occurs(_ words: ArraySlice<LineWord>, _ places: [UInt64: [Int]]) -> Bool {
    guard let first = words.first else { return false }
    return (places[first.hash] ?? []).contains { place in
      guard place + words.count <= body.words.count else { return false }
      for (offset, word) in words.enumerated().dropFirst() {
        let found = body.words[place + offset]
        guard found.hash == word.hash, found.gap == .blank else { return false }
      }
      return true
    }
  }

  private func cut(_ words: [LineWord], _ places: [UInt64: [Int]]) -> [Range<Int>] {
    var best = Array(repeating: -Double.infinity, count: words.count + 1)
    var from = Array(repeating: 0, count: words.count + 1)
    best[0] = 0
    for end in 1...words.count {
      for length in 1...min(Self.longestPhrase, end) {
        let phrase = words[(end - length)..<end]
        guard let score = score(phrase, places) else { continue }
        if best[end - length] + score > best[end] {
          best[end] = best[end - length] + score
          from[end] = end - length
        }
      }
    }
    var groups: [Range<Int>] = []
    var end = words.count
    while end > 0 {
      groups.append(from[end]..<end)
      end = from[end]
    }
    return groups.reversed()
  }

  private func score(_ phrase: ArraySlice<LineWord>, _ places: [UInt64: [Int]]) -> Double? {
    guard let first = phrase.first else { return nil }
    if phrase.count == 1 {
      return places[first.hash]?.isEmpty == false ? Self.wordWeight : Self.unknownWeight
    }
    guard occurs(phrase, places) else { return nil }
    let hasInnerStop = phrase.dropFirst().dropLast().contains { NameWords.standard.isStopWord($0) }
    return Self.phraseWeight * Double(phrase.count) - (hasInnerStop ? Self.innerStopWeight : 0)
  }

  private func isJunk(_ page: UnsafeBufferPointer<UInt16>, _ phrase: ArraySlice<LineWord>) -> Bool {
    guard let first = phrase.first, let last = phrase.last else { return true }
    if phrase.allSatisfy(\.isNumber) { return true }
    if phrase.count == 1, first.end - first.start < 2 { return true }
    return stopWords.contains(key(page, first)) || stopWords.contains(key(page, last))
  }

  private func key(_ page: UnsafeBufferPointer<UInt16>, _ word: LineWord) -> [UInt16] {
    var key: [UInt16] = []
    Self.folding.fold(UnsafeBufferPointer(rebasing: page[word.start..<word.end]), into: &key)
    return key
  }

  /// The phrase in Arabic letters: as the article writes it where it has the word, else letter by letter.
  private func spelled(
    _ page: UnsafeBufferPointer<UInt16>, _ group: Range<Int>, _ text: UnsafeBufferPointer<UInt16>,
    _ places: [UInt64: [Int]]
  ) -> [UInt16] {
    var out: [UInt16] = []
    for index in group {
      let word = run.words[index]
      if index > group.lowerBound { out.append(0x20) }
      let units = page[word.start..<word.end]
      if units.contains(where: { Self.arabic($0) != $0 }), let place = places[word.hash]?.first {
        let found = body.words[place]
        let spelling = text[found.start..<found.end]
        if !spelling.contains(where: { Self.arabic($0) != $0 }) {
          out.append(contentsOf: spelling)
          continue
        }
      }
      out.append(contentsOf: units.map(Self.arabic))
    }
    return out
  }

  /// The Arabic letter for a Persian or Urdu look-alike.
  private static func arabic(_ unit: UInt16) -> UInt16 {
    switch unit {
    case 0x06CC, 0x06D2: 0x064A
    case 0x06A9, 0x06AA: 0x0643
    case 0x06C1, 0x06BE, 0x06D5: 0x0647
    case 0x06C0, 0x06C3: 0x0629
    default: unit
    }
  }
}
