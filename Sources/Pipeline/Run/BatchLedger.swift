import Corpus

/// Counts, input by input, what becomes of what a batch holds; one for each batch, owned by its worker.
///
/// What was found is the reader's count. All else is counted where it has its end, each article by its place in the
/// reading order, so that what a stage loses shows as a difference.
struct BatchLedger {
  private(set) var entries: [LedgerEntry]
  /// Order of each entry's first record.
  private let firstOrders: [Int]

  init(_ sections: [RawSection]) {
    entries = sections.map { section in
      var entry = LedgerEntry(index: section.input, input: section.name, found: section.found)
      for (reason, count) in section.skips { entry.leftOut.skipped[reason.rawValue] = count }
      return entry
    }
    firstOrders = sections.map(\.firstOrder)
  }

  /// A record that turned out to be no article and not meant to be one.
  mutating func skip(_ reason: SkipReason, order: Int) {
    entries[index(of: order)].leftOut.skipped[reason.rawValue, default: 0] += 1
  }

  /// A line among the rejects.
  mutating func count(_ reject: Reject) {
    let index = index(of: reject.order)
    if reject.isFiltered {
      entries[index].leftOut.filtered[reject.reason.rawValue, default: 0] += 1
    } else {
      entries[index].leftOut.rejected[reject.reason.rawValue, default: 0] += 1
    }
  }

  /// A line among the duplicates.
  mutating func count(duplicate: DuplicateNote, order: Int) {
    entries[index(of: order)].leftOut.duplicates[duplicate.kind, default: 0] += 1
  }

  /// An article that a stage found in another.
  mutating func add(order: Int) { entries[index(of: order)].added += 1 }

  /// A record in the frame.
  mutating func write(order: Int) { entries[index(of: order)].written += 1 }

  /// The entry of the input that was being read then: the last one that begins at or before it.
  private func index(of order: Int) -> Int {
    if firstOrders.count == 1 { return 0 }
    var low = 0
    var high = firstOrders.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if firstOrders[middle] <= order { low = middle } else { high = middle }
    }
    return low
  }
}
