import ArabicText
import CHTML

/// What a page says about itself, collected from its elements as they come.
struct HTMLMetadata {
  /// Bytes kept of a title or heading.
  private static let titleLimit = 2048
  private static let headingLimit = 8
  private static let linkedDataLimit = 256 << 10

  /// `<title>`.
  private var title = TextFlow()
  private var hasTitle = false
  /// Headings of the first level; whether each stands in the article.
  private var headings: [(text: String, isInArticle: Bool)] = []
  private var heading = TextFlow()
  private var json: [UInt8] = []
  private var properties: [String: String] = [:]
  private var htmlLanguage: String?
  private var canonical: String?
  private var itemDate: String?
  private var timeInArticle: String?
  private var anyTime: String?

  /// Names of `meta` with the publish date, best first.
  private static let dateNames = [
    "article:published_time", "og:article:published_time", "datepublished", "article.published",
    "parsely-pub-date",
    "sailthru.date", "pubdate", "publishdate", "publish-date", "publish_date", "publication_date",
    "dc.date.issued",
    "dcterms.issued", "dcterms.created", "dc.date", "dcterms.date", "date",
  ]
  private static let authorNames = [
    "author", "article:author", "dc.creator", "parsely-author", "sailthru.author",
  ]
  private static let otherNames = [
    "og:title", "twitter:title", "og:url", "og:locale", "og:site_name", "og:description", "description",
    "content-language",
  ]
  private static let wanted = Set(dateNames + authorNames + otherNames)

  /// Takes the attributes of an element that may say something; `isInArticle` is for dates.
  mutating func note(_ element: warraq_html_element, _ attributes: HTMLAttributes, isInArticle: Bool) {
    guard !attributes.isEmpty else { return }
    switch element {
    case WARRAQ_HTML_HTML:
      if htmlLanguage == nil {
        htmlLanguage = attributes.text("lang", limit: 64) ?? attributes.text("xml:lang", limit: 64)
      }
    case WARRAQ_HTML_META: noteMeta(attributes)
    case WARRAQ_HTML_LINK:
      if canonical == nil, let rel = attributes.keyword("rel"),
        rel.split(separator: " ").contains("canonical")
      {
        canonical = attributes.text("href")
      }
    case WARRAQ_HTML_TIME:
      guard let date = attributes.text("datetime", limit: 64) else { break }
      if attributes.keyword("itemprop") == "datepublished" || attributes.bytes("pubdate") != nil {
        itemDate = itemDate ?? date
      }
      if isInArticle { timeInArticle = timeInArticle ?? date }
      anyTime = anyTime ?? date
    default:
      if itemDate == nil, attributes.keyword("itemprop") == "datepublished" {
        itemDate = attributes.text("content", limit: 64) ?? attributes.text("datetime", limit: 64)
      }
    }
  }

  private mutating func noteMeta(_ attributes: HTMLAttributes) {
    guard let content = attributes.text("content") else { return }
    for key in [
      attributes.keyword("property"), attributes.keyword("name"), attributes.keyword("itemprop"),
      attributes.keyword("http-equiv"),
    ] {
      guard let key, HTMLMetadata.wanted.contains(key), properties[key] == nil else { continue }
      properties[key] = content
    }
  }

  /// Text inside `<title>`.
  mutating func appendTitle(_ text: UnsafeBufferPointer<UInt8>) {
    if !hasTitle, title.count < HTMLMetadata.titleLimit { title.append(text) }
  }

  /// Later titles are not the page's.
  mutating func endTitle() { hasTitle = hasTitle || !title.isEmpty }

  /// Text inside `<h1>`; `br` and the like are spaces there.
  mutating func appendHeading(_ text: UnsafeBufferPointer<UInt8>) {
    if heading.count < HTMLMetadata.titleLimit { heading.append(text) }
  }

  /// A break inside `<h1>`.
  mutating func breakHeading() { heading.need(.space) }

  mutating func endHeading(isInArticle: Bool) {
    if !heading.isEmpty, headings.count < HTMLMetadata.headingLimit {
      headings.append((HTMLMetadata.string(heading), isInArticle))
    }
    heading.removeAll()
  }

  /// The content of a script of type `application/ld+json`.
  mutating func appendLinkedData(_ bytes: UnsafeBufferPointer<UInt8>) {
    json.append(contentsOf: bytes.prefix(max(0, HTMLMetadata.linkedDataLimit - json.count)))
  }

  private static func string(_ flow: TextFlow) -> String { String(decoding: flow.bytes, as: UTF8.self) }

  /// Fills in everything but the text.
  func complete(_ page: inout HTMLPage) {
    let linked = LinkedData(json)
    page.site = properties["og:site_name"]
    page.title = Array(bestTitle(site: page.site).utf16)
    page.canonical = canonical ?? properties["og:url"]
    page.language = htmlLanguage ?? properties["content-language"] ?? properties["og:locale"]
    let named = HTMLMetadata.dateNames.dropFirst().lazy.compactMap { properties[$0] }.first
    page.published =
      properties["article:published_time"] ?? linked.published ?? itemDate ?? named ?? timeInArticle
      ?? anyTime
    page.published = page.published.map { String($0.prefix(64)) }
    page.description = properties["og:description"] ?? properties["description"]
    page.author = linked.author ?? HTMLMetadata.authorNames.lazy.compactMap { properties[$0] }.first
  }

  /// `og:title`; the first heading of the article; the heading that `<title>` repeats; `<title>` less the site's
  /// name; any heading. The site's name is no title.
  private func bestTitle(site: String?) -> String {
    if let title = properties["og:title"] ?? properties["twitter:title"] {
      return HTMLMetadata.without(site, title)
    }
    let headings = headings.filter { $0.text != site }
    if let heading = headings.first(where: \.isInArticle) { return heading.text }
    var title = HTMLMetadata.string(title)
    // What editors put there when nobody wrote a title.
    if title.lowercased().hasPrefix("untitled") { title = "" }
    let repeated = headings.filter { HTMLMetadata.contains(title, $0.text) }.max {
      $0.text.count < $1.text.count
    }
    if let repeated { return repeated.text }
    if !title.isEmpty { return HTMLMetadata.without(site, title) }
    return headings.first?.text ?? ""
  }

  private static func contains(_ text: String, _ part: String) -> Bool {
    Array(text.utf8).contains(subsequence: Array(part.utf8))
  }

  /// A title without ` | Site` or ` - Site` at its end.
  private static func without(_ site: String?, _ title: String) -> String {
    guard let site, title.hasSuffix(site) else { return title }
    var rest = title.dropLast(site.count)
    let separators: Set<Character> = ["|", "-", "–", "—", "»", "«", ":", "·", "•", "/", ","]
    var isSeparated = false
    while let last = rest.last, last.isWhitespace || separators.contains(last) {
      isSeparated = isSeparated || separators.contains(last)
      rest.removeLast()
    }
    return isSeparated && !rest.isEmpty ? String(rest) : title
  }
}
