import ArabicText

/// What one line looks like by itself.
struct LineReading {
  /// The kind with the best score; nil when nothing speaks for any.
  var kind: BlockKind?
  /// Its weight, before place and shape are counted.
  var weight = 0.0
  /// What the label leads to; empty for a label alone.
  var value: TextSpan
  /// Whether the line is a label without anything behind it.
  var isLabelAlone = false
  /// Whether label and value have a colon or another mark between.
  var isParted = false

  init(_ line: PageLine) { value = line.span }

  mutating func take(
    _ kind: BlockKind, _ weight: Double, value: TextSpan? = nil, alone: Bool = false, parted: Bool = false
  ) {
    guard weight > self.weight else { return }
    self.kind = kind
    self.weight = weight
    if let value { self.value = value }
    isLabelAlone = alone
    isParted = parted
  }
}

/// Finds what a line looks like by patterns and by its own shape.
struct LineReader {
  let patterns: StructurePatterns
  let options: StructureOptions
  let names: NameWords

  /// Reads a line that is at most `options.longestFurniture` long as a whole.
  func read(_ text: UnsafeBufferPointer<UInt16>, _ line: PageLine, _ words: LineWords) -> LineReading {
    var reading = LineReading(line)
    let all = words.words
    guard let first = all.first else { return reading }
    if text[line.start] == 0x00A9 { reading.take(.copyright, 1) }
    // Words before the label, such as a number in a list, are not passed over; marks are.
    let (key, numberKey) = StructurePatterns.keys(first)
    for form in patterns.byFirst[key] ?? [] { read(form, line, words, into: &reading) }
    if let numberKey {
      for form in patterns.byFirst[numberKey] ?? [] { read(form, line, words, into: &reading) }
    }
    if words.isComplete {
      readEnd(line, all, &reading)
      readAnywhere(all, &reading)
      readShare(all, &reading)
      readDate(line, words, &reading)
      readCredit(text, line, words, &reading)
      readContact(text, line, all, &reading)
      readHashtags(all, &reading)
      readInitials(all, &reading)
    }
    return reading
  }

  private func read(
    _ form: PatternForm, _ line: PageLine, _ words: LineWords, into reading: inout LineReading
  ) {
    let all = words.words
    switch form.place {
    case .line:
      guard words.isComplete, StructurePatterns.match(form.words[...], all, at: 0, toEnd: true) != nil else {
        return
      }
      reading.take(form.kind, form.fullWeight, alone: true)
    case .start:
      guard let end = StructurePatterns.match(form.words[...], all, at: 0, toEnd: false) else { return }
      // What the last literal word leads to; the shortest match ends one word behind it.
      let value = form.words.last == .some ? TextSpan(all[end - 1].start, line.end) : nil
      reading.take(form.kind, form.fullWeight, value: value)
    case .label: readLabel(form, line, words, &reading)
    case .name: readName(form, line, words, &reading)
    case .end, .has, .tail, .word, .words: break
    }
  }

  private func readLabel(
    _ form: PatternForm, _ line: PageLine, _ words: LineWords, _ reading: inout LineReading
  ) {
    let all = words.words
    guard let end = StructurePatterns.match(form.words[...], all, at: 0, toEnd: false) else { return }
    if end == all.count {
      guard words.isComplete else { return }
      reading.take(form.kind, form.fullWeight, value: TextSpan(line.end, line.end), alone: true)
      return
    }
    let gap = all[end].gap
    let parted = !gap.isDisjoint(with: .afterLabel) || gap.contains(.hash)
    // Without a colon a label is a word like any other, unless more speaks for it.
    let weight = parted ? form.weight : form.weight * 0.4
    // Quotes and hashes that open the value belong to it; whoever reads it takes colon and blanks off.
    reading.take(form.kind, weight, value: TextSpan(all[end - 1].end, line.end), parted: parted)
  }

  /// A label and names of people.
  private func readName(
    _ form: PatternForm, _ line: PageLine, _ words: LineWords, _ reading: inout LineReading
  ) {
    let all = words.words
    guard words.isComplete, let end = StructurePatterns.match(form.words[...], all, at: 0, toEnd: false),
      end < all.count
    else { return }
    let parted = !all[end].gap.isDisjoint(with: .afterLabel)
    let name = all[end...]
    guard (parted ? 1 : 2)...6 ~= name.count, !line.endsInStop, names.areNames(name, patterns) else { return }
    reading.take(
      form.kind, parted ? form.weight : form.weight * 0.7, value: TextSpan(all[end].start, line.end),
      parted: parted)
  }

  private func readEnd(_ line: PageLine, _ all: [LineWord], _ reading: inout LineReading) {
    guard let last = all.last else { return }
    let (key, numberKey) = StructurePatterns.keys(last)
    for form in (patterns.byLast[key] ?? []) + (numberKey.flatMap { patterns.byLast[$0] } ?? []) {
      guard form.words.count <= all.count,
        StructurePatterns.match(form.words[...], all, at: all.count - form.words.count, toEnd: true) != nil
      else { continue }
      if form.place == .end || form.words.count == all.count { reading.take(form.kind, form.weight) }
    }
  }

