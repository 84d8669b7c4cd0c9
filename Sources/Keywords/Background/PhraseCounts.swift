import ArabicText

/// A phrase of two or three terms by their numbers or rows, and in how many documents it occurs.
struct BackgroundPhrase: Equatable, Sendable {
  var first: UInt32
  var second: UInt32
  /// `BackgroundFormat.noRow` in a phrase of two.
  var third: UInt32
  var documents: UInt32

  init(_ first: UInt32, _ second: UInt32, _ third: UInt32, documents: UInt32) {
    (self.first, self.second, self.third, self.documents) = (first, second, third, documents)
  }

  var isPair: Bool { third == BackgroundFormat.noRow }

  /// Whether it comes before another: by the first row, then the second, then the third.
  func precedes(_ other: BackgroundPhrase) -> Bool {
    (first, second, third) < (other.first, other.second, other.third)
  }
}

/// Counts in how many documents phrases occur, in memory that is bounded by lossy counting (see `LossyBound`).
///
/// One table by open addressing, of entries of 24 bytes that hold the terms themselves: no two phrases are confused. It
/// is at most three quarters full, and doubles until there is room for as many phrases as are allowed.
struct PhraseCounts: Sendable {
  private struct Entry: Sendable {
    var phrase: BackgroundPhrase
    /// Number of the document it was counted in last.
    var last: UInt32 = 0
    /// Documents that may have been counted before it was entered, and forgotten.
    var missing: UInt32 = 0

    var total: UInt32 { phrase.documents + missing }

    static let free = Entry(phrase: BackgroundPhrase(0, 0, 0, documents: 0))
  }

  private var entries: [Entry]
  private var mask: Int
  /// Number of phrases.
  private(set) var count = 0
  private(set) var bound: LossyBound

  /// Makes counts of at most so many phrases.
  init(most: Int) {
    bound = LossyBound(most: most)
    let size = PhraseCounts.size(for: min(bound.most, 1 << 15))
    entries = Array(repeating: .free, count: size)
    mask = size - 1
  }

  private static func size(for count: Int) -> Int {
    var size = 16
    while size / 4 * 3 < count { size *= 2 }
    return size
  }

  /// Counts a phrase in a document, once however often it is met there.
  mutating func add(_ first: UInt32, _ second: UInt32, _ third: UInt32, document: UInt32) {
    let at = place(of: first, second, third)
    guard entries[at].phrase.documents == 0 else {
      guard entries[at].last != document else { return }
      entries[at].last = document
      entries[at].phrase.documents &+= 1
      return
    }
    entries[at] = Entry(
      phrase: BackgroundPhrase(first, second, third, documents: 1), last: document, missing: bound.value)
    count += 1
    if count > min(bound.most, entries.count / 4 * 3) { makeRoom() }
  }

  /// Where the phrase is or belongs.
  @inline(__always)
  private func place(of first: UInt32, _ second: UInt32, _ third: UInt32) -> Int {
    entries.withUnsafeBufferPointer { entries in
      var at = Int(truncatingIfNeeded: BackgroundFormat.hash(first, second, third)) & mask
      while true {
        let known = entries[at].phrase
        if known.documents == 0 { return at }
        if known.first == first, known.second == second, known.third == third { return at }
        at = (at &+ 1) & mask
      }
    }
  }

  private mutating func makeRoom() {
    if count > bound.most {
      bound = bound.raised(entries.lazy.filter { $0.phrase.documents > 0 }.map(\.total))
      let bound = bound
      keep { bound.keeps($0.total) ? $0 : nil }
    } else {
      grow()
    }
  }

  private mutating func grow() {
    let old = entries
    entries = Array(repeating: .free, count: old.count * 2)
    mask = entries.count - 1
    enter(old)
  }

  /// Keeps the phrases that `body` gives back. They are held beside the table, which is not copied.
  private mutating func keep(_ body: (Entry) -> Entry?) {
    let kept = entries.compactMap { $0.phrase.documents > 0 ? body($0) : nil }
    entries.withUnsafeMutableBufferPointer { $0.update(repeating: .free) }
    enter(kept)
  }

  /// Enters phrases into a table without any.
  private mutating func enter(_ kept: [Entry]) {
    count = 0
    for entry in kept where entry.phrase.documents > 0 {
      entries[place(of: entry.phrase.first, entry.phrase.second, entry.phrase.third)] = entry
      count += 1
    }
  }

  /// Gives the terms new numbers, and drops phrases with terms that have none.
  ///
  /// - Parameters:
  ///   - numbers: by old number, the new one, or `Interner.unknown`.
  ///   - forgotten: the highest true count of a term that has no new number, which is one for its phrases too.
  mutating func renumber(_ numbers: [UInt32], forgotten: UInt32) {
    keep { entry in
      var entry = entry
      entry.phrase.first = numbers[Int(entry.phrase.first)]
      entry.phrase.second = numbers[Int(entry.phrase.second)]
      if !entry.phrase.isPair {
        entry.phrase.third = numbers[Int(entry.phrase.third)]
        if entry.phrase.third == Interner.unknown { return nil }
      }
      return entry.phrase.first == Interner.unknown || entry.phrase.second == Interner.unknown ? nil : entry
    }
    bound.raise(to: forgotten)
  }

  /// Phrases of at least so many documents, in no order that says anything.
  func phrases(minimumDocuments: Int) -> [BackgroundPhrase] {
    entries.lazy.map(\.phrase).filter { $0.documents > 0 && Int($0.documents) >= minimumDocuments }
  }
}
