import ArabicText

/// Reads place, agency and correspondent at the head of a text: القاهرة - رويترز, سبق- الرياض:, واشنطن (أ ف ب) -.
///
/// The head is cut into parts at dashes, colons, slashes and brackets. A part is a city, an agency or an outlet of the
/// pattern file, or up to four words that may be a name. Parts and the mark that closes the head have weights; what adds
/// up to ``threshold`` is a dateline.
struct DatelineReader {
  let patterns: StructurePatterns
  let names: NameWords

  /// What was found.
  struct Dateline {
    /// Index of the first word behind it.
    var words: Int
    /// Whether one of the parts is an agency, outlet or city, and one a name: then the line may be a byline.
    var hasName = false
    var hasPlace = false
    var hasAgency = false
    /// The words of the first name.
    var name = 0..<0
  }

  static let threshold = 0.8
  static let agencyWeight = 1.0
  static let cityWeight = 0.6
  static let outletWeight = 0.4
  static let nameWeight = 0.1
  static let colonWeight = 0.4
  static let markWeight = 0.2
  static let ownLineWeight = 0.3
  static let mostParts = 5

  /// Reads the head of a line's words; `isWhole` says that all words of the line are there.
  func read(_ words: [LineWord], tail: WordGap, isWhole: Bool) -> Dateline? {
    if let end = official(words) { return Dateline(words: end, hasAgency: true) }
    var index = 0
    var parts = 0
    var score = 0.0
    var found: Dateline?
    var current = Dateline(words: 0)
    var hasKnown: Bool { current.hasAgency || current.hasPlace }
    while index < words.count, parts < Self.mostParts {
      let part = part(words, at: index, current)
      guard part.length > 0 else { break }
      let end = index + part.length
      let gap = end < words.count ? words[end].gap : tail
      let isEnd = end == words.count && isWhole
      // Inside a head, blanks part nothing, but a bracket does: القاهرة (رويترز).
      let isParted =
        !gap.isDisjoint(with: [.colon, .dash, .slash, .open, .close, .bar]) || gap.contains(.comma)
        || gap.contains(.quote)
      guard isParted || isEnd || gap.contains(.stop) else { break }
      score += part.weight
      if part.isName {
        if !current.hasName { current.name = index..<end }
        current.hasName = true
      } else if part.isAgency {
        current.hasAgency = true
      } else if part.weight > 0 {
        current.hasPlace = true
      }
      current.words = end
      parts += 1
      index = end
      let isComma = gap.isDisjoint(with: [.colon, .dash, .slash, .close, .open, .bar])
      if part.isName, !isEnd, isComma, !isWhole || words.count > 10 { break }
      let mark =
        isEnd
        ? Self.ownLineWeight
        : gap.contains(.colon)
          ? Self.colonWeight
          : gap.isDisjoint(with: [.dash, .slash, .close, .bar]) ? 0 : Self.markWeight
      let closes = mark > 0 || (gap.contains(.stop) && current.hasAgency)
      if closes, hasKnown, score + mark >= Self.threshold,
        !part.isName || gap.contains(.colon) || current.hasAgency || isEnd,
        isEnd ? parts > 1 || current.hasAgency : true
      {
        if !(score < 1 && !current.hasAgency && interrupts(words, at: end, gap)) { found = current }
      }
      if isEnd || gap.contains(.stop) { break }
    }
    return found
  }

  /// A lone city between dashes may begin a sentence: دمشق - أقدم عاصمة - تستعد.
  private func interrupts(_ words: [LineWord], at index: Int, _ gap: WordGap) -> Bool {
    guard gap.contains(.dash), !gap.contains(.colon) else { return false }
    return words[index...].dropFirst().prefix(8).contains {
      $0.gap.contains(.dash) && $0.gap.contains(.blank)
    }
  }

  private struct Part {
    var length = 0
    var weight = 0.0
    var isName = false
    var isAgency = false
  }

  private func part(_ words: [LineWord], at index: Int, _ known: Dateline) -> Part {
    let hasKnown = known.hasPlace || known.hasAgency
    let (classes, length) = patterns.classes(words, at: index)
    let end = index + length
    let isClosed = end == words.count || !words[end].gap.subtracting(.blank).isEmpty
    if isClosed {
      if classes.contains(.agency) { return Part(length: length, weight: Self.agencyWeight, isAgency: true) }
      if classes.contains(.city) { return Part(length: length, weight: Self.cityWeight) }
      if classes.contains(.outlet) { return Part(length: length, weight: Self.outletWeight) }
    }
    if hasKnown, words[index].isNumber || classes.contains(.month) {
      // Agencies of the Gulf put the day between city and name: الكويت - 12 - 3 (كونا).
      var length = 1
      while index + length < words.count, length < 6 {
        let (classes, more) = patterns.classes(words, at: index + length)
        guard words[index + length].isNumber || !classes.isDisjoint(with: [.month, .weekday]) else { break }
        length += more
      }
      return Part(length: length)
    }
    // A name, or a place that is not in the list.
    let most = hasKnown ? 6 : 4
    var run = 0
    while index + run < words.count, run <= most {
      let word = words[index + run]
      if run > 0, !word.gap.subtracting([.blank, .quote]).isEmpty { break }
      if word.isNumber || names.isStopWord(word) { return Part() }
      run += 1
    }
    guard run <= most else { return Part() }
    // A name in quotes is that of an outlet that is not in the list.
    if words[index].gap.contains(.quote), run <= 3, known.hasPlace {
      return Part(length: run, weight: Self.outletWeight)
    }
    // One word behind an outlet is a place that is not in the list: two are a name as well.
    return Part(length: run, weight: Self.nameWeight, isName: !(run == 1 && hasKnown))
  }

  /// The long form of official agencies: place, Hijri date, الموافق, date, agency.
  private func official(_ words: [LineWord]) -> Int? {
    var numbers = 0
    var months = 0
    for index in words.indices.prefix(20) {
      let word = words[index]
      if word.isNumber {
        numbers += 1
        continue
      }
      let (classes, length) = patterns.classes(words, at: index)
      if classes.contains(.month) { months += 1 }
      if numbers >= 2, months >= 1, classes.contains(.agency) { return index + length }
      if numbers == 0, index > 4 { return nil }
      if numbers > 0, classes.isDisjoint(with: [.date, .city, .agency]) { return nil }
    }
    return nil
  }
}
