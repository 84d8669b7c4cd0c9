import ArabicText

/// Picks the form in which a phrase is shown among those it takes in the article.
struct PhraseForms {
  /// One occurrence of a phrase.
  struct Occurrence {
    var span: TextSpan
    /// Whether its first word bears the article.
    var isDefinite: Bool
  }

  private var forms = Interner(minimumCapacity: 32)
  /// By form: how often, and where first.
  private var rows: [(count: Int, first: Occurrence)] = []

  /// The form met most often, with the article it has lost after لل; among equals the one with the article,
  /// then the earliest.
  mutating func displayForm(of occurrences: [Occurrence], _ text: [UInt16]) -> [UInt16] {
    guard var best = occurrences.first else { return [] }
    if occurrences.count > 1 { best = mostFrequent(occurrences, text) }
    let form = Array(text[best.span.range])
    // After لل the article has lost its alef and the span begins behind it: للدولار names الدولار.
    let isContracted =
      best.isDefinite && best.span.start >= 2 && text[Int(best.span.start) - 1] == 0x0644
      && text[Int(best.span.start) - 2] == 0x0644
    return isContracted ? [0x0627, 0x0644] + form : form
  }

  private mutating func mostFrequent(_ occurrences: [Occurrence], _ text: [UInt16]) -> Occurrence {
    forms.removeAll()
    rows.removeAll(keepingCapacity: true)
    text.withUnsafeBufferPointer { text in
      for occurrence in occurrences {
        let (id, isNew) = forms.intern(UnsafeBufferPointer(rebasing: text[occurrence.span.range]))
        if isNew { rows.append((0, occurrence)) }
        rows[Int(id)].count += 1
      }
    }
    var best = rows[0]
    for row in rows.dropFirst() {
      if row.count != best.count ? row.count > best.count : row.first.isDefinite && !best.first.isDefinite {
        best = row
      }
    }
    return best.first
  }
}
