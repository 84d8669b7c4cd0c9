/// The output of one pass over a text: what it wrote and where that differs from the text.
///
/// A pass calls `replace` and `delete` from left to right; everything between is copied wholesale. Nothing
/// is written as long as there is no edit, so a pass that finds nothing costs no copy.
struct TextRewriter {
  /// The text after the pass; empty when there are no edits.
  var output: [UInt16] = []
  /// The pass's edits, sorted, touching ones merged.
  var edits: [TextEdit] = []
  /// What the text holds; kept up to date (as an upper bound) with what edits write and join.
  var scan = TextScan()
  /// Classes of every UTF-16 unit.
  let classes: [UInt32]
  private var copied = 0
  private let plain: PlainMap
  private var isMapped = false

  /// Tests may bring a map of their own.
  init(classes: [UInt32], map: PlainMap = PlainMap()) {
    self.classes = classes
    plain = map
  }

  /// The map of a text, made once for all passes until one of them changes the text.
  mutating func map(of text: UnsafeBufferPointer<UInt16>) -> PlainMap {
    if !isMapped { plain.read(text) }
    isMapped = true
    return plain
  }

  /// Looks over a text before the passes.
  mutating func look(over text: UnsafeBufferPointer<UInt16>) {
    isMapped = false
    let map = map(of: text)
    scan = classes.withUnsafeBufferPointer { TextScan(text, map, classes: $0.baseAddress!) }
  }

  /// Starts a pass.
  mutating func begin() {
    output.removeAll(keepingCapacity: true)
    edits.removeAll(keepingCapacity: true)
    copied = 0
  }

  /// Ends a pass: writes the rest of the text if anything was changed.
  mutating func finish(_ text: UnsafeBufferPointer<UInt16>) {
    guard !edits.isEmpty else { return }
    isMapped = false
    copy(text, upTo: text.count)
    for unit in [output.first, output.last] { if let unit { scan.edges |= classes[Int(unit)] } }
  }

  /// Last unit written, as if the text up to `position` were copied already; nil at the start.
  func lastUnit(_ text: UnsafeBufferPointer<UInt16>, before position: Int) -> UInt16? {
    position > copied ? text[position - 1] : output.last
  }

  /// Leaves out units `start..<end`.
  mutating func delete(_ start: Int, _ end: Int, of text: UnsafeBufferPointer<UInt16>) {
    replace(start, end, of: text, with: UnsafeBufferPointer(start: nil, count: 0))
  }

  /// Writes one unit for units `start..<end`.
  mutating func replace(
    _ start: Int, _ end: Int, of text: UnsafeBufferPointer<UInt16>, with unit: UInt16
  ) {
    withUnsafePointer(to: unit) {
      replace(start, end, of: text, with: UnsafeBufferPointer(start: $0, count: 1))
    }
  }

  /// Writes `units` for units `start..<end`, which lie after every earlier edit.
  mutating func replace(
    _ start: Int, _ end: Int, of text: UnsafeBufferPointer<UInt16>,
    with units: UnsafeBufferPointer<UInt16>
  ) {
    if edits.isEmpty { output.reserveCapacity(text.count + 64) }
    copy(text, upTo: start)
    let at = output.count
    var previous = output.last
    for unit in units {
      noteNeighbours(previous, unit)
      scan.present |= classes[Int(unit)]
      output.append(unit)
      previous = unit
    }
    if end < text.count { noteNeighbours(previous, text[end]) }
    copied = end
    if let last = edits.indices.last, edits[last].source.end == Int32(truncatingIfNeeded: start) {
      edits[last].source.end = Int32(truncatingIfNeeded: end)
      edits[last].output.end = Int32(truncatingIfNeeded: output.count)
    } else {
      edits.append(TextEdit(source: TextSpan(start, end), output: TextSpan(at, output.count)))
    }
  }

  private mutating func copy(_ text: UnsafeBufferPointer<UInt16>, upTo end: Int) {
    guard end > copied else { return }
    output.append(contentsOf: UnsafeBufferPointer(rebasing: text[copied..<end]))
    copied = end
  }

  private mutating func noteNeighbours(_ first: UInt16?, _ second: UInt16) {
    guard let first else { return }
    scan.noteNeighbours(classes[Int(first)], classes[Int(second)])
    if first == second { scan.tripled |= classes[Int(first)] }
  }
}
