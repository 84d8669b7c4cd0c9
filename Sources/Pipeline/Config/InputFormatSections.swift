import Corpus

/// `input.csv:` how tables are read.
public struct CSVSection: ConfigSection {
  /// What separates fields.
  public var delimiter = TableDelimiter.auto
  /// Whether quotes have a meaning.
  public var quotes = true

  /// The usual.
  public init() {}

  /// What the section is for.
  public static let summary =
    "How CSV and TSV are read; input.fields names the columns, the rest goes to meta."
  /// The options.
  public static var options: [ConfigOption<CSVSection>] {
    [
      .choice(
        "delimiter", \.delimiter,
        "What separates fields; auto finds it in the header. With format: tsv it is the tab."),
      .flag(
        "quotes", \.quotes,
        "Whether a field may stand in double quotes, with line breaks and doubled quotes inside (RFC 4180)."),
    ]
  }
}

/// `input.xml:` where things are in XML and SGML.
public struct XMLSection: ConfigSection {
  /// Name of an article's element.
  public var article = "article"
  /// Paths of the id.
  public var id = ["@id", "id"]
  /// Paths of the title.
  public var title = ["title"]
  /// Paths of the text.
  public var text = ["text"]
  /// Whether it is SGML.
  public var sgml = false
  /// Whether line ends inside the text become blanks.
  public var joinLines = false

  /// The usual names.
  public init() {}

  /// What the section is for.
  public static let summary = "Where things are in XML and SGML; the other leaf elements go to meta."
  /// The options.
  public static var options: [ConfigOption<XMLSection>] {
    [
      .text(
        "article", \.article,
        "Name of the element that holds an article, such as DOC; a * at its end stands for any rest of the name."
      ),
      .texts(
        "id", \.id,
        "Where the id is: an element (id, head/id), an attribute of the article's element (@id) or of another (head/@id); of several the first that is there."
      ),
      .texts("title", \.title, "Where the title is, in the same way."),
      .texts(
        "text", \.text,
        "Where the text is: all elements of these names, such as P, joined by line ends; . is the article's element itself."
      ),
      .flag(
        "sgml", \.sgml,
        "SGML: names in upper or lower case, end tags may be missing, a stray mark is text. XML that is not well-formed is rejected."
      ),
      .flag(
        "joinLines", \.joinLines,
        "Line ends inside a text element are only where the file was wrapped, and become blanks."),
    ]
  }

  /// What the readers want to know.
  public var elements: ElementOptions {
    ElementOptions(article: article, id: id, title: title, text: text, isSGML: sgml, joinsLines: joinLines)
  }
}
