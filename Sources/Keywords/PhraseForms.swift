import ArabicText
import Glibc

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

  /// Appends the form met most often, with the article it has lost after لل; among equals the one with the article,
  /// then the earliest.
  mutating func append(displayForm occurrences: [Occurrence], _ text: [UInt16], to letters: inout [UInt16]) {
    guard let first = occurrences.first else { return }
    let best = text.withUnsafeBufferPointer { text in
      PhraseForms.areAlike(occurrences, text) ? first : mostFrequent(occurrences, text)
    }
    PhraseForms.append(best, text, to: &letters)
  }

  /// Appends the form of one occurrence, with the article it has lost after لل.
  static func append(_ occurrence: Occurrence, _ text: [UInt16], to letters: inout [UInt16]) {
    text.withUnsafeBufferPointer { text in
      // After لل the article has lost its alef and the span begins behind it: للدولار names الدولار.
      let start = Int(occurrence.span.start)
      if occurrence.isDefinite, start >= 2, text[start - 1] == 0x0644, text[start - 2] == 0x0644 {
        letters.append(0x0627)
        letters.append(0x0644)
      }
      letters.append(copying: UnsafeBufferPointer(rebasing: text[occurrence.span.range]))
    }
  }

  /// Whether all have the form of the first, as most phrases do.
  private static func areAlike(_ occurrences: [Occurrence], _ text: UnsafeBufferPointer<UInt16>) -> Bool {
    guard occurrences.count > 1, let base = text.baseAddress else { return true }
    let first = occurrences[0].span
    return occurrences.allSatisfy { other in
      other.span.count == first.count
        && memcmp(base + Int(other.span.start), base + Int(first.start), first.count * 2) == 0
    }
  }

  private mutating func mostFrequent(
    _ occurrences: [Occurrence], _ text: UnsafeBufferPointer<UInt16>
  ) -> Occurrence {
    forms.removeAll()
    rows.removeAll(keepingCapacity: true)
    for occurrence in occurrences {
      let (id, isNew) = forms.intern(UnsafeBufferPointer(rebasing: text[occurrence.span.range]))
      if isNew { rows.append((0, occurrence)) }
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
