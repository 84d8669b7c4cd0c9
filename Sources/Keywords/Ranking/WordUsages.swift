import ArabicText

/// How one word is used in the background, shares over its tokens there. Shares are drawn to what is usual for words
/// in general where the background has few tokens (additive smoothing).
struct WordUsage {
  /// Row in the background; `unknownRow` when it does not have the word.
  let row: UInt32
  /// Folded letters, at most 255; 0 where the word was not looked up yet.
  let letters: UInt8
  private let definite: UInt8
  private let proclitic: UInt8
  private let verbal: UInt8
  private let nominal: UInt8
  /// What its letters say.
  private(set) var form: WordFormCues

  /// No row.
  static let unknownRow = UInt32.max
  static let unknown = WordUsage(row: WordUsage.unknownRow, letters: 0, form: [], background: nil)

  init(row: UInt32, letters: Int, form: WordFormCues, background: BackgroundModel?) {
    self.form = form
    self.row = row
    self.letters = UInt8(clamping: letters)
    let isKnown = row != WordUsage.unknownRow
    let known = isKnown ? background?.usage(ofTerm: row) : nil
    let tokens = Float(isKnown ? background?.tokens(ofTerm: row) ?? 0 : 0)
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

  /// Whether the word is a verb nearly always.
  ///
  /// Verbs follow particles and relative pronouns more often than prepositions, and do not bear the article. Words that
  /// the background has seldom or never are told by their letters.
  var isVerb: Bool {
    if nominal < verbal, verbal > 7 && definite < 16 || verbal > 15 && definite < 27 { return true }
    if row == WordUsage.unknownRow { return form.contains(.femininePast) || form.contains(.imperfect) }
    return definite < 26 && nominal < 26
      && (form.contains(.femininePast) || (form.contains(.imperfect) && verbal > 3))
  }

  /// Whether the word may be a verb, as many nouns of action are: where a sentence begins it mostly is one.
  var mayBeVerb: Bool {
    (verbal > 2 && definite < 128) || (definite < 26 && nominal < 20) || row == WordUsage.unknownRow
  }

  mutating func markAccusative() { form.insert(.accusative) }

  /// Whether its alef is the ending of an indefinite accusative: the word without it is a noun that bears the article.
  ///
  /// - Parameter bare: the usage of the word without its last letter.
  func isAccusative(_ bare: WordUsage) -> Bool {
    bare.row != WordUsage.unknownRow && bare.definite > 51 && definite < 80
      && (row == WordUsage.unknownRow || nominal < 20)
  }
}

/// What the letters of a folded word say, without knowing the word.
struct WordFormCues: OptionSet {
  let rawValue: UInt8

  /// Ends like a feminine past: in ت, which few nouns have but as ات.
  static let femininePast = WordFormCues(rawValue: 1)
  /// Looks like a third person of the imperfect: in ي, or of the pattern تفعل.
  static let imperfect = WordFormCues(rawValue: 2)
  /// May stand between the words of a noun phrase though it is a stop word: prepositions and the like.
  static let link = WordFormCues(rawValue: 4)
  /// An indefinite accusative; not told by letters alone.
  static let accusative = WordFormCues(rawValue: 8)

  init(rawValue: UInt8) { self.rawValue = rawValue }

  init(_ key: UnsafeBufferPointer<UInt16>) {
    self = []
    if key.count <= WordFormCues.longestLink, WordFormCues.links.contains(Array(key)) { insert(.link) }
    guard key.count >= 4, let first = key.first, let last = key.last else { return }
    let (alef, teh, yeh): (UInt16, UInt16, UInt16) = (0x0627, 0x062A, 0x064A)
    if last == teh, key[key.count - 2] != alef { insert(.femininePast) }
    // Of words in ت only the pattern تفعل, since many nouns of action begin with it too.
    if first == yeh || (first == teh && key.count == 4 && last != 0x0647) { insert(.imperfect) }
  }

  private static let links = Set(
    "في من الي علي عن مع بين ضد غير ذات ذو ذي ضمن عبر حول نحو لدي تحت فوق كل بعض بدون دون عدم لل".split(
      separator: " "
    )
    .map { Array($0.utf16) })
  private static let longestLink = links.reduce(0) { max($0, $1.count) }
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
    known.grow(to: terms.table.keys.count, .unknown)
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
      var usage = read(units, WordFormCues(units))
      let alef: UInt16 = 0x0627
      if units.count > 3, units.last == alef,
        usage.isAccusative(read(UnsafeBufferPointer(rebasing: units.dropLast()), []))
      {
        usage.markAccusative()
      }
      return usage
    }
    known[Int(base)] = usage
    return usage
  }

  private func read(_ key: UnsafeBufferPointer<UInt16>, _ form: WordFormCues) -> WordUsage {
    WordUsage(
      row: background?.find(key) ?? WordUsage.unknownRow, letters: max(1, key.count), form: form,
      background: background)
  }
}
