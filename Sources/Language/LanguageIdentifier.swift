import ArabicText

/// Tells the language of Arabic-script and Latin-script text by letters, frequent words and affixes.
///
/// The text is cut into chunks: lines, and parts of long lines. In each chunk the evidence of `LetterEvidence`,
/// `ArabicScriptWords` and `LatinScriptWords` is added up, as naive Bayes classifiers do with log likelihoods
/// (Cavnar and Trenkle 1994 and Dunning 1994 are the classic forms for languages), and gives a posterior for each
/// language; the article as a whole is the prior of its chunks. A language's confidence is the share of letters that
/// are in it, each chunk weighted by its posterior: so a quotation lowers it by no more than its length. The weights are
/// written by hand, not trained.
///
/// Whole numbers and a fixed order: the same result on every machine. One for each worker; it keeps buffers.
public struct LanguageIdentifier {
  /// Limits and shares.
  public struct Options: Sendable, Hashable {
    /// UTF-16 units of a text that are looked at; of a longer one, that many in sixteen pieces from its beginning to
    /// its end. 0 means all.
    public var sample = 16_384
    /// Share of letters from which a second language makes a text mixed: 0...0.5.
    public var mixedShare = 0.3

    /// The defaults.
    public init() {}
  }

  private let options: Options
  private var scan = TextScan()
  private var chunks: [EvidenceChunk] = []
  private var shares: [LanguageShares] = []

  /// Makes an identifier.
  public init(_ options: Options = Options()) { self.options = options }

  /// The language of a text, in UTF-16.
  public mutating func identify(_ text: UnsafeBufferPointer<UInt16>) -> IdentifiedLanguage {
    chunks.removeAll(keepingCapacity: true)
    let limit = options.sample
    if limit == 0 || text.count <= limit {
      scan.scan(text, 0..<text.count, into: &chunks)
    } else {
      let pieces = 16
      let length = limit / pieces
      for piece in 0..<pieces {
        var start = (text.count - length) * piece / (pieces - 1)
        let end = start + length
        // A piece begins after a blank, so that no half word is looked up.
        if start > 0 {
          while start < end, text[start] > 0x20 { start += 1 }
        }
        scan.scan(text, start..<end, into: &chunks)
      }
    }
    return result()
  }

  /// The same for a text in an array.
  public mutating func identify(_ text: [UInt16]) -> IdentifiedLanguage {
    text.withUnsafeBufferPointer { identify($0) }
  }

  /// The same for a string.
  public mutating func identify(_ text: String) -> IdentifiedLanguage { identify(Array(text.utf16)) }

  /// The language of a text and of its parts: lines, and parts of long lines, neighbours of one language joined.
  ///
  /// The whole text is read, whatever `Options.sample` says. Parts without letters belong to the part before them, or
  /// to the first one.
  public mutating func identifyBlocks(
    _ text: UnsafeBufferPointer<UInt16>
  ) -> (whole: IdentifiedLanguage, blocks: [(span: TextSpan, code: LanguageCode, confidence: Double)]) {
    chunks.removeAll(keepingCapacity: true)
    scan.scan(text, 0..<text.count, into: &chunks)
    let whole = result()
    var blocks: [(span: TextSpan, code: LanguageCode, confidence: Double)] = []
    var weights: [Double] = []
    for (chunk, share) in zip(chunks, shares) {
      let (code, part) = share.largest
      let letters = Double(chunk.letters)
      if let last = blocks.indices.last, blocks[last].code == code {
        let sum = weights[last] + letters
        blocks[last].confidence = (blocks[last].confidence * weights[last] + part * letters) / sum
        blocks[last].span.end = Int32(truncatingIfNeeded: chunk.end)
        weights[last] = sum
      } else {
        // A chunk without letters is not kept: the block before goes up to here.
        if let last = blocks.indices.last { blocks[last].span.end = Int32(truncatingIfNeeded: chunk.start) }
        let start = blocks.isEmpty ? 0 : chunk.start
        blocks.append((span: TextSpan(start, chunk.end), code: code, confidence: part))
        weights.append(letters)
      }
    }
    if let last = blocks.indices.last { blocks[last].span.end = Int32(truncatingIfNeeded: text.count) }
    return (whole, blocks)
  }

  /// Adds up the chunks.
  private mutating func result() -> IdentifiedLanguage {
    shares.removeAll(keepingCapacity: true)
    guard !chunks.isEmpty else { return IdentifiedLanguage(code: .undetermined, confidence: 0) }
    // First each chunk by itself, then with the article as prior: a short line goes with its neighbours.
    var first = LanguageShares()
    for chunk in chunks { first.add(LanguageShares(of: chunk, prior: .uninformed), letters: chunk.letters) }
    let prior = LanguagePrior(first)
    var sum = LanguageShares()
    var settled = LanguageShares()
    var evidence = Evidence()
    for chunk in chunks {
      let share = LanguageShares(of: chunk, prior: prior)
      shares.append(share)
      sum.add(share, letters: chunk.letters)
      settled.add(share.settled, letters: chunk.letters)
      evidence &+= chunk.evidence
    }
    return sum.result(settled: settled, evidence: evidence, mixedShare: options.mixedShare)
  }
}
