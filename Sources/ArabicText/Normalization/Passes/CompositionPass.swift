import CICU

/// NFC, and U+0649 with U+0654 as U+0626. Only stretches that ICU's quick check doubts are composed.
///
/// Runs twice in the chain: before marks are stripped, so that the hamza of أ is not lost as a mark, and at
/// the end, since deletions may bring a letter and its hamza together.
struct CompositionPass: NormalizationPass {
  private let nfc: UnsafeRawPointer
  private let isLast: Bool
  private var buffer: [UInt16] = []

  init(nfc: UnsafeRawPointer, isLast: Bool) {
    self.nfc = nfc
    self.isLast = isLast
  }

  var ordersMarks: Bool { true }

  func isNeeded(_ scan: TextScan) -> Bool {
    scan.has([.nfcCheck, .surrogate]) || scan.hasAdjacent(.mark)
  }

  mutating func rewrite(
    _ text: UnsafeBufferPointer<UInt16>, classes: UnsafePointer<UInt32>, into writer: inout TextRewriter
  ) {
    // Any other character stays as it is and composes with none before it, so ICU is asked about runs of
    // doubtful ones only, with the character before each.
    let unsettled = RewriteClasses([.nfcCheck, .surrogate]).rawValue
    let doubtful = unsettled | RewriteClasses.mark.rawValue
    let map = writer.map(of: text)
    var end = 0
    while true {
      let start = map.nextOther(from: end)
      guard start < text.count else { return }
      end = start + 1
      if classes[Int(text[start])] & doubtful == 0 { continue }
      while end < text.count, classes[Int(text[end])] & doubtful != 0 { end += 1 }
      // A single mark is in order.
      if end - start > 1 || classes[Int(text[start])] & unsettled != 0 {
        compose(text, max(start - 1, 0), end, &writer)
      }
    }
  }

  /// Composes `from..<length`, with boundaries at either end.
  private mutating func compose(
    _ text: UnsafeBufferPointer<UInt16>, _ from: Int, _ length: Int, _ writer: inout TextRewriter
  ) {
    guard let base = text.baseAddress else { return }
    let length = Int32(length)
    var end: Int32 = 0
    var start = warraq_normalize_find(nfc, base, length, Int32(from), &end)
    while start < length {
      let count = end - start
      if buffer.count < Int(count) * 3 + 16 {
        buffer = [UInt16](repeating: 0, count: Int(count) * 3 + 16)
      }
      let written = buffer.withUnsafeMutableBufferPointer {
        warraq_normalize_compose(nfc, base + Int(start), count, $0.baseAddress, Int32($0.count))
      }
      if written > 0 { replaceDifference(text, Int(start), Int(end), Int(written), &writer) }
      start = warraq_normalize_find(nfc, base, length, end, &end)
    }
  }

  /// Records only what differs between the stretch and its composed form.
  private func replaceDifference(
    _ text: UnsafeBufferPointer<UInt16>, _ start: Int, _ end: Int, _ count: Int,
    _ writer: inout TextRewriter
  ) {
    var first = 0
    while first < count, start + first < end, buffer[first] == text[start + first] { first += 1 }
    if first == count, start + first == end { return }
    var tail = 0
    while count - tail > first, end - tail > start + first, buffer[count - tail - 1] == text[end - tail - 1] {
      tail += 1
    }
    buffer.withUnsafeBufferPointer {
      let units = UnsafeBufferPointer(rebasing: $0[first..<(count - tail)])
      writer.replace(start + first, end - tail, of: text, with: units)
    }
  }
}
