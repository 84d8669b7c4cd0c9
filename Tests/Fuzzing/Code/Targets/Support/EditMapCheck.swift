@testable import ArabicText

/// What an edit map promises of the text it belongs to.
enum EditMapCheck {
  /// Edits of each layer are in order and apart, and together lead from the length of the source to that of the text;
  /// source spans of the text's units are in bounds and in order; what no edit wrote is as it was.
  static func check(_ edits: EditMap, source: [UInt16], text: [UInt16]) throws {
    var length = source.count
    for layer in edits.layers {
      var last = TextEdit(source: TextSpan(0, 0), output: TextSpan(0, 0))
      for (index, edit) in layer.enumerated() {
        try require(index == 0 || edit.source.start >= last.source.end, "edits overlap: \(last) \(edit)")
        try require(
          edit.source.start - last.source.end == edit.output.start - last.output.end,
          "a stretch between edits changed its length: \(last) \(edit)")
        try require(
          edit.source.start <= edit.source.end && edit.output.start <= edit.output.end, "a backward edit")
        last = edit
      }
      try require(Int(last.source.end) <= length, "an edit beyond the text")
      length += Int(last.output.end) - Int(last.source.end)
    }
    try require(length == text.count, "the edits make \(length) units, the text has \(text.count)")
    try checkWayBack(edits, source, text)
  }

  private static func checkWayBack(_ edits: EditMap, _ source: [UInt16], _ text: [UInt16]) throws {
    guard !edits.isIdentity else { return try require(source == text, "an identity that changes the text") }
    var lookup = SourceLookup()
    lookup.begin(edits)
    var last = TextSpan(0, 0)
    for unit in text.indices {
      let span = lookup.source(of: TextSpan(unit, unit + 1))
      try require(
        span.start >= 0 && span.start <= span.end && Int(span.end) <= source.count,
        "unit \(unit) comes from \(span), of \(source.count)")
      try require(span.start >= last.start && span.end >= last.end, "unit \(unit) comes from before \(last)")
      last = span
    }
    let places = origins(edits, text.count)
    for (unit, origin) in places.enumerated() where origin >= 0 {
      try require(text[unit] == source[origin], "unit \(unit) is not what it was at \(origin)")
    }
  }

  /// Where each unit stood in the source; -1 if an edit wrote it.
  private static func origins(_ edits: EditMap, _ count: Int) -> [Int] {
    var places = Array(0..<count)
    for layer in edits.layers.reversed() {
      var index = 0
      var shift = 0
      for unit in places.indices where places[unit] >= 0 {
        while index < layer.count, Int(layer[index].output.end) <= places[unit] {
          shift = Int(layer[index].source.end) - Int(layer[index].output.end)
          index += 1
        }
        if index < layer.count, layer[index].output.range.contains(places[unit]) {
          places[unit] = -1
        } else {
          places[unit] += shift
        }
      }
    }
    return places
  }
}
