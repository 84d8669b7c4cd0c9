import ArabicText

/// Finds what hangs at the end of a line of text: ...المزيد, // انتهى //, an address, المصدر: ….
struct TailReader {
  let patterns: StructurePatterns
  let reader: LineReader

  /// How far back from a line's end a tail may begin.
  static let reach = 160

  /// A tail: where it begins, what it is, what it tells.
  struct Tail {
    var start: Int
    var kind: BlockKind
    var value: TextSpan
  }

  /// Reads the end of a line; `words` is used as room.
  func read(_ text: UnsafeBufferPointer<UInt16>, _ line: PageLine, _ words: inout LineWords) -> Tail? {
    // From a blank on, so that no word is cut.
    var start = max(line.start, line.end - Self.reach)
    while start > line.start, start < line.end,
      CharacterClass.table[Int(text[start - 1])] != CharacterClass.blank
    {
      start += 1
    }
    guard start < line.end else { return nil }
    words.read(text, start, line.end, limit: Self.reach)
    let all = words.words
    guard let last = all.last, all.count > 1 else { return nil }
    let (key, numberKey) = StructurePatterns.keys(last)
    for form in (patterns.byLast[key] ?? []) + (numberKey.flatMap { patterns.byLast[$0] } ?? [])
    where form.place == .tail && form.words.count < all.count {
      let at = all.count - form.words.count
      guard StructurePatterns.match(form.words[...], all, at: at, toEnd: true) != nil else { continue }
      return tail(text, line, all, at, form.kind)
    }
    if last.hash == Self.more, last.gap.contains(.stop) {
      return tail(text, line, all, all.count - 1, .residue)
    }
    if last.hash == Self.finished || last.hash == Self.continued,
      last.gap.contains(.slash) || last.gap.contains(.open)
    {
      return tail(text, line, all, all.count - 1, .residue)
    }
    return address(text, line, all) ?? label(text, line, &words)
  }

  private static let more = LineWords.hash("المزيد")
  private static let finished = LineWords.hash("انتهى")
  private static let continued = LineWords.hash("يتبع")

  /// A tail that begins at a word, with the marks before it.
  private func tail(
    _ text: UnsafeBufferPointer<UInt16>, _ line: PageLine, _ all: [LineWord], _ index: Int, _ kind: BlockKind
  ) -> Tail? {
    var start = index > 0 ? all[index - 1].end : line.start
    func mark(at position: Int) -> UInt8 { CharacterClass.table[Int(text[position])] }
    while start < all[index].start,
      mark(at: start) == CharacterClass.close || mark(at: start) == CharacterClass.quote
    {
      start += 1
    }
    // One full stop closes the sentence before; more of them stand for what is left out.
    if mark(at: start) == CharacterClass.stop, mark(at: start + 1) != CharacterClass.stop { start += 1 }
    while start < line.end, mark(at: start) == CharacterClass.blank { start += 1 }
    guard start > line.start else { return nil }
    return Tail(start: start, kind: kind, value: TextSpan(all[index].start, line.end))
  }

  /// An e-mail address or a handle, alone behind the last full stop or bracket; behind a colon it ends a sentence that
  /// says what it is for.
  private func address(_ text: UnsafeBufferPointer<UInt16>, _ line: PageLine, _ all: [LineWord]) -> Tail? {
    guard line.hasAt else { return nil }
    var index = all.count - 1
    while index >= 0, all[index].isLatin || all[index].isNumber { index -= 1 }
    guard index >= 0, index < all.count - 1 else { return nil }
    guard all[(index + 1)...].contains(where: { $0.gap.contains(.at) }) else { return nil }
    let gap = all[index + 1].gap
    guard !gap.isDisjoint(with: [.stop, .open, .dash, .slash, .bar]) else { return nil }
    return tail(text, line, all, index + 1, .contact)
  }

  /// A label behind the last full stop: المصدر: …
  private func label(_ text: UnsafeBufferPointer<UInt16>, _ line: PageLine, _ words: inout LineWords) -> Tail?
  {
    // The last stop may close the tail itself.
    guard let from = words.words.lastIndex(where: { !$0.gap.isDisjoint(with: [.stop, .open]) }), from > 0
    else { return nil }
    let start = words.words[from].start
    var part = line
    part.start = start
    part.endsInStop = false
    let isInBrackets = words.words[from].gap.contains(.open)
    words.read(text, start, line.end, limit: 24)
    let reading = reader.read(text, part, words)
    guard let kind = reading.kind, reading.isParted, reading.weight >= 1, !reading.value.isEmpty,
      kind == .source || kind == .siteKeywords || kind == .readAlso
    else { return nil }
    guard kind != .source || words.words.count <= 7 else { return nil }
    if isInBrackets { part.start -= 1 }
    return Tail(start: part.start, kind: kind, value: reading.value)
  }
}
