@testable import ArabicText

/// Sentences and words: sorted, nested, complete, and those that ICU finds by itself.
enum SegmentationTargets {
  static let all = [
    FuzzTarget("segment", mutations: 60) {
      var pairs = try [
        SegmentationOptions(), SegmentationOptions(locale: "en", headings: false, listLines: false),
        SegmentationOptions(maxSentenceWords: 3, placeholders: ["[رابط]", "...", "(-)"], maxHeadingWords: 2),
      ].map { try Pair($0) }
      return { bytes in
        let text = FuzzInput.text(bytes)
        for index in pairs.indices { try pairs[index].check(text) }
      }
    }
  ]

  /// One segmenter that takes the quick way through plain words, and one that asks ICU for every boundary.
  private struct Pair {
    private var quick: Segmenter
    private var slow: Segmenter
    private let classes = CharacterClasses()

    init(_ options: SegmentationOptions) throws {
      var options = options
      quick = try Segmenter(options, terms: TermAnalyzer())
      options.breakEngine = .icu
      slow = try Segmenter(options, terms: TermAnalyzer())
    }

    mutating func check(_ text: [UInt16]) throws {
      var table = TermTable()
      var (tokens, sentences) = ([Token](), [Sentence]())
      var otherTable = TermTable()
      var (otherTokens, otherSentences) = ([Token](), [Sentence]())
      text.withUnsafeBufferPointer {
        quick.segment($0, table: &table, tokens: &tokens, sentences: &sentences)
        slow.segment($0, table: &otherTable, tokens: &otherTokens, sentences: &otherSentences)
      }
      try require(
        tokens == otherTokens && sentences == otherSentences,
        "\(tokens.count) words and \(sentences.count) sentences, by ICU alone \(otherTokens.count) and \(otherSentences.count): \(FuzzInput.hex(text))"
      )
      try checkTokens(tokens, table, text)
      try checkSentences(sentences, tokens, text)
    }

    private func checkTokens(_ tokens: [Token], _ table: TermTable, _ text: [UInt16]) throws {
      var isCovered = Array(repeating: false, count: text.count)
      var previous = 0
      for token in tokens {
        try require(Int(token.span.start) >= previous && !token.span.isEmpty, "words overlap or are empty")
        try require(Int(token.span.end) <= text.count, "a word leaves the text")
        try require(
          table.forms.units(of: token.term) == Array(text[token.span.range]), "a word of another form")
        for unit in token.span.range { isCovered[unit] = true }
        previous = Int(token.span.end)
      }
      for unit in text.indices where !isCovered[unit] {
        guard text[unit] != 0x640, let scalar = Unicode.Scalar(UInt32(text[unit])) else { continue }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
          .decimalNumber:
          throw PropertyViolation(
            description: "a letter or digit in no word, at \(unit): \(FuzzInput.hex(text))")
        default: break
        }
      }
    }

    private func checkSentences(_ sentences: [Sentence], _ tokens: [Token], _ text: [UInt16]) throws {
      var token = 0
      var previous = 0
      for sentence in sentences {
        try require(Int(sentence.span.start) >= previous, "sentences overlap")
        try require(Int(sentence.span.end) <= text.count, "a sentence leaves the text")
        try require(sentence.tokens.lowerBound == token && !sentence.tokens.isEmpty, "words skipped, or none")
        for index in sentence.tokens {
          try require(sentence.span.contains(tokens[index].span), "a word leaves its sentence")
          try require(
            (tokens[index].gap == .sentenceStart) == (index == sentence.tokens.lowerBound), "a wrong gap")
        }
        token = sentence.tokens.upperBound
        previous = Int(sentence.span.end)
      }
      try require(token == tokens.count, "words behind the last sentence")
    }
  }
}
