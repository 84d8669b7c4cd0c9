import ArabicText
import CShingling

/// What counts when bodies are compared: letters and digits, folded; everything else only separates words.
///
/// Folding is that of ``ArabicText/KeyFolding`` (hamza, alef, ya, ta marbuta, marks, tatweel, digits, look-alikes), small
/// letters for large ones, and no marks of other scripts either. A surrogate pair is part of a word, unless it is
/// one of the pictographs of U+1F000 to U+1FBFF.
enum WordFolding {
  private static let betweenWords = UInt16(WARRAQ_BETWEEN_WORDS)
  private static let vanishes = UInt16(WARRAQ_VANISHES)
  private static let signPair = UInt16(WARRAQ_SIGN_PAIR)

  /// What each of the 65,536 units becomes, as `warraq_fold_words` reads it.
  static let table: [UInt16] = {
    let folding = KeyFolding()
    return (UInt16.min...UInt16.max).map { unit in
      switch unit {
      case 0xD83C...0xD83E: return signPair
      case 0xD800...0xDFFF: return unit
      default: break
      }
      guard let folded = folding.fold(unit) else { return vanishes }
      guard let scalar = Unicode.Scalar(folded) else { return betweenWords }
      switch scalar.properties.generalCategory {
      case .nonspacingMark, .enclosingMark, .format: return vanishes
      case .uppercaseLetter, .titlecaseLetter:
        let small = scalar.properties.lowercaseMapping.utf16
        return small.count == 1 ? small.first ?? folded : folded
      case .lowercaseLetter, .modifierLetter, .otherLetter, .spacingMark, .decimalNumber, .letterNumber,
        .otherNumber:
        return folded
      default: return betweenWords
      }
    }
  }()
}
