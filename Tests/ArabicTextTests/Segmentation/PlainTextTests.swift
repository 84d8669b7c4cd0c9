import TestSupport
import Testing

@testable import ArabicText

/// Going from one unit that is neither a plain letter nor a blank to the next changes nothing.
@Suite("Plain letters and blanks are passed over")
struct PlainTextTests {
  private static let pieces = [
    "كتاب", "والمدرسة", "و", "د", "ـ", ".", "..", "…", "؟", "،", "؛", ":", "\"", "'", "«", "»", "(", ")",
    "[12]",
    "\n", "\r\n", "\u{A0}", "\u{200B}", "\u{200D}", "\u{64B}", "\u{301}", "15", "3.5", "٣٫٥", "1/2/2020", "-",
    "_",
    "/", "www.a.com", "a@b.org", "https://x.y/z", "U.S.", "Dr", "iPhone", "😀", "🇪🇬", "(-)", "((-).", "...(",
    "\u{1F3FD}", "[رابط]",
    "پ", "ش1",
    "\u{FEFB}", "\u{2029}", "\u{0}", "\u{5D0}", "日",
  ].map { Array($0.utf16) }

  /// Text that is mostly words with one blank between them, as articles are, long enough for several blocks.
  private static func text(_ random: inout SeededGenerator, strangeness: Int) -> [UInt16] {
    var text: [UInt16] = []
    for _ in 0..<Int.random(in: 0...120, using: &random) {
      switch Int.random(in: 0..<40, using: &random) {
      case 0..<strangeness: text += pieces.randomElement(using: &random)!
      case strangeness: text += Array(repeating: 0x20, count: Int.random(in: 2...5, using: &random))
      case strangeness + 1: text.append(UInt16.random(in: 0xD7F0...0xE010, using: &random))
      case strangeness + 2: text.append(UInt16.random(in: 0...UInt16.max, using: &random))
      default:
        for _ in 0..<Int.random(in: 0...9, using: &random) {
          text.append(UInt16.random(in: 0x620...0x64B, using: &random))
        }
        text.append(0x20)
      }
    }
    return text
  }

  @Test("The map says of each unit what it is", arguments: [0, 1, 63, 64, 65, 127, 128, 129, 1000])
  func map(count: Int) {
    var random = SeededGenerator(seed: UInt64(count))
    let map = PlainMap()
    for _ in 0..<20 {
      let text = (0..<count).map { _ in
        UInt16.random(in: 0x610...0x655, using: &random) & ~(Bool.random(using: &random) ? 0x640 : 0)
      }
      text.withUnsafeBufferPointer { map.read($0) }
      for i in 0..<(count / 64 + 1) * 64 {
        let isLetter = i < count && (0x621...0x64A).contains(text[i]) && text[i] != 0x640
        let isOther = i >= count || !isLetter && text[i] != 0x20
        #expect(map.letters[i / 64] >> UInt64(i % 64) & 1 == (isLetter ? 1 : 0))
        #expect(map.others[i / 64] >> UInt64(i % 64) & 1 == (isOther ? 1 : 0))
      }
      for i in 0...count {
        let next = (i..<count).first { map.others[$0 / 64] >> UInt64($0 % 64) & 1 == 1 } ?? count
        #expect(map.nextOther(from: i) == next)
      }
    }
  }

  private let classes = CharacterClasses()

  /// Pieces without the blanks they start with, since whether a run of blanks is one piece with what rides on the
  /// last blank matters to no word, and without silent ones.
  private func trimmed(_ pieces: [Range<Int>], _ text: [UInt16]) -> [Range<Int>] {
    let silent = classes.silent
    return pieces.compactMap { piece in
      guard let start = piece.first(where: { text[$0] != 0x20 }) else { return nil }
      let isSilent = piece.count == 1 && text[start] < silent.count && silent[Int(text[start])] != 0
      return isSilent ? nil : start..<piece.upperBound
    }
  }

  private func difference(_ text: [UInt16], _ breaks: BreakIterator, _ icu: BreakIterator) -> String? {
    let map = PlainMap()
    return text.withUnsafeBufferPointer { units in
      map.read(units)
      icu.findBoundaries(in: units, map)
      // Text that needs a dictionary goes to ICU as a whole.
      guard breaks.findPieces(in: units, map, silent: classes.silent) else { return nil }
      for piece in breaks.pieces where piece.is_plain != 0 {
        for i in piece.start..<piece.end
        where text[Int(i)] == 0x640 || !(0x621...0x64A).contains(text[Int(i)]) {
          return "not plain at \(i)"
        }
      }
      let ours = breaks.pieces.map { Int($0.start)..<Int($0.end) }
      let ends = icu.boundaries.map { Int($0) }
      let theirs = zip([0] + ends, ends).map { $0..<$1 }
      let isSame = trimmed(ours, text) == trimmed(theirs, text)
      return isSame ? nil : "\(text.map { String($0, radix: 16) }): ours \(ours), ICU \(theirs)"
    }
  }

