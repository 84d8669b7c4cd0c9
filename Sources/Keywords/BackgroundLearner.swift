import ArabicText

/// Counts in how many documents each word occurs, and writes the counts as a background table.
///
/// Words are bases of Arabic and Latin tokens, stop words included: a table that lacks them could not tell an
/// unknown word from the commonest.
public struct BackgroundLearner: Sendable {
  private var keys = Interner(minimumCapacity: 1 << 16)
  private var frequencies: [UInt32] = []
  /// Number of the document a key was counted in last.
  private var lastDocument: [UInt32] = []
  /// Number of documents added.
  public private(set) var documents = 0

  /// Makes a learner that has seen nothing.
  public init() {}

  /// Counts one document. A document without tokens counts as well.
  public mutating func add(_ document: TokenizedDocument) {
    documents += 1
    for token in document.tokens where token.kind == .arabic || token.kind == .latin {
      let base = document.terms[token.term].base
      let (id, isNew) = document.terms.keys.withUnits(of: base) { keys.intern($0) }
      if isNew {
        frequencies.append(0)
        lastDocument.append(0)
      }
      guard lastDocument[Int(id)] != UInt32(documents) else { continue }
      lastDocument[Int(id)] = UInt32(documents)
      frequencies[Int(id)] += 1
    }
  }

  /// The bytes of a table with the words met in at least `minimumDocuments` documents. The same documents give
  /// the same bytes in whatever order they were added.
  ///
  /// - Parameters:
  ///   - minimumDocuments: lower it for small collections.
  ///   - source: provenance, one line; line breaks become spaces.
  public func write(minimumDocuments: Int = 5, source: String) -> [UInt8] {
    var rows: [(key: [UInt16], count: UInt32)] = []
    for id in frequencies.indices where Int(frequencies[id]) >= max(1, minimumDocuments) {
      let key = keys.units(of: UInt32(id))
      if BackgroundLearner.isWritable(key) { rows.append((key, frequencies[id])) }
    }
    rows.sort { $0.key.lexicographicallyPrecedes($1.key) }
    var text = "\n#documents \(documents)\n"
    let line = source.split(whereSeparator: \.isNewline).joined(separator: " ")
    if !line.isEmpty { text += "#source \(line)\n" }
    for row in rows { text += "\(String(decoding: row.key, as: UTF16.self))\t\(row.count)\n" }
    return Array(text.utf8)
  }

  /// Keys that would break the format: empty, a header's mark in front, a tab or line break, a lone surrogate.
  private static func isWritable(_ key: [UInt16]) -> Bool {
    guard let first = key.first, first != 0x23 else { return false }
    return !key.contains { $0 < 0x20 || ($0 >= 0xd800 && $0 <= 0xdfff) }
  }
}
