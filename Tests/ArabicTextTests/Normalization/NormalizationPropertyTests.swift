import TestSupport
import ArabicText
import Testing

@Suite("Properties of normalization over random text")
struct NormalizationPropertyTests {
  /// Pieces that options care about, so that random text meets their edges often.
  private static let pieces =
    [
      "ا\u{0654}", "ى\u{0654}", "\u{0649}", "\u{0654}", "\u{0653}", "\u{06D6}", "\u{0651}\u{064E}",
      "\u{0640}", "لل", "ل",
      "تت", "وو", "ه", "ا", "\u{06CC}", "\u{06D5}", "\u{06C1}", "\u{06A9}", "عل\u{06CC}", "\u{FDFA}",
      "\u{FDFC}", "\u{FE76}",
      "\u{FC5E}", "\u{FE71}", "\u{FEFB}", "\u{200C}", "\u{200D}", "\u{200E}", "\u{200F}", "\u{061C}",
      "\u{202A}", "\u{202C}",
      "\u{2067}", "\u{2069}", "\u{FEFF}", "\u{AD}", "\u{200B}", " ", "\u{A0}", "\n", "\r\n", "\r", "\t",
      "\u{2028}", "&amp;",
      "&", "amp;", "#", "38;", "quot;", "lt", ";", "&#108;", "&nbsp;", "\u{37E}", ",", "?", "\"", "“", "”",
      "«", "'",
      "1", "05", "٠", "۵", "٫", "٬", "0501234567", "+966", "-", ".", ":", "/", "http://", "www.", "a.com",
      "@", "a@b.co",
      "w", "x", "e\u{0301}", "\u{0338}", "<", "😀", "\u{FE0F}", "(", ")", "\u{1100}", "\u{1161}", "\u{212B}",
    ].map { Array($0.utf16) }

  private static func randomText(_ generator: inout SeededGenerator) -> [UInt16] {
    var text: [UInt16] = []
    for _ in 0..<Int.random(in: 1...24, using: &generator) {
      switch Int.random(in: 0..<10, using: &generator) {
      case 0: text.append(UInt16.random(in: 0...0xFFFF, using: &generator))
      case 1: text.append(UInt16.random(in: 0x0600...0x06FF, using: &generator))
      case 2: text.append(UInt16.random(in: 0x08A0...0x08FF, using: &generator))
      case 3: text.append(UInt16.random(in: 0xFB50...0xFEFF, using: &generator))
      case 4: text.append(UInt16.random(in: 0x0300...0x0360, using: &generator))
      default: text += pieces.randomElement(using: &generator) ?? []
      }
    }
    return text
  }

  private static func randomOptions(_ generator: inout SeededGenerator) -> NormalizationOptions {
    func pick<T: CaseIterable>(_ generator: inout SeededGenerator) -> T {
      T.allCases.randomElement(using: &generator)!
    }
    var options = NormalizationOptions()
    options.tatweel = pick(&generator)
    options.diacritics = pick(&generator)
    options.quranicMarks = pick(&generator)
    options.presentationForms = pick(&generator)
    options.invisibles = pick(&generator)
    options.lookalikes = pick(&generator)
    options.digits = pick(&generator)
    options.punctuation = pick(&generator)
    options.quotes = pick(&generator)
    options.htmlEntities = pick(&generator)
    options.whitespace = pick(&generator)
    options.elongation = pick(&generator)
    options.emails = pick(&generator)
    options.urls = pick(&generator)
    options.phones = pick(&generator)
    return options
  }

