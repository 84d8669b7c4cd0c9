/// Romanization by the rules of ALA-LC and ISO 233-2: one pass over a word, letter and marks together.
///
/// Sources: ALA-LC Romanization Tables, Arabic (2012); ISO 233-2:1993. Both suppose that the reader supplies
/// the short vowels; here they appear where the text writes them, and consonants stand alone otherwise. A و
/// or ي is long (ū, ī) between consonants, and a consonant (w, y) at the start of a word, before a vowel
/// letter, or where it carries a vowel or shadda.
struct Romanizer {
  private struct Letter {
    var base: UInt16
    var vowel: UInt16 = 0
    var hasShadda = false
    var hasDaggerAlef = false
  }

  /// What stands for the unit U+0600 + index: the first character in the low half, a second in the high one; 0 for
  /// units without a row.
  private let consonants: [UInt32]
  private let hamza: [UInt16]
  private var letters: [Letter] = []
  private var splitter = CliticSplitter()

  /// ALA-LC (digraphs) or ISO 233-2 (one letter with a diacritic each).
  init(iso: Bool) {
    var table = [UInt32](repeating: 0, count: 256)
    for (letter, alaLC, iso233) in Romanizer.rows {
      for (place, unit) in (iso ? iso233 : alaLC).utf16.enumerated() {
        table[Int(letter & 0xFF)] |= UInt32(unit) << (16 * UInt32(place))
      }
    }
    consonants = table
    hamza = Array((iso ? "ʾ" : "ʼ").utf16)
  }

  /// Appends the romanization of one word; proclitics and article are set apart by hyphens (wa-al-, lil-).
  mutating func romanize(_ word: UnsafeBufferPointer<UInt16>, into out: inout [UInt16]) {
    let clitics = splitter.split(word)
    let cuts = clitics.positions.prefix(Int(clitics.proclitics))
    var start = 0
    for (index, end) in cuts.enumerated() {
      let isArticle = clitics.hasArticle && index == cuts.count - 1
      if isArticle {
        // لل is li + al with its alef lost: lil-.
        let isJoined = out.last == 0x2D && word[start] == Romanizer.lam
        if isJoined { out.removeLast() }
        out.append(contentsOf: (isJoined ? "l-" : "al-").utf16)
      } else {
        append(proclitic: word[start], into: &out)
      }
      start = end
    }
    read(UnsafeBufferPointer(rebasing: word[start...]))
    for index in letters.indices { append(index, isFirst: index == 0, into: &out) }
  }

  /// A proclitic with the vowel it always has.
  private func append(proclitic letter: UInt16, into out: inout [UInt16]) {
    let text =
      switch letter {
      case 0x0648: "wa-"
      case 0x0641: "fa-"
      case 0x0628: "bi-"
      case 0x0643: "ka-"
      case 0x0633: "sa-"
      default: "li-"
      }
    out.append(contentsOf: text.utf16)
  }

  private mutating func read(_ word: UnsafeBufferPointer<UInt16>) {
    letters.removeAll(keepingCapacity: true)
    for unit in word {
      switch unit {
      case 0x0640: continue
      case 0x0651: if !letters.isEmpty { letters[letters.count - 1].hasShadda = true }
      case 0x064B...0x0650: if !letters.isEmpty { letters[letters.count - 1].vowel = unit }
      case 0x0652: if !letters.isEmpty { letters[letters.count - 1].vowel = unit }
      case 0x0670: if !letters.isEmpty { letters[letters.count - 1].hasDaggerAlef = true }
      default: letters.append(Letter(base: unit))
      }
    }
  }

  private func append(_ index: Int, isFirst: Bool, into out: inout [UInt16]) {
    let letter = letters[index]
    let isLast = index == letters.count - 1
    let before: Letter? = index > 0 ? letters[index - 1] : nil
    switch letter.base {
    case 0x0627, 0x0671:
      if isFirst {
        // Unmarked: the i of forms VII to X and of ابن and اسم; before ل the a of الذي and الله.
        if letter.vowel == 0 {
          out.append(index + 1 < letters.count && letters[index + 1].base == Romanizer.lam ? 0x61 : 0x69)
        }
        appendVowel(letter, into: &out)
      } else if before?.vowel == 0x064B || letter.vowel == 0x064B {
        // اً: the alif only carries the tanwin.
        if letter.vowel == 0x064B { out.append(contentsOf: "an".utf16) }
      } else {
        if before?.vowel == 0x064E, out.last == 0x61 { out.removeLast() }
        out.append(0x0101)
      }
      return
    case 0x0622:
      if !isFirst { out.append(contentsOf: hamza) }
      out.append(0x0101)
      return
    case 0x0623, 0x0625:
      if !isFirst { out.append(contentsOf: hamza) }
      if letter.vowel == 0 {
        if isFirst { out.append(letter.base == 0x0623 ? 0x61 : 0x69) }
      } else {
        appendVowel(letter, into: &out)
      }
      return
    case 0x0629:
      if before?.vowel == 0, before?.base != Romanizer.alef { out.append(0x61) }
      out.append(contentsOf: (letter.vowel == 0 ? "h" : "t").utf16)
      appendVowel(letter, into: &out)
      return
    case 0x0649:
      if before?.vowel == 0x064E, out.last == 0x61 { out.removeLast() }
      out.append(0x00E1)
      return
    case 0x0648, 0x064A, 0x06CC:
      if isLong(index, isFirst: isFirst) {
        let vowel: UInt16 = letter.base == 0x0648 ? 0x75 : 0x69
        if out.last == vowel, before?.vowel != 0 || before?.base == 0x0625 { out.removeLast() }
        out.append(vowel == 0x75 ? 0x016B : 0x012B)
        // ية: the ya is long and is sounded before the vowel, ʻArabīyah.
        if !isLast, letters[index + 1].base == 0x0629 { out.append(0x79) }
        return
      }
    default: break
    }
    append(consonant: letter.base, into: &out)
    if letter.hasShadda { append(consonant: letter.base, into: &out) }
    appendVowel(letter, into: &out)
  }

