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

/// Why something could not become a record.
public enum RejectReason: String, Sendable, CaseIterable {
  /// Not valid JSON.
  case invalidJSON
  /// JSON, but no object.
  case notAnObject
  /// No text field.
  case missingText
  /// A text field that is not text.
  case wrongFieldType
  /// A text field of blanks only.
  case emptyArticle
  /// Larger than `input.maxArticleBytes`.
  case articleTooLarge
  /// Compressed data that ends too early.
  case truncatedStream
  /// Compressed data that is damaged.
  case corruptStream
  /// Bytes that are no text in any encoding, or malformed where `malformed: reject` is set.
  case undecodable
  /// A file or folder that can't be read.
  case unreadable
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
