/// A way to write Arabic in Latin letters.
public enum TransliterationScheme: String, Sendable, CaseIterable {
  /// ICU's Arabic-Latin: letter by letter, `ạlqạhrẗ`.
  case icu
  /// ICU's Arabic-Latin/BGN (US Board on Geographic Names), with the letters it leaves behind filled in.
  case bgn
  /// Buckwalter: one ASCII character a letter, reversible.
  case buckwalter
  /// Buckwalter without the characters that XML, HTML and shells treat specially; reversible.
  case safeBuckwalter = "safe-buckwalter"
  /// Habash-Soudi-Buckwalter: one character a letter, easier to read, reversible.
  case habashSoudiBuckwalter = "hsb"
  /// ISO 233-2 (1993), the simplified standard for catalogues.
  case iso233 = "iso233-2"
  /// ALA-LC (1997, revised 2012), the romanization of libraries.
  case alaLC = "ala-lc"
  /// Lower-case ASCII words joined by hyphens, for URLs.
  case slug

  /// Whether `Transliterator.reverse` gives the Arabic text back.
  public var isReversible: Bool {
    switch self {
    case .buckwalter, .safeBuckwalter, .habashSoudiBuckwalter: true
    default: false
    }
  }
}
