/// Writes a placeholder for e-mail addresses: ASCII letters, digits and . _ % + - before the at sign, at least
/// two labels after it, the last of two letters or more (the practical core of RFC 5321).
struct EmailPass: NormalizationPass {
  /// RFC 5321, 4.5.3.1: longer local parts are none.
  private static let localLimit = 64
  private static let domainLimit = 255

  private let placeholder: [UInt16]

  init(placeholder: String) { self.placeholder = Array(placeholder.utf16) }

  func isNeeded(_ scan: TextScan) -> Bool { scan.has(.atSign) && scan.has(.latinLetter) }

  func mayAct(afterLaterPasses scan: TextScan) -> Bool { isNeeded(scan) }

  func rewrite(
    _ text: UnsafeBufferPointer<UInt16>, classes: UnsafePointer<UInt32>, into writer: inout TextRewriter
  ) {
    let at = RewriteClasses.atSign.rawValue
    var done = 0
    var i = nextIndex(text, classes, at, from: 0)
    while i < text.count {
      var next = i + 1
      if let start = localStart(text, classes, before: i, after: done),
        let end = AddressSyntax.domainEnd(text, classes, from: i + 1, limit: Self.domainLimit)
      {
        placeholder.withUnsafeBufferPointer { writer.replace(start, end, of: text, with: $0) }
        next = end
        done = end
      }
      i = nextIndex(text, classes, at, from: next)
    }
  }

  private func localStart(
    _ text: UnsafeBufferPointer<UInt16>, _ classes: UnsafePointer<UInt32>, before i: Int, after done: Int
  ) -> Int? {
    let word = RewriteClasses([.latinLetter, .asciiDigit]).rawValue
    var start = i
    while start > done, i - start < Self.localLimit,
      classes[Int(text[start - 1])] & word != 0 || [0x2E, 0x5F, 0x25, 0x2B, 0x2D].contains(text[start - 1])
    {
      start -= 1
    }
    while start < i, classes[Int(text[start])] & word == 0 { start += 1 }
    return start < i ? start : nil
  }
}
