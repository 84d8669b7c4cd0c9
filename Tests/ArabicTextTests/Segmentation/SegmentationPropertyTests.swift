import TestSupport
import ArabicText
import Testing

@Suite("Segmentation properties")
struct SegmentationPropertyTests {
  /// Pieces that meet the rules often.
  private static let pieces = [
    "كلمة", "و", "د", "أ.د", "ق.م", "هـ", "ـ", ".", "..", "…", "!", "؟", "،", "؛", ":", "\"", "'", "«", "»",
    "(", ")",
    "[1]", "[", "]", " ", "  ", "\n", "\r\n", "\u{200b}", "\u{200f}", "\u{64b}", "15", "٣٫٥", "1/2/2020", "-",
    "_",
    "www.a.com", "a@b.org", "https://x.y/z", "U.S", "Dr", "iPhone", "日本。", "ไทย", "😀", "🇪🇬", "²", "[رابط]",
    "•",
    "ﷺ", "\u{2029}", "\u{0}", "دبليو", "قال",
  ].map { Array($0.utf16) }

  private func randomText(_ random: inout SeededGenerator) -> [UInt16] {
    var units: [UInt16] = []
    for _ in 0..<Int.random(in: 0...60, using: &random) {
      switch Int.random(in: 0..<12, using: &random) {
      // Any code point, unassigned ones too.
      case 0:
        let value = UInt32.random(in: 0..<0x11_0000, using: &random)
        if let scalar = Unicode.Scalar(value) { units.append(contentsOf: String(Character(scalar)).utf16) }
      // Any unit: lone surrogates.
      case 1: units.append(UInt16.random(in: 0xd7f0...0xe010, using: &random))
      case 2: units.append(UInt16.random(in: 0x600...0x6ff, using: &random))
      case 3: units.append(UInt16.random(in: 0x20...0x7e, using: &random))
      default: units.append(contentsOf: SegmentationPropertyTests.pieces.randomElement(using: &random)!)
      }
    }
    return units
  }

