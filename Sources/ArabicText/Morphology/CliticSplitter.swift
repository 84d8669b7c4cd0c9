/// Finds where proclitics, article and enclitic pronouns meet the stem of a word: و+ال+كتاب, كتاب+هم.
///
/// Context-free: closed classes and well-known exceptions come from `CliticLexicon`, the rest from rules on
/// letters and lengths. An unsure word is left whole, since a missing boundary harms less than a wrong one.
public struct CliticSplitter: Sendable {
  /// Makes a splitter.
  public init() {}

  /// The boundaries inside a surface form, which may carry marks and tatweel; none for words above 63 units.
  public func split(_ form: UnsafeBufferPointer<UInt16>) -> CliticBoundaries {
    guard form.count >= 2, form.count < 64 else { return .none }
    var letters: [UInt16] = []
    var positions: [Int] = []
    for (index, unit) in form.enumerated() {
      // A combining hamza or madda belongs to the letter before it like any mark.
      guard let letter = CliticLexicon.folding.fold(unit) else { continue }
      letters.append(letter)
      positions.append(index)
    }
    var word = Word(letters: letters)
    word.split()
    guard !word.cuts.isEmpty else { return .none }
    var mask: UInt64 = 0
    for cut in word.cuts { mask |= 1 << UInt64(positions[cut]) }
    return CliticBoundaries(mask: mask, proclitics: UInt8(word.proclitics), hasArticle: word.hasArticle)
  }

  /// The work on one folded word.
  private struct Word {
    private let letters: [UInt16]
    /// First letter of what is left to look at.
    private var start = 0
    /// Letter indices that a boundary stands before.
    private(set) var cuts: [Int] = []
    private(set) var proclitics = 0
    private(set) var hasArticle = false

    init(letters: [UInt16]) { self.letters = letters }

    private var count: Int { letters.count - start }
    private func letter(_ offset: Int) -> UInt16 { offset < count ? letters[start + offset] : 0 }
    private func text(from offset: Int = 0, dropping tail: Int = 0) -> String {
      String(decoding: letters[(start + offset)..<(letters.count - tail)], as: UTF16.self)
    }

    private mutating func cut(_ length: Int) {
      start += length
      cuts.append(start)
      proclitics += 1
    }

    mutating func split() {
      guard count >= 2 else { return }
      if !splitParticle() {
        splitConjunction()
        if !splitParticle() {
          splitFuture()
          splitPreposition()
          splitArticle()
          splitPronoun()
        }
      }
    }

    /// A particle with a pronoun (منهم, إليها, لأنه), or a function word that stays whole.
    private mutating func splitParticle() -> Bool {
      let word = text()
      for pronoun in CliticLexicon.pronouns where word.hasSuffix(pronoun) {
        let length = pronoun.utf16.count
        guard count > length else { continue }
        let base = text(dropping: length)
        guard CliticLexicon.pronounBases.contains(base), base.utf16.count > 1 || pronoun != Word.ya || base == Word.lam
        else { continue }
        // إلي, علي, في: the ي is their own.
        if pronoun == Word.ya, base.utf16.count > 1 { continue }
        if base == "ل" + Word.an || base == Word.lakin { return cutPronoun(length) }
        return cutPronoun(length)
      }
      return CliticLexicon.functionWords.contains(word)
    }

    private mutating func cutPronoun(_ length: Int) -> Bool {
      cuts.append(letters.count - length)
      return true
    }

    private mutating func splitConjunction() {
      let first = letter(0)
      guard count >= 3 else { return }
      if first == 0x0648 {
        let rest = text(from: 1)
        if CliticLexicon.functionWords.contains(rest) || isParticleWithPronoun(rest) { return cut(1) }
        if isArticle(at: 1) && !hasStem(in: CliticLexicon.wawStems) { return cut(1) }
        guard count >= 4, !hasStem(in: CliticLexicon.wawStems) else { return }
        cut(1)
      } else if first == 0x0641 {
        let rest = text(from: 1)
        if CliticLexicon.functionWords.contains(rest) || isParticleWithPronoun(rest) { return cut(1) }
        if isArticle(at: 1), count >= 6, !isListed(CliticLexicon.notPrepositionAndArticle) { cut(1) }
      }
    }

