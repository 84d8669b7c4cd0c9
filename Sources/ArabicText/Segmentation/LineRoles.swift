/// Tells headings and list lines from running text.
struct LineRoles {
  private struct Line {
    var sentences: Range<Int>
    var role: Sentence.Role
  }

  private let classes: CharacterClasses
  private let options: SegmentationOptions
  private var lines: [Line] = []

  /// More short lines than this in a row are verse, a table or hard-wrapped text, not headings.
  private static let mostHeadingsInARow = 3

  /// المقادير: is a heading; تنقسم اللغات السامية عند العلماء إلى: is a sentence.
  private static let mostWordsBeforeColon = 4

  init(classes: CharacterClasses, options: SegmentationOptions) {
    self.classes = classes
    self.options = options
  }

  mutating func removeAll() { lines.removeAll(keepingCapacity: true) }

  /// Notes a line with at least one sentence; whether it is a heading is known when the lines after it are.
  mutating func add(
    _ text: UnsafeBufferPointer<UInt16>, line: Range<Int>, sentences range: Range<Int>,
    in sentences: [Sentence]
  ) {
    let span = sentences[range.lowerBound].span
    var role = Sentence.Role.body
    if startsWithMarker(text, Int(span.start), line.upperBound) {
      role = options.listLines ? .listItem : .body
    } else if options.headings, range.count == 1,
      sentences[range.lowerBound].tokens.count <= options.maxHeadingWords,
      !isClosed(text, span, words: sentences[range.lowerBound].tokens.count)
    {
      role = .heading
    }
    lines.append(Line(sentences: range, role: role))
  }

  /// Sets the roles of all sentences of the lines noted.
  func assign(to sentences: inout [Sentence]) {
    var i = 0
    while i < lines.count {
      var role = lines[i].role
      var end = i + 1
      if role == .heading {
        while end < lines.count, lines[end].role == .heading { end += 1 }
        // A heading has something under it.
        if end == lines.count || end - i > LineRoles.mostHeadingsInARow { role = .body }
      }
      if role != .body {
        for line in lines[i..<end] {
          for k in line.sentences { sentences[k].role = role }
        }
      }
      i = end
    }
  }

  /// Whether the line ends like a sentence or in the middle of one.
  private func isClosed(_ text: UnsafeBufferPointer<UInt16>, _ span: TextSpan, words: Int) -> Bool {
    var i = Int(span.end) - 1
    while i >= Int(span.start) {
      switch classes[text[i]] {
      // A question may be a heading; a longer line with a colon introduces what follows.
      case .stop: return text[i] != 0x061f && text[i] != 0x3f
      case .clauseMark: return text[i] != 0x3a || words > LineRoles.mostWordsBeforeColon
      case .quote, .closeBracket, .apostrophe, .mark: i -= 1
      default: return false
      }
    }
    return false
  }

  /// Whether a bullet or a counter (1. 1- ١) (1) أ- أ)) stands at `start`.
  private func startsWithMarker(_ text: UnsafeBufferPointer<UInt16>, _ start: Int, _ end: Int) -> Bool {
    guard start + 1 < end else { return false }
    var i = start
    if isBullet(text[i]) {
      return classes[text[i + 1]] == .blank || (text[i] > 0x7f && classes[text[i]] != .dash)
    }
    let isBracketed = text[i] == 0x28
    if isBracketed { i += 1 }
    let counter = i
    while i < end, i - counter < 3, classes[text[i]] == .digit { i += 1 }
    let isNumber = i > counter
    if !isNumber, i < end, classes[text[i]] == .arabic || classes[text[i]] == .latin {
      i += 1
      while i < end, classes[text[i]] == .tatweel { i += 1 }
    }
    guard i > counter, i < end else { return false }
    if isBracketed { return text[i] == 0x29 }
    if text[i] == 0x29 { return true }
    // A letter with a full stop is a title or an initial rather than a counter.
    guard i + 1 < end, text[i] == 0x2d || text[i] == 0x2013 || (isNumber && text[i] == 0x2e) else {
      return isNumber && i + 2 < end && classes[text[i]] == .blank && classes[text[i + 1]] == .dash
        && classes[text[i + 2]] == .blank
    }
    // 1-كلمة is a counter as well, but 1-2 is a result and 3.5 a number.
    return classes[text[i + 1]] == .blank || (isNumber && classes[text[i + 1]] == .arabic)
  }

  private func isBullet(_ unit: UInt16) -> Bool {
    switch unit {
    // * - · • ‣ ⁃ – — ∙ ■ □ ▪ ▫ ► ▶ ▸ ○ ● ◦ ◆ ◇ ✓ ✔ ➢
    case 0x2a, 0x2d, 0xb7, 0x2022, 0x2023, 0x2043, 0x2013, 0x2014, 0x2219, 0x25a0, 0x25a1, 0x25aa, 0x25ab,
      0x25ba, 0x25b6, 0x25b8, 0x25cb, 0x25cf, 0x25e6, 0x25c6, 0x25c7, 0x2713, 0x2714, 0x27a2:
      return true
    default: return false
    }
  }
}
