/// How near-duplicates are looked for: shingles, and the bands of a MinHash signature.
///
/// A document is the set of its shingles, runs of `shingleWords` folded words (Broder 1997, "On the resemblance and
/// containment of documents"). Of `bands` x `rows` random permutations of all shingles the signature keeps the least
/// element each: at any place two signatures agree with probability s, the Jaccard similarity of the two sets. Two documents
/// are compared when all rows of a band agree (Indyk and Motwani 1998), which happens with probability
/// `1 - (1 - s^rows)^bands`. The defaults give 0.9999 for s = 0.8, 0.988 for 0.7, 0.87 for 0.6, 0.53 for 0.5 and 0.06 for
/// 0.3; the 14 x 8 that FineWeb uses give 0.92, 0.56, 0.21, 0.05 and 0.001.
public struct MinHashOptions: Sendable, Hashable {
  /// Words of a shingle, at least 1.
  public var shingleWords: Int
  /// Bands, at least 1.
  public var bands: Int
  /// Rows of a band, at least 1.
  public var rows: Int

  /// Makes options.
  public init(shingleWords: Int = 5, bands: Int = 24, rows: Int = 5) {
    self.shingleWords = shingleWords
    self.bands = bands
    self.rows = rows
  }

  /// Values of a signature.
  public var valueCount: Int { bands * rows }

  /// How likely two documents of a Jaccard similarity (0 to 1) are compared.
  public func candidateProbability(jaccard: Double) -> Double {
    var unlike = 1.0
    for _ in 0..<bands {
      var alike = 1.0
      for _ in 0..<rows { alike *= jaccard }
      unlike *= 1 - alike
    }
    return 1 - unlike
  }
}

/// What is kept of a document to find its duplicates.
public struct DocumentSignature: Sendable, Hashable {
  /// 128 bits of SHA-256 of the folded words: equal for bodies that are equal word by word.
  public var exactKey: (high: UInt64, low: UInt64) {
    get { (high, low) }
    set { (high, low) = newValue }
  }
  private var high: UInt64
  private var low: UInt64
  /// Words of the body; without any there is nothing to compare.
  public var wordCount: Int
  /// The MinHash values, 16 bits of each; empty when they were not worked out. Unequal minima have equal 16 bits once in
  /// 65,536 times, which the estimate of similarity neglects (b-bit minwise hashing: Li and König 2010).
  public var values: [UInt16]

  /// Makes a signature.
  public init(exactKey: (high: UInt64, low: UInt64), wordCount: Int, values: [UInt16]) {
    (high, low) = exactKey
    self.wordCount = wordCount
    self.values = values
  }
}
