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
    let forms = CharacterClasses.presentationForm.rawValue
    let word = CharacterClasses.digit.union([.letter, .mark]).rawValue
    var i = nextIndex(text, classes, forms, from: 0)
    while i < text.count {
      let unit = text[i]
      let isWord = 0xFDF0...0xFDFC ~= unit && unit != 0xFDF2 && unit != 0xFDF4
      let last = isWord ? writer.lastUnit(text, before: i) : nil
      var units: [UInt16] = []
      if let last, classes[Int(last)] & word != 0 || last == 0x200C || last == 0x200D { units.append(0x20) }
      PresentationForms.shared.withLetters(of: unit) { units.append(contentsOf: $0) }
      if isWord, i + 1 < text.count, classes[Int(text[i + 1])] & word != 0,
        classes[Int(text[i + 1])] & CharacterClasses.mark.rawValue == 0
      {
        units.append(0x20)
      }
      units.withUnsafeBufferPointer { writer.replace(i, i + 1, of: text, with: $0) }
      i = nextIndex(text, classes, forms, from: i + 1)
    }
  }
}
