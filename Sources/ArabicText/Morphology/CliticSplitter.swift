/// Finds where proclitics, article and enclitic pronouns meet the stem of a word: و+ال+كتاب, كتاب+هم.
///
/// Context-free: closed classes and well-known exceptions come from `CliticLexicon`, the rest from rules on
/// letters and lengths. An unsure word is left whole, since a missing boundary harms less than a wrong one.
public struct CliticSplitter: Sendable {
  // Asked once: a global costs a check at every access.
  private let lexicon = CliticLexicon.shared

  /// Makes a splitter.
  public init() {}

  /// The boundaries inside a surface form, which may carry marks and tatweel; none for words above 63 units.
  public func split(_ form: UnsafeBufferPointer<UInt16>) -> CliticBoundaries {
    guard form.count >= 2, form.count < 64 else { return .none }
    var word = FoldedWord()
    lexicon.codes.withUnsafeBufferPointer { codes in
      for unit in form {
        let code = codes[Int(unit)]
        if code != 0 { word.append(code) }
      }
    }
    var cuts = CliticCuts(word, lexicon)
    cuts.find()
    let mask = word.count == form.count ? cuts.mask : surfaceMask(cuts.mask, form)
    return CliticBoundaries(mask: mask, proclitics: cuts.proclitics, hasArticle: cuts.hasArticle)
  }

  /// Boundaries between letters as positions in the form, which has other units too.
  private func surfaceMask(_ mask: UInt64, _ form: UnsafeBufferPointer<UInt16>) -> UInt64 {
    var surface: UInt64 = 0
    var letter: UInt64 = 0
    for i in form.indices where lexicon.codes[Int(form[i])] != 0 {
      surface |= (mask &>> letter & 1) &<< UInt64(i)
      letter += 1
    }
    return surface
  }
}

/// The work on one folded word.
private struct CliticCuts {
  private let word: FoldedWord
  private let lexicon: CliticLexicon
  /// First letter of what is left to look at.
  private var start = 0
  /// What is left: its first ten letters, and how many there are.
  private var rest: UInt64
  private var count: Int
  /// Bit `i`: a boundary stands before letter `i`.
  private(set) var mask: UInt64 = 0
  private(set) var proclitics: UInt8 = 0
  private(set) var hasArticle = false
  private let pronoun: PronounEnding?

  init(_ word: FoldedWord, _ lexicon: CliticLexicon) {
    self.word = word
    self.lexicon = lexicon
    rest = word.letters(from: 0)
    count = word.count
    pronoun = PronounEnding(word.tail)
  }

  @inline(__always)
  private func letter(_ i: Int) -> UInt8 { FoldedWord.letter(i, of: rest) }

  private mutating func cut(_ length: Int) {
    start += length
    count -= length
    rest = word.letters(from: start)
    mask |= 1 &<< UInt64(start)
    proclitics += 1
  }

  private mutating func cutTail(_ length: Int) { mask |= 1 &<< UInt64(word.count - length) }

  mutating func find() {
    guard count >= 2, !findParticle() else { return }
    findConjunction()
    guard start == 0 || !findParticle() else { return }
    findFuture()
    findPreposition()
    findArticle()
    findPronoun()
  }

  /// A function word that stays whole, or a particle with a pronoun (منهم, إليها, لأنه).
  private mutating func findParticle() -> Bool {
    if lexicon.functionWords.contains(rest, count: count) { return true }
    guard let pronoun, isParticle(beforePronoun: pronoun, from: 0) else { return false }
    cutTail(pronoun.length)
    return true
  }

  /// Whether what stands before the pronoun at the end is a particle that takes one.
  private func isParticle(beforePronoun pronoun: PronounEnding, from offset: Int) -> Bool {
    let length = count - offset - pronoun.length
    guard length > 0, length <= FoldedWord.most - offset else { return false }
    let letters = FoldedWord.first(length, of: rest &>> UInt64(offset * FoldedWord.bits))
    return lexicon.pronounBases.contains(letters, count: length)
  }

