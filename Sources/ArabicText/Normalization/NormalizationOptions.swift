/// What the normalizer repairs in a text meant for readers. The defaults suit Arabic news.
///
/// NFC is always applied, and U+0649 with U+0654 always becomes U+0626. Nothing here folds letters for
/// matching (hamza, ة, ى stay): that belongs to keys.
public struct NormalizationOptions: Sendable, Equatable {
  /// What to do with the elongation stroke U+0640.
  public enum Tatweel: String, Sendable, CaseIterable {
    /// Delete it. A run of them that stands alone (no letter or mark on either side) is used as a dash and
    /// becomes a hyphen.
    case remove
    /// Leave it.
    case keep
  }

  /// What to do with vowel marks (U+064B to U+065F, U+0670, U+08E4 to U+08FE and a few more).
  public enum Diacritics: String, Sendable, CaseIterable {
    /// Leave them.
    case keep
    /// Delete them, after composing: hamza and madda that belong to a letter stay.
    case strip
    /// Delete all of them but U+0651.
    case stripAllButShadda
  }

  /// What to do with the annotation marks of Quran editions (U+06D6 to U+06ED and others).
  public enum QuranicMarks: String, Sendable, CaseIterable {
    /// Leave them.
    case keep
    /// Delete the marks; the visible signs U+06DD, U+06DE, U+06E9 stay.
    case strip
  }

  /// What to do with the presentation forms of U+FB50 to U+FDFF and U+FE70 to U+FEFC.
  public enum PresentationForms: String, Sendable, CaseIterable {
    /// Write the letters they stand for.
    case map
    /// Leave them.
    case keep
  }

  /// What to do with zero-width characters, bidi controls and C0/C1 controls.
  public enum Invisibles: String, Sendable, CaseIterable {
    /// Keep what a reader would see the lack of: joiners between letters, direction marks beside Latin
    /// letters or digits, well-formed isolates and embeddings. Delete all others.
    case display
    /// Delete all, joiners of emoji included.
    case remove
    /// Leave them.
    case keep
  }

  /// What to do with Persian and Urdu letters that stand in for Arabic ones.
  public enum Lookalikes: String, Sendable, CaseIterable {
    /// Write the Arabic letter. پ چ ژ گ ڤ are no look-alikes and stay.
    case map
    /// Leave them.
    case keep
  }

  /// Which digits to write.
  public enum Digits: String, Sendable, CaseIterable {
    /// Those of the source.
    case keep
    /// U+0660 to U+0669. ASCII digits in one word with Latin letters stay.
    case arabicIndic
    /// 0 to 9; between digits U+066B becomes a point and U+066C is dropped.
    case ascii
  }

  /// Which comma, semicolon and question mark to write after Arabic.
  public enum Punctuation: String, Sendable, CaseIterable {
    /// Those of the source.
    case keep
    /// ، ؛ ؟ directly after an Arabic letter or mark; never in addresses.
    case arabic
  }

  /// Which quotation marks to write.
  public enum Quotes: String, Sendable, CaseIterable {
    /// Those of the source.
    case keep
    /// " and ' for every kind.
    case straight
    /// « and » for double quotes, paired in order within each line; an odd one out stays.
    case guillemets
  }

  /// What to do with HTML entities left in the text.
  public enum HTMLEntities: String, Sendable, CaseIterable {
    /// Write the character. `&amp;quot;` counts as one doubly encoded entity; deeper nesting is left alone.
    case decode
    /// Leave them.
    case keep
  }

  /// What to do with blanks and line ends.
  public enum Whitespace: String, Sendable, CaseIterable {
    /// Every blank a space, one at a time; lines trimmed; every line end U+000A, at most one empty line.
    case collapse
    /// Leave them.
    case keep
  }

  /// What to do with Arabic letters repeated three times or more.
  public enum Elongation: String, Sendable, CaseIterable {
    /// Write the letter once (جمييييل as جميل), with the exceptions `ElongationPass` lists.
    case shorten
    /// Leave them.
    case keep
  }

  /// What to do with personal or technical strings.
  public enum Masking: String, Sendable, CaseIterable {
    /// Leave them.
    case keep
    /// Write the placeholder instead.
    case mask
  }

  /// Elongation strokes.
  public var tatweel = Tatweel.remove
  /// Vowel marks.
  public var diacritics = Diacritics.keep
  /// Quranic annotation.
  public var quranicMarks = QuranicMarks.keep
  /// Presentation forms.
  public var presentationForms = PresentationForms.map
  /// Zero-width characters and controls.
  public var invisibles = Invisibles.display
  /// Persian and Urdu letters in Arabic words.
  public var lookalikes = Lookalikes.map
  /// Digits.
  public var digits = Digits.keep
  /// Comma, semicolon, question mark.
  public var punctuation = Punctuation.keep
  /// Quotation marks.
  public var quotes = Quotes.keep
  /// Entities.
  public var htmlEntities = HTMLEntities.decode
  /// Blanks and line ends.
  public var whitespace = Whitespace.collapse
  /// Repeated letters.
  public var elongation = Elongation.shorten
  /// E-mail addresses.
  public var emails = Masking.keep
  /// Web addresses.
  public var urls = Masking.keep
  /// Telephone numbers.
  public var phones = Masking.keep
  /// Stands for a masked e-mail address.
  public var emailPlaceholder = "[بريد]"
  /// Stands for a masked web address.
  public var urlPlaceholder = "[رابط]"
  /// Stands for a masked telephone number.
  public var phonePlaceholder = "[هاتف]"

  /// The defaults for news.
  public init() {}

  /// Everything kept: only NFC and U+0649 with U+0654 are repaired.
  public static var compositionOnly: NormalizationOptions {
    var options = NormalizationOptions()
    options.tatweel = .keep
    options.presentationForms = .keep
    options.invisibles = .keep
    options.lookalikes = .keep
    options.htmlEntities = .keep
    options.whitespace = .keep
    options.elongation = .keep
    return options
  }
}
