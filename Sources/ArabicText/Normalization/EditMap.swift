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

  /// The map of a text that was changed as this one says and then as `other` says.
  public func followed(by other: EditMap) -> EditMap {
    var both = self
    both.layers += other.layers
    return both
  }

  /// The first output offset that comes from `source` or what stands behind it; `count`, the length of the output, if
  /// none does.
  public func output(of source: Int, count: Int) -> Int {
    if isIdentity { return min(source, count) }
    var lookup = SourceLookup()
    lookup.begin(self)
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if Int(lookup.source(of: TextSpan(middle, middle)).start) < source {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }

  /// The smallest source span that covers every source character the output span came from.
  ///
  /// A bound inside a changed stretch moves to that stretch's edge; deletions at the very edge of the span
  /// are not covered, deletions inside it are. For many spans of one text, use ``SourceLookup``.
  public func source(of output: TextSpan) -> TextSpan {
    var lookup = SourceLookup()
    lookup.begin(self)
    return lookup.source(of: output)
  }
}

/// Source spans of many output spans of one text: most begin near the one before, so looking starts there.
public struct SourceLookup: Sendable {
  private var map = EditMap()
  /// For each layer, how many edits began before the offset looked up last.
  private var places: [Int] = []

  /// A lookup for a text that was not changed.
  public init() {}

  /// Turns to another text.
  public mutating func begin(_ map: EditMap) {
    self.map = map
    places.removeAll(keepingCapacity: true)
    for _ in map.layers { places.append(0) }
  }

  /// As ``EditMap/source(of:)``.
  public mutating func source(of output: TextSpan) -> TextSpan {
    var span = output
    for layer in stride(from: map.layers.count - 1, through: 0, by: -1) {
      var place = places[layer]
      span = map.layers[layer].withUnsafeBufferPointer { SourceLookup.step(back: span, through: $0, &place) }
      places[layer] = place
    }
    return span
  }

  private static func step(
    back span: TextSpan, through edits: UnsafeBufferPointer<TextEdit>, _ place: inout Int
  ) -> TextSpan {
    if span.isEmpty {
      // A bound is not enough here: strictly inside a changed stretch, an empty span is the whole stretch,
      // or spans that follow one another in the output would not do so in the source.
      if let edit = edit(around: span.start, in: edits, &place) { return edit.source }
      let at = offset(span.start, in: edits, upper: false, &place)
      return TextSpan(Int(at), Int(at))
    }
    let start = offset(span.start, in: edits, upper: false, &place)
    let end = offset(span.end, in: edits, upper: true, &place)
    return TextSpan(Int(start), max(Int(start), Int(end)))
  }

  /// The edit whose output has `position` strictly inside.
  private static func edit(
    around position: Int32, in edits: UnsafeBufferPointer<TextEdit>, _ place: inout Int
  ) -> TextEdit? {
    place = count(of: edits, before: position, from: place)
    guard place > 0, position < edits[place - 1].output.end else { return nil }
    return edits[place - 1]
  }

  /// Source offset of one output offset, as a lower or an upper bound of a span.
  @inline(__always)
  private static func offset(
    _ position: Int32, in edits: UnsafeBufferPointer<TextEdit>, upper: Bool, _ place: inout Int
  ) -> Int32 {
    // A lower bound counts the edit that begins at the position, too.
    place = count(of: edits, before: upper ? position : position &+ 1, from: place)
    guard place > 0 else { return position }
    let edit = edits[place - 1]
    if upper {
      if position <= edit.output.end { return edit.source.end }
    } else if position < edit.output.end {
      return edit.source.start
    }
    return edit.source.end + (position - edit.output.end)
  }

  /// How many edits begin before a position: a few steps from `place`, else by halving.
  @inline(__always)
  private static func count(
    of edits: UnsafeBufferPointer<TextEdit>, before position: Int32, from place: Int
  ) -> Int {
    var at = place
    for _ in 0..<4 {
      if at < edits.count, edits[at].output.start < position {
        at += 1
      } else if at > 0, edits[at - 1].output.start >= position {
        at -= 1
      } else {
        return at
      }
    }
    var low = 0
    var high = edits.count
    while low < high {
      let middle = (low + high) / 2
      if edits[middle].output.start < position { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