  private func append(consonant letter: UInt16, into out: inout [UInt16]) {
    let latin = letter & 0xFF00 == 0x0600 ? consonants[Int(letter & 0xFF)] : 0
    out.append(latin == 0 ? letter : UInt16(truncatingIfNeeded: latin))
    if latin >> 16 != 0 { out.append(UInt16(truncatingIfNeeded: latin >> 16)) }
  }

  /// Whether the و or ي at an index is a long vowel.
  private func isLong(_ index: Int, isFirst: Bool) -> Bool {
    let letter = letters[index]
    if isFirst || letter.hasShadda || letter.hasDaggerAlef { return false }
    if letter.vowel != 0 && letter.vowel != 0x0652 { return false }
    let before = letters[index - 1]
    let matching: UInt16 = letter.base == 0x0648 ? 0x064F : 0x0650
    if before.vowel != 0 { return before.vowel == matching }
    // After a written a- vowel it is a glide: أول, أيام; only إي is long (إيران).
    if before.base == Romanizer.alef || before.base == 0x0622 || before.base == 0x0623 { return false }
    guard index + 1 < letters.count else { return true }
    let next = letters[index + 1].base
    if next == 0x0629 { return letter.base != 0x0648 }
    return next != Romanizer.alef && next != 0x0649 && next != 0x0648 && next != 0x064A
  }

  private func appendVowel(_ letter: Letter, into out: inout [UInt16]) {
    switch letter.vowel {
    case 0x064B: out.append(contentsOf: "an".utf16)
    case 0x064C: out.append(contentsOf: "un".utf16)
    case 0x064D: out.append(contentsOf: "in".utf16)
    case 0x064E: out.append(0x61)
    case 0x064F: out.append(0x75)
    case 0x0650: out.append(0x69)
    default: break
    }
    if letter.hasDaggerAlef {
      if out.last == 0x61, letter.vowel == 0x064E { out.removeLast() }
      out.append(0x0101)
    }
  }

  private static let alef: UInt16 = 0x0627
  private static let lam: UInt16 = 0x0644

  /// Letter, ALA-LC, ISO 233-2.
  private static let rows: [(UInt16, String, String)] = [
    (0x0621, "ʼ", "ʾ"), (0x0624, "ʼ", "ʾ"), (0x0626, "ʼ", "ʾ"), (0x0628, "b", "b"), (0x062A, "t", "t"),
    (0x062B, "th", "ṯ"), (0x062C, "j", "ǧ"), (0x062D, "ḥ", "ḥ"), (0x062E, "kh", "ẖ"), (0x062F, "d", "d"),
    (0x0630, "dh", "ḏ"), (0x0631, "r", "r"), (0x0632, "z", "z"), (0x0633, "s", "s"), (0x0634, "sh", "š"),
    (0x0635, "ṣ", "ṣ"), (0x0636, "ḍ", "ḍ"), (0x0637, "ṭ", "ṭ"), (0x0638, "ẓ", "ẓ"), (0x0639, "ʻ", "ʿ"),
    (0x063A, "gh", "ġ"), (0x0641, "f", "f"), (0x0642, "q", "q"), (0x0643, "k", "k"), (0x0644, "l", "l"),
    (0x0645, "m", "m"), (0x0646, "n", "n"), (0x0647, "h", "h"), (0x0648, "w", "w"), (0x064A, "y", "y"),
    (0x067E, "p", "p"), (0x0686, "ch", "č"), (0x0698, "zh", "ž"), (0x06A4, "v", "v"), (0x06A9, "k", "k"),
    (0x06AF, "g", "g"), (0x06CC, "y", "y"),
  ]
}

/// The words that a romanizer writes: Arabic letters of the basic block and their marks, and the Persian letters
/// that have a row.
struct RomanizedWords {
  /// Whether the unit U+0600 + index belongs to a word.
  private let isWordUnit: [Bool]

  init() {
    let others: Set<Int> = [0x0670, 0x0671, 0x067E, 0x0686, 0x0698, 0x06A4, 0x06A9, 0x06AF, 0x06CC]
    isWordUnit = (0x0600...0x06FF).map { (0x0621...0x0652).contains($0) || others.contains($0) }
  }

  /// Where the word ends that begins at `start`, or `start` where none does.
  @inline(__always)
  func end(in units: UnsafeBufferPointer<UInt16>, from start: Int) -> Int {
    isWordUnit.withUnsafeBufferPointer { isWordUnit in
      var end = start
      while end < units.count {
        let unit = units[end]
        // Letters and marks of the basic block, as nearly all are; then the others.
        let isPlain = unit &- 0x0621 <= 0x0031
        guard isPlain || unit & 0xFF00 == 0x0600 && isWordUnit[Int(unit & 0xFF)] else { break }
        end &+= 1
      }
      return end
    }
  }
}
