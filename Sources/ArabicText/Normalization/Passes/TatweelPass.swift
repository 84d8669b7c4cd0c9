import CTextScan

/// Deletes U+0640. A run of it that touches no letter and no mark is a dash (to ICU it would be a word) and
/// becomes a hyphen.
struct TatweelPass: NormalizationPass {
  func isNeeded(_ scan: TextScan) -> Bool { scan.has(.tatweel) }

  func rewrite(
    _ text: UnsafeBufferPointer<UInt16>, classes: UnsafePointer<UInt32>, into writer: inout TextRewriter
  ) {
    guard let base = text.baseAddress else { return }
    let word = RewriteClasses([.letter, .mark, .invisible]).rawValue
    var start = warraq_find_unit(base, text.count, 0, 0x0640)
    while start < text.count {
      var end = start + 1
      while end < text.count, text[end] == 0x0640 { end += 1 }
      let touchesWord =
        start > 0 && classes[Int(text[start - 1])] & word != 0
        || end < text.count && classes[Int(text[end])] & word != 0
      if touchesWord {
        writer.delete(start, end, of: text)
      } else {
        writer.replace(start, end, of: text, with: 0x2D)
      }
      start = warraq_find_unit(base, text.count, end, 0x0640)
    }
  }
}
