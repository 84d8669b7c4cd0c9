/// How long a summary may be when it is scored, in words between white space.
public enum SummaryLimit: Sendable, Hashable {
  /// At most so many words.
  case words(Int)
  /// At most this share (above 0, up to 1) of the article's words, rounded up.
  case ratio(Double)

  /// How many words a summary of this article may have.
  public func words(ofArticle text: String) -> Int {
    switch self {
    case .words(let count): return max(0, count)
    case .ratio(let share):
      // The small step keeps a product that is whole but for rounding from being rounded up.
      let words = Double(SummaryLimit.wordCount(text)) * share - 1e-9
      return words.isFinite ? max(0, Int(words.rounded(.up))) : 0
    }
  }

  /// How many words, between white space, a text has.
  public static func wordCount(_ text: String) -> Int { words(text).count }

  private static func words(_ text: String) -> [Substring.UnicodeScalarView] {
    text.unicodeScalars.split(whereSeparator: TextFolding.isBlank)
  }

  /// A summary as it is scored.
  public struct Cut: Sendable, Hashable {
    /// Its first words with a blank between each two.
    public var text: String
    /// How many they are.
    public var words: Int
    /// Whether it was longer.
    public var wasCut: Bool
  }

  /// The first `count` words of a summary; nil cuts nothing off.
  public static func cut(_ summary: String, after count: Int?) -> Cut {
    let words = words(summary)
    let kept = words.prefix(count ?? .max)
    var text = String.UnicodeScalarView()
    for (index, word) in kept.enumerated() {
      if index > 0 { text.append(" ") }
      text.append(contentsOf: word)
    }
    return Cut(text: String(text), words: kept.count, wasCut: kept.count < words.count)
  }
}
