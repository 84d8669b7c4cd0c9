import ArabicText

/// The shape of one line that is not blank.
struct PageLine {
  /// Without blanks at both ends, in UTF-16 units of the page.
  var start = 0
  var end = 0
  /// Letters of any script, and how many of them are Latin.
  var letters = 0
  var latin = 0
  var digits = 0
  /// Full stops, question and exclamation marks; runs count once.
  var stops = 0
  var commas = 0
  /// Blanks between words; runs count once.
  var gaps = 0
  /// Runs of four blanks and more.
  var wideGaps = 0
  var hasAt = false
  /// Where its first and its last stop stand.
  var firstStop = Int.max
  var lastStop = -1
  /// First and last unit that is no blank, by class.
  var firstClass = CharacterClass.other
  var lastClass = CharacterClass.other
  /// Whether the last mark of the line is a stop, perhaps before closing quotes or brackets.
  var endsInStop = false
  /// The same of a single full stop: titles end in question marks and dots that stand for more.
  var endsInFullStop = false
  /// Where the first letter or digit stands; the line's end when there is none.
  var firstWord = 0

  var length: Int { end - start }
  var words: Int { gaps + 1 }
  var span: TextSpan { TextSpan(start, end) }
}

/// Cuts a page into lines and counts what shows their shape, in one pass over the units.
enum LineScanner {
  /// Puts the lines that are not blank into `lines`.
  static func scan(_ text: UnsafeBufferPointer<UInt16>, into lines: inout [PageLine]) {
    lines.removeAll(keepingCapacity: true)
    CharacterClass.table.withUnsafeBufferPointer { classes in
      var at = 0
      while at < text.count {
        var line = PageLine()
        at = scanLine(text, from: at, classes, &line)
        if line.end > line.start { lines.append(line) }
      }
    }
  }

  /// Reads one line; returns where the next one starts.
  @inline(__always)
  private static func scanLine(
    _ text: UnsafeBufferPointer<UInt16>, from start: Int, _ classes: UnsafeBufferPointer<UInt8>,
    _ line: inout PageLine
  ) -> Int {
    var at = start
    var first = -1
    var last = -1
    var blanks = 0
    var lastMark = CharacterClass.other
    var previous = CharacterClass.blank
    var letters = 0
    var firstWord = -1
    while at < text.count {
      let kind = classes[Int(text[at])]
      // Nine in ten units are letters and the blanks between words.
      if kind == CharacterClass.letter {
        if blanks > 0 { line.note(gap: blanks, inside: first >= 0) }
        blanks = 0
        letters &+= 1
        if first < 0 { first = at }
        if firstWord < 0 { firstWord = at }
        last = at
        previous = kind
        lastMark = kind
        at &+= 1
        continue
      }
      if kind == CharacterClass.blank {
        blanks &+= 1
        at &+= 1
        continue
      }
      if kind == CharacterClass.newline { break }
      if kind == CharacterClass.ignored {
        at &+= 1
        continue
      }
      if blanks > 0 { line.note(gap: blanks, inside: first >= 0) }
      blanks = 0
      if first < 0 { first = at }
      if firstWord < 0, kind == CharacterClass.latin || kind == CharacterClass.digit { firstWord = at }
      last = at
      line.note(kind, at: at, after: previous)
      if kind != CharacterClass.quote && kind != CharacterClass.close { lastMark = kind }
      previous = kind
      at &+= 1
    }
    line.letters &+= letters
    if first >= 0 {
      line.start = first
      line.end = last + 1
      line.firstWord = firstWord < 0 ? last + 1 : firstWord
      line.firstClass = classes[Int(text[first])]
      line.lastClass = classes[Int(text[last])]
      line.endsInStop = lastMark == CharacterClass.stop
      if line.endsInStop, let stop = line.lastStop < 0 ? nil : line.lastStop {
        let isDot = text[stop] == 0x2E || text[stop] == 0x06D4
        line.endsInFullStop = isDot && !(stop > first && text[stop - 1] == 0x2E)
      }
      // Marks that are no part of a word's shape still belong to the last word.
      while line.end < at, classes[Int(text[line.end])] == CharacterClass.ignored { line.end += 1 }
    }
    return at + 1
  }
}

extension PageLine {
  fileprivate mutating func note(gap blanks: Int, inside: Bool) {
    guard inside else { return }
    gaps &+= 1
    if blanks >= 4 { wideGaps &+= 1 }
  }

  fileprivate mutating func note(_ kind: UInt8, at position: Int, after previous: UInt8) {
    switch kind {
    case CharacterClass.latin:
      letters &+= 1
      latin &+= 1
    case CharacterClass.digit: digits &+= 1
    case CharacterClass.stop:
      if previous != CharacterClass.stop { stops &+= 1 }
      firstStop = min(firstStop, position)
      lastStop = position
    case CharacterClass.comma: commas &+= 1
    case CharacterClass.at: hasAt = true
    default: break
    }
  }
}
