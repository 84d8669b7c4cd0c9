/// Snowball's Arabic light stemmer, over UTF-16.
///
/// The algorithm is that of Assem Chelli and Abdelkrim Aries, as snowballstem.org publishes it in the Snowball
/// language (`algorithms/arabic.sbl`, release 2.2) and libstemmer computes it over UTF-8: letters are normalized,
/// suffixes of verbs or of nouns are dropped, then prefixes, then hamzas are normalized. The stems are the same for
/// every string; the tests compare them. This is ten times as fast, since it needs no conversion and looks at the
/// last letter where the library's tables are searched.
public enum Stemmer {
  /// Zeros that are no letter stand before the word, so that three letters from the end may be looked at always; as
  /// many units may be read after it.
  private static let margin = 4

  /// How many units of room a word needs: a ligature becomes two letters.
  public static func room(for count: Int) -> Int { 2 * count + 2 * margin }

  /// Writes the stem of a word, or the word itself when nothing is left of it; a lone surrogate becomes U+FFFD.
  ///
  /// - Parameter room: at least `room(for:)` units, none of the word's.
  /// - Returns: where in `room` the stem stands.
  public static func stem(
    _ word: UnsafeBufferPointer<UInt16>, in room: UnsafeMutableBufferPointer<UInt16>
  ) -> Range<Int> {
    precondition(room.count >= Stemmer.room(for: word.count))
    guard let base = room.baseAddress else { return 0..<0 }
    for i in 0..<margin { base[i] = 0 }
    var normalized = StemmerNormalization(base + margin)
    normalized.read(word)
    var work = StemmerWord(
      normalized.letters, count: normalized.count, pairs: normalized.pairs,
      isDefinite: Stemmer.isDefinite(word, count: word.count - normalized.pairs))
    work.dropSuffixes()
    work.dropPrefixes()
    if normalized.hasHamza { work.normalizeHamzas() }
    if work.units > 0 { return (margin + work.start)..<(margin + work.end) }
    for i in word.indices { base[i] = word[i] }
    return word.indices
  }

  /// Whether the word seems to bear the article, and so to be a noun; asked before anything is normalized.
  private static func isDefinite(_ word: UnsafeBufferPointer<UInt16>, count: Int) -> Bool {
    guard count > 3 else { return false }
    switch (word[0], word[1]) {
    case (.lam, .lam), (.alef, .lam): return true
    case (.beh, .alef), (.kaf, .alef): return word[2] == .lam && count > 4
    default: return false
    }
  }
}

extension UInt16 {
  fileprivate static let hamza: UInt16 = 0x0621
  fileprivate static let alefMadda: UInt16 = 0x0622
  fileprivate static let alefHamza: UInt16 = 0x0623
  fileprivate static let wawHamza: UInt16 = 0x0624
  fileprivate static let alefHamzaBelow: UInt16 = 0x0625
  fileprivate static let yehHamza: UInt16 = 0x0626
  fileprivate static let alef: UInt16 = 0x0627
  fileprivate static let beh: UInt16 = 0x0628
  fileprivate static let tehMarbuta: UInt16 = 0x0629
  fileprivate static let teh: UInt16 = 0x062A
  fileprivate static let seen: UInt16 = 0x0633
  fileprivate static let feh: UInt16 = 0x0641
  fileprivate static let kaf: UInt16 = 0x0643
  fileprivate static let lam: UInt16 = 0x0644
  fileprivate static let meem: UInt16 = 0x0645
  fileprivate static let noon: UInt16 = 0x0646
  fileprivate static let heh: UInt16 = 0x0647
  fileprivate static let waw: UInt16 = 0x0648
  fileprivate static let alefMaqsura: UInt16 = 0x0649
  fileprivate static let yeh: UInt16 = 0x064A
}

/// A word in the middle of its steps, which bear the names that Snowball's source gives them.
///
/// A step finds the longest of its affixes that the word has, then asks for a length; a word that is too short
/// does not try a shorter affix.
private struct StemmerWord {
  private let letters: UnsafeMutablePointer<UInt16>
  private(set) var start = 0
  private(set) var end: Int
  /// Characters of two units; no step drops one.
  private let pairs: Int
  /// Words with article are nouns, others may be verbs too.
  private let isDefinite: Bool

  init(_ letters: UnsafeMutablePointer<UInt16>, count: Int, pairs: Int, isDefinite: Bool) {
    self.letters = letters
    end = count
    self.pairs = pairs
    self.isDefinite = isDefinite
  }

  var units: Int { end - start }
  /// Characters, as Snowball counts.
  private var count: Int { units - pairs }
}

extension StemmerWord {
  mutating func dropSuffixes() {
    if !isDefinite, dropVerbSuffixes() { return }
    dropNounSuffixes()
    if nounStep3() { return }
    if letter(1) == .alefMaqsura { letters[end - 1] = .yeh }
  }

  private mutating func dropVerbSuffixes() -> Bool {
    guard verbStep1() else { return verbStep2b() || verbStep2a() }
    while verbStep1() {}
    _ = verbStep2a() || verbStep2c()
    return true
  }

