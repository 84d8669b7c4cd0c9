import ArabicText

/// A background model as text for people to read: what it is, then its terms, then its phrases, the commonest first.
///
/// Lines of the head begin with `#`; the others are columns with tabs between, as the line above them names them.
public struct BackgroundListing {
  private let model: BackgroundModel
  private let terms: Int
  private let phrases: [BackgroundPhrase]

  /// Makes a listing of at most so many terms and phrases.
  public init(_ model: BackgroundModel, terms: Int = .max, phrases: Int = .max) {
    self.model = model
    self.terms = min(terms, model.count)
    var sorted: [BackgroundPhrase] = []
    model.forEachPhrase { sorted.append($0) }
    sorted.sort { $0.documents != $1.documents ? $0.documents > $1.documents : $0.precedes($1) }
    self.phrases = Array(sorted.prefix(phrases))
  }

  /// Calls `body` with each line, without its end.
  public func forEachLine(_ body: (String) throws -> Void) rethrows {
    let limits = model.limits
    try body("# background model, version \(BackgroundFormat.version)")
    if !model.source.isEmpty { try body("# source: \(model.source)") }
    try body("# \(model.documents) documents of \(model.tokens) Arabic and Latin words")
    try body(
      "# \(model.count) terms of at least \(limits.minimumDocuments) documents; "
        + BackgroundListing.exactness(limits.termBound, limits.minimumDocuments))
    try body(
      "# \(model.phraseCount) phrases of at least \(limits.minimumPhraseDocuments) documents; "
        + BackgroundListing.exactness(limits.phraseBound, limits.minimumPhraseDocuments))
    try body("# term\tdocuments\ttokens\tdefinite\tproclitic\tverbal\tnominal")
    for row in 0..<UInt32(terms) { try body(line(ofTerm: row)) }
    try body("# phrase\tdocuments")
    for phrase in phrases { try body(line(of: phrase)) }
  }

  private static func exactness(_ bound: Int, _ minimum: Int) -> String {
    bound == 0 ? "exact" : "counts may lack \(bound), so all of \(minimum + bound) documents or more are here"
  }

  private func line(ofTerm row: UInt32) -> String {
    let usage = model.usage(ofTerm: row)
    let shares = [usage.definite, usage.proclitic, usage.verbal, usage.nominal].map(BackgroundListing.share)
    let counts = [model.documentFrequency(ofTerm: row), model.tokens(ofTerm: row)].map(String.init)
    return ([word(row)] + counts + shares).joined(separator: "\t")
  }

  private func line(of phrase: BackgroundPhrase) -> String {
    let rows = phrase.isPair ? [phrase.first, phrase.second] : [phrase.first, phrase.second, phrase.third]
    return rows.map(word).joined(separator: " ") + "\t\(phrase.documents)"
  }

  private func word(_ row: UInt32) -> String { String(decoding: model.key(ofTerm: row), as: UTF16.self) }

  /// Two digits after the point.
  private static func share(_ share: Float) -> String {
    let hundredths = Int((share * 100).rounded())
    return "\(hundredths / 100).\(hundredths / 10 % 10)\(hundredths % 10)"
  }
}