  @Test("Silent units make no word")
  func silentUnits() {
    for unit in classes.silent.indices where classes.silent[unit] != 0 {
      let text = [UInt16(unit)]
      #expect(!classes[text[0]].isWord)
      text.withUnsafeBufferPointer { #expect(!Emoji.starts($0, at: 0, end: 1)) }
    }
  }

  @Test("Pieces of words are ICU's", arguments: ["ar", "en", "fi"])
  func pieces(locale: String) throws {
    let breaks = try BreakIterator(.words, locale: locale)
    let icu = try BreakIterator(.words, locale: locale, engine: .icu)
    var random = SeededGenerator(seed: 5)
    for round in 0..<4000 {
      let found = difference(Self.text(&random, strangeness: round % 20), breaks, icu)
      #expect(found == nil)
      if found != nil { return }
    }
  }

  @Test("Any unit between letters and blanks has the boundaries that ICU finds")
  func everyUnit() throws {
    let breaks = try BreakIterator(.words, locale: "ar")
    let icu = try BreakIterator(.words, locale: "ar", engine: .icu)
    for unit in UInt16.min...UInt16.max {
      let text: [UInt16] = [
        unit, 0x628, unit, 0x20, 0x62A, unit, 0x62B, 0x20, unit, 0x20, 0x20, unit, 0x62C, 0x31, unit, 0x20,
        0x62D, unit,
      ]
      let found = difference(text, breaks, icu)
      #expect(found == nil)
      if found != nil { return }
    }
  }

  @Test("More pieces than fit into one call")
  func manyPieces() throws {
    let breaks = try BreakIterator(.words, locale: "ar")
    let icu = try BreakIterator(.words, locale: "ar", engine: .icu)
    for piece in ["ب ", "ب", " ", "كلمة، ", "ب\u{64B}.", " \u{301}", "1 "] {
      let unit = Array(piece.utf16)
      for count in [63, 64, 65, 1023, 1024, 1025, 5000] {
        #expect(difference((0..<count).map { unit[$0 % unit.count] }, breaks, icu) == nil)
      }
    }
  }

  @Test("Words, addresses and sentences are the same as when every unit is looked at", arguments: [1, 2, 3])
  func scanners(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)

    let (map, blind) = (PlainMap(), PlainMap(takingAllForOthers: true))
    let wordBreaks = try BreakIterator(.words, locale: "ar")
    let sentenceBreaks = try BreakIterator(.sentences, locale: "ar")
    var addresses = AddressScanner(placeholders: ["[رابط]", "رابط", "(-)", "..."])
    let words = WordScanner(classes: classes)
    var scanner = SentenceScanner(classes: classes, options: SegmentationOptions())
    for round in 0..<2000 {
      let text = Self.text(&random, strangeness: 2 + round % 30)
      text.withUnsafeBufferPointer { units in
        map.read(units)
        blind.read(units)
        addresses.scan(units, blind, classes: classes)
        let expectedAddresses = addresses.spans
        addresses.scan(units, map, classes: classes)
        #expect(addresses.spans == expectedAddresses)

        wordBreaks.findBoundaries(in: units, blind)
        words.scan(units, boundaries: wordBreaks.boundaries, addresses: addresses.spans)
        let expectedWords = Array(words.words)
        if wordBreaks.findPieces(in: units, map, silent: classes.silent) {
          words.scan(units, pieces: wordBreaks.pieces, addresses: addresses.spans)
        }
        #expect(Array(words.words) == expectedWords)

        var (sentences, expectedSentences) = ([Sentence](), [Sentence]())
        sentenceBreaks.findBoundaries(in: units, blind)
        scanner.scan(
          units, blind, words: words.words, boundaries: sentenceBreaks.boundaries, into: &expectedSentences)
        sentenceBreaks.findBoundaries(in: units, map)
        scanner.scan(units, map, words: words.words, boundaries: sentenceBreaks.boundaries, into: &sentences)
        #expect(sentences == expectedSentences)
      }
    }
  }
}
