import PageStructure
import Pipeline

/// Options of the `structure:` section.
struct StructureSection: ConfigSection {
  var page = StructureOptions()
  var assembly = PageAssembler.Options()
  var patterns = ""
  var furniture = ""
  var site = "url"
  var stopWords = ""
  var fields = StructureField.Kind.allCases
  var blocks = false

  static let summary =
    "Finds the article inside a crawled page; only its title and text go on, the rest becomes fields."
  static var options: [ConfigOption<StructureSection>] {
    [
      .choices("remove", \.removed, "Kinds of blocks that are taken out of the text."),
      .choice(
        "secondArticle", \.assembly.secondArticle,
        "A second article behind read-also: a record of its own (id#2), dropped, or kept in the text."),
      .flag(
        "unglue", \.assembly.unglue,
        "Put a blank where a full stop stands between two words without one (الوزارة.وأضاف)."),
      .text(
        "patterns", \.patterns,
        "File of patterns (kind, place, forms); relative to the config. Empty: those built in."),
      .text(
        "furniture", \.furniture,
        "Table of lines that recur on each site's pages, by warraq learn furniture; relative to the config. Empty: none."
      ),
      .text(
        "site", \.site,
        "Member of the record that names the site, for furniture: of a web address the host counts, else all of it. Pages that name none are one site together."
      ),
      .text("stopWords", \.stopWords, "File of further stop words for siteKeywords, one a line."),
      .choices("fields", \.fields, "What of the page is written to the record."),
      .flag("blocks", \.blocks, "Write every block with its kind and its range in the source."),
    ] + numbers
  }

  private static var numbers: [ConfigOption<StructureSection>] {
    [
      .number(
        "threshold", \.page.threshold, in: 0...10,
        "What a line's scores have to add up to, to be furniture; higher keeps more as text."),
      .number(
        "edgeWeight", \.page.edgeWeight, in: 0...10, "Added before the first and behind the last paragraph."),
      .number(
        "neighbourWeight", \.page.neighbourWeight, in: 0...10, "Added behind a line that is furniture."),
      .number(
        "repetitionWeight", \.page.repetitionWeight, in: 0...10, "Added for a line that recurs on its site."),
      .number(
        "sentenceWeight", \.page.sentenceWeight, in: 0...10, "Taken off a line that ends in a full stop."),
      .number(
        "lengthWeight", \.page.lengthWeight, in: 0...10, "Taken off a line longer than longestFurniture."),
      .integer(
        "paragraphLength", \.page.paragraphLength, in: 20...10_000,
        "A line so long is a paragraph (UTF-16 units)."),
      .integer("shortLine", \.page.shortLine, in: 5...1000, "Lines of menus are at most so long."),
      .integer(
        "longestFurniture", \.page.longestFurniture, in: 20...10_000,
        "Lines with labels and titles of other articles are at most so long."),
      .integer(
        "relatedItems", \.page.relatedItems, in: 1...1000,
        "Titles that a list under a heading has, unless it ends the page."),
      .integer(
        "menuLines", \.page.menuLines, in: 2...1000,
        "A run of so many short lines before the title is a menu."),
      .integer("tickerGaps", \.page.tickerGaps, in: 2...1000, "Wide gaps of a line that is a ticker."),
      .integer(
        "tickerLength", \.page.tickerLength, in: 100...100_000,
        "Length of a ticker without gaps or sentence marks."),
      .integer(
        "secondArticleLength", \.page.secondArticleLength, in: 20...100_000,
        "Text of a second article, at least."),
      .integer(
        "repeatedPages", \.page.repeatedPages, in: 2...1_000_000,
        "A line recurs if it stands on so many pages of its site ..."),
      .number("repeatedShare", \.page.repeatedShare, in: 0...1, "... and on this share of them."),
    ]
  }

  /// The kinds to remove, as the library takes them.
  var removed: [BlockKind] {
    get { BlockKind.allCases.filter { assembly.remove.contains($0) } }
    set { assembly.remove = Set(newValue) }
  }
}
