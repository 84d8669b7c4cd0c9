import ArabicText

extension PageAnalyzer {
  /// The lines as blocks, with what stands in them beside the text.
  func blocks(_ text: UnsafeBufferPointer<UInt16>) -> [PageBlock] {
    var blocks: [PageBlock] = []
    blocks.reserveCapacity(lines.count + 4)
    var head = heads.sorted { $0.index < $1.index }[...]
    for index in lines.indices {
      var line = lines[index]
      let article = articles[index]
      if let first = head.first, first.index == index {
        blocks.append(PageBlock(.dateline, trimmed(text, line.start, first.end), article: article))
        line.start = trimmed(text, first.end, line.end).range.lowerBound
        head.removeFirst()
      }
      let tail = kinds[index] == nil ? cut[index] : nil
      let end = tail.map { trimmed(text, line.start, $0.start).range.upperBound } ?? line.end
      if end > line.start { append(index, TextSpan(line.start, end), article, &blocks) }
      if let tail {
        blocks.append(
          PageBlock(
            tail.kind, TextSpan(tail.start, line.end), value: value(text, tail.value), article: article))
      }
    }
    return blocks
  }

  /// Adds the block of a line's own kind.
  private func append(_ index: Int, _ span: TextSpan, _ article: UInt8, _ blocks: inout [PageBlock]) {
    let kind = kinds[index] ?? .body
    // What other articles are about belongs to the page, not to its second article.
    var value = span
    if readings[index].kind == kind || readings[index].kind == nil, !kind.isText { value = values[index] }
    if kind == .related || kind == .readAlso, readings[index].kind != kind,
      lines[index].firstClass != CharacterClass.quote
    {
      value = TextSpan(max(span.range.lowerBound, lines[index].firstWord), span.range.upperBound)
    }
    blocks.append(PageBlock(kind, span, value: value, article: article))
  }

  private func trimmed(_ text: UnsafeBufferPointer<UInt16>, _ start: Int, _ end: Int) -> TextSpan {
    var start = start
    var end = end
    func isBlank(_ at: Int) -> Bool {
      let kind = CharacterClass.table[Int(text[at])]
      return kind == CharacterClass.blank || kind == CharacterClass.newline
    }
    while start < end, isBlank(start) { start += 1 }
    while end > start, isBlank(end - 1) { end -= 1 }
    return TextSpan(start, end)
  }

  private func value(_ text: UnsafeBufferPointer<UInt16>, _ span: TextSpan) -> TextSpan {
    trimmed(text, span.range.lowerBound, span.range.upperBound)
  }
}
