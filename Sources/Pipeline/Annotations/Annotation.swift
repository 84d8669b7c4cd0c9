/// Something a stage finds out about each article: its text, its tokens, its keywords.
///
/// The type is the key: `batch[Keywords.self]` is one value for every article of the batch.
public protocol Annotation {
  /// What is kept for one article.
  associatedtype Value: Sendable
  /// The name stages declare in `reads` and `writes`, and `plan` prints.
  static var name: String { get }
}

/// Something a stage finds out about a batch as a whole, such as the table of terms its tokens point into.
public protocol SharedAnnotation {
  /// What is kept for the batch.
  associatedtype Value: Sendable
  /// The name stages declare in `reads` and `writes`, and `plan` prints.
  static var name: String { get }
}

/// The annotations of one batch: a column of values for each annotation written so far.
public struct AnnotationColumns: Sendable {
  private var columns: [ObjectIdentifier: any Sendable] = [:]

  /// No column.
  public init() {}

  /// The column of an annotation, one value an article; empty when nobody has written it.
  public subscript<A: Annotation>(_ annotation: A.Type) -> [A.Value] {
    get { columns[ObjectIdentifier(annotation)] as? [A.Value] ?? [] }
    set { columns[ObjectIdentifier(annotation)] = newValue }
  }

  /// The batch-wide value of an annotation; nil when nobody has written it.
  public subscript<A: SharedAnnotation>(_ annotation: A.Type) -> A.Value? {
    get { columns[ObjectIdentifier(annotation)] as? A.Value }
    set { columns[ObjectIdentifier(annotation)] = newValue }
  }

  /// Takes over the columns of `other`; its values replace present ones.
  public mutating func merge(_ other: AnnotationColumns) {
    columns.merge(other.columns) { _, new in new }
  }
}
