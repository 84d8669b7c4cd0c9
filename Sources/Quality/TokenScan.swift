/// Goes over a text once: counts, and hashes of tokens, lines and paragraphs.
struct TokenScan {
  /// A token, line or paragraph.
  struct Piece {
    var hash: UInt64
    /// UTF-16 units; those of a line without blanks around it, those of a paragraph without line ends.
    var length: Int32
  }

  /// What is counted.
  struct Counts {
    var tokens = 0
    var words = 0
    var alphabeticWords = 0
    var wordLetters = 0
    var stopWords = 0
    var hashes = 0
    var ellipses = 0
    var digits = 0
    var arabic = 0
    /// Letters of other scripts.
    var letters = 0
    /// Letters, digits and punctuation.
    var visible = 0
    /// Units that stand in runs of five or more of the same.
    var repeated = 0
    var lines = 0
    var bulletLines = 0
    var ellipsisLines = 0
    var shortLines = 0
    var punctuatedLines = 0
    /// Line ends between the first and the last line.
    var lineEnds = 0
    /// From the first to the last unit that is not blank.
    var length = 0
  }

  private(set) var tokens: [Piece] = []
  private(set) var lines: [Piece] = []
  private(set) var paragraphs: [Piece] = []
  private(set) var counts = Counts()
  private let table = CharacterTable.standard
  private let stopWords = StopWordSet()

  /// Length up to which a line is short, as in FineWeb.
  private static let shortLine = 30
  /// From so many on, equal units are a run.
  private static let run = 5

  /// Line and paragraph that are being read.
  private struct Layout {
    var lineHash: UInt64 = 0
    var lineStart = -1
    var lineEnd = 0
    var paragraphHash: UInt64 = 0
    var paragraphLength = 0
    /// Line ends since the last token.
    var pendingEnds = 0
    var firstVisible = -1
  }

  /// Reads a text in place of the last one.
  mutating func read(_ text: UnsafeBufferPointer<UInt16>) {
    tokens.removeAll(keepingCapacity: true)
    lines.removeAll(keepingCapacity: true)
    paragraphs.removeAll(keepingCapacity: true)
    counts = Counts()
    var layout = Layout()
    table.entries.withUnsafeBufferPointer { entries in
      var at = 0
      while at < text.count {
        let entry = entries[Int(text[at])]
        switch (entry >> 16) & 15 {
        case CharacterTable.Class.blank, CharacterTable.Class.mark: at &+= 1
        case CharacterTable.Class.lineEnd:
          endLine(&layout, text, entries)
          // A carriage return and a line feed are one line end.
          at &+= text[at] == 0x0D && at &+ 1 < text.count && text[at &+ 1] == 0x0A ? 2 : 1
          layout.pendingEnds &+= 1
        case CharacterTable.Class.punctuation: at = readMarks(text, at, &layout)
        default: at = readWord(text, at, entries, &layout)
        }
      }
      endLine(&layout, text, entries)
      endParagraph(&layout)
    }
    if layout.firstVisible >= 0 { counts.length = layout.lineEnd - layout.firstVisible }
  }

  /// Reads a run of the same mark of punctuation; where it ends.
  @inline(__always)
  private mutating func readMarks(
    _ text: UnsafeBufferPointer<UInt16>, _ start: Int, _ layout: inout Layout
  ) -> Int {
    let unit = text[start]
    var end = start &+ 1
    // Of a character of two units every repetition is a token: emoji are no runs.
    while end < text.count, text[end] == unit { end &+= 1 }
    if unit & 0xFC00 == 0xD800, end < text.count, text[end] & 0xFC00 == 0xDC00 { end &+= 1 }
    let count = end &- start
    switch unit {
    case 0x23: counts.hashes &+= count
    case 0x2026: counts.ellipses &+= 1
    case 0x2E where count >= 3: counts.ellipses &+= 1
    default: break
    }
    counts.visible &+= count
    if count >= TokenScan.run { counts.repeated &+= count }
    var hash = TokenHash()
    // However long: ... and .... are the same token.
    hash.add(unit)
    if count > 1 { hash.add(text[end &- 1]) }
    add(Piece(hash: hash.value, length: Int32(truncatingIfNeeded: count)), start, end, &layout)
    return end
  }

