/// Writes " for every double quotation mark and ' for every single one.
struct StraightQuotesPass: NormalizationPass {
  func isNeeded(_ scan: TextScan) -> Bool { scan.has([.doubleQuote, .singleQuote]) }

  func rewrite(
    _ text: UnsafeBufferPointer<UInt16>, classes: UnsafePointer<UInt32>, into writer: inout TextRewriter
  ) {
    let quotes = RewriteClasses([.doubleQuote, .singleQuote]).rawValue
    var i = nextIndex(text, classes, quotes, from: 0)
    while i < text.count {
      let isDouble = classes[Int(text[i])] & RewriteClasses.doubleQuote.rawValue != 0
      let straight: UInt16 = isDouble ? 0x22 : 0x27
      if text[i] != straight { writer.replace(i, i + 1, of: text, with: straight) }
      i = nextIndex(text, classes, quotes, from: i + 1)
    }
  }
}

/// Writes « and » for double quotation marks: the first, third, ... straight or curly one of a line opens,
/// the second, fourth, ... closes, whatever its shape, since shapes are often reversed in Arabic text. An odd
/// one out at the end of the line stays. Guillemets of the source stay and do not count.
struct GuillemetsPass: NormalizationPass {
  func isNeeded(_ scan: TextScan) -> Bool { scan.has(.doubleQuote) }

  // Taking out a line end joins what was odd in two lines.
  func mayAct(afterLaterPasses scan: TextScan) -> Bool { scan.has(.doubleQuote) }

  func rewrite(
    _ text: UnsafeBufferPointer<UInt16>, classes: UnsafePointer<UInt32>, into writer: inout TextRewriter
  ) {
    let wanted = RewriteClasses([.doubleQuote, .newline]).rawValue
    var opening: Int?
    var i = nextIndex(text, classes, wanted, from: 0)
    while i < text.count {
      if classes[Int(text[i])] & RewriteClasses.newline.rawValue != 0 {
        opening = nil
      } else if text[i] != 0xAB, text[i] != 0xBB {
        if let first = opening {
          writer.replace(first, first + 1, of: text, with: 0xAB)
          writer.replace(i, i + 1, of: text, with: 0xBB)
          opening = nil
        } else {
          opening = i
        }
      }
      i = nextIndex(text, classes, wanted, from: i + 1)
    }
  }
}
