import ArabicText

/// How one word is used in the background, shares over its tokens there. Shares are drawn to what is usual for words
/// in general where the background has few tokens (additive smoothing).
struct WordUsage {
  /// Row in the background; `unknownRow` when it does not have the word.
  var row: UInt32
  /// Folded letters, at most 255.
  var letters: UInt8
  private var definite: UInt8
  private var proclitic: UInt8
  private var verbal: UInt8
  private var nominal: UInt8

  static let unknownRow = BackgroundModel.unknown
  static let unknown = WordUsage(row: unknownRow, letters: 0, background: nil)

  init(row: UInt32, letters: Int, background: BackgroundModel?) {
    self.row = row
    self.letters = UInt8(clamping: letters)
    let known = row == WordUsage.unknownRow ? nil : background?.usage(ofTerm: row)
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
  var definiteShare: Float { Float(definite) / 255 }
  /// Tokens with a conjunction or preposition written onto them.
  var procliticShare: Float { Float(proclitic) / 255 }

  /// Whether the word is a verb nearly always: it follows particles and relative pronouns that verbs follow, more often
  /// than prepositions, and does not bear the article.
  var isVerb: Bool { verbal > 7 && definite < 16 && nominal < verbal }
}

/// The usages of the keys of a term table, each looked up once.
struct WordUsages {
  /// By key id; nil where it was not looked up yet.
  private var known: [WordUsage?] = []
  private var lineage = 0

  /// The usage of a base; `terms` is the table whose ids are meant.
  mutating func usage(ofBase base: UInt32, _ terms: TermTable, _ background: BackgroundModel) -> WordUsage {
    if lineage != terms.lineage {
      lineage = terms.lineage
      known.removeAll(keepingCapacity: true)
    }
    if Int(base) >= known.count { known.resize(to: terms.keys.count, nil) }
    if let usage = known[Int(base)] { return usage }
    let usage = terms.keys.withUnits(of: base) { units in
      WordUsage(
        row: background.find(units) ?? WordUsage.unknownRow, letters: units.count, background: background)
    }
    known[Int(base)] = usage
    return usage
  }
}
