/// Decides document by document, in the order of priority, which are near-duplicates of one that stays.
///
/// A document is compared with documents that stay and share a bucket with it, and removed when the estimated
/// similarity of the most similar one reaches the threshold. It is never removed for likeness to one that is removed
/// itself: A ~ B ~ C with A unlike C keeps A and C. (With connected components, as datatrove has them, chains of small
/// changes remove what is like nothing that stays.)
///
/// Buckets may be huge, boilerplate above all; so each hands on only the first four and the latest four documents of it
/// that stay. The work grows with the number of documents, not with its square. What is handed on goes through a queue
/// of messages, since the whole of it need not fit into memory.
struct NearDecisions {
  private let options: DuplicateOptions
  private let layout: SignatureLayout
  private let signatures: ScratchFile
  private let memory: Int
  private let folder: String

  init(_ survey: DuplicateSurvey) {
    options = survey.options
    layout = survey.layout
    signatures = survey.signatures
    memory = survey.memory
    folder = survey.folder
  }

  /// Records of removed documents in input order: ordinal, then the ordinal of the one that stays and, in the lower
  /// half, at how many places the signatures agree.
  func decide(_ memberships: RecordStream, figures: inout DuplicateFigures) throws -> RecordStream {
    let removals = RecordSorter(width: 2, memory: memory / 4, folder: folder)
    let queue = MessageQueue(memory: memory / 4, folder: folder)
    let cache = SignatureReader(
      layout, signatures.reader, slots: max(16, min(memory / 16, 4 << 20) / layout.byteCount))
    let own = SignatureReader(layout, signatures.reader, slots: 1)
    let least = options.leastAgreement
    var message = [UInt64](repeating: 0, count: MessageQueue.width)
    var received: [UInt64: BucketNews] = [:]
    var candidates: [UInt32] = []
    var rows: [(bucket: UInt64, next: UInt64)] = []
    var record = try memberships.next()
    while let first = record {
      let priority = first[0]
      rows.removeAll(keepingCapacity: true)
      while let row = record, row[0] == priority {
        rows.append((row[1], row[2]))
        record = try memberships.next()
      }
      received.removeAll(keepingCapacity: true)
      candidates.removeAll(keepingCapacity: true)
      while try queue.pop(for: priority, into: &message) {
        let news = BucketNews(message[2...])
        received[message[1]] = news
        news.forEach { candidates.append($0) }
      }
      let ordinal = Int(priority & 0xFFFF_FFFF)
      var best: (ordinal: UInt32, agreement: Int)?
      if !candidates.isEmpty {
        candidates.sort()
        let signature = try own.signature(of: ordinal)
        var previous: UInt32?
        for candidate in candidates where candidate != previous {
          previous = candidate
          let agreement = layout.agreement(signature, try cache.signature(of: Int(candidate)))
          figures.comparisons += 1
          if agreement >= least, agreement > best?.agreement ?? 0 { best = (candidate, agreement) }
        }
      }
      if let best {
        try removals.append(UInt64(ordinal), UInt64(best.ordinal) << 32 | UInt64(best.agreement))
      }
      for row in rows where row.next != BandGrouping.last {
        var news = received[row.bucket] ?? BucketNews()
        if best == nil { news.add(UInt32(ordinal)) }
        if news.isEmpty { continue }
        message[0] = row.next
        message[1] = row.bucket
        news.write(to: &message)
        try queue.push(message)
      }
    }
    return try removals.sorted()
  }
}

/// The documents of a bucket that stay, handed on from one document of it to the next: the first four, and the latest
/// four after these.
struct BucketNews {
  private static let none = UInt32.max
  private static let firsts = 4
  private static let slots = 8
  private var members = SIMD8<UInt32>(repeating: BucketNews.none)

  init() {}

  init(_ words: ArraySlice<UInt64>) {
    for (index, word) in words.enumerated() {
      members[2 * index] = UInt32(word >> 32)
      members[2 * index + 1] = UInt32(truncatingIfNeeded: word)
    }
  }

  var isEmpty: Bool { members[0] == Self.none }

  mutating func add(_ ordinal: UInt32) {
    for slot in 0..<Self.slots where members[slot] == Self.none {
      members[slot] = ordinal
      return
    }
    for slot in Self.firsts..<Self.slots - 1 { members[slot] = members[slot + 1] }
    members[Self.slots - 1] = ordinal
  }

  func forEach(_ body: (UInt32) -> Void) {
    for slot in 0..<Self.slots where members[slot] != Self.none { body(members[slot]) }
  }

  func write(to message: inout [UInt64]) {
    for index in 0..<Self.slots / 2 {
      message[2 + index] = UInt64(members[2 * index]) << 32 | UInt64(members[2 * index + 1])
    }
  }
}
