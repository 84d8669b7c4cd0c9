import ArabicText

/// In how many documents of a background collection each word occurs, by its base key.
///
/// Loaded once and shared by all workers: it never changes. The format is UTF-8 text that sorts, compares and
/// reviews well:
///
///     #warraq-background 1
///     #documents 2040
///     #source where the counts come from, on one line
///     KEY<TAB>DOCUMENTS
///
/// Header lines come first, `#documents` before the rows and `#source` optional; rows are sorted by key in
/// UTF-16 order, keys are folded bases as the term analyzer makes them, counts are 1...documents.
public struct BackgroundTable: Sendable {
  private var keys: Interner
  private var frequencies: [UInt32]
  /// By row, worked out once.
  private var rarities: [Float]
  /// Number of documents counted.
  public let documents: Int
  /// Where the counts come from.
  public let source: String

  /// Number of words in the table.
  public var count: Int { frequencies.count }

  /// In how many documents the key occurs; 0 when it is not in the table.
  public func documentFrequency(of key: UnsafeBufferPointer<UInt16>) -> Int {
    keys.find(key).map { Int(frequencies[Int($0)]) } ?? 0
  }

  /// Inverse document frequency log((N + 1) / (df + 1)), divided by log(N + 1) so that it is 1 for an unknown
  /// word and 0 for one in every document.
  public func inverseDocumentFrequency(of key: UnsafeBufferPointer<UInt16>) -> Float {
    keys.find(key).map { rarities[Int($0)] } ?? 1
  }

  /// Reads a table from the bytes of a file.
  ///
  /// - Throws: `BackgroundTableError` naming the line that is not as the format says.
  public init(parsing bytes: [UInt8]) throws(BackgroundTableError) {
    var parser = BackgroundParser()
    try parser.read(bytes)
    keys = parser.keys
    frequencies = parser.frequencies
    documents = parser.documents
    source = parser.source
    let total = Double(parser.documents + 1)
    // Many words have the same count.
    var known: [UInt32: Float] = [:]
    rarities = parser.frequencies.map { frequency in
      if let rarity = known[frequency] { return rarity }
      let rarity = Float(reproducibleLog(total / Double(frequency + 1)) / reproducibleLog(total))
      known[frequency] = rarity
      return rarity
    }
  }
}

/// Why a background table could not be read.
public enum BackgroundTableError: Error, Equatable, CustomStringConvertible {
  /// The first line is not the header of a version that can be read.
  case wrongVersion
  /// A line is not as the format says; lines count from 1.
  case badLine(Int, reason: String)

  /// What is wrong, where, and what to do.
  public var description: String {
    switch self {
    case .wrongVersion:
      "not a background table: the first line must be '#warraq-background 1'; make one with the learner"
    case .badLine(let line, let reason):
      "background table, line \(line): \(reason)"
    }
  }
}
