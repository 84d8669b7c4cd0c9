import ArabicText

/// How one word is used in the background, shares over its tokens there. Shares are drawn to what is usual for words
/// in general where the background has few tokens (additive smoothing).
struct WordUsage {
  /// Row in the background; `BackgroundModel.unknown` when it does not have the word.
  let row: UInt32
  /// Folded letters, at most 255; 0 where the word was not looked up yet.
  let letters: UInt8
  private let definite: UInt8
  private let proclitic: UInt8
  private let verbal: UInt8
  private let nominal: UInt8

  static let unknown = WordUsage(row: BackgroundModel.unknown, letters: 0, background: nil)

  init(row: UInt32, letters: Int, background: BackgroundModel?) {
    self.row = row
    self.letters = UInt8(clamping: letters)
    let known = row == BackgroundModel.unknown ? nil : background?.usage(ofTerm: row)
    let tokens = Float(known?.tokens ?? 0)
    func share(_ share: Float, usual: Float, weight: Float) -> UInt8 {
      UInt8(((share * tokens + usual * weight) / (tokens + weight) * 255).rounded())
    }
    definite = share(known?.definite ?? 0, usual: 0.3, weight: 3)
    proclitic = share(known?.proclitic ?? 0, usual: 0.2, weight: 3)
    verbal = share(known?.verbal ?? 0, usual: 0.01, weight: 5)
    nominal = share(known?.nominal ?? 0, usual: 0.08, weight: 5)
  }

  /// Tokens with the article.
  var definiteShare: Float { Float(definite) * (1 / 255) }
  /// Tokens with a conjunction or preposition written onto them.
  var procliticShare: Float { Float(proclitic) * (1 / 255) }

  /// Whether the word is a verb nearly always: it follows particles and relative pronouns that verbs follow, more often
  /// than prepositions, and does not bear the article.
  var isVerb: Bool { verbal > 7 && definite < 16 && nominal < verbal }
  /// Whether the word may be a verb, as many nouns of action are: where a sentence begins it mostly is one.
  var mayBeVerb: Bool { verbal > 2 && definite < 128 }
}

/// The usages of the keys of a term table, each looked up once.
struct WordUsages {
  /// By key id.
  private var known: [WordUsage] = []
  private var lineage = 0
  private var background: BackgroundModel?

  /// Turns to the table of a document: what is known stays known only if the ids mean the same.
  mutating func prepare(for terms: SharedTerms, _ background: BackgroundModel) {
    self.background = background
    if lineage != terms.table.lineage {
      lineage = terms.table.lineage
      known.removeAll(keepingCapacity: true)
    }
    let missing = terms.table.keys.count - known.count
    if missing > 0 { known.append(contentsOf: repeatElement(.unknown, count: missing)) }
  }

  /// The usage of a base of the table that was turned to.
  subscript(base base: UInt32, terms: SharedTerms) -> WordUsage {
    @inline(__always) mutating get {
      let usage = known[Int(base)]
      return usage.letters > 0 ? usage : lookUp(base, terms)
    }
  }

  @inline(never)
  private mutating func lookUp(_ base: UInt32, _ terms: SharedTerms) -> WordUsage {
    let usage = terms.table.keys.withUnits(of: base) { units in
      WordUsage(
        row: background?.find(units) ?? BackgroundModel.unknown, letters: max(1, units.count), background: background)
    }
    known[Int(base)] = usage
    return usage
  }
}