  private func readAnywhere(_ all: [LineWord], _ reading: inout LineReading) {
    guard !patterns.anywhere.isEmpty, all.count <= 25 else { return }
    for index in all.indices {
      let (key, numberKey) = StructurePatterns.keys(all[index])
      for form in (patterns.anywhere[key] ?? []) + (numberKey.flatMap { patterns.anywhere[$0] } ?? [])
      where StructurePatterns.match(form.words[...], all, at: index, toEnd: false) != nil {
        reading.take(form.kind, form.weight)
      }
    }
  }

  /// A line of nothing but names of networks and buttons.
  private func readShare(_ all: [LineWord], _ reading: inout LineReading) {
    var index = 0
    var buttons = 0
    while index < all.count {
      let (classes, length) = patterns.classes(all, at: index)
      guard classes.contains(.button) || classes.contains(.filler) || all[index].isNumber else { return }
      if classes.contains(.button) { buttons += length }
      index += length
    }
    guard buttons > 0 else { return }
    reading.take(.share, buttons == 1 ? 0.8 : 1.2)
  }

  /// A line of nothing but a date, perhaps with label and place.
  private func readDate(_ line: PageLine, _ words: LineWords, _ reading: inout LineReading) {
    let all = words.words
    guard all.count >= 3 || line.digits >= 6, all.count <= 24, line.length <= 130 else { return }
    var index = 0
    var numbers = 0
    var months = 0
    var labels = 0
    var units = 0
    var others = 0
    var valueStart = -1
    while index < all.count {
      let (classes, length) = patterns.classes(all, at: index)
      if classes.contains(.dateLabel) {
        labels += 1
      } else if all[index].isNumber {
        numbers += 1
        if valueStart < 0 { valueStart = all[index].start }
      } else if !classes.isDisjoint(with: .date) {
        if classes.contains(.month) { months += 1 } else { units += 1 }
        if valueStart < 0 { valueStart = all[index].start }
      } else if all[index].isLatin, line.digits >= 4, all[index].end - all[index].start <= 5 {
        units += 1
      } else {
        others += classes.contains(.city) ? 0 : 1
      }
      index += length
    }
    guard others == 0, valueStart >= 0, numbers > 0, numbers + months + labels > 1 || units > 1 else {
      return
    }
    let isDate = months > 0 && numbers >= 1 || line.digits >= 6 && numbers >= 3
    guard isDate || labels > 0 || (units >= 2 && numbers <= 2 && all.count <= 6) else { return }
    reading.take(
      .date, labels > 0 ? 1.1 : isDate ? 0.85 : 0.7, value: TextSpan(valueStart, line.end), parted: labels > 0
    )
  }

  /// A short line that ends in a credit in brackets: (رويترز).
  private func readCredit(
    _ text: UnsafeBufferPointer<UInt16>, _ line: PageLine, _ words: LineWords, _ reading: inout LineReading
  ) {
    let all = words.words
    guard words.tail.contains(.close), line.lastClass == CharacterClass.close, all.count > 1 else { return }
    guard let open = all.lastIndex(where: { $0.gap.contains(.open) }), all.count - open <= 5 else { return }
    let (classes, length) = patterns.classes(all, at: open)
    guard classes.contains(.credit) else { return }
    let rest = all[(open + length)...]
    guard rest.isEmpty || names.areNames(rest, patterns) else { return }
    // A sentence before the brackets is text with its source, not a caption.
    guard line.stops == 0, text[line.end - 1] == 0x29 || text[line.end - 1] == 0xFD3F else { return }
    reading.take(.caption, open == 0 ? 0.8 : all.count <= 20 ? 0.9 : 0.6)
  }

  /// A line of nothing but hashtags.
  private func readHashtags(_ all: [LineWord], _ reading: inout LineReading) {
    var tags = 0
    for word in all {
      if word.gap.contains(.hash) {
        tags += 1
      } else if word.gap.contains(.blank) && !word.gap.contains(.underscore) {
        return
      }
    }
    if tags > 0 { reading.take(.siteKeywords, tags > 1 ? 1 : 0.3, parted: true) }
  }

  /// A line of editors' initials, as agencies put them under a text: ع ب / م ن س.
  private func readInitials(_ all: [LineWord], _ reading: inout LineReading) {
    guard all.count >= 3, all.count <= 10, all.contains(where: { $0.gap.contains(.slash) }) else { return }
    let initials = all.count { $0.end - $0.start == 1 && !$0.isNumber }
    if initials >= 3, all.count - initials <= 1 { reading.take(.residue, 0.9) }
  }

  /// A line of nothing but an address, a handle or a number.
  private func readContact(
    _ text: UnsafeBufferPointer<UInt16>, _ line: PageLine, _ all: [LineWord], _ reading: inout LineReading
  ) {
    guard line.hasAt, all.count <= 12, line.length <= 100 else { return }
    let arabic = all.count { !$0.isLatin && !$0.isNumber }
    guard arabic <= 4, line.latin * 2 >= line.letters else { return }
    reading.take(.contact, arabic == 0 ? 1 : 0.9)
  }
}
