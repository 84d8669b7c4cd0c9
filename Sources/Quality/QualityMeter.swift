/// Measures one text after another; one for each worker, as it keeps buffers.
///
/// Linear in the length of the text: one pass over its units, then one over its tokens for each length of n-gram, as
/// far as any of that length occurs twice.
public struct QualityMeter {
  private var scan = TokenScan()
  private var seen = SeenHashes()
  private var grams: [UInt64] = []

  /// Buffers of a text with more tokens than this are given back.
  private static let keptTokens = 1 << 17

  /// Makes a meter.
  public init() {}

  /// Measures a text, in UTF-16.
  ///
  /// - Parameter skipsGrams: whether the measures of n-grams are left at 0, which saves half of the time.
  public mutating func measure(
    _ text: UnsafeBufferPointer<UInt16>, skippingGrams skipsGrams: Bool = false
  ) -> QualityMeasures {
    var measures = QualityMeasures()
    scan.read(text)
    let counts = scan.counts
    guard counts.tokens > 0 else { return measures }
    let words = Double(max(counts.words, 1))
    let tokens = Double(counts.tokens)
    let lines = Double(counts.lines)
    let visible = Double(max(counts.visible, 1))
    measures[.words] = Double(counts.words)
    measures[.wordLength] = Double(counts.wordLetters) / words
    measures[.hashRatio] = Double(counts.hashes) / words
    measures[.ellipsisRatio] = Double(counts.ellipses) / words
    measures[.digitRatio] = Double(counts.digits) / visible
    measures[.alphabeticWords] = Double(counts.alphabeticWords) / tokens
    measures[.arabicLetters] = Double(counts.arabic) / Double(max(counts.arabic + counts.letters, 1))
    measures[.stopWords] = Double(counts.stopWords)
    measures[.stopWordShare] = Double(counts.stopWords) / words
    measures[.bulletLines] = Double(counts.bulletLines) / lines
    measures[.ellipsisLines] = Double(counts.ellipsisLines) / lines
    measures[.shortLines] = Double(counts.shortLines) / lines
    measures[.linePunctuation] = Double(counts.punctuatedLines) / lines
    measures[.lineEndRatio] = Double(counts.lineEnds) / tokens
    measures[.repeatedCharacters] = Double(counts.repeated) / visible
    let length = Double(counts.length)
    let (sameLines, lineUnits) = seen.duplicates(of: scan.lines)
    measures[.duplicateLines] = Double(sameLines) / lines
    measures[.duplicateLineCharacters] = Double(lineUnits) / length
    let (sameParagraphs, paragraphUnits) = seen.duplicates(of: scan.paragraphs)
    measures[.duplicateParagraphs] = Double(sameParagraphs) / Double(scan.paragraphs.count)
    measures[.duplicateParagraphCharacters] = Double(paragraphUnits) / length
    if !skipsGrams { measureGrams(length, &measures) }
    if counts.tokens > QualityMeter.keptTokens { self = QualityMeter() }
    return measures
  }

  /// The same for a text in an array.
  public mutating func measure(_ text: [UInt16], skippingGrams: Bool = false) -> QualityMeasures {
    text.withUnsafeBufferPointer { measure($0, skippingGrams: skippingGrams) }
  }

  private mutating func measureGrams(_ length: Double, _ measures: inout QualityMeasures) {
    let tokens = scan.tokens
    grams.removeAll(keepingCapacity: true)
    for token in tokens { grams.append(token.hash) }
    for (n, measure) in [(2, QualityMeasure.top2Grams), (3, .top3Grams), (4, .top4Grams)] {
      guard lengthen(to: n) else { return }
      let units = seen.mostFrequent(grams, tokens, n)
      // Where no run of n tokens occurs twice, no longer one does.
      if units == 0 { return }
      measures[measure] = Double(units) / length
    }
    let duplicates: [(Int, QualityMeasure)] = [
      (5, .duplicate5Grams), (6, .duplicate6Grams), (7, .duplicate7Grams), (8, .duplicate8Grams),
      (9, .duplicate9Grams), (10, .duplicate10Grams),
    ]
    for (n, measure) in duplicates {
      guard lengthen(to: n) else { return }
      let units = seen.duplicateGrams(grams, tokens, n)
      if units == 0 { return }
      measures[measure] = Double(units) / length
    }
  }

