import ArabicText

/// A short list of words, or of words with one blank between them, looked up by folded key (bare alef, ه for ة, ي for
/// ى, no vowel marks).
struct FoldedWords {
  private let keys: Interner
  /// Letters of the longest word.
  private let longest: Int
  /// By low byte: whether a word of the list begins with a letter of the Arabic block that has it. Most words asked
  /// about begin with another one and need no folding.
  private let begins: [Bool]

  private static let folding = KeyFolding()

  /// Makes a list of words that are written as keys.
  init(_ words: [String]) {
    var keys = Interner(minimumCapacity: words.count)
    var begins = Array(repeating: false, count: 256)
    for word in words {
      let units = Array(word.utf16)
      _ = units.withUnsafeBufferPointer { keys.intern($0) }
      if let first = units.first { begins[Int(first & 0xff)] = true }
    }
    self.keys = keys
    self.begins = begins
    longest = words.map(\.utf16.count).max() ?? 0
  }

  /// Number of different words.
  var count: Int { keys.count }

  /// Whether a word, folded, is in the list.
  func contains(_ word: ArraySlice<UInt16>) -> Bool {
    guard let first = word.first, begins[Int((FoldedWords.folding.fold(first) ?? 0) & 0xff)] else {
      return false
    }
    return withUnsafeTemporaryAllocation(of: UInt16.self, capacity: longest) { letters in
      var count = 0
      for unit in word {
        guard let letter = FoldedWords.folding.fold(unit) else { continue }
        guard count < longest else { return false }
        letters[count] = letter
        count += 1
      }
      return keys.find(UnsafeBufferPointer(rebasing: letters[..<count])) != nil
    }
  }
}
