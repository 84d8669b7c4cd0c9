/// How much decompressors have made of one listed input, with all that is packed in it.
final class ExpansionMeter {
  let limits: ReadLimits
  private(set) var total = 0

  init(_ limits: ReadLimits = ReadLimits()) { self.limits = limits }

  /// Whether nothing more of the input may be decompressed.
  var isExhausted: Bool { limits.expandedBytes > 0 && total > limits.expandedBytes }

  fileprivate func add(_ count: Int) { total += count }
}

/// Watches what one decompressor makes of its data.
///
/// What is looked at are whole MiB of output, so that the verdict does not depend on how many bytes are asked for at once.
struct ExpansionGauge {
  private static let stride = 1 << 20

  private let meter: ExpansionMeter
  private var expanded = 0

  init(_ meter: ExpansionMeter) { self.meter = meter }

  /// How many bytes to ask for at most, so that the next look is not missed.
  func room(_ count: Int) -> Int {
    let limit = meter.limits.expandedBytes
    let left = limit > 0 ? max(1, limit + 1 - meter.total) : count
    return min(count, left, Self.stride - expanded % Self.stride)
  }

  /// Notes bytes that came out.
  ///
  /// - Parameter consumed: bytes of compressed data they were made of, with those before.
  /// - Returns: why it is enough; nil when it is not.
  mutating func note(_ count: Int, of consumed: Int) -> String? {
    guard count > 0 else { return nil }
    expanded += count
    meter.add(count)
    let limits = meter.limits
    if meter.isExhausted {
      return "more than \(limits.expandedBytes) bytes come out of the input, which is limits.expandedBytes"
    }
    guard limits.expansionRatio > 0, expanded >= limits.expansionAllowance, expanded % Self.stride == 0 else {
      return nil
    }
    let (most, isLarge) = max(1, consumed).multipliedReportingOverflow(by: limits.expansionRatio)
    guard !isLarge, expanded > most else { return nil }
    return
      "\(expanded) bytes came out of \(consumed), \(expanded / max(1, consumed)) of each; limits.expansionRatio is \(limits.expansionRatio)"
  }
}
