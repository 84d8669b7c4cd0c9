/// Finds where proclitics, article and enclitic pronouns meet the stem of a word: و+ال+كتاب, كتاب+هم.
///
/// Context-free: closed classes and well-known exceptions come from `CliticLexicon`, the rest from rules on
/// letters and lengths. An unsure word is left whole, since a missing boundary harms less than a wrong one.
public struct CliticSplitter: Sendable {
  private var letters = Array(repeating: UInt16(0), count: 64)
  private var positions = Array(repeating: UInt8(0), count: 64)
  private let folding = CliticLexicon.folding

  /// Makes a splitter.
  public init() {}

  /// The boundaries inside a surface form, which may carry marks and tatweel; none for words above 63 units.
  public mutating func split(_ form: UnsafeBufferPointer<UInt16>) -> CliticBoundaries {
    guard form.count >= 2, form.count < 64 else { return .none }
    return letters.withUnsafeMutableBufferPointer { letters in
      positions.withUnsafeMutableBufferPointer { positions in
        var count = 0
        for (index, unit) in form.enumerated() {
          guard let letter = folding.fold(unit) else { continue }
          letters[count] = letter
          positions[count] = UInt8(index)
          count += 1
        }
        var cuts = CliticCuts(UnsafeBufferPointer(rebasing: letters[..<count]))
        cuts.find()
        return CliticBoundaries(
          mask: cuts.mask { Int(positions[$0]) }, proclitics: cuts.proclitics, hasArticle: cuts.hasArticle)
      }
    }
  }
}

/// Up to four last letters of a word, compared as one number.
struct Suffix: Equatable {
  /// Most letters.
  static let longest = 4

  /// Number of letters.
  let count: Int
  private let letters: UInt64
  private let mask: UInt64

  init(_ text: String) {
    letters = text.utf16.reduce(0) { $0 << 16 | UInt64($1) }
    count = text.utf16.count
    precondition(count > 0 && count <= Suffix.longest)
    mask = UInt64.max >> UInt64(64 - 16 * count)
  }

  /// Whether a word with these last letters ends in the suffix; the word must be long enough.
  func ends(_ tail: UInt64) -> Bool { tail & mask == letters }
}

/// The work on one folded word.
private struct CliticCuts {
  private let letters: UnsafeBufferPointer<UInt16>
  /// First letter of what is left to look at.
  private var start = 0
  /// Bit `i`: a boundary stands before letter `i`.
  private var cuts: UInt64 = 0
  private(set) var proclitics: UInt8 = 0
  private(set) var hasArticle = false

  /// The last letters of the word, as `Suffix` compares them.
  private let tail: UInt64

  init(_ letters: UnsafeBufferPointer<UInt16>) {
    self.letters = letters
    tail = letters.suffix(Suffix.longest).reduce(0) { $0 << 16 | UInt64($1) }
  }

  /// The cuts with letter indices turned into positions in the surface form.
  func mask(_ position: (Int) -> Int) -> UInt64 {
    var rest = cuts
    var mask: UInt64 = 0
    while rest != 0 {
      mask |= 1 << UInt64(position(rest.trailingZeroBitCount))
      rest &= rest - 1
    }
    return mask
  }

  private var count: Int { letters.count - start }
  private func letter(_ offset: Int) -> UInt16 { offset < count ? letters[start + offset] : 0 }
  private func rest(from offset: Int = 0, dropping tail: Int = 0) -> UnsafeBufferPointer<UInt16> {
    UnsafeBufferPointer(rebasing: letters[(start + offset)..<(letters.count - tail)])
  }

  private mutating func cut(_ length: Int) {
    start += length
    cuts |= 1 << UInt64(start)
    proclitics += 1
  }

  private mutating func cutTail(_ length: Int) { cuts |= 1 << UInt64(letters.count - length) }

  mutating func find() {
    guard count >= 2, !findParticle() else { return }
    findConjunction()
    guard !findParticle() else { return }
    findFuture()
    findPreposition()
    findArticle()
    findPronoun()
  }

  /// A function word that stays whole, or a particle with a pronoun (منهم, إليها, لأنه).
  private mutating func findParticle() -> Bool {
    if CliticLexicon.functionWords.contains(rest()) { return true }
    guard let length = particlePronoun(from: 0) else { return false }
    cutTail(length)
    return true
  }

