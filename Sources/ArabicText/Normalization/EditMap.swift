/// One stretch where a rewriting changed the text.
public struct TextEdit: Sendable, Hashable {
  /// What was replaced, in the text before.
  public var source: TextSpan
  /// What stands there now, in the text after; empty for a deletion.
  public var output: TextSpan

  /// Makes an edit.
  @inlinable
  public init(source: TextSpan, output: TextSpan) {
    self.source = source
    self.output = output
  }
}

/// How to get from offsets in the output text back to the source text: one sorted list of edits for every
/// pass that changed anything, first pass first. Between edits text is equal, unit by unit.
public struct EditMap: Sendable, Hashable {
  /// Edits of each pass, sorted and not overlapping.
  public private(set) var layers: [[TextEdit]] = []

  /// A map for a text that was not changed.
  public init() {}

  /// Whether output and source are the same.
  public var isIdentity: Bool { layers.isEmpty }

  /// Adds the edits of one more pass over the text; they are sorted, do not overlap or touch in the source
  /// without being merged, and together describe the whole difference.
  public mutating func append(layer edits: [TextEdit]) {
    if !edits.isEmpty { layers.append(edits) }
  }

  /// The smallest source span that covers every source character the output span came from.
  ///
  /// A bound inside a changed stretch moves to that stretch's edge; deletions at the very edge of the span
  /// are not covered, deletions inside it are.
  public func source(of output: TextSpan) -> TextSpan {
    var span = output
    for edits in layers.reversed() { span = EditMap.step(back: span, through: edits) }
    return span
  }

  private static func step(back span: TextSpan, through edits: [TextEdit]) -> TextSpan {
    if span.isEmpty {
      // A bound is not enough here: strictly inside a changed stretch, an empty span is the whole stretch,
      // or spans that follow one another in the output would not do so in the source.
      if let edit = edit(around: span.start, in: edits) { return edit.source }
      let at = offset(span.start, in: edits, upper: false)
      return TextSpan(Int(at), Int(at))
    }
    let start = offset(span.start, in: edits, upper: false)
    let end = offset(span.end, in: edits, upper: true)
    return TextSpan(Int(start), max(Int(start), Int(end)))
  }

  /// The edit whose output has `position` strictly inside.
  private static func edit(around position: Int32, in edits: [TextEdit]) -> TextEdit? {
    var low = 0
    var high = edits.count
    while low < high {
      let middle = (low + high) / 2
      if edits[middle].output.start < position { low = middle + 1 } else { high = middle }
    }
    guard low > 0, position < edits[low - 1].output.end else { return nil }
    return edits[low - 1]
  }

  /// Source offset of one output offset, as a lower or an upper bound of a span.
  private static func offset(_ position: Int32, in edits: [TextEdit], upper: Bool) -> Int32 {
    // First edit that starts at or after (upper) / after (lower) the position.
    var low = 0
    var high = edits.count
    while low < high {
      let middle = (low + high) / 2
      let isBefore = upper ? edits[middle].output.start < position : edits[middle].output.start <= position
      if isBefore { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return position }
    let edit = edits[low - 1]
    if upper {
      if position <= edit.output.end { return edit.source.end }
    } else if position < edit.output.end {
      return edit.source.start
    }
    return edit.source.end + (position - edit.output.end)
  }
}
