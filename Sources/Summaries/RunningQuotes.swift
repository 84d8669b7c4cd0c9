import ArabicText

/// Which sentences open inside a quotation that an earlier one began. They go on with someone's words, and who that
/// is stands where the quotation begins: alone such a sentence reads as the article's own.
///
/// A mark belongs to a quotation only together with its other one in the same paragraph. «» show their sides; a
/// straight or curly mark, which are mixed up often, opens when a word follows at once. A mark that opens where one is
/// open already begins anew: one of the two has lost its partner, and pairing the first would take too many sentences
/// for quoted. So a quotation within another ends the outer one, and of that the rest is not found.
struct RunningQuotes {
  /// By sentence, and maybe more elements behind.
  private(set) var goesOn: [Bool] = []

  /// Looks where punctuation stands between words; time grows with the number of words.
  mutating func find(_ document: TokenizedDocument) {
    let sentences = document.sentences
    goesOn.refill(first: sentences.count, false)
    guard !sentences.isEmpty else { return }
    document.text.withUnsafeBufferPointer { text in
      document.tokens.withUnsafeBufferPointer { tokens in
        // The sentence that has the mark looked at, and the one that has the opening mark of the open quotation.
        var owner = 0
        var opener: Int?
        for i in 0...tokens.count {
          if i < tokens.count {
            switch tokens[i].gap {
            case .blank, .none: continue
            case .sentenceStart, .punctuation: break
            }
          }
          let start = i == 0 ? 0 : Int(tokens[i &- 1].span.end)
          let end = i < tokens.count ? Int(tokens[i].span.start) : text.count
          var next = start
          while next < end {
            let at = next
            next &+= 1
            let mark = RunningQuotes.mark(text[at], isBeforeWord: next == end && i < tokens.count)
            if mark == .none { continue }
            while owner &+ 1 < sentences.count, Int(sentences[owner &+ 1].span.start) <= at { owner &+= 1 }
            if mark == .closing, let first = opener, first < owner {
              for sentence in first + 1...owner { goesOn[sentence] = true }
            }
            opener = mark == .opening ? owner : nil
          }
        }
      }
    }
  }

  private enum Mark {
    case none
    case opening
    case closing
    /// The end of a paragraph.
    case lineBreak
  }

  @inline(__always)
  private static func mark(_ unit: UInt16, isBeforeWord: Bool) -> Mark {
    switch unit {
    case 0x00ab: .opening
    case 0x00bb: .closing
    case 0x0022, 0x201c, 0x201d, 0x201e: isBeforeWord ? .opening : .closing
    case 0x000a: .lineBreak
    default: .none
    }
  }
}
