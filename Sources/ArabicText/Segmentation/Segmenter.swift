/// Cuts an article into sentences and words.
///
/// Boundaries are ICU's (UAX #29, tailored by the locale), corrected by what Arabic writing does differently:
/// see `SentenceScanner`, `WordScanner`, `AbbreviationRules` and `LineRoles`. Every letter and digit of the
/// text lies in exactly one token and every token in exactly one sentence. `BoundaryRules.unicode` leaves ICU's
/// boundaries as they are. Time is linear in the text.
///
/// One per worker: it owns ICU iterators and buffers that are reused, so it is not `Sendable`.
public struct Segmenter {
  /// Whether words get terms.
  public let findsTerms: Bool

  /// How much of a text is taken.
  public var limits = SegmentationLimits()

  /// What the last text had too many of; it then has no tokens and no sentences. nil when it had not.
  public private(set) var excess: SegmentationExcess?

  /// Works out the terms of new word forms.
  public private(set) var terms: (any TermInterning)?
  private let rules: BoundaryRules
  private let wordBreaks: BreakIterator
  private let sentenceBreaks: BreakIterator
  private let classes: CharacterClasses
  private let map = PlainMap()
  private var addresses: AddressScanner
  private let wordScanner: WordScanner
  private var sentenceScanner: SentenceScanner
  private var longSentences: LongSentences
  private var lookups = Interner.Lookups()
  private var newForms: [NewForm] = []

  /// Opens ICU's iterators; throws if ICU cannot open one for the locale. `terms` works out the terms of new word
  /// forms; without it the table stays empty, and the terms of tokens mean nothing.
  public init(_ options: SegmentationOptions = SegmentationOptions(), terms: (any TermInterning)?)
    throws(BreakIteratorError)
  {
    self.terms = terms
    findsTerms = terms != nil
    rules = options.boundaries
    wordBreaks = try BreakIterator(.words, locale: options.locale, engine: options.breakEngine)
    sentenceBreaks = try BreakIterator(.sentences, locale: options.locale, engine: options.breakEngine)
    classes = CharacterClasses()
    addresses = AddressScanner(placeholders: options.placeholders)
    wordScanner = WordScanner(classes: classes)
    sentenceScanner = SentenceScanner(classes: classes, options: options)
    longSentences = LongSentences(classes: classes, maxWords: options.maxSentenceWords)
  }

  /// Segments one text (UTF-16; lone surrogates are allowed) and replaces the contents of `tokens` and
  /// `sentences` by its own, both in order of the text. Spans count UTF-16 units; new word forms are added
  /// to `table`. A text without a word has no sentence; texts of 2^31 units and more give nothing.
  public mutating func segment(
    _ text: UnsafeBufferPointer<UInt16>, table: inout TermTable, tokens: inout [Token],
    sentences: inout [Sentence]
  ) {
    tokens.removeAll(keepingCapacity: true)
    sentences.removeAll(keepingCapacity: true)
    excess = nil
    guard text.count > 0, text.count < Int(Int32.max) else { return }
    map.read(text)
    switch rules {
    case .arabic: segmentAsArabic(text, &sentences)
    case .unicode: segmentAsUnicode(text, &sentences)
    }
    guard excess == nil else { return }
    longSentences.cut(text, words: wordScanner.words, sentences: &sentences)
    if limits.sentences > 0, sentences.count > limits.sentences {
      excess = .sentences(sentences.count)
      sentences.removeAll()
      return
    }
    tokens = makeTokens(of: text, sentences)
    if findsTerms { assignTerms(text, table: &table, tokens: &tokens) }
  }

  /// Whether the words that were found are not too many.
  private mutating func checkWords() -> Bool {
    let count = wordScanner.words.count
    if limits.words > 0, count > limits.words { excess = .words(count) }
    return excess == nil
  }

