/// How lines of a page are told apart. Lengths are in UTF-16 units.
///
/// A line is furniture of some kind when its scores add up to ``threshold``: the weight of the pattern it matches, plus
/// what its place and its recurrence say for it, less what its shape says for body. All numbers were set on made pages
/// of ten kinds of sites and on 15,912 newspaper articles, with precision put before recall: what is in doubt is body.
public struct StructureOptions: Sendable, Equatable {
  /// What a line's scores have to add up to, to be furniture.
  public var threshold = 1.0
  /// Added for standing before the first or after the last paragraph, for kinds that do.
  public var edgeWeight = 0.3
  /// Added for standing beside a line that is surely furniture.
  public var neighbourWeight = 0.2
  /// Added when the line recurs on other pages of its site.
  public var repetitionWeight = 0.6
  /// Taken off for a line that reads like a sentence: it ends in a full stop and has some words.
  public var sentenceWeight = 0.5
  /// Taken off for a line longer than ``longestFurniture``.
  public var lengthWeight = 0.6

  /// A line without a full stop is a paragraph from this length on.
  public var paragraphLength = 140
  /// Lines of menus are at most this long.
  public var shortLine = 60
  /// Lines with labels, captions and titles of other articles are at most this long.
  public var longestFurniture = 200
  /// A list of other articles under a heading has at least so many titles, unless it ends the page.
  public var relatedItems = 3
  /// A run of so many short lines before the title or after a mark of the page's end is a menu.
  public var menuLines = 4
  /// A ticker separated by blanks has at least so many wide gaps.
  public var tickerGaps = 6
  /// A ticker without separators is at least this long and has no sentence mark.
  public var tickerLength = 600
  /// A second article has at least this much text.
  public var secondArticleLength = 200
  /// A line recurs when it stands on at least so many pages of its site, ...
  public var repeatedPages = 5
  /// ... and on this share of them.
  public var repeatedShare = 0.01

  /// Makes the options described at each of them.
  public init() {}
}
