/// Where a record was read.
public struct RecordOrigin: Sendable, Hashable {
  /// The input's name.
  public var input: String
  /// Number of the record in the input, from 1; 0 for the input as a whole.
  public var record: Int
  /// Offset of its first byte in the input after decompression.
  public var byteOffset: Int

  /// Makes an origin.
  public init(input: String, record: Int, byteOffset: Int) {
    self.input = input
    self.record = record
    self.byteOffset = byteOffset
  }
}

/// Why something could not become a record. Readers and stages add their own in their files.
public struct RejectReason: RawRepresentable, Sendable, Hashable {
  /// The name it is written and counted under.
  public let rawValue: String

  /// A reason of that name.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// Not valid JSON.
  public static let invalidJSON = RejectReason(rawValue: "invalidJSON")
  /// JSON, but no object.
  public static let notAnObject = RejectReason(rawValue: "notAnObject")
  /// No text field.
  public static let missingText = RejectReason(rawValue: "missingText")
  /// A text field that is not text.
  public static let wrongFieldType = RejectReason(rawValue: "wrongFieldType")
  /// A text field of blanks only.
  public static let emptyArticle = RejectReason(rawValue: "emptyArticle")
  /// Larger than `input.maxArticleBytes`.
  public static let articleTooLarge = RejectReason(rawValue: "articleTooLarge")
  /// Compressed data that ends too early.
  public static let truncatedStream = RejectReason(rawValue: "truncatedStream")
  /// Compressed data that is damaged.
  public static let corruptStream = RejectReason(rawValue: "corruptStream")
  /// Bytes that are no text in any encoding, or malformed where `malformed: reject` is set.
  public static let undecodable = RejectReason(rawValue: "undecodable")
  /// A file or folder that can't be read.
  public static let unreadable = RejectReason(rawValue: "unreadable")
}

/// Input that could not become a record: where, why, and the bytes.
public struct Reject: Error, Sendable {
  /// Where it was read.
  public var origin: RecordOrigin
  /// Why.
  public var reason: RejectReason
  /// More on why, without a word of the article.
  public var detail: String
  /// Its first bytes, as many as the config keeps.
  public var raw: [UInt8]
  /// How many bytes there were.
  public var rawByteCount: Int
  /// Whether it could have become a record and a stage decided against it.
  public var isFiltered = false
  /// What it takes to parse it again, where `raw` begins a whole record; nil for what could not be cut out as one.
  public var source: RejectSource?
  /// The article's id, where it had become one.
  public var id: String?
  /// The id of the article it was found in; nil for one that was read as such.
  public var partOf: String?
  /// Its place among what was read, so that rejects keep the input's order.
  public var order = 0

  /// Makes a reject.
  public init(origin: RecordOrigin, reason: RejectReason, detail: String, raw: [UInt8], rawByteCount: Int) {
    self.origin = origin
    self.reason = reason
    self.detail = detail
    self.raw = raw
    self.rawByteCount = rawByteCount
  }
}
