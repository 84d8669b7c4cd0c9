/// What counts as a duplicate, and which of two documents stays.
public struct DuplicateOptions: Sendable, Hashable {
  /// Who comes first: documents are looked at in this order, and one that duplicates an earlier one is removed.
  public enum Keeping: String, Sendable, CaseIterable {
    /// Input order.
    case first
    /// More words first, then input order.
    case longest
  }

  /// Whether bodies that are equal word by word are duplicates.
  public var exact: Bool
  /// Whether bodies of similar shingles are.
  public var near: Bool
  /// Which one stays.
  public var keeping: Keeping
  /// Shingles and bands.
  public var minHash: MinHashOptions
  /// Least estimated Jaccard similarity of near-duplicates, 0 to 1.
  public var threshold: Double
  /// Documents with fewer words have exact duplicates only.
  public var minWords: Int

  /// Makes options.
  public init(
    exact: Bool = true, near: Bool = true, keeping: Keeping = .first,
    minHash: MinHashOptions = MinHashOptions(),
    threshold: Double = 0.7, minWords: Int = 10
  ) {
    self.exact = exact
    self.near = near
    self.keeping = keeping
    self.minHash = minHash
    self.threshold = threshold
    self.minWords = minWords
  }

  /// What makes signatures with these options.
  public func makeSigner() -> DocumentSigner {
    DocumentSigner(minHash, minWords: minWords, isNear: near)
  }

  /// Places of two signatures that have to agree.
  var leastAgreement: Int {
    let places = Double(minHash.valueCount)
    var count = Int(places * threshold)
    while Double(count) < places * threshold { count += 1 }
    return max(1, count)
  }
}

/// Who a document is: enough to point at it.
public struct SurveyedDocument: Sendable, Hashable {
  /// Its id.
  public var id: String
  /// The input it was read from.
  public var input: String
  /// Number of the record in the input.
  public var record: Int

  /// Makes a description.
  public init(id: String, input: String, record: Int) {
    self.id = id
    self.input = input
    self.record = record
  }
}

/// Takes the signatures of all documents in input order, then finds out which ones duplicate others.
///
/// What is decided depends on the options and the documents in their order alone, never on `memory`. Documents without a
/// word are no duplicates of anything. Belongs to one task.
///
/// Memory is bounded by `memory` and a few buffers; the rest lies in files without a name in `folder`. With near-duplicates
/// and default options a document takes 264 bytes of signature and about 60 of id and origin there, and while it is
/// decided 384 bytes of bands, and as much again where many documents share bands.
public final class DuplicateSurvey {
  let options: DuplicateOptions
  let folder: String
  let memory: Int
  let layout: SignatureLayout
  let signatures: ScratchFile
  let origins: OriginsWriter
  private let exactKeys: RecordSorter
  private let batchEnds: ScratchFile
  /// Documents so far.
  public private(set) var count = 0

  /// Makes an empty survey.
  ///
  /// - Parameters:
  ///   - options: what counts as a duplicate.
  ///   - folder: where temporary files go.
  ///   - memory: bytes that sorting may take.
  /// - Throws: `DuplicateSurveyError` when files can't be made there.
  public init(_ options: DuplicateOptions, folder: String, memory: Int = 256 << 20) throws {
    self.options = options
    self.folder = folder
    self.memory = memory
    layout = SignatureLayout(options)
    signatures = try ScratchFile(folder: folder, buffered: memory / 16)
    origins = try OriginsWriter(folder: folder, buffered: memory / 16)
    batchEnds = try ScratchFile(folder: folder, buffered: memory / 16)
    try batchEnds.append(0)
    exactKeys = RecordSorter(width: 3, memory: memory / 2, folder: folder)
  }

  /// Takes the next document.
  ///
  /// - Throws: `DuplicateSurveyError`.
  public func append(_ document: SurveyedDocument, _ signature: DocumentSignature) throws {
    guard count < Int(UInt32.max) else { throw DuplicateSurveyError.tooManyDocuments }
    try layout.write(signature, to: signatures)
    try origins.append(document)
    if options.exact, signature.wordCount > 0 {
      try exactKeys.append(signature.exactKey.high, signature.exactKey.low, UInt64(count))
    }
    count += 1
  }

  /// Ends a batch of documents, which may be empty; the table can be asked for what becomes of them together.
  ///
  /// - Throws: `DuplicateSurveyError`.
  public func endBatch() throws { try batchEnds.append(UInt64(count)) }

  /// Decides; the survey takes no more documents then.
  ///
  /// - Throws: `DuplicateSurveyError`.
  public func finish() throws -> DuplicateTable {
    try signatures.flush()
    let followers = try findFollowers()
    var removals: RecordStream?
    var figures = DuplicateFigures(documents: count)
    if options.near {
      let bands = try BandGrouping(self).memberships(leavingOut: followers)
      let decisions = try NearDecisions(self).decide(bands, figures: &figures)
      removals = decisions
    }
    let file = try DuplicateTableWriter(self).write(
      followers: followers, removals: removals, figures: &figures)
    try batchEnds.flush()
    return DuplicateTable(
      entries: file, batchEnds: (batchEnds.reader, batchEnds.byteCount / 8 - 1),
      origins: try origins.finish(), valueCount: options.minHash.valueCount, figures: figures)
  }

  /// Documents whose body an earlier one has, in input order: two ordinals each, its own and the earlier one's. They
  /// share that one's fate, and take no part in the search for near-duplicates.
  private func findFollowers() throws -> OrdinalPairs {
    let byOrdinal = RecordSorter(width: 1, memory: memory / 4, folder: folder)
    let keys = try exactKeys.sorted()
    var leader: (high: UInt64, low: UInt64, ordinal: UInt64)?
    while let record = try keys.next() {
      if let leader, leader.high == record[0], leader.low == record[1] {
        try byOrdinal.append(record[2] << 32 | leader.ordinal)
      } else {
        leader = (record[0], record[1], record[2])
      }
    }
    let file = try ScratchFile(folder: folder, buffered: memory / 16)
    let sorted = try byOrdinal.sorted()
    while let record = try sorted.next() { try file.append(record[0]) }
    try file.flush()
    return OrdinalPairs(file)
  }
}

/// Pairs of ordinals in a scratch file, to be read again and again from the beginning.
struct OrdinalPairs {
  private let file: ScratchFile

  init(_ file: ScratchFile) { self.file = file }

  /// A pass over all pairs.
  func makeCursor() -> Cursor { Cursor(file) }

  /// A pass, buffered.
  struct Cursor {
    private let file: ScratchFile
    private var words: [UInt64] = []
    private var at = 0
    private var offset = 0

    init(_ file: ScratchFile) { self.file = file }

    /// The next pair; nil at the end.
    mutating func next() throws -> (ordinal: Int, other: Int)? {
      if at == words.count {
        let count = min(4096, (file.byteCount - offset) / 8)
        guard count > 0 else { return nil }
        words = try file.reader.words(count: count, at: offset)
        offset += count * 8
        at = 0
      }
      defer { at += 1 }
      return (Int(words[at] >> 32), Int(words[at] & 0xFFFF_FFFF))
    }
  }
}