  private mutating func findConjunction() {
    let first = letter(0)
    guard first == .waw || first == .feh, count >= 3 else { return }
    if lexicon.functionWords.contains(word.letters(from: 1), count: count - 1) { return cut(1) }
    if let pronoun, isParticle(beforePronoun: pronoun, from: 1) { return cut(1) }
    if first == .waw {
      guard count >= 4, !lexicon.wawStems.containsStem(of: rest, count: count) else { return }
      cut(1)
    } else if isArticle(at: 1), count >= 6,
      !lexicon.notPrepositionAndArticle.contains(rest, count: count)
    {
      // A ف before a bare noun or verb is too rare in news to tell from the many stems with ف.
      cut(1)
    }
  }

  private mutating func findFuture() {
    guard letter(0) == .seen, count >= 4 else { return }
    let next = letter(1)
    guard next == .yeh || next == .teh || (next == .noon && count >= 5) else { return }
    guard !lexicon.notFuture.containsStem(of: rest, count: count) else { return }
    cut(1)
  }

  private mutating func findPreposition() {
    let first = letter(0)
    guard first == .beh || first == .lam || first == .kaf, count >= 3 else { return }
    if first == .lam, letter(1) == .lam, count >= 4 { return cut(1) }
    if first != .lam, isArticle(at: 1) {
      if count >= 5, !lexicon.notPrepositionAndArticle.contains(rest, count: count) { cut(1) }
      return
    }
    // A ك before a bare noun is rarer than the stems that begin with it.
    guard first != .kaf else { return }
    if lexicon.prepositionWords.contains(rest, count: count) { return cut(1) }
    guard count >= 5 else { return }
    if first == .beh {
      guard lexicon.prepositionHeads.containsStem(of: rest, count: count),
        !lexicon.notPreposition.contains(rest, count: count)
      else { return }
    } else {
      guard lexicon.lamHeads.containsStem(of: rest, count: count),
        !lexicon.notLam.contains(rest, count: count)
      else { return }
    }
    cut(1)
  }

  private mutating func findArticle() {
    // لل: the article has lost its alef.
    if start > 0, letter(0) == .lam, count >= 3,
      FoldedWord.letter(0, of: word.letters(from: start - 1)) == .lam
    {
      hasArticle = true
      return cut(1)
    }
    guard isArticle(at: 0) else { return }
    hasArticle = true
    cut(2)
  }

  private func isArticle(at offset: Int) -> Bool {
    letter(offset) == .alef && letter(offset + 1) == .lam && count - offset >= 4
      && !lexicon.notArticle.containsStem(of: word.letters(from: start + offset), count: count - offset)
  }

  private mutating func findPronoun() {
    // A word with article takes no pronoun.
    guard !hasArticle, let pronoun, count >= pronoun.leastCount,
      !lexicon.notPronoun.contains(rest, count: count)
    else { return }
    cutTail(pronoun.length)
  }
}

/// The pronoun that a word's last letters look like.
private struct PronounEnding {
  /// Its letters.
  let length: Int
  /// Letters that any noun or verb must have with it; more than a word has when only particles take it.
  let leastCount: Int

  private static let never = Int.max

  /// - Parameter tail: the last letters of the word, as `FoldedWord.tail`.
  @inline(__always)
  init?(_ tail: UInt64) {
    let before = FoldedWord.letter(1, of: tail)
    let third = FoldedWord.letter(2, of: tail)
    switch FoldedWord.letter(0, of: tail) {
    case .heh: self.init(1, 4)
    case .alef:
      switch before {
      case .heh: self.init(2, 4)
      // After other letters it is mostly a stem's ن with the ا of the accusative (إنسانا).
      case .noon: self.init(2, third == .teh || third == .yeh ? 6 : PronounEnding.never)
      case .meem where third == .heh: self.init(3, 6)
      case .meem where third == .kaf: self.init(3, PronounEnding.never)
      default: return nil
      }
    case .meem where before == .heh: self.init(2, 5)
    case .meem where before == .kaf: self.init(2, 6)
    case .noon where before == .heh: self.init(2, 6)
    case .noon where before == .kaf: self.init(2, PronounEnding.never)
    case .kaf: self.init(1, PronounEnding.never)
    case .yeh where before == .noon: self.init(2, PronounEnding.never)
    default: return nil
    }
  }

  private init(_ length: Int, _ leastCount: Int) {
    self.length = length
    self.leastCount = leastCount
  }
}
