/// How much a table of counts in bounded memory may have forgotten.
///
/// Lossy counting (G. S. Manku, R. Motwani, Approximate Frequency Counts over Data Streams, VLDB 2002, 4.2), with the
/// one difference that entries are dropped when the table is full and not after a fixed stretch of the stream: memory
/// is what is given, and the error is what is found. An entry has a count f and a number Δ, the bound at the time it
/// was entered. When the table is full, the bound is raised to the least b at which half of the room gets free, and all
/// entries with f + Δ ≤ b go. So at all times
///
/// - an entry's true count is at least f and at most f + Δ, and
/// - what is not in the table has a true count of at most b:
///
/// it was dropped when f + Δ, and so its true count, was at most the bound of that time, which never falls; and when it
/// comes back, its Δ is the bound. A table that was never full has b = 0 and exact counts.
struct LossyBound: Equatable, Sendable {
  /// Entries the table may have.
  let most: Int
  /// The highest true count that may be forgotten.
  private(set) var value: UInt32 = 0

  /// Makes the bound of an empty table; there is room for two entries at least.
  init(most: Int) { self.most = max(2, most) }

  /// Whether an entry with this f + Δ stays.
  @inline(__always)
  func keeps(_ total: UInt32) -> Bool { total > value }

  /// Takes over what another table forgot, and entries here with it.
  mutating func raise(to value: UInt32) { self.value = max(self.value, value) }

  /// The least bound at which at most half of the room is taken by entries with these f + Δ.
  func raised(_ totals: some Sequence<UInt32>) -> LossyBound {
    // Nearly all are small. Those above share the last place, which is dropped only when nothing else helps.
    var histogram = Array(repeating: 0, count: 1 << 16)
    var kept = 0
    var largest: UInt32 = 0
    for total in totals {
      histogram[Int(min(total, 0xffff))] += 1
      largest = max(largest, total)
      kept += 1
    }
    var raised = self
    while kept > most / 2, raised.value < 0xffff {
      raised.value += 1
      kept -= histogram[Int(raised.value)]
    }
    if raised.value == 0xffff { raised.value = max(raised.value, largest) }
    return raised
  }
}
