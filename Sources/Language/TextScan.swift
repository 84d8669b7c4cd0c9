/// One stretch of a text, a line or part of one, with what speaks for each language in it.
struct EvidenceChunk {
  /// Where it stands.
  var start = 0
  var end = 0
  /// Sums of evidence.
  var evidence = Evidence()
  /// Letters by script.
  var arabic: Int32 = 0
  var latin: Int32 = 0
  var other: Int32 = 0
  /// Words in Latin letters.
  var latinWords: Int32 = 0

  var letters: Int32 { arabic &+ latin &+ other }
}

/// Goes over a text once and cuts it into chunks.
struct TextScan {
  /// A line shorter than this many letters is taken together with the next one.
  static let leastLetters: Int32 = 24
  /// A line is cut after this many letters.
  static let mostLetters: Int32 = 160
  /// A chunk is cut after this many units, whatever they are, so that sums stay small.
  private static let mostUnits = 4096

  private let tables = EvidenceTables.standard
  private var counts = [Int32](repeating: 0, count: EvidenceTables.classCount)

  /// Appends the chunks of a range of the text.
  mutating func scan(
    _ text: UnsafeBufferPointer<UInt16>, _ range: Range<Int>, into chunks: inout [EvidenceChunk]
  ) {
    let tables = tables
    tables.units.withUnsafeBufferPointer { units in
      counts.withUnsafeMutableBufferPointer { counts in
        var word = WordState()
        var chunk = EvidenceChunk()
        chunk.start = range.lowerBound
        var at = range.lowerBound
        let end = range.upperBound
        while at < end {
          let unit = text[at]
          let entry = units[Int(unit)]
          counts[Int(entry >> 9)] &+= 1
          let kind = (entry >> 6) & 7
          if kind == word.kind, kind == EvidenceTables.Kind.arabic {
            word.key = word.key &<< 6 | UInt64(entry & 63)
            word.length &+= 1
            at &+= 1
            continue
          }
          if kind == EvidenceTables.Kind.mark {
            at &+= 1
            continue
          }
          if word.takes(kind, entry) {
            at &+= 1
            continue
          }
          if unit == 0x3A, word.kind == EvidenceTables.Kind.latin, at &+ 2 < end, text[at &+ 1] == 0x2F,
            text[at &+ 2] == 0x2F
          {
            word = WordState()
            at = TextScan.blank(in: text, after: at, end)
            continue
          }
          word.close(&chunk, tables)
          word = WordState()
          if kind != EvidenceTables.Kind.separator {
            _ = word.takes(kind, entry)
            at &+= 1
            continue
          }
          // A handle or the host of an e-mail address.
          if unit == 0x40 {
            at = TextScan.blank(in: text, after: at, end)
            continue
          }
          at = unit == 0x26 ? TextScan.afterEntity(in: text, at, end) : at &+ 1
          let letters = chunk.letters
          guard letters >= TextScan.leastLetters || at &- chunk.start >= TextScan.mostUnits else { continue }
          if unit == 0x0A || unit == 0x2029 || letters >= TextScan.mostLetters
            || at &- chunk.start >= TextScan.mostUnits
          {
            TextScan.close(&chunk, at, counts, tables, into: &chunks)
          }
        }
        word.close(&chunk, tables)
        TextScan.close(&chunk, end, counts, tables, into: &chunks)
      }
    }
  }

  /// Ends a chunk: what its letters say is added by class.
  private static func close(
    _ chunk: inout EvidenceChunk, _ end: Int, _ counts: UnsafeMutableBufferPointer<Int32>,
    _ tables: EvidenceTables, into chunks: inout [EvidenceChunk]
  ) {
    chunk.end = end
    counts[0] = 0
    for index in 1..<EvidenceTables.classCount where counts[index] != 0 {
      chunk.evidence &+= tables.classes[index] &* Evidence(repeating: counts[index])
      counts[index] = 0
    }
    if chunk.letters > 0 { chunks.append(chunk) }
    chunk = EvidenceChunk()
    chunk.start = end
  }

  /// Index after an HTML entity such as `&quot;` or `&#1571;`, or after the `&` if none begins there.
  private static func afterEntity(in text: UnsafeBufferPointer<UInt16>, _ start: Int, _ end: Int) -> Int {
    var at = start &+ 1
    while at < min(end, start &+ 10),
      text[at] == 0x23 || (text[at] | 0x20) &- 0x61 < 26 || text[at] &- 0x30 < 10
    {
      at &+= 1
    }
    return at < end && text[at] == 0x3B ? at &+ 1 : start &+ 1
  }

  /// Index of the next blank or control character; what stands before it is no text.
  private static func blank(in text: UnsafeBufferPointer<UInt16>, after start: Int, _ end: Int) -> Int {
    var at = start &+ 1
    while at < end, text[at] > 0x20 { at &+= 1 }
    return at
  }
}

