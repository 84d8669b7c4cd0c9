/// What the bytes of a raw record are, and so who parses them.
public enum RecordKind: String, Sendable, Hashable, Decodable {
  /// Plain text.
  case text
  /// One JSON object.
  case json
  /// One row of a table; its context is the header.
  case row
  /// One element of an XML or SGML corpus.
  case element
  /// A record of a web archive.
  case warc
  /// One web page.
  case html
  /// One page of a MediaWiki dump.
  case mediawiki
  /// One document of a Wikimedia search dump.
  case cirrus
  /// One article of a Wikimedia Enterprise dump.
  case enterprise
  /// A line of the rejects of an earlier run.
  case reject
}

/// What the beginning of an input says about each of its records, such as the columns of a table: made once by the
/// framer, read by all workers.
public protocol RecordContext: Sendable {
  /// What it can be made of again, for the rejects.
  var saved: SavedContext { get }
}

/// Why something in an input is no article and is not meant to be one: counted, and no reject.
public struct SkipReason: RawRepresentable, Sendable, Hashable {
  /// The name it is counted under.
  public let rawValue: String

  /// A reason of that name.
  public init(rawValue: String) { self.rawValue = rawValue }
}
