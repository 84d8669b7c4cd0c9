import ArabicText

/// The occurrences of one phrase and the forms it takes.
struct PhraseVariants {
  /// Where it occurs, in order.
  private(set) var spans: [TextSpan] = []
  private var forms = Interner(minimumCapacity: 32)
  /// By form: how often, where first, and whether its first word bears the article.
  private var rows: [(count: Int, first: TextSpan, isDefinite: Bool)] = []

  /// Adds an occurrence; a span outside the text is left out.
  mutating func add(_ span: TextSpan, isDefinite: Bool, _ text: [UInt16]) {
    guard span.start >= 0, span.end > span.start, Int(span.end) <= text.count else { return }
    spans.append(span)
    let (id, isNew) = text.withUnsafeBufferPointer {
      forms.intern(UnsafeBufferPointer(rebasing: $0[span.range]))
    }
    if isNew { rows.append((0, span, isDefinite)) }
    rows[Int(id)].count += 1
  }

  /// The form met most often, with the article it has lost after لل; among equals the one with the article, then the earliest.
  func displayForm(_ text: [UInt16]) -> [UInt16] {
    let best = rows.max { a, b in
      if a.count != b.count { return a.count < b.count }
      if a.isDefinite != b.isDefinite { return b.isDefinite }
      return b.first < a.first
    }
    guard let best else { return [] }
    let form = Array(text[best.first.range])
    // After لل the article has lost its alef and the span begins behind it: للدولار names الدولار.
    let isContracted =
      best.isDefinite && best.first.start >= 2 && text[Int(best.first.start) - 1] == 0x0644
      && text[Int(best.first.start) - 2] == 0x0644
    return isContracted ? [0x0627, 0x0644] + form : form
  }
}
