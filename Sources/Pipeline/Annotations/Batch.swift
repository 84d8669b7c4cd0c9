import ArabicText
import Corpus

/// What identifies one article: everything known of it before the first stage.
public struct Article: Sendable {
  /// The id the input gives it, or one made of the input's name and the record number.
  public var id: String
  /// Where it was read.
  public var origin: RecordOrigin
  /// The title as read, in UTF-16; empty when there is none.
  public var title: [UInt16]
  /// The text as read, in UTF-16, after decoding and before any stage: what `source` ranges point into.
  public var source: [UInt16]
  /// How its bytes were decoded.
  public var encoding: DecodedEncoding
  /// The members of the input record that no field was mapped to, as the JSON they were written in.
  public var meta: [UInt8]
  /// The id of the article it was found in; nil for one that was read as such.
  public var partOf: String?
  /// Its place among what was read.
  public var order: Int

  /// Makes an article.
  public init(
    id: String, origin: RecordOrigin, title: [UInt16], source: [UInt16], encoding: DecodedEncoding,
    meta: [UInt8] = [], order: Int = 0
  ) {
    self.id = id
    self.origin = origin
    self.title = title
    self.source = source
    self.encoding = encoding
    self.meta = meta
    self.order = order
  }
}

/// A run of neighbouring articles that go through the stages together.
///
/// A value: stages that run at the same time read the same batch, and each returns the columns it adds.
public struct Batch: Sendable {
  /// Its place in the input, from 0.
  public let index: Int
  /// The articles in input order.
  public var articles: [Article]
  /// What the stages have found out so far.
  public var annotations: AnnotationColumns

  /// Makes a batch without annotations.
  public init(index: Int, articles: [Article]) {
    self.index = index
    self.articles = articles
    self.annotations = AnnotationColumns()
  }

  /// The column of an annotation, one value an article.
  @inlinable
  public subscript<A: Annotation>(_ annotation: A.Type) -> [A.Value] { annotations[annotation] }
  /// The batch-wide value of an annotation.
  @inlinable
  public subscript<A: SharedAnnotation>(_ annotation: A.Type) -> A.Value? { annotations[annotation] }
}
