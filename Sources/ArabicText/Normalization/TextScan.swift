import CTextScan

/// What one look over a text found; passes with nothing to do are skipped by it.
///
/// All findings are upper bounds: a class may be reported that is not there, never the other way round.
struct TextScan {
  /// Classes that occur.
  var present: UInt32 = 0
  /// Classes that two neighbouring units share.
  var adjacent: UInt32 = 0
  /// Classes of units that stand three times in a row.
  var tripled: UInt32 = 0
  /// Classes of the first and the last unit.
  var edges: UInt32 = 0
  /// Whether a blank stands next to a line end.
  var hasBlankAtLineEnd = false

  private static let blank = RewriteClasses.blank.rawValue
  private static let newline = RewriteClasses.newline.rawValue
  /// Shifts the bit of blanks onto that of line ends.
  private static let blankToNewline = UInt32(
    newline.trailingZeroBitCount - blank.trailingZeroBitCount)

  /// Nothing found.
  init() {}

  /// Looks over a text once; `map` is the text's.
  init(_ text: UnsafeBufferPointer<UInt16>, _ map: PlainMap, classes: UnsafePointer<UInt32>) {
    guard let first = text.first, let last = text.last else { return }
    edges = classes[Int(first)] | classes[Int(last)]
    let found = warraq_find_classes(
      text.baseAddress, text.count, map.letters, map.others, classes, Self.newline)
    present = found.present
    adjacent = found.adjacent
    tripled = found.tripled
    hasBlankAtLineEnd = found.beside & Self.blank != 0
  }

  /// Notes what two neighbouring units have in common, by their classes.
  @inline(__always)
  mutating func noteNeighbours(_ first: UInt32, _ second: UInt32) {
    adjacent |= first & second
    let ends = (first &<< Self.blankToNewline) & second | (second &<< Self.blankToNewline) & first
    if ends & Self.newline != 0 { hasBlankAtLineEnd = true }
  }

  /// Whether any of these classes occurs.
  func has(_ classes: RewriteClasses) -> Bool { present & classes.rawValue != 0 }

  /// Whether two neighbours may both be of one of these classes.
  func hasAdjacent(_ classes: RewriteClasses) -> Bool { adjacent & classes.rawValue != 0 }

  /// Whether one unit of these classes may stand three times in a row.
  func hasTripled(_ classes: RewriteClasses) -> Bool { tripled & classes.rawValue != 0 }

  /// Whether blanks or line ends may stand elsewhere than singly between words and lines.
  var hasLooseWhitespace: Bool {
    hasBlankAtLineEnd || has([.oddBlank, .oddNewline]) || hasAdjacent(.blank) || hasTripled(.newline)
      || edges & (Self.blank | Self.newline) != 0
  }
}
