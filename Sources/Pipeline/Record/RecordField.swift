import ArabicText
import Corpus

/// One member of the JSON record, written from the annotations of a stage.
public protocol RecordField: Sendable {
  /// The member's name.
  var name: String { get }
  /// What writes the values of a batch; columns are looked up here, once, not for every article.
  func writer(of batch: Batch) -> Writer
}

extension RecordField {
  /// Writes the value (the name is written before) of the article with this index in the batch.
  public typealias Writer = (_ index: Int, _ record: inout RecordWriter) -> Void
}

/// Writes one record: JSON, and offsets in the configured unit.
public struct RecordWriter: ~Copyable {
  /// The JSON written so far.
  public var json = JSONWriter()
  private var output: OffsetConverter
  private var source: OffsetConverter
  private var origins = SourceLookup()
  /// Whether the text is the source text, so that every span is its own origin.
  private var isUnchanged = true

  /// Makes a writer whose ranges count `unit`.
  public init(unit: OffsetUnit) {
    output = OffsetConverter(unit: unit)
    source = OffsetConverter(unit: unit)
  }

  /// Turns to the next article.
  mutating func begin(text: [UInt16], source: [UInt16], edits: EditMap) {
    output.begin(text)
    isUnchanged = edits.isIdentity
    guard !isUnchanged else { return }
    self.source.begin(source)
    origins.begin(edits)
  }

  /// Writes the members `range` (in the record's text) and `source` (in the article's text as read), each
  /// `[start, end]`, end exclusive.
  public mutating func span(_ span: TextSpan) {
    let ranges = ranges(of: span)
    json.pairs(
      "range", ranges.output.lowerBound, ranges.output.upperBound, "source", ranges.source.lowerBound,
      ranges.source.upperBound)
  }

  /// Writes an object with the same two members.
  public mutating func spanObject(_ span: TextSpan) {
    let ranges = ranges(of: span)
    json.objectOfPairs(
      "range", ranges.output.lowerBound, ranges.output.upperBound, "source", ranges.source.lowerBound,
      ranges.source.upperBound)
  }

  /// A span of the record's text in both texts, in the configured unit.
  @inline(__always)
  private mutating func ranges(of span: TextSpan) -> (output: Range<Int>, source: Range<Int>) {
    let range = Range(uncheckedBounds: (output.convert(Int(span.start)), output.convert(Int(span.end))))
    if isUnchanged { return (range, range) }
    let origin = origins.source(of: span)
    return (
      range, Range(uncheckedBounds: (source.convert(Int(origin.start)), source.convert(Int(origin.end))))
    )
  }

  /// A span of the article's text as read, in the configured unit.
  public func sourceRange(_ span: TextSpan) -> Range<Int> {
    let converter = isUnchanged ? output : source
    return converter.convert(Int(span.start))..<converter.convert(Int(span.end))
  }

  /// An offset into the record's text, in the configured unit.
  public func offset(_ position: Int32) -> Int { output.convert(Int(position)) }
}
