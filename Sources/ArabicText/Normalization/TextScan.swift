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

  /// Looks over a text once.
  init(_ text: UnsafeBufferPointer<UInt16>, classes: UnsafePointer<UInt32>) {
    guard let first = text.first, let last = text.last else { return }
    edges = classes[Int(first)] | classes[Int(last)]
    var found: UInt32 = 0
    var shared: UInt32 = 0
    var repeated: UInt32 = 0
    var ends: UInt32 = 0
    var before: UInt32 = 0
    // No class of repeated units is asked for that these could belong to.
    var lastUnit: UInt16 = 0
    var isDouble = false
    let shift = Self.blankToNewline
    let newline = Self.newline
    for unit in text {
      let own = classes[Int(unit)]
      found |= own
      shared |= own & before
      if (own | before) & newline != 0 { ends |= (own &<< shift) & before | (before &<< shift) & own }
      let isSame = unit == lastUnit
      repeated |= isSame && isDouble ? own : 0
      isDouble = isSame
      lastUnit = unit
      before = own
    }
    present = found
    adjacent = shared
    tripled = repeated
    hasBlankAtLineEnd = ends & Self.newline != 0
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