  private mutating func dropNounSuffixes() {
    if nounStep2c2() { return }
    if !isDefinite, nounStep1a() {
      _ = nounStep2a() || nounStep2b() || nounStep2c1()
      return
    }
    // What step 1b drops stays dropped, also when none of the others follows.
    if nounStep1b(), nounStep2a() || nounStep2b() || nounStep2c1() { return }
    _ = (!isDefinite && nounStep2a()) || nounStep2b()
  }

  /// A letter, counted from the end.
  private func letter(_ fromEnd: Int) -> UInt16 { letters[end - fromEnd] }

  private mutating func drop(_ length: Int, ifAtLeast least: Int) -> Bool {
    guard count >= least else { return false }
    end -= length
    return true
  }

  private mutating func verbStep1() -> Bool {
    let before = letter(2)
    switch letter(1) {
    case .heh, .kaf: return drop(1, ifAtLeast: 4)
    case .yeh where before == .noon: return drop(2, ifAtLeast: 5)
    case .alef where before == .noon || before == .heh: return drop(2, ifAtLeast: 5)
    case .meem where before == .heh || before == .kaf: return drop(2, ifAtLeast: 5)
    case .noon where before == .heh || before == .kaf: return drop(2, ifAtLeast: 5)
    case .alef where before == .meem && (letter(3) == .heh || letter(3) == .kaf):
      return drop(3, ifAtLeast: 6)
    case .waw where before == .meem && letter(3) == .kaf: return drop(3, ifAtLeast: 6)
    default: return false
    }
  }

  private mutating func verbStep2a() -> Bool {
    let before = letter(2)
    switch letter(1) {
    case .teh, .yeh: return drop(1, ifAtLeast: 4)
    case .alef where before == .noon || before == .teh: return drop(2, ifAtLeast: 5)
    case .alef where before == .meem && letter(3) == .teh: return drop(3, ifAtLeast: 6)
    case .noon where before == .teh: return drop(2, ifAtLeast: 5)
    case .noon where before == .alef || before == .waw || before == .yeh: return drop(2, ifAtLeast: 6)
    case .alef, .noon: return drop(1, ifAtLeast: 4)
    default: return false
    }
  }

  private mutating func verbStep2b() -> Bool {
    switch (letter(2), letter(1)) {
    case (.waw, .alef), (.teh, .meem): drop(2, ifAtLeast: 5)
    default: false
    }
  }

  private mutating func verbStep2c() -> Bool {
    guard letter(1) == .waw else { return false }
    return letter(2) == .meem && letter(3) == .teh ? drop(3, ifAtLeast: 6) : drop(1, ifAtLeast: 4)
  }

  private mutating func nounStep1a() -> Bool {
    let before = letter(2)
    switch letter(1) {
    case .yeh, .kaf, .heh: return drop(1, ifAtLeast: 4)
    case .alef where before == .noon || before == .heh: return drop(2, ifAtLeast: 5)
    case .meem where before == .kaf || before == .heh: return drop(2, ifAtLeast: 5)
    case .noon where before == .heh: return drop(2, ifAtLeast: 5)
    case .alef where before == .meem && (letter(3) == .heh || letter(3) == .kaf):
      return drop(3, ifAtLeast: 6)
    default: return false
    }
  }

  private mutating func nounStep1b() -> Bool { letter(1) == .noon && drop(1, ifAtLeast: 6) }

  private mutating func nounStep2a() -> Bool {
    switch letter(1) {
    case .alef, .yeh, .waw: drop(1, ifAtLeast: 5)
    default: false
    }
  }

  private mutating func nounStep2b() -> Bool {
    letter(1) == .teh && letter(2) == .alef && drop(2, ifAtLeast: 5)
  }

  private mutating func nounStep2c1() -> Bool { letter(1) == .teh && drop(1, ifAtLeast: 4) }
  private mutating func nounStep2c2() -> Bool { letter(1) == .tehMarbuta && drop(1, ifAtLeast: 4) }
  private mutating func nounStep3() -> Bool { letter(1) == .yeh && drop(1, ifAtLeast: 3) }
}

extension StemmerWord {
  mutating func dropPrefixes() {
    // A step that puts a letter in place of its prefix has Snowball's cursor stand behind it, and the next ones
    // look from there.
    var cursor = 0
    step1(&cursor)
    step2(cursor)
    if step3aNoun(cursor) { return }
    if step3bNoun(cursor) { return }
    guard !isDefinite else { return }
    step3Verb(&cursor)
    step4Verb(cursor)
  }

  /// A letter, counted from the cursor. Behind the word's end stands anything, which does no harm: all steps ask for
  /// more letters than they look at.
  private func letter(_ cursor: Int, _ offset: Int) -> UInt16 { letters[start + cursor + offset] }

  /// Drops units that stand behind the cursor.
  private mutating func drop(_ length: Int, at cursor: Int, ifAtLeast least: Int) -> Bool {
    guard count >= least else { return false }
    for i in (0..<cursor).reversed() { letters[start + i + length] = letters[start + i] }
    start += length
    return true
  }