  /// ICU's boundaries, corrected.
  private mutating func segmentAsArabic(_ text: UnsafeBufferPointer<UInt16>, _ sentences: inout [Sentence]) {
    addresses.scan(text, map, classes: classes)
    if !addresses.hasBlankPlaceholder, wordBreaks.findPieces(in: text, map, silent: classes.silent) {
      wordScanner.scan(text, pieces: wordBreaks.pieces, addresses: addresses.spans)
    } else {
      wordBreaks.findBoundaries(in: text, map)
      wordScanner.scan(text, boundaries: wordBreaks.boundaries, addresses: addresses.spans)
    }
    guard checkWords() else { return }
    sentenceBreaks.findBoundaries(in: text, map)
    sentences.reserveCapacity(sentenceBreaks.boundaries.count)
    sentenceScanner.scan(
      text, map, words: wordScanner.words, boundaries: sentenceBreaks.boundaries, into: &sentences)
  }

  /// ICU's boundaries alone. A word over which ICU's sentence rules go (its word rules join some of what these
  /// part, as in `a.ب`) belongs to the sentence it begins in.
  private mutating func segmentAsUnicode(_ text: UnsafeBufferPointer<UInt16>, _ sentences: inout [Sentence]) {
    wordScanner.scan(text, pieces: wordBreaks.boundariesAndStatuses(of: text))
    guard checkWords() else { return }
    sentenceBreaks.findBoundaries(in: text, map)
    let words = wordScanner.words
    var start = 0
    var word = 0
    for boundary in sentenceBreaks.boundaries {
      let firstWord = word
      while word < words.count, words[word].start < boundary { word += 1 }
      if word > firstWord {
        let span = classes.trimmed(text, start..<Int(boundary))
        sentences.append(Sentence(span: TextSpan(span.lowerBound, span.upperBound), tokens: firstWord..<word))
      }
      start = Int(boundary)
    }
  }

  /// The words of all sentences, which are all words, as tokens without terms.
  private func makeTokens(of text: UnsafeBufferPointer<UInt16>, _ sentences: [Sentence]) -> [Token] {
    let words = wordScanner.words
    return Array(capacity: words.count) { tokens in
      guard var word = words.baseAddress, var token = tokens.baseAddress else { return 0 }
      var count = 0
      for sentence in sentences where !sentence.tokens.isEmpty {
        token.initialize(
          to: Token(span: word.pointee.span, term: 0, kind: word.pointee.kind, gap: .sentenceStart))
        for _ in 1..<sentence.tokens.count {
          let gap = self.gap(text, Int(word.pointee.end), Int(word[1].start))
          word += 1
          token += 1
          token.initialize(to: Token(span: word.pointee.span, term: 0, kind: word.pointee.kind, gap: gap))
        }
        word += 1
        token += 1
        count += sentence.tokens.count
      }
      return count
    }
  }

  /// Finds the terms of all tokens, and has those of new forms worked out, in order of the text.
  private mutating func assignTerms(
    _ text: UnsafeBufferPointer<UInt16>, table: inout TermTable, tokens: inout [Token]
  ) {
    newForms.removeAll(keepingCapacity: true)
    tokens.withUnsafeMutableBufferPointer { tokens in
      guard lookups.find(tokens, in: text, table.forms) > 0 else { return }
      for i in tokens.indices where tokens[i].term == Interner.unknown {
        let form = UnsafeBufferPointer(rebasing: text[tokens[i].span.range])
        // It may have been added a few words before.
        let (id, isNew) = table.forms.intern(form)
        tokens[i].term = id
        if isNew { newForms.append(NewForm(span: tokens[i].span, kind: tokens[i].kind)) }
      }
    }
    if !newForms.isEmpty { terms?.analyze(newForms, of: text, in: &table) }
  }

  /// What stands between two words. Invisible characters do not count; the underscore of a hashtag stands
  /// for a blank.
  @inline(__always)
  private func gap(_ text: UnsafeBufferPointer<UInt16>, _ start: Int, _ end: Int) -> Token.Gap {
    if end == start + 1, text[start] == 0x20 { return .blank }
    var gap = Token.Gap.none
    for i in start..<end {
      switch classes[text[i]] {
      case .mark: continue
      case .blank: gap = .blank
      default:
        if text[i] != 0x5f { return .punctuation }
        gap = .blank
      }
    }
    return gap
  }
}
