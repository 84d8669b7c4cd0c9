import ArabicText

/// Makes tokenized documents from short texts by the simplest rules that show what the extractor does: words are
/// runs of letters, a full stop or line break ends a sentence, و ف ب ل before ال are proclitics.
struct SampleTokenizer {
  var terms = TermTable()
  var stopWords: Set<String> = [
    "في", "من", "على", "الى", "عن", "ان", "هذا", "هذه", "التي", "الذي", "قال", "كان", "مع", "ما", "او", "ثم",
    "كما",
    "لكن", "ذلك", "بعد", "قبل", "كل", "لا", "هو", "هي", "و", "قد", "لم", "انه", "بين",
  ]

  mutating func document(_ text: String, title: String = "") -> TokenizedDocument {
    let body = tokenize(Array(text.utf16))
    let head = tokenize(Array(title.utf16))
    return TokenizedDocument(
      text: Array(text.utf16), tokens: body.tokens, sentences: body.sentences, titleTokens: head.tokens,
      terms: terms)
  }

  private mutating func tokenize(_ text: [UInt16]) -> (tokens: [Token], sentences: [Sentence]) {
    var tokens: [Token] = []
    var sentences: [Sentence] = []
    var firstToken = 0
    var gap = Token.Gap.sentenceStart
    var at = 0
    while at < text.count {
      let start = at
      while at < text.count, SampleTokenizer.isWordUnit(text[at]) { at += 1 }
      if at > start {
        tokens.append(token(text, start, at, gap))
        gap = .blank
        continue
      }
      switch text[at] {
      case 0x20, 0x0d, 0xfeff: break
      case 0x2e, 0x0a, 0x061f, 0x21:
        closeSentence(&sentences, tokens, &firstToken)
        gap = .sentenceStart
      default: if gap == .blank { gap = .punctuation }
      }
      at += 1
    }
    closeSentence(&sentences, tokens, &firstToken)
    return (tokens, sentences)
  }

  private func closeSentence(_ sentences: inout [Sentence], _ tokens: [Token], _ firstToken: inout Int) {
    guard tokens.count > firstToken, let last = tokens.last else { return }
    let span = TextSpan(Int(tokens[firstToken].span.start), Int(last.span.end))
    sentences.append(Sentence(span: span, tokens: firstToken..<tokens.count))
    firstToken = tokens.count
  }

  private mutating func token(_ text: [UInt16], _ start: Int, _ end: Int, _ gap: Token.Gap) -> Token {
    let units = Array(text[start..<end])
    let isNumber = units.allSatisfy { $0 < 0x40 || (0x0660...0x0669).contains($0) }
    let kind: TokenKind = isNumber ? .number : units[0] < 0x250 ? .latin : .arabic
    let id = units.withUnsafeBufferPointer { terms.forms.intern($0) }
    if id.isNew { terms.append(term(units, kind)) }
    return Token(span: TextSpan(start, end), term: id.id, kind: kind, gap: gap)
  }

  private mutating func term(_ units: [UInt16], _ kind: TokenKind) -> Term {
    let key = SampleTokenizer.fold(units)
    let (clitics, length) = SampleTokenizer.proclitics(units)
    let base = SampleTokenizer.fold(Array(units[length...]))
    var stem = base
    for suffix in ["ات", "ون", "ين", "ه", "ي"] where stem.count > suffix.utf16.count + 2 {
      if stem.suffix(suffix.utf16.count).elementsEqual(suffix.utf16) {
        stem.removeLast(suffix.utf16.count)
        break
      }
    }
    let isStopWord = [key, base].contains { stopWords.contains(String(decoding: $0, as: UTF16.self)) }
    return Term(
      base: intern(base), stem: intern(stem), kind: kind, isStopWord: isStopWord,
      isContent: kind != .number && !isStopWord && base.count > 1,
      opening: units.withUnsafeBufferPointer { PhraseOpening($0, clitics) })
  }

  private mutating func intern(_ key: [UInt16]) -> UInt32 {
    key.withUnsafeBufferPointer { terms.keys.intern($0).id }
  }

  private static func isWordUnit(_ unit: UInt16) -> Bool {
    switch unit {
    case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x0620...0x0669, 0x066e...0x06d3: true
    default: false
    }
  }

  static func fold(_ units: [UInt16]) -> [UInt16] {
    units.compactMap { unit in
      switch unit {
      case 0x0622, 0x0623, 0x0625, 0x0671: 0x0627
      case 0x0649: 0x064a
      case 0x0629: 0x0647
      case 0x0640, 0x064b...0x065f, 0x0670: nil
      case 0x41...0x5a: unit + 0x20
      default: unit
      }
    }
  }

  /// Boundaries of و ف ب ك before ال, of ال, and of لل; the length of all that.
  private static func proclitics(_ units: [UInt16]) -> (CliticBoundaries, Int) {
    let article: [UInt16] = [0x0627, 0x0644]
    if units.count > 4, [0x0648, 0x0641, 0x0628, 0x0643].contains(units[0]), units[1...].starts(with: article)
    {
      return (CliticBoundaries(mask: 0b1010, proclitics: 2), 3)
    }
    if units.count > 3, units.starts(with: article) {
      return (CliticBoundaries(mask: 0b100, proclitics: 1), 2)
    }
    if units.count > 3, units.starts(with: [0x0644, 0x0644]) {
      return (CliticBoundaries(mask: 0b110, proclitics: 2), 2)
    }
    return (.none, 0)
  }
}

extension Array where Element == UInt16 {
  /// The units as a string.
  var string: String { String(decoding: self, as: UTF16.self) }
}
