/// Finds the documents that share a band of their signatures.
struct BandGrouping {
  private let options: DuplicateOptions
  private let layout: SignatureLayout
  private let signatures: ScratchFile
  private let count: Int
  private let memory: Int
  private let folder: String

  init(_ survey: DuplicateSurvey) {
    options = survey.options
    layout = survey.layout
    signatures = survey.signatures
    count = survey.count
    memory = survey.memory
    folder = survey.folder
  }

  /// No document comes after this one in its bucket.
  static let last = UInt64.max

  /// One record for each document and bucket of at least two: the document's priority, the bucket, and the priority of
  /// the document that comes next in the bucket; in the order of priorities.
  func memberships(leavingOut followers: OrdinalPairs) throws -> RecordStream {
    let buckets = try bucketRows(leavingOut: followers)
    let memberships = RecordSorter(width: 3, memory: memory / 2, folder: folder)
    var earlier: (bucket: UInt64, priority: UInt64)?
    var isInPair = false
    while let row = try buckets.next() {
      let (bucket, priority) = (row[0], row[1])
      if let earlier {
        let isSame = earlier.bucket == bucket
        if isSame || isInPair {
          try memberships.append(earlier.priority, earlier.bucket, isSame ? priority : Self.last)
        }
        isInPair = isSame
      }
      earlier = (bucket, priority)
    }
    if let earlier, isInPair { try memberships.append(earlier.priority, earlier.bucket, Self.last) }
    return try memberships.sorted()
  }

  /// A record for each document and band: the band's hash and the document's priority, sorted.
  private func bucketRows(leavingOut followers: OrdinalPairs) throws -> RecordStream {
    let rows = RecordSorter(width: 2, memory: memory / 2, folder: folder)
    var skipped = followers.makeCursor()
    var nextSkipped = try skipped.next()?.ordinal
    let atOnce = max(1, min(memory / 16, 1 << 20) / layout.byteCount)
    for start in stride(from: 0, to: count, by: atOnce) {
      let documents = min(atOnce, count - start)
      let numbers = try signatures.reader.words(
        count: documents * layout.words, at: start * layout.byteCount)
      try numbers.withUnsafeBufferPointer { numbers in
        for index in 0..<documents {
          let ordinal = start + index
          if ordinal == nextSkipped {
            nextSkipped = try skipped.next()?.ordinal
            continue
          }
          let signature = numbers.baseAddress! + index * layout.words
          guard layout.hasValues(signature) else { continue }
          let priority = priority(of: ordinal, words: signature[0])
          for band in 0..<options.minHash.bands { try rows.append(hash(band, of: signature), priority) }
        }
      }
    }
    return try rows.sorted()
  }

  /// Whose turn it is: less comes first. The lower half is the ordinal.
  private func priority(of ordinal: Int, words: UInt64) -> UInt64 {
    switch options.keeping {
    case .first: UInt64(ordinal)
    case .longest: (UInt64(UInt32.max) - min(words, UInt64(UInt32.max))) << 32 | UInt64(ordinal)
    }
  }

  private func hash(_ band: Int, of signature: UnsafePointer<UInt64>) -> UInt64 {
    let rows = options.minHash.rows
    var hash = UInt64(band) &+ 0x9E37_79B9_7F4A_7C15
    for row in band * rows..<(band + 1) * rows {
      hash = (hash ^ UInt64(layout.value(row, of: signature))) &* 0xD134_2543_DE82_EF95
      hash ^= hash >> 32
    }
    hash = (hash ^ (hash >> 30)) &* 0xBF58_476D_1CE4_E5B9
    hash = (hash ^ (hash >> 27)) &* 0x94D0_49BB_1331_11EB
    return hash ^ (hash >> 31)
  }
}
