/// What one look over a text found; passes with nothing to do are skipped by it.
struct TextScan {
  /// Classes that occur.
  var present: UInt32 = 0
  /// Classes that two neighbouring units share.
  var adjacent: UInt32 = 0
  /// Classes of units that stand three times in a row.
  var tripled: UInt32 = 0

  /// Nothing found.
  init() {}

  /// Looks over a text once.
  init(_ text: UnsafeBufferPointer<UInt16>, classes: UnsafePointer<UInt32>) {
    var found: UInt32 = 0
    var shared: UInt32 = 0
    var repeated: UInt32 = 0
    var before: UInt32 = 0
    var last: UInt16 = 0
    var lastButOne: UInt16 = 0
    for unit in text {
      let own = classes[Int(unit)]
      found |= own
      shared |= own & before
      // U+0000 belongs to no class that is asked for here, so the initial zeros do no harm.
      if unit == last, unit == lastButOne { repeated |= own }
      before = own
      lastButOne = last
      last = unit
    }
    present = found
    adjacent = shared
    tripled = repeated
  }

  /// Whether any of these classes occurs.
  func has(_ classes: CharacterClasses) -> Bool { present & classes.rawValue != 0 }
}
