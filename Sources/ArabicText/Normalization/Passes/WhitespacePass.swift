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
    let space = Self.space
    guard text.count > 0 else { return }
    let map = writer.map(of: text)
    var done = 0
    // A single blank between two words is as it should be, and only that; so all other whitespace is looked
    // for, and at either end of the text.
    var at = 0
    while true {
      if classes[Int(text[at])] & space != 0 {
        var start = at
        while start > done, classes[Int(text[start - 1])] & space != 0 { start -= 1 }
        done = collapse(text, from: start, classes, &writer)
        at = done
      } else {
        at += 1
      }
      guard at < text.count else { return }
      at = min(map.nextOtherOrSecondBlank(from: at), text.count - 1)
      if at == text.count - 1, classes[Int(text[at])] & space == 0 { return }
    }
  }

  private static let space = RewriteClasses([.blank, .newline]).rawValue

  /// Puts the whitespace that starts at `start` in order and returns where it ends.
  private func collapse(
    _ text: UnsafeBufferPointer<UInt16>, from start: Int, _ classes: UnsafePointer<UInt32>,
    _ writer: inout TextRewriter
  ) -> Int {
    let newline = RewriteClasses.newline.rawValue
    var end = start
    var lines = 0
    while end < text.count {
      let own = classes[Int(text[end])]
      if own & Self.space == 0 { break }
      if own & newline != 0, !(text[end] == 0x0A && end > start && text[end - 1] == 0x0D) { lines += 1 }
      end += 1
    }
    if start == 0 || end == text.count {
      writer.delete(start, end, of: text)
    } else if lines == 0 {
      if end - start > 1 || text[start] != 0x20 { writer.replace(start, end, of: text, with: 0x20) }
    } else {
      replaceLineEnds(text, start, end, count: min(lines, 2), &writer)
    }
    return end
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