  /// Length of the pronoun at the end, if what stands before it is a particle that takes one.
  private func particlePronoun(from offset: Int) -> Int? {
    switch UInt16(truncatingIfNeeded: tail) {
    // The last letters of the pronouns: ه ا م ن ك ي.
    case 0x0647, 0x0627, 0x0645, 0x0646, 0x0643, 0x064A: break
    default: return nil
    }
    for pronoun in CliticLexicon.pronouns {
      guard count - offset > pronoun.count, ends(with: pronoun) else { continue }
      if CliticLexicon.pronounBases.contains(rest(from: offset, dropping: pronoun.count)) {
        return pronoun.count
      }
    }
    return nil
  }

  private func ends(with suffix: Suffix) -> Bool { count >= suffix.count && suffix.ends(tail) }

  private mutating func findConjunction() {
    guard count >= 3, letter(0) == 0x0648 || letter(0) == 0x0641 else { return }
    if CliticLexicon.functionWords.contains(rest(from: 1)) || particlePronoun(from: 1) != nil {
      return cut(1)
    }
    if letter(0) == 0x0648 {
      guard count >= 4, !CliticLexicon.wawStems.containsStem(of: rest(), atLeast: 3) else { return }
      cut(1)
    } else if isArticle(at: 1), count >= 6, !CliticLexicon.notPrepositionAndArticle.contains(rest()) {
      // A ف before a bare noun or verb is too rare in news to tell from the many stems with ف.
      cut(1)
    }
  }

  private mutating func findFuture() {
    guard letter(0) == 0x0633, count >= 4 else { return }
    let next = letter(1)
    guard next == 0x064A || next == 0x062A || (next == 0x0646 && count >= 5) else { return }
    guard !CliticLexicon.notFuture.containsStem(of: rest(), atLeast: 3) else { return }
    cut(1)
  }

  private mutating func findPreposition() {
    let first = letter(0)
    guard first == 0x0628 || first == 0x0644 || first == 0x0643, count >= 3 else { return }
    if first == 0x0644, letter(1) == 0x0644, count >= 4 { return cut(1) }
    if first != 0x0644, isArticle(at: 1) {
      if count >= 5, !CliticLexicon.notPrepositionAndArticle.contains(rest()) { cut(1) }
      return
    }
    // A ك before a bare noun is rarer than the stems that begin with it.
    guard first != 0x0643 else { return }
    if CliticLexicon.prepositionWords.contains(rest()) { return cut(1) }
    let exceptions = first == 0x0628 ? CliticLexicon.notPreposition : CliticLexicon.notLam
    let heads = first == 0x0628 ? CliticLexicon.prepositionHeads : CliticLexicon.lamHeads
    guard count >= 5, !exceptions.contains(rest()), heads.containsStem(of: rest(), atLeast: 3) else { return }
    cut(1)
  }

  private mutating func findArticle() {
    // لل: the article has lost its alef.
    if start > 0, letters[start - 1] == 0x0644, letter(0) == 0x0644, count >= 3 {
      hasArticle = true
      return cut(1)
    }
    guard isArticle(at: 0) else { return }
    hasArticle = true
    cut(2)
  }

  private func isArticle(at offset: Int) -> Bool {
    letter(offset) == 0x0627 && letter(offset + 1) == 0x0644 && count - offset >= 4
      && !CliticLexicon.notArticle.containsStem(of: rest(from: offset), atLeast: 5)
  }

  private mutating func findPronoun() {
    // A word with article takes no pronoun.
    guard !hasArticle, !CliticLexicon.notPronoun.contains(rest()) else { return }
    for (pronoun, least) in CliticCuts.endings where ends(with: pronoun) {
      guard count - pronoun.count >= least else { return }
      if pronoun == CliticCuts.na {
        // After other letters it is mostly a stem's ن with the ا of the accusative (إنسانا).
        let before = letters[letters.count - 3]
        guard before == 0x062A || before == 0x064A, count >= 6 else { return }
      }
      return cutTail(pronoun.count)
    }
  }

  private static let na = Suffix("نا")

  /// Pronouns that may close any noun or verb, longest first, with the letters that must stand before.
  private static let endings: [(Suffix, Int)] = [
    ("هما", 3), ("ها", 2), ("هم", 3), ("هن", 4), ("كم", 4), ("نا", 3), ("ه", 3),
  ].map { (Suffix($0.0), $0.1) }
}