/// The word that is being read.
private struct WordState {
  var key: UInt64 = 0
  var length: Int32 = 0
  var kind: UInt16 = 0
  /// Digits of a Latin word: how many, whether one stands before a letter, whether two stand together, and whether
  /// one is no letter of Arabizi.
  var digits: Int32 = 0
  var isDigitBeforeLetter = false
  var isPlainNumber = false
  var endsInDigit = false

  /// Takes one more letter or digit if it can go on the word.
  @inline(__always)
  mutating func takes(_ letterKind: UInt16, _ entry: UInt16) -> Bool {
    switch letterKind {
    case EvidenceTables.Kind.digit:
      guard kind != EvidenceTables.Kind.arabic, kind != EvidenceTables.Kind.other else { return false }
      if kind == EvidenceTables.Kind.separator { kind = EvidenceTables.Kind.digit }
      // 0, 1 and 4 stand for no Arabic letter.
      let digit = (entry & 63) &- 27
      if endsInDigit || digit < 2 || digit == 4 { isPlainNumber = true }
      digits &+= 1
      endsInDigit = true
    case EvidenceTables.Kind.latin:
      guard kind != EvidenceTables.Kind.arabic, kind != EvidenceTables.Kind.other else { return false }
      kind = EvidenceTables.Kind.latin
      if endsInDigit { isDigitBeforeLetter = true }
      endsInDigit = false
    case EvidenceTables.Kind.arabic, EvidenceTables.Kind.other:
      guard kind == EvidenceTables.Kind.separator || kind == letterKind else { return false }
      kind = letterKind
    default: return false
    }
    key = key &<< 6 | UInt64(entry & 63)
    length &+= 1
    return true
  }

  /// Adds what the word says.
  @inline(__always)
  func close(_ chunk: inout EvidenceChunk, _ tables: EvidenceTables) {
    switch kind {
    case EvidenceTables.Kind.arabic:
      chunk.arabic &+= length
      closeArabic(&chunk, tables)
    case EvidenceTables.Kind.latin: closeLatin(&chunk, tables)
    case EvidenceTables.Kind.other: chunk.other &+= length
    default: break
    }
  }

  @inline(__always)
  private func closeArabic(_ chunk: inout EvidenceChunk, _ tables: EvidenceTables) {
    let length = Int(length)
    if length <= EvidenceTables.longestWord {
      var number = tables.number(of: key)
      if number == 0, length > 3 {
        // و and ف are written together with the Arabic word after them.
        let first = key &>> UInt64(6 &* (length &- 1))
        if first == WordState.waw || first == WordState.feh {
          number = tables.number(of: key & ((1 &<< UInt64(6 &* (length &- 1))) &- 1))
          if tables.evidence[number][Lane.arabic] == 0 { number = 0 }
        }
      }
      if number != 0 {
        chunk.evidence &+= tables.evidence[number]
      } else if length > 2 {
        // Three words of four in Arabic are in the list or begin with the article; there is less of both elsewhere.
        chunk.evidence &+= WordState.unlisted
      }
      guard length > 2 else { return }
      let opening = key &>> UInt64(6 &* (length &- 2))
      let prefix = tables.prefixes[Int(truncatingIfNeeded: opening)]
      if prefix != 0 {
        if prefix & EvidenceTables.affixMark != 0 {
          let longer = key &>> UInt64(6 &* (length &- 3)) | EvidenceTables.prefixKey
          chunk.evidence &+= tables.evidence[tables.number(of: longer)]
        }
        chunk.evidence &+= tables.evidence[Int(prefix & ~EvidenceTables.affixMark)]
      }
    }
    guard length > 2 else { return }
    let suffix = tables.suffixes[Int(truncatingIfNeeded: key & 0xFFF)]
    if suffix != 0 {
      if suffix & EvidenceTables.affixMark != 0 {
        let longer = key & 0x3FFFF | EvidenceTables.suffixKey
        chunk.evidence &+= tables.evidence[tables.number(of: longer)]
      }
      chunk.evidence &+= tables.evidence[Int(suffix & ~EvidenceTables.affixMark)]
    }
  }

  @inline(never)
  private func closeLatin(_ chunk: inout EvidenceChunk, _ tables: EvidenceTables) {
    let letters = length &- digits
    chunk.latin &+= letters
    chunk.latinWords &+= 1
    if length <= EvidenceTables.longestWord {
      chunk.evidence &+= tables.evidence[tables.number(of: key | EvidenceTables.latinKey)]
    }
    // 7abibi, ma3rafsh; but not 2nd, 5km, h2o, mp3, a1b2c3.
    if digits > 0, digits <= 3, isDigitBeforeLetter, !isPlainNumber, letters >= 3, letters >= digits {
      chunk.evidence[Lane.arabizi] &+= 40
    }
  }

  private static let unlisted = Evidence.parse("fa 0.15, ur 0.15, ps 0.15, ckb 0.15")
  private static let waw = UInt64(EvidenceTables.standard.units[0x0648] & 63)
  private static let feh = UInt64(EvidenceTables.standard.units[0x0641] & 63)
}
