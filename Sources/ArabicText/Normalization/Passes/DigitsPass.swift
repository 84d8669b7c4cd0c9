/// Writes 0 to 9 for U+0660 to U+0669 and U+06F0 to U+06F9; between digits U+066B becomes a point and
/// U+066C (thousands) is dropped.
struct ASCIIDigitsPass: NormalizationPass {
  func isNeeded(_ scan: TextScan) -> Bool {
    scan.has([.arabicIndicDigit, .persianDigit, .numberSeparator])
  }

  func mayAct(afterLaterPasses scan: TextScan) -> Bool { scan.has(.numberSeparator) }

  func rewrite(
    _ text: UnsafeBufferPointer<UInt16>, classes: UnsafePointer<UInt32>, into writer: inout TextRewriter
  ) {
    let wanted = RewriteClasses([.arabicIndicDigit, .persianDigit, .numberSeparator]).rawValue
    let digit = RewriteClasses.digit.rawValue
    var i = nextIndex(text, classes, wanted, from: 0)
    while i < text.count {
      if classes[Int(text[i])] & digit != 0 {
        // Both blocks start at a multiple of 16.
        writer.replace(i, i + 1, of: text, with: 0x30 + (text[i] & 0xF))
      } else if i > 0, i + 1 < text.count, classes[Int(text[i - 1])] & digit != 0,
        classes[Int(text[i + 1])] & digit != 0
      {
        if text[i] == 0x066B {
          writer.replace(i, i + 1, of: text, with: 0x2E)
        } else {
          writer.delete(i, i + 1, of: text)
        }
      }
      i = nextIndex(text, classes, wanted, from: i + 1)
    }
  }
}

/// Writes U+0660 to U+0669 for 0 to 9 and U+06F0 to U+06F9. ASCII digits stay in a stretch of ASCII letters,
/// digits and address signs that has a letter (MP3, COVID-19, addresses).
struct ArabicIndicDigitsPass: NormalizationPass {
  func isNeeded(_ scan: TextScan) -> Bool { scan.has([.asciiDigit, .persianDigit]) }

  func mayAct(afterLaterPasses scan: TextScan) -> Bool { scan.has([.asciiDigit, .persianDigit]) }

  func rewrite(
    _ text: UnsafeBufferPointer<UInt16>, classes: UnsafePointer<UInt32>, into writer: inout TextRewriter
  ) {
    let wanted = RewriteClasses([.asciiDigit, .persianDigit]).rawValue
    let stretch = RewriteClasses([.asciiDigit, .latinLetter, .addressSign]).rawValue
    var i = nextIndex(text, classes, wanted | stretch, from: 0)
    while i < text.count {
      if classes[Int(text[i])] & stretch == 0 {
        writer.replace(i, i + 1, of: text, with: 0x0660 + (text[i] & 0xF))
        i += 1
      } else {
        var end = i
        var found: UInt32 = 0
        while end < text.count, classes[Int(text[end])] & stretch != 0 {
          found |= classes[Int(text[end])]
          end += 1
        }
        if found & RewriteClasses.latinLetter.rawValue == 0 {
          for at in i..<end where classes[Int(text[at])] & RewriteClasses.asciiDigit.rawValue != 0 {
            writer.replace(at, at + 1, of: text, with: 0x0660 + (text[at] & 0xF))
          }
        }
        i = end
      }
      i = nextIndex(text, classes, wanted | stretch, from: i)
    }
  }
}
