/// Writes a placeholder for web addresses: http, https or ftp with ://, or www. with a domain name.
///
/// An address ends at a blank, an invisible character, a quotation mark, < > or Arabic punctuation; sentence
/// punctuation and unpaired brackets at its end do not belong to it. Arabic letters in paths do.
struct URLPass: NormalizationPass {
  private static let schemes = ["http", "https", "ftp"].map { Array($0.utf16) }

  private let placeholder: [UInt16]

  init(placeholder: String) { self.placeholder = Array(placeholder.utf16) }

  func isNeeded(_ scan: TextScan) -> Bool { scan.has(.latinLetter) && scan.has(.addressSign) }

  func mayAct(afterLaterPasses scan: TextScan) -> Bool { isNeeded(scan) }

  func rewrite(
    _ text: UnsafeBufferPointer<UInt16>, classes: UnsafePointer<UInt32>, into writer: inout TextRewriter
  ) {
    let sign = RewriteClasses.addressSign.rawValue
    var done = 0
    var i = nextIndex(text, classes, sign, from: 0)
    while i < text.count {
      var next = i + 1
      if let start = start(text, classes, at: i, after: done) {
        let end = end(text, classes, from: i + 1)
        let body = text[i] == 0x3A ? i + 3 : i + 1
        if end > body {
          placeholder.withUnsafeBufferPointer { writer.replace(start, end, of: text, with: $0) }
          next = end
          done = end
        }
      }
      i = nextIndex(text, classes, sign, from: next)
    }
  }

  /// Start of the address whose scheme or www ends before the colon or point at `i`.
  private func start(
    _ text: UnsafeBufferPointer<UInt16>, _ classes: UnsafePointer<UInt32>, at i: Int, after done: Int
  ) -> Int? {
    if text[i] == 0x3A {
      guard i + 2 < text.count, text[i + 1] == 0x2F, text[i + 2] == 0x2F else { return nil }
      for scheme in Self.schemes where i - done >= scheme.count {
        let start = i - scheme.count
        if isWord(text, scheme, at: start), !isInWord(text, classes, start, done) { return start }
      }
    } else if text[i] == 0x2E, i - done >= 3, i + 1 < text.count {
      let start = i - 3
      if isWord(text, [0x77, 0x77, 0x77], at: start), !isInWord(text, classes, start, done),
        AddressSyntax.domainEnd(text, classes, from: i + 1, limit: 255) != nil
      {
        return start
      }
    }
    return nil
  }

  private func isWord(_ text: UnsafeBufferPointer<UInt16>, _ word: [UInt16], at start: Int) -> Bool {
    for (offset, unit) in word.enumerated() where text[start + offset] | 0x20 != unit { return false }
    return true
  }

  private func isInWord(
    _ text: UnsafeBufferPointer<UInt16>, _ classes: UnsafePointer<UInt32>, _ start: Int, _ done: Int
  ) -> Bool {
    let word = RewriteClasses([.latinLetter, .asciiDigit]).rawValue
    return start > done && classes[Int(text[start - 1])] & word != 0
  }

  private func end(
    _ text: UnsafeBufferPointer<UInt16>, _ classes: UnsafePointer<UInt32>, from start: Int
  ) -> Int {
    let stop = RewriteClasses(
      [.blank, .newline, .invisible, .doubleQuote, .singleQuote, .arabicPunctuation]
    ).rawValue
    var end = start
    // Brackets open in the address: a closing one without partner belongs to the sentence.
    var brackets = 0
    while end < text.count, classes[Int(text[end])] & stop == 0, text[end] != 0x3C, text[end] != 0x3E {
      if text[end] == 0x28 || text[end] == 0x5B { brackets += 1 }
      if text[end] == 0x29 || text[end] == 0x5D {
        if brackets == 0 { break }
        brackets -= 1
      }
      end += 1
    }
    while end > start, [0x2E, 0x2C, 0x3B, 0x3A, 0x21, 0x3F, 0x27].contains(text[end - 1]) { end -= 1 }
    return end
  }
}
