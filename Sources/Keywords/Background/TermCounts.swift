import ArabicText

/// Counts of terms, in memory that is bounded by lossy counting (see `LossyBound`).
struct TermCounts: Sendable {
  /// What is counted of one term.
  struct Row: Sendable {
    /// Documents since it was entered.
    var documents: UInt32 = 0
    /// Number of the document it was counted in last.
    var last: UInt32 = 0
    /// Documents that may have been counted before it was entered, and forgotten.
    var missing: UInt32
    /// Tokens; the largest number stands for more, and uses are not counted any further.
    var tokens: UInt32 = 0
    /// Tokens that are definite, have a proclitic, follow a particle of verbs, follow one of nouns.
    var usage: SIMD4<UInt32> = .zero

    /// The shares in bytes, the first lowest, rounded to the nearest.
    var usageBytes: UInt32 {
      var bytes: UInt32 = 0
      for i in (0..<4).reversed() {
        let share = (UInt64(usage[i]) * 255 + UInt64(tokens) / 2) / UInt64(max(1, tokens))
        bytes = bytes << 8 | UInt32(min(share, 255))
      }
      return bytes
    }
  }

  private(set) var keys = Interner(minimumCapacity: 1 << 16)
  /// By number of the key.
  private(set) var rows: [Row] = []
  private(set) var bound: LossyBound

  /// Makes counts of at most so many terms, and those of one document more.
  init(most: Int) { bound = LossyBound(most: most) }

  /// Number of the term of a key; a new one is entered.
  mutating func intern(_ key: UnsafeBufferPointer<UInt16>) -> UInt32 {
    let (id, isNew) = keys.intern(key)
    if isNew { rows.append(Row(missing: bound.value)) }
    return id
  }

  /// Counts one token of a term.
  @inline(__always)
  mutating func add(_ id: UInt32, document: UInt32, usage: SIMD4<UInt32>) {
    rows.withUnsafeMutableBufferPointer { rows in
      let row = rows.baseAddress! + Int(id)
      if row.pointee.last != document {
        row.pointee.last = document
        row.pointee.documents &+= 1
      }
      guard row.pointee.tokens < .max else { return }
      row.pointee.tokens &+= 1
      row.pointee.usage &+= usage
    }
  }

  /// Whether there are too many terms.
  var isFull: Bool { rows.count > bound.most }

  /// Drops rare terms until half of the room is free.
  ///
  /// - Returns: by old number, the new one, or `Interner.unknown`.
  mutating func dropRare() -> [UInt32] {
    let bound = bound.raised(rows.lazy.map { $0.documents + $0.missing })
    var kept = Interner(minimumCapacity: bound.most / 2)
    var keptRows: [Row] = []
    let numbers = rows.indices.map { id in
      guard bound.keeps(rows[id].documents + rows[id].missing) else { return Interner.unknown }
      keptRows.append(rows[id])
      return keys.withUnits(of: UInt32(id)) { kept.intern($0).id }
    }
    (keys, rows, self.bound) = (kept, keptRows, bound)
    return numbers
  }
}