  /// Every option off, the defaults, each option of the defaults changed at random, and random mixtures.
  @Test(
    "output is NFC and stable, and the edit layers lead from source to output and back", arguments: 0..<60)
  func properties(_ seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed) &* 7919)
    let options =
      seed == 0 ? .compositionOnly : seed < 4 ? NormalizationOptions() : Self.randomOptions(&generator)
    var normalizer = try Normalizer(options)
    var composer = try Normalizer(.compositionOnly)
    for _ in 0..<300 {
      let source = Self.randomText(&generator)
      let (text, edits) = normalizer.normalize(source)
      let again = normalizer.normalize(text)
      try #require(
        again.text == text && again.edits.isIdentity,
        "not stable: \(NormalizationCase.hex(source)) | \(NormalizationCase.hex(text)) | \(NormalizationCase.hex(again.text)) | \(options)"
      )
      try #require(
        composer.normalize(text).edits.isIdentity, "not NFC: \(NormalizationCase.hex(source)) \(options)")
      try checkLayers(edits, source, text)
      try checkWayBack(edits, source, text)
    }
  }

  /// Edits are sorted and apart, stretches between them are equal in length, and the last ends the text.
  private func checkLayers(_ edits: EditMap, _ source: [UInt16], _ text: [UInt16]) throws {
    var length = source.count
    for layer in edits.layers {
      var last = TextEdit(source: TextSpan(0, 0), output: TextSpan(0, 0))
      for (index, edit) in layer.enumerated() {
        try #require(index == 0 || edit.source.start > last.source.end, "edits overlap or touch")
        try #require(
          edit.source.start - last.source.end == edit.output.start - last.output.end,
          "stretch changed its length")
        try #require(edit.source.start <= edit.source.end && edit.output.start <= edit.output.end)
        last = edit
      }
      length = length - Int(last.source.end) + Int(last.output.end)
    }
    try #require(length == text.count, "layers do not add up to the output")
  }

  /// Units outside all edits are those of the source; all source spans lie in bounds, in order.
  private func checkWayBack(_ edits: EditMap, _ source: [UInt16], _ text: [UInt16]) throws {
    var last = TextSpan(0, 0)
    for i in text.indices {
      let span = edits.source(of: TextSpan(i, i + 1))
      try #require(span.start >= 0 && span.start <= span.end && Int(span.end) <= source.count)
      try #require(
        span.start >= last.start && span.end >= last.end,
        "order lost: \(NormalizationCase.hex(source)) at \(i), \(edits)")
      last = span
      if let origin = untouchedOrigin(of: i, in: edits) {
        try #require(text[i] == source[origin] && span == TextSpan(origin, origin + 1))
      }
    }
    try #require(text.isEmpty || edits.source(of: TextSpan(0, text.count)).count <= source.count)
  }

  /// Where unit `i` stood in the source, by walking the layers one edit at a time; nil if an edit wrote it.
  private func untouchedOrigin(of i: Int, in edits: EditMap) -> Int? {
    var at = i
    for layer in edits.layers.reversed() {
      var shift = 0
      for edit in layer {
        if edit.output.range.contains(at) { return nil }
        if Int(edit.output.end) <= at { shift = Int(edit.source.end) - Int(edit.output.end) }
      }
      at += shift
    }
    return at
  }

  @Test("an unchanged text is returned without a copy")
  func unchangedTextIsNotCopied() throws {
    var normalizer = try Normalizer()
    let source = Array("قالت الوزارة، في بيان: «لا تغيير».\n\nوأضافت أن 12 شخصا حضروا.".utf16)
    let (text, edits) = normalizer.normalize(source)
    #expect(edits.isIdentity)
    #expect(
      source.withUnsafeBufferPointer { $0.baseAddress } == text.withUnsafeBufferPointer { $0.baseAddress })
  }

  @Test("the first pass goes before all others and has its layer in the map")
  func firstPass() throws {
    var normalizer = try Normalizer { text, output, edits in
      guard text.first == 0x78 else { return }
      output = [0x0627, 0x0654] + text.dropFirst()
      edits = [TextEdit(source: TextSpan(0, 1), output: TextSpan(0, 2))]
    }
    let (text, edits) = normalizer.normalize(Array("xب".utf16))
    #expect(text == Array("أب".utf16))
    #expect(edits.layers.count == 2)
    #expect(edits.source(of: TextSpan(0, 1)) == TextSpan(0, 1))
  }
}
