import ArabicText

/// How much a sentence's form makes it less fit for a summary: a product of factors in 0...1.
struct SentenceForm {
  let weights: SummaryWeights

  func factor(_ sentence: Sentence, at index: Int, _ document: TokenizedDocument) -> Float {
    var factor: Float =
      switch sentence.role {
      case .body: 1
      case .heading: weights.heading
      case .listItem: weights.listItem
      }
    if isQuestion(sentence, document.text) { factor *= weights.question }
    if sentence.tokens.count < weights.shortSentence { factor *= weights.short }
    if looksLikeFurniture(sentence.tokens, document.tokens) { factor *= weights.furniture }
    if index > 0, !sentence.tokens.isEmpty {
      let first = document.tokens[Int(sentence.firstToken)]
      if PointingBack.contains(document.text[first.span.range]) { factor *= weights.pointingBack }
    }
    return factor
  }

  /// Whether a question mark is among the last units, where only quotes and brackets follow it.
  private func isQuestion(_ sentence: Sentence, _ text: [UInt16]) -> Bool {
    var at = min(Int(sentence.span.end), text.count) - 1
    let stop = max(Int(sentence.span.start), at - 3)
    while at >= 0, at >= stop {
      switch text[at] {
      case 0x061f, 0x003f: return true
      case 0x0022, 0x0027, 0x0029, 0x005d, 0x00bb, 0x2019, 0x201d, 0x0021, 0x002e: at -= 1
      default: return false
      }
    }
    return false
  }

  /// Addresses, or at least half of the words numbers or in another script.
  private func looksLikeFurniture(_ range: Range<Int>, _ tokens: [Token]) -> Bool {
    tokens.withUnsafeBufferPointer { tokens in
      var strange = 0
      for i in range {
        switch tokens[i].kind {
        case .url: return true
        case .number, .other: strange &+= 1
        case .arabic, .latin, .mixed: break
        }
      }
      return strange * 2 >= range.count
    }
  }
}
