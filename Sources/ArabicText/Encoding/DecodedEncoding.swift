/// How an article's bytes were turned into text; written into its record.
public struct DecodedEncoding: Sendable, Hashable {
  /// How the encoding was decided.
  public enum Decision: String, Sendable, CaseIterable {
    /// The config names it.
    case declared
    /// The input begins with a byte order mark, or its zero bytes show the width.
    case mark
    /// The bytes are valid UTF-8.
    case validated
    /// Letter statistics.
    case detected
  }

  /// IANA name in lower case, such as `utf-8` or `windows-1256`.
  public var name: String
  /// How it was decided.
  public var how: Decision
  /// Malformed sequences replaced by U+FFFD, lone surrogate escapes included.
  public var replacements: Int
  /// Text that had been decoded by the wrong table before it was written, if it looks like that.
  public var mojibake: Mojibake.Kind?

  /// Makes a decision.
  public init(name: String, how: Decision, replacements: Int = 0, mojibake: Mojibake.Kind? = nil) {
    self.name = name
    self.how = how
    self.replacements = replacements
    self.mojibake = mojibake
  }
}
