import ArabicText

@testable import Keywords

/// Makes models of a few short texts.
enum SampleModel {
  static func limits(minimum: Int) -> BackgroundLimits {
    var limits = BackgroundLimits()
    limits.minimumDocuments = minimum
    limits.minimumPhraseDocuments = minimum
    return limits
  }

  static func file(
    _ texts: [String], _ limits: BackgroundLimits = limits(minimum: 1), source: String = ""
  ) -> [UInt8] {
    var tokenizer = SampleTokenizer()
    var learner = BackgroundLearner(limits: limits)
    for text in texts { learner.add(tokenizer.document(text)) }
    return learner.write(source: source)
  }

  static func learn(_ texts: [String], minimum: Int = 1, source: String = "") throws -> BackgroundModel {
    try BackgroundModel(bytes: file(texts, limits(minimum: minimum), source: source))
  }
}

extension BackgroundModel {
  func row(of key: String) -> UInt32? { Array(key.utf16).withUnsafeBufferPointer { find($0) } }

  /// Documents of a term, or of a phrase of keys with blanks between; nil when a key is not known.
  func documents(of phrase: String) -> Int? {
    let words = phrase.split(separator: " ", omittingEmptySubsequences: false)
    let rows = words.compactMap { row(of: String($0)) }
    guard rows.count == words.count else { return nil }
    return switch rows.count {
    case 1: documentFrequency(ofTerm: rows[0])
    case 2: documentFrequency(ofPhrase: rows[0], rows[1])
    default: documentFrequency(ofPhrase: rows[0], rows[1], rows[2])
    }
  }

  func usage(of key: String) -> TermUsage? { row(of: key).map { usage(ofTerm: $0) } }
}
