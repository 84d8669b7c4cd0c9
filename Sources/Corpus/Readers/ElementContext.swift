import ArabicText

extension RejectReason {
  /// XML that is not well-formed, or an article's element that is not closed.
  public static let brokenXML = RejectReason(rawValue: "brokenXML")
  /// An XML or SGML input without an article's element.
  public static let noArticleElement = RejectReason(rawValue: "noArticleElement")
}

/// How XML and SGML corpora are read.
public struct ElementOptions: Sendable {
  /// Name of the element that holds an article; a `*` at its end stands for any rest of a name.
  public var article: String
  /// Where the id is: paths, the first that is there counts.
  public var id: [String]
  /// Where the title is: paths, the first that is there counts.
  public var title: [String]
  /// Where the text is: paths; all elements that match are joined by line ends.
  public var text: [String]
  /// Whether the input is SGML: names in any case, end tags may be missing.
  public var isSGML: Bool
  /// Whether line ends inside a text element are only where the lines were wrapped, and become blanks.
  public var joinsLines: Bool

  /// Makes options.
  public init(
    article: String = "article", id: [String] = ["@id", "id"], title: [String] = ["title"],
    text: [String] = ["text"], isSGML: Bool = false, joinsLines: Bool = false
  ) {
    self.article = article
    self.id = id
    self.title = title
    self.text = text
    self.isSGML = isSGML
    self.joinsLines = joinsLines
  }
}

/// What the XML declaration at the beginning of an input says.
final class ElementContext: RecordContext {
  /// Name of the encoding, in lower case.
  let encoding: String

  init(encoding: String) { self.encoding = encoding }

  var saved: SavedContext { SavedContext(name: encoding) }

  /// What to take the bytes for. Other names, UTF-8 among them, say nothing that the bytes don't say better.
  var declaration: TextDecoder.Declaration {
    switch encoding {
    case "windows-1256", "cp1256", "cp-1256", "x-cp1256", "windows1256": .singleByte(.windows1256)
    case "iso-8859-6", "iso8859-6", "iso_8859-6", "asmo-708", "arabic", "ecma-114": .singleByte(.iso88596)
    default: .unknown
    }
  }
}
