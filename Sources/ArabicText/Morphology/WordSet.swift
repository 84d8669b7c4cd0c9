/// A fixed set of words that is asked without making strings.
struct WordSet: Sendable {
  private var words: Interner
  private let lengths: ClosedRange<Int>

  /// Words separated by blanks or line ends, each folded first.
  init(_ text: String, folding: KeyFolding, except: String = "") {
    var words = Interner(minimumCapacity: 64)
    var least = Int.max
    var most = 0
    let excluded = Set(except.split(whereSeparator: \.isWhitespace))
    for word in text.split(whereSeparator: \.isWhitespace) where !excluded.contains(word) {
      let key = Array(folding.key(String(word)).utf16)
      key.withUnsafeBufferPointer { _ = words.intern($0) }
      least = min(least, key.count)
      most = max(most, key.count)
    }
    self.words = words
    lengths = most == 0 ? 0...0 : least...most
  }

  /// Whether the word is in the set.
  func contains(_ word: UnsafeBufferPointer<UInt16>) -> Bool {
    lengths.contains(word.count) && words.find(word) != nil
  }

  /// Whether the word is in the set, or begins with a member of at least `length` letters.
  func containsStem(of word: UnsafeBufferPointer<UInt16>, atLeast length: Int) -> Bool {
    if contains(word) { return true }
    let most = min(word.count, lengths.upperBound)
    guard most >= length else { return false }
    return (length...most).contains { words.find(UnsafeBufferPointer(rebasing: word[..<$0])) != nil }
  }
}