    private func isParticleWithPronoun(_ rest: String) -> Bool {
      CliticLexicon.pronouns.contains { pronoun in
        pronoun != Word.ya && rest.hasSuffix(pronoun)
          && CliticLexicon.pronounBases.contains(
            String(rest.unicodeScalars.dropLast(pronoun.unicodeScalars.count)))
      }
    }

    private mutating func splitFuture() {
      guard letter(0) == 0x0633, count >= 4, [0x064A, 0x062A, 0x0646].contains(letter(1)) else { return }
      if letter(1) == 0x0646, count < 5 { return }
      guard !hasStem(in: CliticLexicon.notFuture) else { return }
      cut(1)
    }

    private mutating func splitPreposition() {
      let first = letter(0)
      guard first == 0x0628 || first == 0x0644 || first == 0x0643, count >= 3 else { return }
      if first == 0x0644, letter(1) == 0x0644, count >= 4 { return cut(1) }
      if first != 0x0644, isArticle(at: 1) {
        if count >= 5, !isListed(CliticLexicon.notPrepositionAndArticle) { cut(1) }
        return
      }
      guard first != 0x0643 else { return }
      if isListed(CliticLexicon.prepositionWords) { return cut(1) }
      let exceptions = first == 0x0628 ? CliticLexicon.notPreposition : CliticLexicon.notLam
      let heads = first == 0x0628 ? CliticLexicon.prepositionHeads : CliticLexicon.lamHeads
      guard count >= 5, !isListed(exceptions), heads.contains(where: text().hasPrefix) else { return }
      cut(1)
    }

    private mutating func splitArticle() {
      // لل: the article has lost its alef.
      if proclitics > 0, start > 0, letters[start - 1] == 0x0644, letter(0) == 0x0644, count >= 3 {
        hasArticle = true
        return cut(1)
      }
      guard isArticle(at: 0) else { return }
      hasArticle = true
      cut(2)
    }

    private func isArticle(at offset: Int) -> Bool {
      guard letter(offset) == 0x0627, letter(offset + 1) == 0x0644, count - offset >= 4 else { return false }
      return !CliticLexicon.notArticle.contains(text(from: offset))
    }

    private mutating func splitPronoun() {
      // A word with article takes no pronoun.
      guard !hasArticle, !isListed(CliticLexicon.notPronoun) else { return }
      let word = text()
      for (pronoun, least) in Word.endings where word.hasSuffix(pronoun) {
        let length = pronoun.utf16.count
        guard count - length >= least else { return }
        if pronoun == Word.na {
          let before = letters[letters.count - 3]
          guard before == 0x062A || before == 0x064A else { return }
        }
        cuts.append(letters.count - length)
        return
      }
    }

    private func isListed(_ words: Set<String>) -> Bool { words.contains(text()) }

    /// Whether the word begins with one of the stems.
    private func hasStem(in stems: Set<String>) -> Bool {
      let word = text()
      for length in 2...min(8, max(2, count)) where length <= count {
        if stems.contains(String(word.unicodeScalars.prefix(length))), length >= 3 || length == count { return true }
      }
      return false
    }

    private static let ya = "ي"
    private static let lam = "ل"
    private static let an = "ان"
    private static let lakin = "لكن"
    private static let na = "نا"

    /// Pronouns that may close any noun or verb, longest first, with the letters that must stand before.
    private static let endings: [(String, Int)] = [("هما", 3), ("ها", 2), ("هم", 3), ("هن", 4), ("كم", 4), ("نا", 3), ("ه", 3)]
  }
}
