import ArabicText

/// What goes into a background model, and its file.
struct BackgroundContents {
  /// A term and its counts.
  struct Term {
    /// As phrases name it.
    var id: UInt32
    var key: [UInt16]
    var documents: UInt32
    var tokens: UInt32
    /// Four shares, as a row has them.
    var usage: UInt32

    init(id: UInt32, key: [UInt16], _ row: TermCounts.Row) {
      (self.id, self.key) = (id, key)
      (documents, tokens, usage) = (row.documents, row.tokens, row.usageBytes)
    }

    /// The commonest first: nearly all lookups ask for those, which so share few pages of the file.
    func precedes(_ other: Term) -> Bool {
      documents != other.documents ? documents > other.documents : key.lexicographicallyPrecedes(other.key)
    }
  }

  var documents: UInt64 = 0
  var tokens: UInt64 = 0
  var limits: BackgroundLimits
  var source = ""
  /// In any order, with any ids.
  var terms: [Term] = []
  /// In any order; those with terms that are not in `terms` are left out.
  var phrases: [BackgroundPhrase] = []

  init(limits: BackgroundLimits) { self.limits = limits }

  /// The bytes of a model, which depend on the counts alone.
  func file() -> [UInt8] {
    let terms = terms.sorted { $0.precedes($1) }
    let phrases = renamed(terms)
    let pairs = phrases.filter(\.isPair)
    let triples = phrases.filter { !$0.isPair }
    let source = Array(source.utf8)
    var header = BackgroundHeader()
    (header.documents, header.tokens, header.limits) = (documents, tokens, limits)
    header.terms = UInt32(terms.count)
    header.termSlots = BackgroundContents.termSlots(terms.count)
    header.units = UInt32(terms.reduce(0) { $0 + $1.key.count })
    (header.pairs, header.triples) = (UInt32(pairs.count), UInt32(triples.count))
    header.pairSlots = BackgroundContents.phraseSlots(pairs.count)
    header.tripleSlots = BackgroundContents.phraseSlots(triples.count)
    header.sourceBytes = UInt32(source.count)

    var contents: [UInt8] = []
    contents.reserveCapacity(header.fileBytes - BackgroundFormat.headerBytes)
    contents.append(words: rows(terms))
    contents.append(words: slots(terms, Int(header.termSlots)))
    contents.append(words: table(pairs, Int(header.pairSlots)) { [$0.first, $0.second, $0.documents] })
    contents.append(
      words: table(triples, Int(header.tripleSlots)) { [$0.first, $0.second, $0.third, $0.documents] })
    for term in terms { contents.append(words: term.key) }
    contents += source
    header.checksum = contents.withUnsafeBytes { ContentHash.hash($0) }
    return header.bytes + contents
  }

  /// Phrases that name rows instead of ids, sorted.
  private func renamed(_ sorted: [Term]) -> [BackgroundPhrase] {
    var rowOfID = Array(repeating: BackgroundFormat.noRow, count: Int(sorted.map(\.id).max() ?? 0) + 1)
    for (row, term) in sorted.enumerated() { rowOfID[Int(term.id)] = UInt32(row) }
    func row(_ id: UInt32) -> UInt32? {
      guard id < rowOfID.count, rowOfID[Int(id)] != BackgroundFormat.noRow else { return nil }
      return rowOfID[Int(id)]
    }
    return phrases.compactMap { phrase in
      guard let first = row(phrase.first), let second = row(phrase.second) else { return nil }
      guard let third = phrase.isPair ? BackgroundFormat.noRow : row(phrase.third) else { return nil }
      return BackgroundPhrase(first, second, third, documents: phrase.documents)
    }.sorted { $0.precedes($1) }
  }

  private static func termSlots(_ count: Int) -> UInt32 {
    var slots = 2
    while slots < count * 2 { slots *= 2 }
    return UInt32(slots)
  }

  /// Six tenths full: most phrases that are asked for are not there, and such a search passes 3.6 entries on average,
  /// which is one line of the cache or two (Knuth, The Art of Computer Programming 3, 6.4).
  private static func phraseSlots(_ count: Int) -> UInt32 { UInt32((count * 5 + 2) / 3) }

  private func rows(_ terms: [Term]) -> [UInt32] {
    var words: [UInt32] = []
    words.reserveCapacity(terms.count * BackgroundFormat.rowWords)
    var start: UInt32 = 0
    for term in terms {
      let length = UInt32(term.key.count)
      let rarity = BackgroundFormat.rarity(term.documents, of: Int(documents))
      words += [start, length, term.documents, term.tokens, term.usage, rarity.bitPattern]
      start += length
    }
    return words
  }

  private func slots(_ terms: [Term], _ count: Int) -> [UInt32] {
    var slots = Array(repeating: UInt32(0), count: count)
    let mask = UInt32(count - 1)
    for (row, term) in terms.enumerated() {
      let hash = term.key.withUnsafeBufferPointer { BackgroundFormat.hash($0) }
      var at = UInt32(truncatingIfNeeded: hash) & mask
      while slots[Int(at)] != 0 { at = (at + 1) & mask }
      slots[Int(at)] = BackgroundFormat.tag(hash, mask) | UInt32(row + 1)
    }
    return slots
  }

  /// Phrases at their places in a table, each as the words of an entry, the documents last.
  private func table(
    _ phrases: [BackgroundPhrase], _ slots: Int, _ entry: (BackgroundPhrase) -> [UInt32]
  ) -> [UInt32] {
    guard let first = phrases.first else { return [] }
    let size = entry(first).count
    var words = Array(repeating: UInt32(0), count: slots * size)
    for phrase in phrases {
      var at = BackgroundFormat.place(
        BackgroundFormat.hash(phrase.first, phrase.second, phrase.third), in: slots)
      while words[at * size + size - 1] != 0 { at = at + 1 == slots ? 0 : at + 1 }
      words.replaceSubrange((at * size)..<((at + 1) * size), with: entry(phrase))
    }
    return words
  }
}

extension [UInt8] {
  /// Appends numbers in little-endian order.
  fileprivate mutating func append<Number: FixedWidthInteger>(words: [Number]) {
    for word in words { Swift.withUnsafeBytes(of: word.littleEndian) { append(contentsOf: $0) } }
  }
}
