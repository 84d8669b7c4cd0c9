import ArabicText

/// What a sentence's form says about its fitness for a summary.
struct SentenceForm {
  let weights: SummaryWeights

  /// How a sentence is tied to the one before it.
  enum Tie {
    /// It stands by itself.
    case none
    /// It opens with و or ف, the usual way to go on in Arabic; less of a loss alone than the other.
    case conjunction
    /// It opens with a word that points back.
    case pointingBack
  }

  /// How a sentence is tied to the one before it, as far as its first word tells. The conjunction is one that the
  /// clitic splitter has found: وصل and فاز begin with their roots.
  func tie(of sentence: Sentence, _ document: TokenizedDocument) -> Tie {
    guard !sentence.tokens.isEmpty else { return .none }
    let first = Int(sentence.firstToken)
    let word = document.text[document.tokens[first].span.range]
    if PointingBack.opens(sentence.tokens, document) { return .pointingBack }
    guard let letter = word.first, letter == 0x0648 || letter == 0x0641 else { return .none }
    let form = document.vocabulary.forms[Int(document.vocabulary.tokens[first])]
    return form.traits.contains(.proclitic) ? .conjunction : .none
  }

  /// Whether the text opens with a sentence that goes on from another one: an excerpt, a list of sentences, lines in
  /// no order. Then the places of its sentences say nothing about their weight.
  func opensInMidFlow(_ document: TokenizedDocument) -> Bool {
    let first = document.sentences.first { $0.role == .body && !looksLikeFurniture($0, document) }
    return first.map { tie(of: $0, document) != .none } ?? false
  }

  /// The product of the factors that hold for a sentence, and whether it is running text: neither heading nor list
  /// line nor furniture. One that goes on inside a quotation points back, whatever its first word is.
  func judge(
    _ sentence: Sentence, _ document: TokenizedDocument, goesOnInQuotes: Bool
  ) -> (factor: Float, isRunningText: Bool) {
    var factor: Float =
      switch sentence.role {
      case .body: 1
      case .heading: weights.heading
      case .listItem: weights.listItem
      }
    let isFurniture = looksLikeFurniture(sentence, document)
    if isFurniture { factor *= weights.furniture }
    if isQuestion(sentence, document.text) { factor *= weights.question }
    if sentence.tokens.count < weights.shortSentence { factor *= weights.short }
    switch goesOnInQuotes ? .pointingBack : tie(of: sentence, document) {
    case .none: break
    case .conjunction: factor *= weights.conjunction
    case .pointingBack: factor *= weights.pointingBack
    }
    if tellsWhatSomethingIs(sentence.tokens, document) { factor *= weights.definition }
    return (factor, sentence.role == .body && !isFurniture)
  }

  private func tellsWhatSomethingIs(_ range: Range<Int>, _ document: TokenizedDocument) -> Bool {
    for i in range.prefix(weights.opening)
    where Defining.words.contains(document.text[document.tokens[i].span.range]) {
      return true
    }
    return false
  }

  /// Whether a sentence ends with a mark that closes sentences, as headlines do not.
  func isClosed(_ sentence: Sentence, _ text: [UInt16]) -> Bool {
    var at = Int(sentence.span.end)
    let stop = max(Int(sentence.span.start), at - 4)
    while at > stop {
      at -= 1
      switch text[at] {
      case 0x002e, 0x0021, 0x003f, 0x061f, 0x06d4, 0x2026: return true
      case let unit where SentenceForm.mayFollowTheMark(unit): continue
      default: return false
      }
    }
    return false
  }

  /// Whether a question mark is among the last units, where only other marks, quotes and brackets follow it.
  private func isQuestion(_ sentence: Sentence, _ text: [UInt16]) -> Bool {
    var at = Int(sentence.span.end)
    let stop = max(Int(sentence.span.start), at - 4)
    while at > stop {
      at -= 1
      switch text[at] {
      case 0x061f, 0x003f: return true
      case 0x0021, 0x002e: continue
      case let unit where SentenceForm.mayFollowTheMark(unit): continue
      default: return false
      }
    }
    return false
  }

  /// Quotes and closing brackets.
  private static func mayFollowTheMark(_ unit: UInt16) -> Bool {
    switch unit {
    case 0x0022, 0x0027, 0x0029, 0x005d, 0x00bb, 0x2019, 0x201d: true
    default: false
    }
  }

  /// Whether it looks like a caption, byline or line of tags (short, without a closing mark), or half of it is
  /// addresses, numbers or words of no letters. A sentence that names an address on its way is none.
  private func looksLikeFurniture(_ sentence: Sentence, _ document: TokenizedDocument) -> Bool {
    if sentence.tokens.count < weights.shortSentence, !isClosed(sentence, document.text) { return true }
    return document.tokens.withUnsafeBufferPointer { tokens in
      var strange = 0
      for i in sentence.tokens {
        switch tokens[i].kind {
        // As many as an address has parts.
        case .url: strange &+= 4
        case .number, .other: strange &+= 1
        case .arabic, .latin, .mixed: break
        }
      }
      return strange * 2 >= sentence.tokens.count
    }
  }
}
