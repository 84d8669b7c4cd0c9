/// Writes the letters that presentation forms stand for; see `PresentationForms`.
///
/// Lam-alef ligatures keep their hamza. A sign that stands for a whole phrase or word (U+FDFA, U+FDFB,
/// U+FDFC and U+FDF0 to U+FDF9 but for the names U+FDF2 and U+FDF4, to which prefixes are written) gets a
/// blank where it touches a letter or digit. U+FDFD to U+FDFF have no spelling in Unicode and stay.
struct PresentationFormsPass: NormalizationPass {
  func isNeeded(_ scan: TextScan) -> Bool { scan.has(.presentationForm) }

  func rewrite(
    _ text: UnsafeBufferPointer<UInt16>, classes: UnsafePointer<UInt32>, into writer: inout TextRewriter
  ) {
    let forms = RewriteClasses.presentationForm.rawValue
    var i = nextIndex(text, classes, forms, from: 0)
    while i < text.count {
      let unit = text[i]
      let isWord = 0xFDF0...0xFDFC ~= unit && unit != 0xFDF2 && unit != 0xFDF4
      if isWord {
        let units = spaced(unit, text, classes, i, writer.lastUnit(text, before: i))
        units.withUnsafeBufferPointer { writer.replace(i, i + 1, of: text, with: $0) }
      } else {
        PresentationForms.shared.withLetters(of: unit) { writer.replace(i, i + 1, of: text, with: $0) }
      }
      i = nextIndex(text, classes, forms, from: i + 1)
    }
  }

  /// The spelling of a sign for a word or phrase, with the blanks that keep it apart from its neighbours.
  private func spaced(
    _ unit: UInt16, _ text: UnsafeBufferPointer<UInt16>, _ classes: UnsafePointer<UInt32>, _ i: Int,
    _ last: UInt16?
  ) -> [UInt16] {
    let word = RewriteClasses.digit.union(.letter)
    var units: [UInt16] = []
    if let last {
      let isInWord = classes[Int(last)] & word.union(.mark).rawValue != 0
      if isInWord || last == 0x200C || last == 0x200D { units.append(0x20) }
    }
    PresentationForms.shared.withLetters(of: unit) { units.append(contentsOf: $0) }
    // A mark that follows belongs to the last letter.
    if i + 1 < text.count, classes[Int(text[i + 1])] & word.rawValue != 0,
      classes[Int(text[i + 1])] & RewriteClasses.mark.rawValue == 0
    {
      units.append(0x20)
    }
    return units
  }
}
