import ArabicText

/// What stands between two words of a line.
struct WordGap: OptionSet {
  var rawValue: UInt16
  static let blank = WordGap(rawValue: 1)
  static let colon = WordGap(rawValue: 2)
  static let dash = WordGap(rawValue: 4)
  static let slash = WordGap(rawValue: 8)
  static let comma = WordGap(rawValue: 16)
  static let open = WordGap(rawValue: 32)
  static let close = WordGap(rawValue: 64)
  static let quote = WordGap(rawValue: 128)
  static let bar = WordGap(rawValue: 256)
  static let stop = WordGap(rawValue: 512)
  static let bullet = WordGap(rawValue: 1024)
  static let hash = WordGap(rawValue: 2048)
  static let other = WordGap(rawValue: 4096)
  static let at = WordGap(rawValue: 8192)
  static let underscore = WordGap(rawValue: 16384)

  /// Marks that part a label from what it labels.
  static let afterLabel: WordGap = [.colon, .dash, .bar, .slash]

  /// By class of character.
  static let ofClass: [WordGap] = [
    [], [], [], .blank, .blank, .stop, .colon, .dash, .slash, .comma, .open, .close, .quote, .bar, .bullet,
    .at,
    .hash, .other, [], [.blank, .underscore],
  ]
}

/// One word of a line: letters and digits without a gap, known by the hash of its folded units.
struct LineWord {
  var start: Int
  var end: Int
  /// Of the folded units; equal for words that the folding makes equal. 64 bits: two of a few thousand words of
  /// patterns share one with a probability below 10⁻¹².
  var hash: UInt64
  /// What stands before it.
  var gap: WordGap
  var isNumber: Bool
  var isLatin: Bool
}

/// Reads the words of a line; one per worker, its array is used again and again.
struct LineWords {
  private static let folding = KeyFolding()
  static let seed: UInt64 = 0xcbf2_9ce4_8422_2325
  private(set) var words: [LineWord] = []
  /// What stands after the last word up to the end that was read.
  private(set) var tail: WordGap = []
  /// Whether the whole stretch was read.
  private(set) var isComplete = true

  /// Adds a unit to a hash (FNV-1a with 64 bits over UTF-16 units).
  @inline(__always)
  static func mix(_ hash: UInt64, _ unit: UInt16) -> UInt64 { (hash ^ UInt64(unit)) &* 0x0000_0100_0000_01b3 }

  /// The hash of a word as it is compared.
  static func hash(_ word: some StringProtocol) -> UInt64 {
    word.utf16.reduce(seed) { hash, unit in folding.fold(unit).map { mix(hash, $0) } ?? hash }
  }

  /// Reads at most `limit` words of a stretch.
  mutating func read(_ text: UnsafeBufferPointer<UInt16>, _ start: Int, _ end: Int, limit: Int) {
    words.removeAll(keepingCapacity: true)
    tail = []
    isComplete = true
    var gap: WordGap = []
    var at = start
    CharacterClass.table.withUnsafeBufferPointer { classes in
      while at < end {
        let kind = classes[Int(text[at])]
        guard kind <= CharacterClass.digit else {
          gap.formUnion(WordGap.ofClass[Int(kind)])
          at += 1
          continue
        }
        guard words.count < limit else {
          isComplete = false
          break
        }
        words.append(LineWords.word(text, &at, end, gap, classes))
        gap = []
      }
    }
    tail = gap
  }

  private static func word(
    _ text: UnsafeBufferPointer<UInt16>, _ at: inout Int, _ end: Int, _ gap: WordGap,
    _ classes: UnsafeBufferPointer<UInt8>
  ) -> LineWord {
    let start = at
    var hash = seed
    var isNumber = true
    var isLatin = true
    var wasDigit = false
    while at < end {
      let kind = classes[Int(text[at])]
      // Tatweel is a dash between blanks and nothing inside a word.
      guard kind <= CharacterClass.digit || kind == CharacterClass.ignored || text[at] == 0x0640 else {
        break
      }
      // 1441هـ and 2019م are a number and a word.
      if kind <= CharacterClass.digit, at > start, (kind == CharacterClass.digit) != wasDigit { break }
      if kind <= CharacterClass.digit { wasDigit = kind == CharacterClass.digit }
      if kind == CharacterClass.letter || kind == CharacterClass.latin { isNumber = false }
      if kind == CharacterClass.letter { isLatin = false }
      if let unit = folding.fold(text[at]) { hash = mix(hash, unit) }
      at += 1
    }
    return LineWord(
      start: start, end: at, hash: hash, gap: gap, isNumber: isNumber, isLatin: isLatin && !isNumber)
  }

  /// The hash of a line as it is compared with lines of other pages: letters folded, all digits alike, all else left
  /// out.
  static func lineHash(_ text: UnsafeBufferPointer<UInt16>, _ start: Int, _ end: Int) -> UInt64 {
    CharacterClass.table.withUnsafeBufferPointer { classes in
      var hash = seed
      for at in start..<end {
        let kind = classes[Int(text[at])]
        if kind == CharacterClass.digit {
          hash = mix(hash, 0x30)
        } else if kind <= CharacterClass.latin, let unit = folding.fold(text[at]) {
          hash = mix(hash, unit)
        }
      }
      return hash
    }
  }
}
