/// The patterns of page furniture, read from a file of three or four columns (see `Pipelines/structure/patterns.tsv`,
/// which says what the columns are).
public struct StructurePatterns: Sendable {
  /// Key of forms that begin with a number.
  private static let numberKey: UInt64 = 0
  /// Most `_` of a form: each is tried at four lengths, together with those of all others.
  private static let mostGaps = 4

  /// Forms by the hash of their first word; those that end a line by that of their last.
  private(set) var byFirst: [UInt64: [PatternForm]] = [:]
  private(set) var byLast: [UInt64: [PatternForm]] = [:]
  private(set) var anywhere: [UInt64: [PatternForm]] = [:]
  /// Classes of single words.
  private(set) var classes: [UInt64: WordClass] = [:]
  /// Classes of sequences of words, by the first one's hash; the longest sequence first.
  private(set) var sequences: [UInt64: [(words: [FormWord], classes: WordClass)]] = [:]
  /// Number of forms and words.
  public private(set) var count = 0

  /// Reads a file.
  ///
  /// - Throws: ``PatternError`` at the first line that can't be understood.
  public init(parsing file: String) throws(PatternError) {
    var number = 0
    for line in file.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      number += 1
      let content = line.trimmingPrefix { $0 == " " }
      guard !content.isEmpty, content.first != "#" else { continue }
      try add(row: content, number)
    }
    for key in sequences.keys { sequences[key]?.sort { $0.words.count > $1.words.count } }
  }

  private mutating func add(row: Substring, _ number: Int) throws(PatternError) {
    let columns = row.split(separator: "\t", omittingEmptySubsequences: false).map { Self.trimmed($0) }
    guard columns.count >= 3, columns.count <= 4 else {
      throw PatternError(line: number, problem: "three or four columns with tabs between are wanted")
    }
    guard let topic = PatternTopic(name: columns[0]) else {
      throw PatternError(line: number, problem: "there is no kind or class '\(columns[0])'")
    }
    guard let place = PatternPlace(rawValue: String(columns[1])) else {
      let known = PatternPlace.allCases.map(\.rawValue).joined(separator: ", ")
      throw PatternError(line: number, problem: "there is no place '\(columns[1])'; there are \(known)")
    }
    var weight = 1.0
    if columns.count == 4, !columns[3].isEmpty {
      guard let given = Double(columns[3]), given.isFinite, given >= 0, given <= 10 else {
        throw PatternError(line: number, problem: "the weight '\(columns[3])' is no number from 0 to 10")
      }
      weight = given
    }
    let separator: Character = place == .words ? " " : "|"
    for form in columns[2].split(separator: separator) {
      try add(form: form, topic, place, weight, number)
    }
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text
    while text.first == " " { text.removeFirst() }
    while let last = text.last, last == " " || last == "\r" { text.removeLast() }
    return text
  }

  private mutating func add(
    form: Substring, _ topic: PatternTopic, _ place: PatternPlace, _ weight: Double, _ number: Int
  ) throws(PatternError) {
    let words = form.split(separator: " ").compactMap { Self.word($0) }
    guard let opening = words.first else { return }
    guard opening != .some, opening != .rest else {
      throw PatternError(line: number, problem: "'\(form)' does not begin with a word or a number")
    }
    guard words.count(where: { $0 == .some }) <= Self.mostGaps else {
      throw PatternError(line: number, problem: "'\(form)' has more than \(Self.mostGaps) times _")
    }
    count += 1
    switch topic {
    case .word(let wordClass):
      guard place == .word || place == .words else {
        throw PatternError(line: number, problem: "words of a class have the place word or words")
      }
      guard case .word(let first) = words[0] else {
        throw PatternError(line: number, problem: "'\(form)' does not begin with a word")
      }
      if words.count == 1 {
        classes[first, default: []].insert(wordClass)
      } else if let known = sequences[first]?.firstIndex(where: { $0.words == words }) {
        sequences[first]?[known].classes.insert(wordClass)
      } else {
        sequences[first, default: []].append((words, wordClass))
      }
    case .block(let kind):
      let form = PatternForm(kind: kind, place: place, words: words, weight: weight)
      switch place {
      case .word, .words:
        throw PatternError(line: number, problem: "the places word and words are for classes of words")
      case .end, .tail: byLast[Self.key(words[words.count - 1]), default: []].append(form)
      case .has: anywhere[Self.key(words[0]), default: []].append(form)
      case .line, .label, .start, .name: byFirst[Self.key(words[0]), default: []].append(form)
      }
    }
  }

  private static func word(_ text: Substring) -> FormWord? {
    switch text {
    case "#": return .number
    case "_": return .some
    case "...": return .rest
    default:
      let hash = LineWords.hash(
        text.filter { $0.isLetter || $0.isNumber || $0.unicodeScalars.contains { $0.properties.isDiacritic } }
      )
      return hash == LineWords.seed ? nil : .word(hash)
    }
  }

  private static func key(_ word: FormWord) -> UInt64 {
    if case .word(let hash) = word { hash } else { numberKey }
  }

  /// The key a word is looked up by: its hash, then that of any number.
  @inline(__always)
  static func keys(_ word: LineWord) -> (UInt64, UInt64?) { (word.hash, word.isNumber ? numberKey : nil) }

  /// The classes of the longest known sequence of words at a place, and its length; of one word without any class when
  /// nothing is known.
  func classes(_ words: [LineWord], at index: Int) -> (classes: WordClass, length: Int) {
    let hash = words[index].hash
    for sequence in sequences[hash] ?? [] where index + sequence.words.count <= words.count {
      var found = true
      for (offset, word) in sequence.words.enumerated().dropFirst() {
        guard Self.matches(word, words[index + offset]) else {
          found = false
          break
        }
      }
      if found { return (sequence.classes, sequence.words.count) }
    }
    return (classes[hash] ?? [], 1)
  }

  @inline(__always)
  static func matches(_ form: FormWord, _ word: LineWord) -> Bool {
    switch form {
    case .word(let hash): hash == word.hash
    case .number: word.isNumber
    case .some, .rest: true
    }
  }

  /// Matches a form from a word on.
  ///
  /// - Returns: index one past its last word; nil when it does not match.
  static func match(_ form: ArraySlice<FormWord>, _ words: [LineWord], at index: Int, toEnd: Bool) -> Int? {
    guard let first = form.first else { return toEnd && index < words.count ? nil : index }
    switch first {
    case .rest: return words.count
    case .some:
      for length in 1...4 where index + length <= words.count {
        if let end = match(form.dropFirst(), words, at: index + length, toEnd: toEnd) { return end }
      }
      return nil
    case .word, .number:
      guard index < words.count, matches(first, words[index]) else { return nil }
      return match(form.dropFirst(), words, at: index + 1, toEnd: toEnd)
    }
  }
}
