/// One repair over a whole text, from UTF-16 buffer to UTF-16 buffer.
protocol NormalizationPass {
  /// Whether a text with these findings can hold anything for the pass to do; false skips the pass.
  func isNeeded(_ scan: TextScan) -> Bool

  /// Whether, after a change somewhere in the chain, this pass may find work that it did not see in its own
  /// turn, because a later pass brought units together or took one away.
  func mayAct(afterLaterPasses scan: TextScan) -> Bool

  /// Whether what the pass writes may give it work again.
  var feedsItself: Bool { get }

  /// Whether it puts marks in order.
  var ordersMarks: Bool { get }

  /// Rewrites `text`; `classes` has an entry for each UTF-16 unit. Calls `replace` and `delete` of `writer`
  /// from left to right, and does nothing at all when the text is as it should be.
  mutating func rewrite(
    _ text: UnsafeBufferPointer<UInt16>, classes: UnsafePointer<UInt32>, into writer: inout TextRewriter)
}

extension NormalizationPass {
  func mayAct(afterLaterPasses scan: TextScan) -> Bool { false }
  var feedsItself: Bool { false }
  var ordersMarks: Bool { false }
}

/// Index of the next unit at or after `start` in any of the classes `wanted`; the length if there is none.
@inline(__always)
func nextIndex(
  _ text: UnsafeBufferPointer<UInt16>, _ classes: UnsafePointer<UInt32>, _ wanted: UInt32, from start: Int
) -> Int {
  var i = start
  while i < text.count, classes[Int(text[i])] & wanted == 0 { i &+= 1 }
  return i
}
