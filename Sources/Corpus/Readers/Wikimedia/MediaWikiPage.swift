/// Where the parts of one `<page>` of a MediaWiki dump stand, as ranges of its bytes.
///
/// The elements are walked once, each closing tag against its opening one. Of several revisions the last counts, which
/// is the newest in full dumps. Schema: export-0.3 to 0.11 (mediawiki.org, Help:Export).
struct MediaWikiPage {
  /// Deepest nesting of elements; the schema needs four levels.
  private static let deepest = 16

  private(set) var title: Range<Int>?
  private(set) var namespace: Range<Int>?
  private(set) var id: Range<Int>?
  private(set) var isRedirect = false
  private(set) var revision: Range<Int>?
  private(set) var timestamp: Range<Int>?
  private(set) var model: Range<Int>?
  private(set) var format: Range<Int>?
  private(set) var text: Range<Int>?
  /// Whether the text was hidden from readers.
  private(set) var isTextDeleted = false
  /// Whether the dump says how long the text is, without the text.
  private(set) var isStub = false

  /// Walks over a page.
  ///
  /// - Throws: why it is none; offsets count from its first byte.
  init(_ xml: XMLText) throws(ParseProblem) {
    guard xml.has("<page>", at: 0) else {
      throw .reject(.unclosedPage, detail: "no <page> begins here")
    }
    var open: [Range<Int>] = [1..<5]
    var at = 6
    while let bracket = xml.next(0x3C, from: at) {
      if xml.has("<!", at: bracket) || xml.has("<?", at: bracket) {
        at = (xml.next(0x3E, from: bracket) ?? xml.bytes.count) + 1
        continue
      }
      guard let tagEnd = xml.next(0x3E, from: bracket) else { break }
      at = tagEnd + 1
      let isClosing = xml.has("/", at: bracket + 1)
      let name = MediaWikiPage.name(xml, from: bracket + (isClosing ? 2 : 1), to: tagEnd)
      if isClosing {
        guard let opened = open.popLast(), xml.isEqual(opened, name) else {
          throw .reject(.invalidXML, detail: "a closing tag at byte \(bracket) closes nothing that is open")
        }
        if open.isEmpty { return }
        continue
      }
      let isEmpty = xml.has("/", at: tagEnd - 1)
      let contentEnd = isEmpty ? at : xml.next(0x3C, from: at) ?? xml.bytes.count
      note(xml, name, tag: bracket..<tagEnd, content: at..<contentEnd, in: open)
      guard open.count < MediaWikiPage.deepest else {
        throw .reject(.invalidXML, detail: "elements are nested deeper than \(MediaWikiPage.deepest)")
      }
      if !isEmpty { open.append(name) }
      at = contentEnd
    }
    throw .reject(.unclosedPage, detail: "the page is not closed by </page>: the dump may have been cut off")
  }

  private static func name(_ xml: XMLText, from start: Int, to limit: Int) -> Range<Int> {
    var end = start
    while end < limit, xml.bytes[end] > 0x20, xml.bytes[end] != 0x2F { end += 1 }
    return start..<max(start, end)
  }

  /// Notes an element, by its name and the one it is in.
  private mutating func note(
    _ xml: XMLText, _ name: Range<Int>, tag: Range<Int>, content: Range<Int>, in open: [Range<Int>]
  ) {
    if open.count == 1 {
      switch name.count {
      case 5 where xml.has("title", at: name.lowerBound): title = content
      case 2 where xml.has("ns", at: name.lowerBound): namespace = content
      case 2 where xml.has("id", at: name.lowerBound): id = content
      case 8 where xml.has("redirect", at: name.lowerBound): isRedirect = true
      case 8 where xml.has("revision", at: name.lowerBound):
        (revision, timestamp, model, format, text) = (nil, nil, nil, nil, nil)
        (isTextDeleted, isStub) = (false, false)
      default: break
      }
    } else if open.count == 2, xml.has("revision>", at: open[1].lowerBound) {
      switch name.count {
      case 2 where xml.has("id", at: name.lowerBound): revision = content
      case 9 where xml.has("timestamp", at: name.lowerBound): timestamp = content
      case 5 where xml.has("model", at: name.lowerBound): model = content
      case 6 where xml.has("format", at: name.lowerBound): format = content
      case 4 where xml.has("text", at: name.lowerBound):
        text = content
        isTextDeleted = xml.attribute("deleted", in: tag) != nil
        let bytes = xml.attribute("bytes", in: tag).map { xml.string($0) } ?? "0"
        isStub = content.isEmpty && bytes != "0"
      default: break
      }
    }
  }
}

extension RejectReason {
  /// Tags of XML that do not fit together.
  static let invalidXML = RejectReason(rawValue: "invalidXML")
  /// A page without a title.
  static let missingTitle = RejectReason(rawValue: "missingTitle")
}

extension SkipReason {
  /// A page that only leads to another one.
  static let redirect = SkipReason(rawValue: "redirect")
  /// A page of talk, a template, a category, a user's page: not in the namespace of articles.
  static let otherNamespace = SkipReason(rawValue: "otherNamespace")
  /// A page that holds something else than wikitext: data, a script.
  static let otherContentModel = SkipReason(rawValue: "otherContentModel")
  /// A text that was hidden from readers.
  static let deletedText = SkipReason(rawValue: "deletedText")
  /// A page of nothing but tables, templates and pictures.
  static let noProse = SkipReason(rawValue: "noProse")
}
