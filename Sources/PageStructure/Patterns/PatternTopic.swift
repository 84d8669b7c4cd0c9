/// What a row of the pattern file is about: a kind of block, or a class of words that lines and datelines are made of.
enum PatternTopic: Hashable {
  case block(BlockKind)
  case word(WordClass)

  init?(name: some StringProtocol) {
    if let kind = BlockKind(rawValue: String(name)) {
      self = .block(kind)
    } else if let word = WordClass(name: String(name)) {
      self = .word(word)
    } else {
      return nil
    }
  }
}

/// Classes of words, as a set: عمان is a city, اليوم a paper and a word of dates.
struct WordClass: OptionSet, Hashable, Sendable {
  var rawValue: UInt16
  static let agency = WordClass(rawValue: 1)
  static let outlet = WordClass(rawValue: 2)
  static let city = WordClass(rawValue: 4)
  static let month = WordClass(rawValue: 8)
  static let weekday = WordClass(rawValue: 16)
  static let dateWord = WordClass(rawValue: 32)
  static let dateLabel = WordClass(rawValue: 64)
  static let button = WordClass(rawValue: 128)
  static let credit = WordClass(rawValue: 256)
  static let filler = WordClass(rawValue: 512)

  /// What datelines are made of.
  static let place: WordClass = [.agency, .outlet, .city]
  /// What dates are made of.
  static let date: WordClass = [.month, .weekday, .dateWord, .dateLabel]

  static let names: [(String, WordClass)] = [
    ("agency", .agency), ("outlet", .outlet), ("city", .city), ("month", .month), ("weekday", .weekday),
    ("dateWord", .dateWord), ("dateLabel", .dateLabel), ("filler", .filler), ("button", .button),
    ("credit", .credit),
  ]

  init(rawValue: UInt16) { self.rawValue = rawValue }

  init?(name: String) {
    guard let found = Self.names.first(where: { $0.0 == name }) else { return nil }
    self = found.1
  }
}

/// Where a form stands in a line.
enum PatternPlace: String, CaseIterable, Sendable {
  case line, label, start, end, has, tail, name, word, words
}

/// One word of a form.
enum FormWord: Hashable, Sendable {
  /// A word with this hash.
  case word(UInt64)
  /// Any number.
  case number
  /// One to four words.
  case some
  /// Any words to the end.
  case rest
}

/// A form of a kind of block.
struct PatternForm: Sendable {
  var kind: BlockKind
  var place: PatternPlace
  var words: [FormWord]
  var weight: Double

  /// Of two forms with the same weight, the longer one says more.
  var fullWeight: Double { weight + Double(words.count) * 0.001 }
}

/// A mistake in a pattern file.
public struct PatternError: Error, CustomStringConvertible, Equatable {
  /// Number of the line, from 1.
  public var line: Int
  /// What is wrong, and what would be right.
  public var problem: String

  /// Makes an error.
  public init(line: Int, problem: String) {
    self.line = line
    self.problem = problem
  }

  /// Line and problem.
  public var description: String { "line \(line): \(problem)" }
}
