import Corpus

/// Finds the one place where each record of the input ended, while both are read once, in the same order.
///
/// Shards, rejects and duplicates keep the input's order each, so the line of the next record is the next line of
/// one of the three. Memory: one line of each.
struct OutputMatcher {
  /// Where a record may end.
  enum Listing: Int, CaseIterable, Sendable {
    case shards
    case rejects
    case duplicates
  }

  /// Something that is not as it should be.
  struct Problem: Hashable, Sendable {
    var kind: VerificationReport.Kind
    var listing: Listing
    var message: String
  }

  private let advance: (Listing) throws -> OutputLine?
  private var heads: [OutputLine?] = []
  /// What was matched last, and the input before the one being matched.
  private var last: OutputLine?
  private var previousInput: String?
  private(set) var problems: [Problem] = []
  /// What has been found of the input being matched.
  private(set) var tally = LedgerEntry(index: 0, input: "")

  /// - Parameter advance: Gives the next line of a listing; nil at its end.
  init(_ advance: @escaping (Listing) throws -> OutputLine?) throws {
    self.advance = advance
    heads = try Listing.allCases.map(advance)
  }

  /// Begins to count for another listed input, and returns what was counted for the last one.
  mutating func begin(input: String) -> LedgerEntry {
    defer { tally = LedgerEntry(index: 0, input: input) }
    return tally
  }

  /// What the reader found of the input, and what of it it passed over.
  mutating func count(_ section: RawSection) {
    tally.found += section.found
    for (reason, count) in section.skips { tally.leftOut.skipped[reason.rawValue, default: 0] += count }
  }

  /// A record that the parser passed over: it has no line.
  mutating func count(skip reason: SkipReason) {
    tally.leftOut.skipped[reason.rawValue, default: 0] += 1
  }

  /// The next record is an article: it must be in exactly one place.
  mutating func expectArticle(id: String, origin: RecordOrigin) throws {
    try expect(origin) {
      $1.id != nil && $1.partOf == nil && ($0 != .rejects || $1.reason != nil)
    } then: { line in
      if line.id != id {
        return "record \(origin.record) of \(origin.input) has another id than the input gives it"
      }
      return nil
    }
  }

  /// The next record is none: it must be among the rejects, for this reason.
  mutating func expectReject(_ reject: Reject) throws {
    try expect(reject.origin) {
      $0 == .rejects && $1.id == nil
    } then: { line in
      if line.reason != reject.reason.rawValue {
        return
          "record \(reject.origin.record) of \(reject.origin.input) is rejected as \(line.reason ?? "?"), "
          + "reading it again says \(reject.reason.rawValue)"
      }
      return nil
    }
  }

  /// The input is over: nothing may be left.
  mutating func finish() throws {
    for listing in Listing.allCases {
      guard let line = heads[listing.rawValue] else { continue }
      var count = 1
      while try advance(listing) != nil { count += 1 }
      report(
        .unexpectedRecord, listing,
        "\(count) lines more than the input accounts for, the first of record \(line.record) of \(line.input)"
      )
    }
  }

  // MARK: Matching

  private mutating func expect(
    _ origin: RecordOrigin, _ isMeant: (Listing, OutputLine) -> Bool, then check: (OutputLine) -> String?
  ) throws {
    if let last, last.input != origin.input { previousInput = last.input }
    while true {
      let hits = Listing.allCases.filter { listing in
        heads[listing.rawValue].map {
          $0.input == origin.input && $0.record == origin.record && isMeant(listing, $0)
        } ?? false
      }
      if let first = hits.first {
        if hits.count > 1 {
          report(
            .doubledRecord, first, "record \(origin.record) of \(origin.input) is in \(hits.count) places")
        }
        for listing in hits {
          guard let line = heads[listing.rawValue] else { continue }
          if let message = check(line) { report(.unexpectedRecord, listing, message) }
          try take(listing)
        }
        return try takeParts(of: origin)
      }
      guard let stale = Listing.allCases.first(where: { isBehind(heads[$0.rawValue], origin) }) else { break }
      let line = heads[stale.rawValue]
      report(
        .doubledRecord, stale,
        "record \(line?.record ?? 0) of \(line?.input ?? "") is here once more, or out of order")
      try take(stale)
    }
    report(
      .lostRecord, .shards,
      "record \(origin.record) of \(origin.input) is in none of shards, rejects, duplicates")
    last = OutputLine(id: nil, input: origin.input, record: origin.record)
  }

  /// Whether the input has passed the record of a line already.
  private func isBehind(_ line: OutputLine?, _ origin: RecordOrigin) -> Bool {
    guard let line else { return false }
    if let last, last.input == line.input, last.record == line.record { return true }
    if line.input == origin.input { return line.record < origin.record }
    return line.input == previousInput
  }

  /// The articles found in the one that was just matched, wherever each of them ended.
  private mutating func takeParts(of origin: RecordOrigin) throws {
    for listing in Listing.allCases {
      while let line = heads[listing.rawValue], line.partOf != nil, line.input == origin.input,
        line.record == origin.record
      {
        tally.added += 1
        try take(listing)
      }
    }
  }

  private mutating func take(_ listing: Listing) throws {
    guard let line = heads[listing.rawValue] else { return }
    switch listing {
    case .shards: tally.written += 1
    case .duplicates: tally.leftOut.duplicates[line.duplicateKind ?? "", default: 0] += 1
    case .rejects where line.isFiltered: tally.leftOut.filtered[line.reason ?? "", default: 0] += 1
    case .rejects: tally.leftOut.rejected[line.reason ?? "", default: 0] += 1
    }
    last = line
    heads[listing.rawValue] = try advance(listing)
  }

  private mutating func report(_ kind: VerificationReport.Kind, _ listing: Listing, _ message: String) {
    problems.append(Problem(kind: kind, listing: listing, message: message))
  }
}
