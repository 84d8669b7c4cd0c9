/// Wikitext, the markup of MediaWiki, to the plain text a reader sees.
///
/// Gone are templates, parser functions, tables, references, comments, formulae, galleries, pictures with their captions,
/// categories, and links to other languages. Links and external links become their words; a few templates that stand
/// in sentences keep theirs (``InlineTemplates``); headings are lines of their own, and those with nothing below them
/// go; items of lists begin with `• `. Paragraphs are separated by a blank line.
///
/// Two passes over the bytes, linear in their number whatever they are: nothing recurses, no search is repeated, and
/// nesting beyond fixed depths is passed over. Memory is at most a few times the longest text, and is used again.
/// One for each worker; not `Sendable`.
public final class WikitextConverter {
  private var removal = TemplateRemoval()
  private var rendering = TextRendering()

  /// Makes a converter.
  public init() {}

  /// The plain text of wikitext, both UTF-8; valid until the next call. Empty when no text is left.
  ///
  /// - Parameter namespaces: the site's own names of what holds files and categories, beside those that are known.
  public func plainText(
    _ wikitext: UnsafeBufferPointer<UInt8>, namespaces: SiteNamespaces? = nil
  ) -> UnsafeBufferPointer<UInt8> {
    removal.run(wikitext)
    rendering.sitePrefixes = namespaces?.prefixes
    rendering.run(removal.out.bytes)
    return rendering.out.bytes
  }

  /// Bytes that were looked at or moved for the last text, as often as they were.
  var work: Int { removal.work + rendering.work }

  /// Whether wikitext is a redirect to another page: `#تحويل [[...]]`.
  public static func isRedirect(_ wikitext: UnsafeBufferPointer<UInt8>) -> Bool {
    var at = 0
    while at < wikitext.count, ASCII.isBlank(wikitext[at]) { at += 1 }
    guard at < wikitext.count, wikitext[at] == 0x23 else { return false }
    let start = at + 1
    at = start
    while at < wikitext.count, wikitext[at] != 0x5B, wikitext[at] != 0x3A, wikitext[at] != 0x0A,
      at - start < 64
    {
      at += 1
    }
    guard WikitextNames.redirects[wikitext.trimmed(start..<at)] != nil else { return false }
    while at < wikitext.count, ASCII.isBlank(wikitext[at]) || wikitext[at] == 0x3A { at += 1 }
    return wikitext.has("[[", at: at)
  }
}

/// A site's names of the namespaces that hold no text: a dump's head gives them.
public struct SiteNamespaces: Sendable {
  let prefixes: WordTable<WikitextNames.Prefix>

  /// Makes it of the names of the namespaces 6 (files) and -2 (media), and of 14 (categories).
  public init(files: [String], categories: [String]) {
    prefixes = WordTable(files.map { ($0, .file) } + categories.map { ($0, .category) })
  }
}
