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
  /// By annotation type, which settles the type of the column: a look-up needs no dynamic cast.
  @usableFromInline var columns: [ObjectIdentifier: any AnyColumn] = [:]

  /// No column.
  public init() {}

  /// The column of an annotation, one value an article; empty when nobody has written it.
  @inlinable
  public subscript<A: Annotation>(_ annotation: A.Type) -> [A.Value] {
    get { column(annotation, of: [A.Value].self)?.value ?? [] }
    set { columns[ObjectIdentifier(annotation)] = Column(articles: newValue) }
  }

  /// The batch-wide value of an annotation; nil when nobody has written it.
  @inlinable
  public subscript<A: SharedAnnotation>(_ annotation: A.Type) -> A.Value? {
    get { column(annotation, of: A.Value.self)?.value }
    set { columns[ObjectIdentifier(annotation)] = newValue.map { Column($0) } }
  }

  @inlinable
  func column<Value>(_ annotation: Any.Type, of type: Value.Type) -> Column<Value>? {
    columns[ObjectIdentifier(annotation)].map { unsafeDowncast($0, to: Column<Value>.self) }
  }

  /// The columns of a batch whose article `i` is the present batch's article `origins[i]`.
  public func reselected(by origins: [Int]) -> AnnotationColumns {
    var result = AnnotationColumns()
    result.columns = columns.mapValues { $0.reselected(by: origins) }
    return result
  }

  /// Takes over the columns of `other`; its values replace present ones.
  public mutating func merge(_ other: AnnotationColumns) {
    columns.merge(other.columns) { _, new in new }
  }
}

/// A value for the batch that is made of one part for each article.
public protocol ArticleIndexed {
  /// The value for a batch whose article `i` is the present batch's article `origins[i]`.
  func reselected(by origins: [Int]) -> Self
}

/// A column of any annotation.
@usableFromInline
protocol AnyColumn: AnyObject, Sendable {
  /// The column of a batch whose article `i` is the present batch's article `origins[i]`.
  func reselected(by origins: [Int]) -> any AnyColumn
}

/// What is kept for one annotation: an array with a value for each article, or one value for the batch.
@usableFromInline
final class Column<Value: Sendable>: AnyColumn {
  @usableFromInline let value: Value
  /// Chooses among the values of the articles, if it is made of such.
  @usableFromInline let choose: (@Sendable (Value, [Int]) -> Value)?

  @inlinable
  init(_ value: Value, choose: (@Sendable (Value, [Int]) -> Value)? = nil) {
    self.value = value
    self.choose = choose
  }

  @inlinable
  convenience init<Element>(articles: [Element]) where Value == [Element] {
    self.init(articles) { values, origins in values.isEmpty ? values : origins.map { values[$0] } }
  }

  @usableFromInline
  func reselected(by origins: [Int]) -> any AnyColumn {
    if let choose { return Column(choose(value, origins), choose: choose) }
    guard let indexed = value as? any ArticleIndexed, let value = indexed.reselected(by: origins) as? Value
    else { return self }
    return Column(value)
  }
}