  /// Reads letters, digits and what rides on them; where the word ends.
  @inline(__always)
  private mutating func readWord(
    _ text: UnsafeBufferPointer<UInt16>, _ start: Int, _ entries: UnsafeBufferPointer<UInt32>,
    _ layout: inout Layout
  ) -> Int {
    var hash = TokenHash()
    var at = start
    var arabic = 0
    var letters = 0
    var digits = 0
    var last: UInt16 = 0
    var same = 0
    loop: while at < text.count {
      let unit = text[at]
      let entry = entries[Int(unit)]
      switch (entry >> 16) & 15 {
      case CharacterTable.Class.arabic: arabic &+= 1
      case CharacterTable.Class.letter: letters &+= 1
      case CharacterTable.Class.digit: digits &+= 1
      case CharacterTable.Class.mark:
        at &+= 1
        continue loop
      case CharacterTable.Class.punctuation
      where entry & CharacterTable.joinsNumber != 0 && digits > 0 && at &+ 1 < text.count
        && (entries[Int(text[at &+ 1])] >> 16) & 15 == CharacterTable.Class.digit
        && (entries[Int(text[at &- 1])] >> 16) & 15 == CharacterTable.Class.digit:
        counts.visible &+= 1
      default: break loop
      }
      if unit == last {
        same &+= 1
      } else {
        if same >= TokenScan.run { counts.repeated &+= same }
        last = unit
        same = 1
      }
      let folded = UInt16(truncatingIfNeeded: entry)
      if folded != 0xFFFF { hash.add(folded) }
      at &+= 1
    }
    if same >= TokenScan.run { counts.repeated &+= same }
    let length = arabic &+ letters &+ digits
    counts.words &+= 1
    counts.wordLetters &+= length
    counts.alphabeticWords &+= arabic &+ letters > 0 ? 1 : 0
    counts.arabic &+= arabic
    counts.letters &+= letters
    counts.digits &+= digits
    counts.visible &+= length
    let value = hash.value
    if length <= 10, digits == 0 {
      if stopWords.contains(value) {
        counts.stopWords &+= 1
      } else if length > 2, text[start] == 0x648 || text[start] == 0x641 {
        counts.stopWords &+= isStopWord(text, start &+ 1, at, entries) ? 1 : 0
      }
    }
    add(Piece(hash: value, length: Int32(truncatingIfNeeded: at &- start)), start, at, &layout)
    return at
  }

  /// Whether what stands behind a proclitic is a stop word.
  private func isStopWord(
    _ text: UnsafeBufferPointer<UInt16>, _ start: Int, _ end: Int, _ entries: UnsafeBufferPointer<UInt32>
  ) -> Bool {
    var hash = TokenHash()
    for at in start..<end {
      let folded = UInt16(truncatingIfNeeded: entries[Int(text[at])])
      if folded != 0xFFFF { hash.add(folded) }
    }
    return stopWords.contains(hash.value)
  }

  @inline(__always)
  private mutating func add(_ token: Piece, _ start: Int, _ end: Int, _ layout: inout Layout) {
    tokens.append(token)
    counts.tokens &+= 1
    if layout.lineStart < 0 {
      beginLine(start, &layout)
    }
    layout.lineHash = TokenHash.append(token.hash, to: layout.lineHash)
    layout.lineEnd = end
  }

  private mutating func beginLine(_ start: Int, _ layout: inout Layout) {
    if layout.firstVisible < 0 {
      layout.firstVisible = start
    } else {
      counts.lineEnds += layout.pendingEnds
      if layout.pendingEnds > 1 { endParagraph(&layout) }
    }
    layout.pendingEnds = 0
    layout.lineStart = start
  }

  private mutating func endLine(
    _ layout: inout Layout, _ text: UnsafeBufferPointer<UInt16>, _ entries: UnsafeBufferPointer<UInt32>
  ) {
    guard layout.lineStart >= 0 else { return }
    let length = layout.lineEnd - layout.lineStart
    let last = layout.lineEnd - 1
    counts.lines += 1
    if entries[Int(text[layout.lineStart])] & CharacterTable.beginsList != 0 { counts.bulletLines += 1 }
    if text[last] == 0x2026
      || length >= 3 && text[last] == 0x2E && text[last - 1] == 0x2E && text[last - 2] == 0x2E
    {
      counts.ellipsisLines += 1
    }
    if length <= TokenScan.shortLine { counts.shortLines += 1 }
    if entries[Int(text[last])] & CharacterTable.endsLine != 0 { counts.punctuatedLines += 1 }
    lines.append(Piece(hash: layout.lineHash, length: Int32(truncatingIfNeeded: length)))
    layout.paragraphHash = TokenHash.append(layout.lineHash, to: layout.paragraphHash)
    layout.paragraphLength += length
    layout.lineHash = 0
    layout.lineStart = -1
  }

  private mutating func endParagraph(_ layout: inout Layout) {
    guard layout.paragraphLength > 0 else { return }
    paragraphs.append(
      Piece(hash: layout.paragraphHash, length: Int32(truncatingIfNeeded: layout.paragraphLength)))
    layout.paragraphHash = 0
    layout.paragraphLength = 0
  }
}
