import ArabicText

/// Counts what a background model says, document by document, and writes it.
///
/// Terms are bases of Arabic and Latin tokens, stop words included: a model that lacks them could not tell an unknown
/// word from the commonest. Phrases are two or three such tokens side by side in a sentence with nothing but blanks
/// between; they begin and end in content words.
///
/// Memory is bounded by `BackgroundLimits.mostTerms` (about 200 bytes each) and `mostPhrases` (about 50 bytes each with
/// the default, up to twice as much where the table is emptier), and by the different words of one document, whatever
/// is added; up to these limits counts are exact. Beyond them rare ones are dropped and the model names how many
/// documents a count may lack (see `LossyBound`).
public struct BackgroundLearner: Sendable {
  private let limits: BackgroundLimits
  private var terms: TermCounts
  private var phrases: PhraseCounts
  private var particles = ParticleTable()
  /// Number of documents added.
  public private(set) var documents = 0
  private var tokens: UInt64 = 0

  // What is known of the ids of the documents' term table, as long as they mean the same.
  private var lineage = 0
  /// By key id: number of the term.
  private var termOfKey: [UInt32] = []
  /// By form id.
  private var particleOfForm: [Particle] = []

  /// Makes a learner that has seen nothing.
  public init(limits: BackgroundLimits = BackgroundLimits()) {
    self.limits = limits
    terms = TermCounts(most: limits.mostTerms)
    phrases = PhraseCounts(most: limits.mostPhrases)
  }

  /// A token as a part of phrases.
  private struct PhraseWord {
    var term = BackgroundFormat.noRow
    var isContent = false
  }

  /// Counts one document. A document without tokens counts as well.
  public mutating func add(_ document: TokenizedDocument) {
    documents += 1
    let number = UInt32(truncatingIfNeeded: documents)
    prepare(document.terms)
    var beforeLast = PhraseWord()
    var last = PhraseWord()
    var particle = Particle.none
    for token in document.tokens {
      if token.gap == .sentenceStart || token.gap == .punctuation {
        (beforeLast, last, particle) = (PhraseWord(), PhraseWord(), .none)
      }
      guard token.kind == .arabic || token.kind == .latin else {
        (beforeLast, last, particle) = (PhraseWord(), PhraseWord(), .none)
        continue
      }
      let row = document.terms[token.term]
      let term = self.term(of: row.base, document.terms)
      terms.add(term, document: number, usage: BackgroundLearner.usage(row.traits, behind: particle))
      tokens += 1
      if row.isContent {
        if last.isContent { phrases.add(last.term, term, BackgroundFormat.noRow, document: number) }
        if beforeLast.isContent { phrases.add(beforeLast.term, last.term, term, document: number) }
      }
      beforeLast = last
      last = PhraseWord(term: term, isContent: row.isContent)
      particle = self.particle(token.term, document.terms)
    }
    if terms.isFull { dropRareTerms() }
  }

  private static func usage(_ traits: FormTraits, behind particle: Particle) -> SIMD4<UInt32> {
    let isWhole = !traits.contains(.proclitic)
    return SIMD4(
      traits.contains(.definite) ? 1 : 0, isWhole ? 0 : 1, isWhole && particle == .beforeVerb ? 1 : 0,
      isWhole && particle == .beforeNoun ? 1 : 0)
  }

  /// The number of a base's term.
  @inline(__always)
  private mutating func term(of base: UInt32, _ table: TermTable) -> UInt32 {
    let known = termOfKey[Int(base)]
    if known != Interner.unknown { return known }
    let term = table.keys.withUnits(of: base) { terms.intern($0) }
    termOfKey[Int(base)] = term
    return term
  }

  @inline(__always)
  private mutating func particle(_ form: TermID, _ table: TermTable) -> Particle {
    let known = particleOfForm[Int(form)]
    if known != .unknown { return known }
    let particle = table.forms.withUnits(of: form) { particles.particle(of: $0) }
    particleOfForm[Int(form)] = particle
    return particle
  }

  /// Turns to a document's table.
  private mutating func prepare(_ table: TermTable) {
    if lineage != table.lineage {
      lineage = table.lineage
      forgetIDs()
    }
    termOfKey.grow(to: table.keys.count, Interner.unknown)
    particleOfForm.grow(to: table.count, .unknown)
  }

  private mutating func forgetIDs() {
    termOfKey.removeAll(keepingCapacity: true)
    particleOfForm.removeAll(keepingCapacity: true)
  }

  private mutating func dropRareTerms() {
    let numbers = terms.dropRare()
    phrases.renumber(numbers, forgotten: terms.bound.value)
    forgetIDs()
  }

  /// The bytes of a model. The same documents give the same bytes; in another order too, as long as nothing had to be
  /// dropped.
  ///
  /// - Parameter source: provenance, one line; line breaks become spaces.
  public func write(source: String) -> [UInt8] {
    var contents = BackgroundContents(limits: limits)
    contents.documents = UInt64(documents)
    contents.tokens = tokens
    contents.limits.termBound = Int(terms.bound.value)
    contents.limits.phraseBound = Int(phrases.bound.value)
    contents.source = source.split(whereSeparator: \.isNewline).joined(separator: " ")
    for (id, row) in terms.rows.enumerated() where Int(row.documents) >= max(1, limits.minimumDocuments) {
      contents.terms.append(
        BackgroundContents.Term(id: UInt32(id), key: terms.keys.units(of: UInt32(id)), row))
    }
    contents.phrases = phrases.phrases(minimumDocuments: max(1, limits.minimumPhraseDocuments))
    return contents.file()
  }
}