  private mutating func step1(_ cursor: inout Int) {
    guard letter(0, 0) == .alefHamza, count > 3 else { return }
    switch letter(0, 1) {
    case .alefHamza, .alefMadda, .alef, .alefHamzaBelow: break
    case .wawHamza: letters[start + 1] = .alefHamza
    default: return
    }
    start += 1
    cursor = 1
  }

  private mutating func step2(_ cursor: Int) {
    let first = letter(cursor, 0)
    guard first == .feh || first == .waw, letter(cursor, 1) != .alef else { return }
    _ = drop(1, at: cursor, ifAtLeast: 4)
  }

  private mutating func step3aNoun(_ cursor: Int) -> Bool {
    switch (letter(cursor, 0), letter(cursor, 1)) {
    case (.lam, .lam), (.alef, .lam): drop(2, at: cursor, ifAtLeast: 5)
    case (.beh, .alef), (.kaf, .alef):
      letter(cursor, 2) == .lam && drop(3, at: cursor, ifAtLeast: 6)
    default: false
    }
  }

  private mutating func step3bNoun(_ cursor: Int) -> Bool {
    switch (letter(cursor, 0), letter(cursor, 1)) {
    case (.beh, .alef): false
    // Of a doubled letter one stays, as of ب before another letter none does.
    case (.beh, _), (.kaf, .kaf): drop(1, at: cursor, ifAtLeast: 4)
    default: false
    }
  }

  private mutating func step3Verb(_ cursor: inout Int) {
    guard letter(cursor, 0) == .seen else { return }
    switch letter(cursor, 1) {
    case .yeh, .teh, .noon, .alefHamza:
      if drop(1, at: cursor, ifAtLeast: 5) { cursor += 1 }
    default: break
    }
  }

  private mutating func step4Verb(_ cursor: Int) {
    guard letter(cursor, 1) == .seen, letter(cursor, 2) == .teh, count > 4 else { return }
    switch letter(cursor, 0) {
    case .yeh, .noon, .teh: letters[start + cursor] = .alef
    default: break
    }
  }
}

extension StemmerWord {
  /// A hamza at the end stands alone, others become what bears them.
  mutating func normalizeHamzas() {
    guard units > 0 else { return }
    for i in start..<(end - 1) {
      switch letters[i] {
      case .alefMadda, .alefHamza, .alefHamzaBelow: letters[i] = .alef
      case .wawHamza: letters[i] = .waw
      case .yehHamza: letters[i] = .yeh
      default: break
      }
    }
    if .alefMadda ... .yehHamza ~= letters[end - 1] { letters[end - 1] = .hamza }
  }
}

/// What happens to a word's letters before its affixes are looked for: marks and tatweel go, Arabic digits and
/// presentation forms become what they stand for.
private struct StemmerNormalization {
  let letters: UnsafeMutablePointer<UInt16>
  private(set) var count = 0
  /// Characters of two units.
  private(set) var pairs = 0
  /// Whether there is a letter that bears a hamza or madda.
  private(set) var hasHamza = false

  init(_ letters: UnsafeMutablePointer<UInt16>) { self.letters = letters }

  mutating func read(_ word: UnsafeBufferPointer<UInt16>) {
    var i = 0
    while i < word.count {
      let unit = word[i]
      i &+= 1
      // Nearly all: letters from hamza to yeh.
      if unit &- 0x0621 <= 0x0029, unit != 0x0640 { append(unit) } else { i = readOther(word, at: i &- 1) }
    }
  }

  @inline(__always)
  private mutating func append(_ unit: UInt16) {
    letters[count] = unit
    count &+= 1
    if unit &- .alefMadda <= 4 { hasHamza = true }
  }

  /// Returns the index after what was read.
  @inline(never)
  private mutating func readOther(_ word: UnsafeBufferPointer<UInt16>, at i: Int) -> Int {
    let unit = word[i]
    switch unit {
    case 0x0640, 0x064B...0x0652: break
    case 0x0660...0x0669: append(unit - 0x0660 + 0x30)
    case 0xFE80...0xFEF4: append(StemmerNormalization.shaped[Int(unit) - 0xFE80])
    case 0xFEF5...0xFEFC:
      append(.lam)
      append([.alefMadda, .alefHamza, .alefHamzaBelow, .alef][(Int(unit) - 0xFEF5) / 2])
    case 0xD800...0xDBFF where i + 1 < word.count && 0xDC00...0xDFFF ~= word[i + 1]:
      append(unit)
      append(word[i + 1])
      pairs += 1
      return i + 2
    case 0xD800...0xDFFF: append(0xFFFD)
    default: append(unit)
    }
    return i + 1
  }

  /// The letters behind U+FE80 to U+FEF4. Those that join to both sides have four shapes, others two, hamza one.
  private static let shaped: [UInt16] = [
    ("ء", 1), ("آأؤإ", 2), ("ئ", 4), ("ا", 2), ("ب", 4), ("ة", 2), ("تثجحخ", 4), ("دذرز", 2),
    ("سشصضطظعغفقكلمنه", 4), ("وى", 2), ("ي", 4),
  ].flatMap { letters, shapes in
    letters.utf16.flatMap { repeatElement($0, count: shapes) }
  }
}
