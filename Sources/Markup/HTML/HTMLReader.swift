import CHTML

/// Follows the events of one page: which elements are open, what of their text counts, and where lines end.
final class HTMLReader {
  /// A form with so much text, in bytes of UTF-8, holds the page itself, as with ASP.NET; shorter ones are for input.
  private static let longForm = 1000

  /// Why the text of an element is dropped.
  private enum Dropping {
    /// It is code, or the page hides it.
    case hidden
    /// It is on every page of a site.
    case furniture
  }

  private struct Open {
    var element: warraq_html_element
    /// What began to be dropped with it.
    var dropping: Dropping?
    /// Where the text of a form began.
    var formStart = 0
    /// Whether a form holds a heading of the first level or an article.
    var holdsArticle = false
    var isArticle = false
    var isLinkedData = false
  }

  private(set) var metadata = HTMLMetadata()
  var text = TextFlow()
  private(set) var hasDroppedFurniture = false

  private var keepsFurniture = false
  private var open: [Open] = []
  private var dropping: Dropping?
  private var articles = 0
  private var lists = 0
  private var preformatted = 0
  private var titles = 0
  private var headings = 0

  static func at(_ context: UnsafeMutableRawPointer?) -> HTMLReader {
    Unmanaged<HTMLReader>.fromOpaque(context!).takeUnretainedValue()
  }

  func begin(keepsFurniture: Bool) {
    self.keepsFurniture = keepsFurniture
    metadata = HTMLMetadata()
    text.removeAll()
    hasDroppedFurniture = false
    flatten()
  }

  /// All open elements are closed.
  func flatten() {
    open.removeAll(keepingCapacity: true)
    dropping = nil
    (articles, lists, preformatted, titles, headings) = (0, 0, 0, 0, 0)
  }

  func start(_ element: warraq_html_element, _ attributes: HTMLAttributes) {
    var opened = Open(element: element)
    if dropping != .hidden { metadata.note(element, attributes, isInArticle: articles > 0) }
    let role = attributes.isEmpty ? nil : attributes.keyword("role")
    // Nothing that is furniture holds the main part: something before it was not closed.
    if element == WARRAQ_HTML_MAIN || role == "main", dropping == .furniture {
      dropping = nil
      for at in open.indices where open[at].dropping == .furniture { open[at].dropping = nil }
    }
    if dropping == nil {
      opened.dropping = drops(element, role, attributes)
      dropping = opened.dropping
      if dropping == .furniture { hasDroppedFurniture = true }
    }
    if element == WARRAQ_HTML_SCRIPT, attributes.keyword("type") == "application/ld+json" {
      opened.isLinkedData = true
    }
    if dropping == nil {
      opened.isArticle =
        element == WARRAQ_HTML_ARTICLE || element == WARRAQ_HTML_MAIN || role == "main" || role == "article"
      if opened.isArticle { articles += 1 }
      if opened.isArticle || element == WARRAQ_HTML_H1 { markForms() }
      breakBefore(element, &opened)
    }
    switch element {
    case WARRAQ_HTML_TITLE: titles += open.contains { $0.element == WARRAQ_HTML_SVG } ? 0 : 1
    case WARRAQ_HTML_H1: headings += dropping == .hidden ? 0 : 1
    case WARRAQ_HTML_BR: if headings > 0 { metadata.breakHeading() }
    default: break
    }
    open.append(opened)
  }

  func end() {
    guard let closed = open.popLast() else { return }
    switch closed.element {
    case WARRAQ_HTML_TITLE:
      if titles > 0 {
        titles -= 1
        metadata.endTitle()
      }
    case WARRAQ_HTML_H1:
      if headings > 0 {
        headings -= 1
        metadata.endHeading(isInArticle: articles > 0)
      }
    default: break
    }
    if dropping == nil {
      breakAfter(closed)
      if closed.isArticle { articles = max(0, articles - 1) }
    } else if closed.dropping != nil {
      dropping = nil
      // Words on both sides of a dropped block are not one word.
      if closed.dropping == .furniture { text.need(.line) }
    }
  }

  func appendText(_ bytes: UnsafeBufferPointer<UInt8>) {
    if titles > 0 { return metadata.appendTitle(bytes) }
    if headings > 0 { metadata.appendHeading(bytes) }
    if dropping == nil { text.append(bytes, keepsLines: preformatted > 0) }
  }

  func appendRaw(_ bytes: UnsafeBufferPointer<UInt8>) {
    if let script = open.last, script.isLinkedData { metadata.appendLinkedData(bytes) }
  }

