import ArabicText

/// Picks the form in which a phrase is shown among those it takes in the article.
enum PhraseForms {
  /// One occurrence of a phrase.
  struct Occurrence {
    var span: TextSpan
    /// Whether its first word bears the article.
    var isDefinite: Bool
  }

  /// The form met most often, with the article it has lost after لل; among equals the one with the article,
  /// then the earliest.
  static func displayForm(of occurrences: [Occurrence], _ text: [UInt16]) -> [UInt16] {
    guard let first = occurrences.first else { return [] }
    return text.withUnsafeBufferPointer { text in
      let best = occurrences.count > 1 ? mostFrequent(occurrences, text) : first
      let form = UnsafeBufferPointer(rebasing: text[best.span.range])
      // After لل the article has lost its alef and the span begins behind it: للدولار names الدولار.
      let isContracted =
        best.isDefinite && best.span.start >= 2 && text[Int(best.span.start) - 1] == 0x0644
        && text[Int(best.span.start) - 2] == 0x0644
      return isContracted ? [0x0627, 0x0644] + form : Array(form)
    }
  }

  private static func mostFrequent(
    _ occurrences: [Occurrence], _ text: UnsafeBufferPointer<UInt16>
  ) -> Occurrence {
    let first = text[occurrences[0].span.range]
    if occurrences.allSatisfy({ text[$0.span.range].elementsEqual(first) }) { return occurrences[0] }
    var forms = Interner(minimumCapacity: 8)
    var rows: [(first: Occurrence, count: Int)] = []
    for occurrence in occurrences {
      let (id, isNew) = forms.intern(UnsafeBufferPointer(rebasing: text[occurrence.span.range]))
      if isNew { rows.append((occurrence, 0)) }
      rows[Int(id)].count += 1
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
