/// A fixed set of folded words of at most ten letters, each one number, in open addressing.
struct WordSet: Sendable {
  private let words: NumberSet
  /// The beginnings of the words that count as stems; few words pass them.
  private let openings: NumberSet
  private let longest: Int
  private let leastStem: Int

  /// Words separated by blanks or line ends, each folded first.
  ///
  /// - Parameter leastStem: letters that a member must have to count as the stem of longer words.
  init(_ text: String, folding: KeyFolding, except: String = "", leastStem: Int = FoldedWord.most) {
    var words: [UInt64] = []
    var openings: [UInt64] = []
    var longest = 0
    let excluded = Set(except.split(whereSeparator: \.isWhitespace))
    for text in text.split(whereSeparator: \.isWhitespace) where !excluded.contains(text) {
      var word = FoldedWord()
      for unit in text.utf16 {
        let code = FoldedWord.code(unit, folding)
        precondition(code != FoldedWord.foreign)
        if code != 0 { word.append(code) }
      }
      precondition(word.count > 0 && word.count <= FoldedWord.most)
      let letters = word.letters(from: 0)
      words.append(letters)
      if word.count >= leastStem { openings.append(FoldedWord.first(leastStem, of: letters)) }
      longest = max(longest, word.count)
    }
    self.words = NumberSet(words)
    self.openings = NumberSet(openings)
    self.longest = longest
    self.leastStem = leastStem
  }

  /// Whether a word of `count` letters is in the set.
  @inline(__always)
  func contains(_ letters: UInt64, count: Int) -> Bool { count <= longest && words.contains(letters) }

  /// Whether the word is in the set, or begins with a member that counts as a stem.
  func containsStem(of letters: UInt64, count: Int) -> Bool {
    guard count >= leastStem else { return words.contains(letters) }
    guard openings.contains(FoldedWord.first(leastStem, of: letters)) else { return false }
    var length = leastStem
    while length <= min(count, longest) {
      if words.contains(FoldedWord.first(length, of: letters)) { return true }
      length += 1
    }
    return false
  }
}

/// A fixed set of numbers other than 0.
private struct NumberSet: Sendable {
  /// At most half full; 0 is free.
  private let slots: [UInt64]
  private let shift: UInt64

  init(_ numbers: [UInt64]) {
    var bits = 2
    while 1 << bits < numbers.count * 2 { bits += 1 }
    shift = UInt64(64 - bits)
    var slots = Array(repeating: UInt64(0), count: 1 << bits)
    for number in numbers {
      var at = NumberSet.place(of: number, shift)
      while slots[at] != 0, slots[at] != number { at = (at + 1) & (slots.count - 1) }
      slots[at] = number
    }
    self.slots = slots
  }

  /// Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4).
  @inline(__always)
  private static func place(of number: UInt64, _ shift: UInt64) -> Int {
    Int(truncatingIfNeeded: (number &* 0x9E37_79B9_7F4A_7C15) &>> shift)
  }

  @inline(__always)
  func contains(_ number: UInt64) -> Bool {
    slots.withUnsafeBufferPointer { slots in
      var at = NumberSet.place(of: number, shift)
      while true {
        let slot = slots[at]
        if slot == 0 { return false }
        if slot == number { return true }
        at = (at &+ 1) & (slots.count &- 1)
      }
    }
  }
}