  /// Turns the hashes of runs of n - 1 tokens into those of n; whether there are any.
  private mutating func lengthen(to n: Int) -> Bool {
    let tokens = scan.tokens
    guard tokens.count >= n else { return false }
    grams.removeLast()
    grams.withUnsafeMutableBufferPointer { grams in
      tokens.withUnsafeBufferPointer { tokens in
        for i in grams.indices { grams[i] = TokenHash.append(tokens[i &+ n &- 1].hash, to: grams[i]) }
      }
    }
    return true
  }
}

/// Which hashes were met, and how often.
struct SeenHashes {
  private struct Slot {
    var hash: UInt64 = 0
    var count: Int32 = 0
  }

  private var slots: [Slot] = []
  private var mask = 0

  /// Forgets everything and makes room for so many hashes.
  private mutating func reset(for count: Int) {
    var size = 16
    while size < count * 2 { size *= 2 }
    if slots.count < size {
      slots = Array(repeating: Slot(), count: size)
    } else {
      slots.withUnsafeMutableBufferPointer { $0[..<size].update(repeating: Slot()) }
    }
    mask = size - 1
  }

  /// Notes a hash; how often it was met, this time included.
  @inline(__always)
  private static func note(_ hash: UInt64, in slots: UnsafeMutableBufferPointer<Slot>, _ mask: Int) -> Int32 {
    // 0 is a free place.
    let hash = hash | 1
    var at = Int(truncatingIfNeeded: hash &>> 17) & mask
    while slots[at].hash != hash {
      if slots[at].hash == 0 {
        slots[at] = Slot(hash: hash, count: 1)
        return 1
      }
      at = (at &+ 1) & mask
    }
    slots[at].count &+= 1
    return slots[at].count
  }

  /// How many of these stood before, and their length.
  mutating func duplicates(of pieces: [TokenScan.Piece]) -> (count: Int, units: Int) {
    guard pieces.count > 1 else { return (0, 0) }
    reset(for: pieces.count)
    return slots.withUnsafeMutableBufferPointer { slots in
      var count = 0
      var units = 0
      for piece in pieces where SeenHashes.note(piece.hash, in: slots, mask) > 1 {
        count += 1
        units += Int(piece.length)
      }
      return (count, units)
    }
  }

  /// Units in the run of n tokens that occurs most often (of several the longest), a blank between its tokens; 0 when
  /// none occurs twice.
  mutating func mostFrequent(_ grams: [UInt64], _ tokens: [TokenScan.Piece], _ n: Int) -> Int {
    reset(for: grams.count)
    return slots.withUnsafeMutableBufferPointer { slots in
      tokens.withUnsafeBufferPointer { tokens in
        var best: (count: Int32, units: Int) = (1, 0)
        for (i, gram) in grams.enumerated() {
          let count = SeenHashes.note(gram, in: slots, mask)
          guard count > 1, count >= best.count else { continue }
          var units = n &- 1
          for k in i..<i &+ n { units &+= Int(tokens[k].length) }
          if (count, units) > best { best = (count, units) }
        }
        return Int(best.count) * best.units
      }
    }
  }

  /// Units of the tokens in runs of n that stood before; after such a run, reading goes on behind it.
  mutating func duplicateGrams(_ grams: [UInt64], _ tokens: [TokenScan.Piece], _ n: Int) -> Int {
    reset(for: grams.count)
    return slots.withUnsafeMutableBufferPointer { slots in
      var units = 0
      var i = 0
      while i < grams.count {
        if SeenHashes.note(grams[i], in: slots, mask) > 1 {
          for k in i..<i + n { units += Int(tokens[k].length) }
          i += n
        } else {
          i += 1
        }
      }
      return units
    }
  }
}
