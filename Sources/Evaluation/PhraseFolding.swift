/// A keyphrase as it is compared: its words folded, in order.
///
/// Words are kept as code points: equality of strings would take canonically equivalent spellings for one, and
/// finding that out costs more than all the rest of scoring.
public struct FoldedPhrase: Sendable, Hashable, CustomStringConvertible {
  /// The folded words, none of them empty.
  public let words: [[Unicode.Scalar]]
  /// Each word once, in the order first met.
  let distinctWords: [[Unicode.Scalar]]

  /// Folds a phrase: vowel marks, tatweel and direction marks are dropped, forms of alef, ya, kaf, hamza and ta
  /// marbuta become one each, Latin is lower-cased, a word is a run of letters, digits and underscores, and the
  /// article is cut off it together with what is written onto the article.
  ///
  /// Ambiguous by design (`بالون` becomes `ون`) and not idempotent: give it surface forms only.
  /// A phrase without a word has no words.
  public init(_ phrase: String) {
    var words: [[Unicode.Scalar]] = []
    var word: [Unicode.Scalar] = []
    func close() {
      if !word.isEmpty { words.append(PhraseFolding.withoutArticle(word)) }
      word.removeAll(keepingCapacity: true)
    }
    for scalar in phrase.unicodeScalars where !PhraseFolding.isDropped(scalar) {
      TextFolding.forEachLowercase(PhraseFolding.letter(scalar)) { folded in
        if TextFolding.isWordPart(folded) { word.append(folded) } else { close() }
      }
    }
    close()
    self.words = words
    var distinct: [[Unicode.Scalar]] = []
    for word in words where !distinct.contains(word) { distinct.append(word) }
    distinctWords = distinct
  }

  /// The folded phrases that have words, each once, in the order first met.
  public static func unique(_ phrases: [String]) -> [FoldedPhrase] {
    var seen: Set<FoldedPhrase> = []
    return phrases.map(FoldedPhrase.init).filter { !$0.words.isEmpty && seen.insert($0).inserted }
  }

  /// How far two phrases share their words: F1 of the two sets of distinct words, 0 to 1.
  public func overlap(with other: FoldedPhrase) -> Double {
    var common = 0
    for word in distinctWords where other.distinctWords.contains(word) { common += 1 }
    guard common > 0 else { return 0 }
    return 2 * Double(common) / Double(distinctWords.count + other.distinctWords.count)
  }

  /// The folded words with blanks between.
  public var description: String {
    words.map { String(String.UnicodeScalarView($0)) }.joined(separator: " ")
  }

  /// Phrases of equal words in equal order are equal.
  public static func == (a: FoldedPhrase, b: FoldedPhrase) -> Bool { a.words == b.words }
  /// The words are what counts.
  public func hash(into hasher: inout Hasher) { hasher.combine(words) }
}

/// The foldings that keyphrases are compared by, wider than those of `SummaryTokens`: people who choose phrases
/// choose now with, now without the article.
enum PhraseFolding {
  /// Vowel and Quranic marks, tatweel, and format characters that never show.
  static func isDropped(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0610...0x061A, 0x064B...0x065F, 0x0670, 0x06D6...0x06ED, 0x0640: true
    case 0x200B...0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
  }

  static func letter(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar {
    case "\u{0623}", "\u{0625}", "\u{0622}", "\u{0671}": "\u{0627}"  // أ إ آ ٱ to ا
    case "\u{0649}", "\u{06CC}": "\u{064A}"  // ى ی to ي
    case "\u{06A9}": "\u{0643}"  // ک to ك
    case "\u{0624}": "\u{0648}"  // ؤ to و
    case "\u{0626}": "\u{0621}"  // ئ to ء
    case "\u{0629}", "\u{06C0}": "\u{0647}"  // ة ۀ to ه
    default: scalar
    }
  }

  /// وال فال بال كال لل ال, longest first.
  private static let articles: [[Unicode.Scalar]] = ["وال", "فال", "بال", "كال", "لل", "ال"].map {
    Array($0.unicodeScalars)
  }

  /// The word without the article and the proclitic before it, if at least two letters are left.
  static func withoutArticle(_ word: [Unicode.Scalar]) -> [Unicode.Scalar] {
    for article in articles where word.starts(with: article) && word.count - article.count >= 2 {
      return Array(word[article.count...])
    }
    return word
  }
}

/// What both foldings need of Unicode.
enum TextFolding {
  /// A letter, a digit or other number, or an underscore: Python's `\w`.
  static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A, 0x0620...0x064A: return true
    case 0..<0x80: return false
    default: break
    }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: return true
    case .decimalNumber, .letterNumber, .otherNumber: return true
    default: return false
    }
  }

  /// White space as Python's `str.split` has it: Unicode's, and the four separators of ASCII.
  static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1C...0x1F: true
    case 0x21..<0x80: false
    default: scalar.properties.isWhitespace
    }
  }

  /// Calls `body` with the lower-case form, one code point at a time.
  static func forEachLowercase(_ scalar: Unicode.Scalar, _ body: (Unicode.Scalar) -> Void) {
    switch scalar.value {
    case 0x41...0x5A: body(Unicode.Scalar(UInt8(scalar.value) + 0x20))
    case 0..<0x80, 0x0600...0x06FF: body(scalar)
    default: for lower in scalar.properties.lowercaseMapping.unicodeScalars { body(lower) }
    }
  }
}
