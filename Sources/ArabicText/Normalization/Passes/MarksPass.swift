/// Deletes vowel marks or Quranic annotation, by the classes of `NormalizationTable`.
struct MarksPass: NormalizationPass {
  private let stripped: UInt32
  private let keepsShadda: Bool

  init(diacritics: NormalizationOptions.Diacritics, quranicMarks: NormalizationOptions.QuranicMarks) {
    var classes: RewriteClasses = []
    if diacritics != .keep { classes.insert(.diacritic) }
    if quranicMarks == .strip { classes.insert(.quranicMark) }
    stripped = classes.rawValue
    keepsShadda = diacritics == .stripAllButShadda
  }

  /// Whether it strips nothing at all.
  var isIdle: Bool { stripped == 0 }

  func isNeeded(_ scan: TextScan) -> Bool { scan.present & stripped != 0 }

  func rewrite(
    _ text: UnsafeBufferPointer<UInt16>, classes: UnsafePointer<UInt32>, into writer: inout TextRewriter
  ) {
    var i = nextIndex(text, classes, stripped, from: 0)
    while i < text.count {
      if text[i] != 0x0651 || !keepsShadda { writer.delete(i, i + 1, of: text) }
      i = nextIndex(text, classes, stripped, from: i + 1)
    }
  }
}