  private func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber:
      true
    default: false
    }
  }

  /// The first promise the sample breaks, or nil. One expectation a text keeps the run short.
  private func violation(_ sample: SegmentationSample) -> String? {
    let units = sample.units
    var isCovered = Array(repeating: false, count: units.count)
    var previous = 0
    for token in sample.tokens {
      if Int(token.span.start) < previous || token.span.isEmpty { return "tokens overlap or are empty" }
      if Int(token.span.end) > units.count { return "a token leaves the text" }
      if sample.table.forms.units(of: token.term) != Array(units[token.span.range]) { return "wrong term" }
      for i in token.span.range { isCovered[i] = true }
      previous = Int(token.span.end)
    }
    // Tatweel alone makes no word.
    var i = 0
    while i < units.count {
      var length = 1
      var value = UInt32(units[i])
      if units[i] & 0xfc00 == 0xd800, i + 1 < units.count, units[i + 1] & 0xfc00 == 0xdc00 {
        value = 0x10000 + ((value & 0x3ff) << 10) + UInt32(units[i + 1] & 0x3ff)
        length = 2
      }
      if value != 0x640, let scalar = Unicode.Scalar(value), isLetterOrDigit(scalar), !isCovered[i] {
        return "letter or digit at \(i) lies in no token"
      }
      i += length
    }
    return sentenceViolation(sample)
  }

  private func sentenceViolation(_ sample: SegmentationSample) -> String? {
    let units = sample.units
    let lineEnds: Set<UInt16> = [0xa, 0xb, 0xc, 0xd, 0x85, 0x2028, 0x2029]
    var token = 0
    var previous = 0
    for sentence in sample.sentences {
      if Int(sentence.span.start) < previous { return "sentences overlap" }
      if Int(sentence.span.end) > units.count { return "a sentence leaves the text" }
      if sentence.tokens.lowerBound != token || sentence.tokens.isEmpty { return "tokens skipped or none" }
      for (place, index) in sentence.tokens.enumerated() {
        if !sentence.span.contains(sample.tokens[index].span) { return "a token leaves its sentence" }
        if (sample.tokens[index].gap == .sentenceStart) != (place == 0) { return "wrong gap" }
      }
      let text = units[sentence.span.range]
      if text.first == 0x20 || text.last == 0x20 { return "blank at the edge of a sentence" }
      if text.contains(where: lineEnds.contains) { return "line end in a sentence" }
      token = sentence.tokens.upperBound
      previous = Int(sentence.span.end)
    }
    return token == sample.tokens.count ? nil : "tokens after the last sentence"
  }

  @Test("Tokens and sentences are sorted, nested and complete in any text", arguments: [UInt64(1), 2, 3, 4])
  func randomTexts(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for cut in [0, 3] {
      var segmenter = try Segmenter(SegmentationOptions(maxSentenceWords: cut), terms: FormOnlyTerms())
      for _ in 0..<100 {
        let sample = SegmentationSample(units: randomText(&random), segmenter: &segmenter)
        let text = sample.units.map { String($0, radix: 16) }.joined(separator: " ")
        #expect(violation(sample) == nil, "UTF-16: \(text)")
      }
    }
  }

  @Test("A segmenter remembers nothing of the text before")
  func reuse() throws {
    var random = SeededGenerator(seed: 7)
    var segmenter = try Segmenter(SegmentationOptions(), terms: FormOnlyTerms())
    for _ in 0..<100 {
      let units = randomText(&random)
      let reused = SegmentationSample(units: units, segmenter: &segmenter)
      let fresh = try SegmentationSample(units: units)
      #expect(reused.tokens == fresh.tokens)
      #expect(reused.sentences == fresh.sentences)
    }
  }

  @Test("An empty text has no token and no sentence")
  func empty() throws {
    for text in ["", " ", "\n\n", "ـ", "\u{64b}", ".", "\u{200f}"] {
      let sample = try SegmentationSample(text)
      #expect(sample.tokens.isEmpty && sample.sentences.isEmpty)
    }
  }

  /// Texts of one repeated piece, which tempt a scanner to look back or ahead too far.
  private static let monotonous = [
    "ب", "كلمة.", ".", "«", "\"", ". ", "a.", "a@", "http://", "[1]", "أ. ", "ب\u{64b}", "، و", "\u{200b}",
    "1/", "...ا",
    "(!) ", "\n", "د.\"", "日",
  ]

  @Test("Time grows no faster than the text", arguments: monotonous)
  func linearTime(piece: String) throws {
    var segmenter = try Segmenter(SegmentationOptions(maxSentenceWords: 30), terms: FormOnlyTerms())
    let clock = ContinuousClock()
    func time(_ count: Int) -> Duration {
      let units = SegmentationPropertyTests.text(of: piece, count)
      return (0..<2).map { _ in
        clock.measure { _ = SegmentationSample(units: units, segmenter: &segmenter) }
      }.min()!
    }
    // 32 times the text: quadratic would be 1024 times; noise on a busy machine is allowed for.
    #expect(time(1 << 15) < time(1 << 10) * 200 + .milliseconds(200))
  }

  @Test("A megabyte of one letter is one word, a megabyte without blanks is all words")
  func megabyte() throws {
    let letter = try SegmentationSample(units: SegmentationPropertyTests.text(of: "ب", 1 << 20))
    #expect(letter.tokens.count == 1 && letter.sentences.count == 1)
    let words = try SegmentationSample(units: SegmentationPropertyTests.text(of: "كلمة،", 1_000_000))
    #expect(words.tokens.count == 200_000 && words.sentences.count == 1)
  }

  private static func text(of piece: String, _ count: Int) -> [UInt16] {
    let unit = Array(piece.utf16)
    return (0..<count).map { unit[$0 % unit.count] }
  }
}
