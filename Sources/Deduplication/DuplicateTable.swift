/// How many documents a survey saw, and what it did with them.
public struct DuplicateFigures: Sendable, Hashable {
  /// Documents.
  public var documents: Int
  /// Removed since an earlier document has the same words.
  public var exact = 0
  /// Removed since a document that stays is similar.
  public var near = 0
  /// Pairs of signatures that were compared.
  public var comparisons = 0

  init(documents: Int) { self.documents = documents }
}

/// What a survey decided, document by document. Reads files without a name, which go with the last table, or
/// the one it was saved to.
public final class DuplicateTable: Sendable {
  /// Why a document is removed.
  public struct Removal: Sendable, Hashable {
    /// How it duplicates the other one.
    public enum Kind: String, Sendable, CaseIterable {
      /// Word by word.
      case exact
      /// In most of its shingles.
      case near
    }

    /// How it duplicates the other one.
    public var kind: Kind
    /// The Jaccard similarity of the shingles as the signatures estimate it, 0 to 1; 1 for exact ones.
    public var similarity: Double
    /// The ordinal of the document that stays.
    public var duplicateOf: Int
  }

  /// What there was.
  public let figures: DuplicateFigures
  let entries: ScratchReader
  let batchEnds: ScratchReader
  /// Number of batches.
  public let batchCount: Int
  let origins: OriginsReader
  let valueCount: Int

  init(
    entries: ScratchReader, batchEnds: (ScratchReader, count: Int), origins: OriginsReader, valueCount: Int,
    figures: DuplicateFigures
  ) {
    self.entries = entries
    (self.batchEnds, batchCount) = batchEnds
    self.origins = origins
    self.valueCount = valueCount
    self.figures = figures
  }

  /// Number of documents.
  public var count: Int { figures.documents }

  /// What becomes of documents, by ordinals in input order from 0; nil for those that stay.
  ///
  /// - Throws: `DuplicateSurveyError` when the table cannot be read.
  public func removals(in range: Range<Int>) throws -> [Removal?] {
    try entries.words(count: range.count, at: range.lowerBound * 8).map { entry in
      let entry = DuplicateEntry(bits: entry)
      switch entry.kind {
      case .stays: return nil
      case .exact: return Removal(kind: .exact, similarity: 1, duplicateOf: entry.other)
      case .near:
        let similarity = Double(entry.agreement) / Double(valueCount)
        return Removal(kind: .near, similarity: similarity, duplicateOf: entry.other)
      }
    }
  }

  /// What becomes of the documents of a batch, by its number from 0.
  ///
  /// - Throws: `DuplicateSurveyError` when the table cannot be read.
  public func removals(inBatch batch: Int) throws -> [Removal?] {
    let ends = try batchEnds.words(count: 2, at: batch * 8)
    return try removals(in: Int(ends[0])..<Int(ends[1]))
  }

  /// Who a document is.
  ///
  /// - Throws: `DuplicateSurveyError` when the table cannot be read.
  public func document(_ ordinal: Int) throws -> SurveyedDocument { try origins.document(ordinal) }
}

/// One document's fate in 64 bits: the other's ordinal, at how many places the signatures agree, what it is.
struct DuplicateEntry {
  enum Kind: UInt64 { case stays, exact, near }
  let kind: Kind
  let other: Int
  let agreement: Int

  init(kind: Kind, other: Int = 0, agreement: Int = 0) {
    self.kind = kind
    self.other = other
    self.agreement = agreement
  }

  init(bits: UInt64) {
    kind = Kind(rawValue: bits & 3) ?? .stays
    agreement = Int(bits >> 2 & 0xFFFF)
    other = Int(bits >> 32)
  }

  var bits: UInt64 { UInt64(other) << 32 | UInt64(agreement) << 2 | kind.rawValue }
}

/// Puts what was decided of exact and of near-duplicates into one file, an entry a document.
struct DuplicateTableWriter {
  private let count: Int
  private let memory: Int
  private let folder: String

  init(_ survey: DuplicateSurvey) {
    count = survey.count
    memory = survey.memory
    folder = survey.folder
  }

  func write(
    followers: OrdinalPairs, removals: RecordStream?, figures: inout DuplicateFigures
  ) throws -> ScratchReader {
    let file = try ScratchFile(folder: folder, buffered: memory / 16)
    var exact = followers.makeCursor()
    var follower = try exact.next()
    var removal = try removals?.next()
    for ordinal in 0..<count {
      var entry = DuplicateEntry(kind: .stays)
      if let found = follower, found.ordinal == ordinal {
        entry = DuplicateEntry(kind: .exact, other: found.other)
        figures.exact += 1
        follower = try exact.next()
      } else if let found = removal, found[0] == UInt64(ordinal) {
        entry = DuplicateEntry(
          kind: .near, other: Int(found[1] >> 32), agreement: Int(found[1] & 0xFFFF_FFFF))
        figures.near += 1
        removal = try removals?.next()
      }
      try file.append(entry.bits)
    }
    try file.flush()
    // Where the first document of a body is removed itself, all others of that body go for the same reason.
    var again = followers.makeCursor()
    while let found = try again.next() {
      let leader = DuplicateEntry(bits: try file.reader.word(at: found.other * 8))
      guard leader.kind == .near else { continue }
      try file.overwrite(leader.bits, at: found.ordinal * 8)
      figures.exact -= 1
      figures.near += 1
    }
    return file.reader
  }
}
