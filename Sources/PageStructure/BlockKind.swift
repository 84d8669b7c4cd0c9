/// What a stretch of a crawled page is.
///
/// Raw values are the names used in configs, records and test pages.
public enum BlockKind: String, Sendable, CaseIterable {
  /// The article's title, however often it stands on the page.
  case title
  /// Running text of the article: paragraphs, headings inside them, lists, verse. What is not known to be anything
  /// else is body.
  case body
  /// A paragraph that is a quotation from first to last character; part of the text.
  case quote
  /// Place and agency at the head of the text: القاهرة - رويترز.
  case dateline
  /// When the page was published or changed.
  case date
  /// Who wrote it, with what is said of the author.
  case byline
  /// What stands under a photograph.
  case caption
  /// Where the site has the text from: المصدر: ….
  case source
  /// Tags the site gives: كلمات دلالية, الوسوم, سمات.
  case siteKeywords
  /// A label such as اقرأ أيضاً and the titles it leads to.
  case readAlso
  /// The heading of a list of other articles.
  case relatedHeading
  /// Titles of other articles.
  case related
  /// Buttons to pass the page on, and for print and size of letters.
  case share
  /// Menus, breadcrumbs, archives, subscription lines.
  case navigation
  /// Who holds the rights.
  case copyright
  /// The site's name, slogan and staff.
  case masthead
  /// Titles of unrelated articles in one long line.
  case ticker
  /// What readers wrote, and the form to write it in.
  case comments
  /// Numbers for text messages, e-mail addresses and handles that end a column.
  case contact
  /// A summary made by the site, with its label.
  case summaryBox
  /// What content management systems leave behind: end marks, times of day, embedded messages, "appeared first on".
  case residue

  /// Whether text of this kind is part of the article that readers see.
  public var isText: Bool { self == .title || self == .body || self == .quote }
}
