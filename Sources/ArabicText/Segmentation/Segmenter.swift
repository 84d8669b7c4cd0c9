/// Cuts an article into sentences and words.
///
/// Boundaries are ICU's (UAX #29, tailored by the locale), corrected by what Arabic writing does differently:
/// see `SentenceScanner`, `WordScanner`, `AbbreviationRules` and `LineRoles`. Every letter and digit of the
/// text lies in exactly one token and every token in exactly one sentence. Time is linear in the text.
///
/// One per worker: it owns ICU iterators and buffers that are reused, so it is not `Sendable`.
public struct Segmenter {
  /// Works out the terms of new word forms.
  public var terms: any TermInterning

  private let wordBreaks: BreakIterator
  private let sentenceBreaks: BreakIterator
  private let classes: CharacterClasses
  private var addresses: AddressScanner
  private var wordScanner: WordScanner
  private var sentenceScanner: SentenceScanner
  private var longSentences: LongSentences

  /// Opens ICU's iterators; throws if ICU cannot open one for the locale.
  public init(_ options: SegmentationOptions = SegmentationOptions(), terms: any TermInterning)
    throws(BreakIteratorError)
  {
    self.terms = terms
    wordBreaks = try BreakIterator(.words, locale: options.locale)
    sentenceBreaks = try BreakIterator(.sentences, locale: options.locale)
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
    guard text.count > 0, text.count < Int(Int32.max) else { return }
    addresses.scan(text, classes: classes)
    wordBreaks.findBoundaries(in: text)
    wordScanner.scan(text, boundaries: wordBreaks.boundaries, addresses: addresses.spans)
    sentenceBreaks.findBoundaries(in: text)
    sentenceScanner.scan(
      text, words: wordScanner.words, boundaries: sentenceBreaks.boundaries, into: &sentences)
    longSentences.cut(text, words: wordScanner.words, sentences: &sentences)
    tokens.reserveCapacity(wordScanner.words.count)
    for sentence in sentences {
      for index in sentence.tokens {
        tokens.append(token(text, at: index, isFirst: index == sentence.tokens.lowerBound, table: &table))
      }
    }
  }

  @inline(__always)
  private mutating func token(
    _ text: UnsafeBufferPointer<UInt16>, at index: Int, isFirst: Bool, table: inout TermTable
  ) -> Token {
    let word = wordScanner.words[index]
    let form = UnsafeBufferPointer(rebasing: text[Int(word.start)..<Int(word.end)])
    let term = table.forms.find(form) ?? terms.intern(form, kind: word.kind, in: &table)
    var gap = Token.Gap.sentenceStart
    if !isFirst { gap = self.gap(text, Int(wordScanner.words[index - 1].end), Int(word.start)) }
    return Token(
      span: TextSpan(Int(word.start), Int(word.end)), term: term, kind: word.kind, gap: gap)
  }

  /// What stands between two words. Invisible characters do not count; the underscore of a hashtag stands
  /// for a blank.
  private func gap(_ text: UnsafeBufferPointer<UInt16>, _ start: Int, _ end: Int) -> Token.Gap {
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
