/// The syntax that e-mail and web addresses share.
enum AddressSyntax {
  /// End of a domain name of at least two labels that starts at `start`, its last label two letters or more;
  /// nil if there is none.
  static func domainEnd(
    _ text: UnsafeBufferPointer<UInt16>, _ classes: UnsafePointer<UInt32>, from start: Int, limit: Int
  ) -> Int? {
    let letter = RewriteClasses.latinLetter.rawValue
    let word = letter | RewriteClasses.asciiDigit.rawValue
    var i = start
    var end: Int?
    var labels = 0
    while i < text.count, i - start < limit, classes[Int(text[i])] & word != 0 {
      let label = i
      var hasOnlyLetters = true
      while i < text.count, i - start < limit, classes[Int(text[i])] & word != 0 || text[i] == 0x2D {
        if classes[Int(text[i])] & letter == 0 { hasOnlyLetters = false }
        i += 1
      }
      labels += 1
      if labels > 1, hasOnlyLetters, i - label >= 2 { end = i }
      guard i < text.count, text[i] == 0x2E else { break }
      i += 1
    }
    return end
  }
}
