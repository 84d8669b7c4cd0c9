/// Makes every blank a space and every run of blanks one, trims lines and the text, and leaves at most one
/// empty line between paragraphs. CR LF counts as one line end.
struct WhitespacePass: NormalizationPass {
  private static let emptyLine: [UInt16] = [0x0A, 0x0A]

  func isNeeded(_ scan: TextScan) -> Bool { scan.hasLooseWhitespace }

  // Masks may leave two blanks side by side, or one at the end of a line.
  func mayAct(afterLaterPasses scan: TextScan) -> Bool { scan.hasLooseWhitespace }

  func rewrite(
    _ text: UnsafeBufferPointer<UInt16>, classes: UnsafePointer<UInt32>, into writer: inout TextRewriter
  ) {
    let blank = RewriteClasses.blank.rawValue
    let newline = RewriteClasses.newline.rawValue
    var start = nextIndex(text, classes, blank | newline, from: 0)
    while start < text.count {
      var end = start
      var lines = 0
      while end < text.count {
        let own = classes[Int(text[end])]
        if own & (blank | newline) == 0 { break }
        if own & newline != 0, !(text[end] == 0x0A && end > start && text[end - 1] == 0x0D) { lines += 1 }
        end += 1
      }
      let isAtEdge = start == 0 || end == text.count
      if isAtEdge {
        writer.delete(start, end, of: text)
      } else if lines == 0 {
        if end - start > 1 || text[start] != 0x20 { writer.replace(start, end, of: text, with: 0x20) }
      } else {
        replaceLineEnds(text, start, end, count: min(lines, 2), &writer)
      }
      start = nextIndex(text, classes, blank | newline, from: end)
    }
  }

  private func replaceLineEnds(
    _ text: UnsafeBufferPointer<UInt16>, _ start: Int, _ end: Int, count: Int, _ writer: inout TextRewriter
  ) {
    if end - start == count, text[start] == 0x0A, text[end - 1] == 0x0A { return }
    Self.emptyLine.withUnsafeBufferPointer {
      writer.replace(start, end, of: text, with: UnsafeBufferPointer(rebasing: $0[..<count]))
    }
  }
}