  private func drops(
    _ element: warraq_html_element, _ role: String?, _ attributes: HTMLAttributes
  ) -> Dropping? {
    switch element {
    case WARRAQ_HTML_SCRIPT, WARRAQ_HTML_STYLE, WARRAQ_HTML_NOSCRIPT, WARRAQ_HTML_TEMPLATE,
      WARRAQ_HTML_IFRAME,
      WARRAQ_HTML_NOFRAMES, WARRAQ_HTML_SVG, WARRAQ_HTML_CANVAS, WARRAQ_HTML_AUDIO, WARRAQ_HTML_VIDEO,
      WARRAQ_HTML_SELECT, WARRAQ_HTML_OPTION, WARRAQ_HTML_DATALIST, WARRAQ_HTML_TEXTAREA, WARRAQ_HTML_BUTTON,
      WARRAQ_HTML_RP, WARRAQ_HTML_TITLE:
      return .hidden
    case WARRAQ_HTML_HTML, WARRAQ_HTML_BODY:
      // Hidden until a script has run.
      return nil
    default: break
    }
    if attributes.isHidden { return .hidden }
    guard !keepsFurniture else { return nil }
    switch element {
    case WARRAQ_HTML_NAV, WARRAQ_HTML_MENU, WARRAQ_HTML_DIALOG: return .furniture
    case WARRAQ_HTML_HEADER, WARRAQ_HTML_FOOTER, WARRAQ_HTML_ASIDE: return articles == 0 ? .furniture : nil
    default: break
    }
    switch role {
    case "navigation", "search", "menu", "menubar", "dialog", "alertdialog": return .furniture
    case "banner", "contentinfo", "complementary": return articles == 0 ? .furniture : nil
    default: return nil
    }
  }

  private func markForms() {
    for at in open.indices where open[at].element == WARRAQ_HTML_FORM { open[at].holdsArticle = true }
  }

  private func breakBefore(_ element: warraq_html_element, _ opened: inout Open) {
    switch element {
    case WARRAQ_HTML_BR: text.breakLine()
    case WARRAQ_HTML_LI: text.beginItem()
    case WARRAQ_HTML_TD, WARRAQ_HTML_TH: text.need(.cell)
    case WARRAQ_HTML_UL, WARRAQ_HTML_OL:
      text.need(lists > 0 ? .line : .paragraph)
      lists += 1
    case WARRAQ_HTML_PRE:
      text.need(.paragraph)
      preformatted += 1
    case WARRAQ_HTML_FORM:
      text.need(.line)
      opened.formStart = text.count
    default: text.need(HTMLReader.breakAround(element))
    }
  }

  private func breakAfter(_ closed: Open) {
    switch closed.element {
    case WARRAQ_HTML_BR, WARRAQ_HTML_TD, WARRAQ_HTML_TH: break
    case WARRAQ_HTML_LI: text.endItem()
    case WARRAQ_HTML_UL, WARRAQ_HTML_OL:
      lists = max(0, lists - 1)
      text.need(lists > 0 ? .line : .paragraph)
    case WARRAQ_HTML_PRE:
      preformatted = max(0, preformatted - 1)
      text.need(.paragraph)
    case WARRAQ_HTML_FORM:
      let isInput = !closed.holdsArticle && text.count - closed.formStart < HTMLReader.longForm
      if isInput, !keepsFurniture, text.count > closed.formStart {
        text.truncate(to: closed.formStart)
        hasDroppedFurniture = true
      }
      text.need(.line)
    default: text.need(HTMLReader.breakAround(closed.element))
    }
  }

  /// Blocks begin and end a line; what a page sets apart by a margin stands between blank lines.
  private static func breakAround(_ element: warraq_html_element) -> TextFlow.Break {
    switch element {
    case WARRAQ_HTML_P, WARRAQ_HTML_H1, WARRAQ_HTML_H2, WARRAQ_HTML_H3, WARRAQ_HTML_H4, WARRAQ_HTML_H5,
      WARRAQ_HTML_H6, WARRAQ_HTML_TABLE, WARRAQ_HTML_BLOCKQUOTE, WARRAQ_HTML_FIGURE, WARRAQ_HTML_ARTICLE,
      WARRAQ_HTML_SECTION, WARRAQ_HTML_HR, WARRAQ_HTML_DL, WARRAQ_HTML_ASIDE, WARRAQ_HTML_MAIN:
      .paragraph
    case WARRAQ_HTML_DIV, WARRAQ_HTML_TR, WARRAQ_HTML_DT, WARRAQ_HTML_DD, WARRAQ_HTML_ADDRESS,
      WARRAQ_HTML_CAPTION,
      WARRAQ_HTML_CENTER, WARRAQ_HTML_DETAILS, WARRAQ_HTML_SUMMARY, WARRAQ_HTML_FIELDSET,
      WARRAQ_HTML_FIGCAPTION,
      WARRAQ_HTML_HEADER, WARRAQ_HTML_FOOTER, WARRAQ_HTML_NAV, WARRAQ_HTML_MENU, WARRAQ_HTML_THEAD,
      WARRAQ_HTML_TBODY,
      WARRAQ_HTML_TFOOT, WARRAQ_HTML_BODY, WARRAQ_HTML_DIALOG:
      .line
    default: .none
    }
  }
}
