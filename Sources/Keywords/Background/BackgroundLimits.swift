/// What a background model keeps of what was counted, and how exact its counts are.
public struct BackgroundLimits: Equatable, Sendable {
  /// Terms of fewer documents are left out of the model; at least 1.
  public var minimumDocuments = 5
  /// Phrases of fewer documents are left out of the model; at least 1.
  public var minimumPhraseDocuments = 10
  /// Terms held while counting; when there are more, rare ones are dropped.
  public var mostTerms = 2_000_000
  /// Phrases held while counting; when there are more, rare ones are dropped.
  public var mostPhrases = 6_000_000
  /// So many documents a term's count may lack because it was dropped and met again; 0: the counts are exact.
  public internal(set) var termBound = 0
  /// The same for phrases.
  public internal(set) var phraseBound = 0

  /// Makes limits for one newspaper year or more.
  public init() {}

  /// As they stand in a header, in the order of this list.
  var numbers: [UInt32] {
    [minimumDocuments, minimumPhraseDocuments, mostTerms, mostPhrases, termBound, phraseBound].map {
      UInt32(clamping: $0)
    }
  }

  /// Reads six numbers.
  init(numbers: [UInt32]) {
    minimumDocuments = Int(numbers[0])
    minimumPhraseDocuments = Int(numbers[1])
    mostTerms = Int(numbers[2])
    mostPhrases = Int(numbers[3])
    termBound = Int(numbers[4])
    phraseBound = Int(numbers[5])
  }
}
