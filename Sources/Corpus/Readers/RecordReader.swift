/// Reads the records of one input: a window over its decompressed bytes, and a framer that finds records in it.
///
/// Whether a record is found, and what of a reject is kept, never depends on how many bytes came at once.
final class RecordReader {
  enum Outcome { case record, reject, end }

  /// A record above the limit: its first bytes, where it begins, and its length so far.
  private struct Oversize {
    var raw: [UInt8]
    var origin: RecordOrigin
    var count: Int
    /// Whether all of it so far is blank: such a line is no record however long.
    var isBlank: Bool
  }

  private let file: DecompressedFile
  private let input: InputFile
  /// The input's name, anew for each batch: references to one string for all are counted by all threads, and the count
  /// travels from core to core.
  private var name: String
  private let options: ReaderOptions
  let window: ByteWindow
  /// Offset of the window's first byte in the decompressed input.
  private var windowOffset = 0
  private var isEnd = false
  private var failure: (reason: RejectReason, detail: String)?
  /// What the failure cut off.
  private var remainder: Range<Int>?
  private var framer: (any RecordFraming)?
  private var isOver = false
  private var units = CodeUnits.bytes
  private var record = 0
  private var oversize: Oversize?
  /// Most bytes of a record.
  private var limit: Int
  /// Whether a record is a line, or a row.
  private var hasLines = false

  init(_ file: DecompressedFile, input: InputFile, options: ReaderOptions) {
    self.file = file
    self.input = input
    name = input.name
    self.options = options
    limit = options.maxArticleBytes
    // An entry of an archive is small more often than not.
    window = ByteWindow(capacity: 4 << 10)
  }

  /// What kind of archive the input is; nil when it is none. Reads its beginning.
  func archive(_ meter: ExpansionMeter) -> ArchiveReader? {
    while !isEnd, window.count < CodeUnits.sampleLength { fill() }
    return ArchiveKind(window.bytes).map {
      ArchiveReader($0, file: file, window: window, failure: failure, meter: meter)
    }
  }

  /// Puts the next record, or why there is none, into the batch.
  func next(into batch: inout RawBatch, order: Int) -> Outcome {
    if framer == nil { begin() }
    if batch.records.isEmpty { name = String(decoding: Array(input.name.utf8), as: UTF8.self) }
    while !isOver {
      switch framer?.next(window.bytes, isEnd: isEnd) ?? .finished {
      case .record(let range):
        if let outcome = take(range, into: &batch, order) { return outcome }
      case .last(let range):
        isOver = true
        // What damage cut off is no article; the closing brace of a line shows that the record was whole.
        if failure != nil, !isWhole(range) {
          remainder = range
        } else if let outcome = take(range, into: &batch, order) {
          return outcome
        }
      case .skipped(let end, let reason):
        oversize = nil
        batch.skip(reason)
        record += 1
        letGo(end)
      case .rejected(let range, let reason, let detail):
        reject(range, reason, detail, into: &batch, order)
        letGo(range.upperBound)
        return .reject
      case .needsMore(let keepFrom):
        letGo(keepFrom)
        if seen > max(limit, options.rejectBytes) + 2 * units.width { behead() }
        fill()
      case .malformed(let at, let detail, let reason):
        isOver = true
        // Damage of the compressed data explains an array that is not closed.
        if failure == nil || at < window.count {
          return rejectRest(from: at, reason, detail, into: &batch, order)
        }
      case .finished: isOver = true
      }
    }
    return finish(into: &batch, order)
  }

  /// The origin of the next record or reject, which begins at this index of the window.
  private func origin(at index: Int) -> RecordOrigin {
    RecordOrigin(input: name, record: record + 1, byteOffset: windowOffset + index)
  }

  /// Reads enough to tell encoding width and format.
  private func begin() {
    while !isEnd, window.count < CodeUnits.sampleLength { fill() }
    units = CodeUnits.detect(window.bytes, isDeclaredUTF16: options.isDeclaredUTF16)
    var format = options.format == .auto ? nil : options.format
    while format == nil {
      format = InputFormat.detect(window.bytes, units: units, isEnd: isEnd, options)
      if format == nil { fill() }
    }
    // Damage at the very beginning leaves no article, not an empty one.
    if failure != nil, window.isEmpty { isOver = true }
    // The mark of a file that is one record tells its parser the encoding.
    if format != .text, format != .html { letGo(units.markLength) }
    hasLines = (format ?? .text).hasLines
    limit = options.recordLimit(format ?? .text)
    framer = (format ?? .text).framer(units: units, options)
  }

  /// Reads one chunk more.
  private func fill() {
    guard !isEnd else { return }
    switch file.read(into: window) {
    case .bytes: break
    case .end: isEnd = true
    case .failure(let reason, let detail):
      isEnd = true
      failure = (reason, detail)
    }
  }

  private func letGo(_ count: Int) {
    guard count > 0 else { return }
    window.removeFirst(count)
    windowOffset += count
    framer?.dropped(count)
  }

  /// Puts a record into the batch, or a reject when it is too large; nil for the end of a long blank line.
  private func take(_ range: Range<Int>, into batch: inout RawBatch, _ order: Int) -> Outcome? {
    if let large = oversize {
      oversize = nil
      if large.isBlank, framer?.passesOverBlanks ?? false, isBlank(range) { return nil }
      reject(large, count: large.count + range.count, into: &batch, order)
      return .reject
    }
    guard range.count <= limit else {
      let large = Oversize(
        raw: window.prefix(options.rejectBytes, of: range), origin: origin(at: range.lowerBound), count: 0,
        isBlank: false)
      reject(large, count: range.count, into: &batch, order)
      return .reject
    }
    let start = batch.bytes.count
    batch.growth += framer?.growth(of: UnsafeBufferPointer(rebasing: window.bytes[range])) ?? 0
    batch.bytes.append(contentsOf: UnsafeBufferPointer(rebasing: window.bytes[range]))
    batch.records.append(
      RawRecord(
        origin: origin(at: range.lowerBound), range: start..<batch.bytes.count,
        kind: framer?.kind ?? .text, context: framer?.context, units: units, order: order))
    record += 1
    return .record
  }

  /// How much of the window will not be looked at again.
  private var seen: Int { min(window.count, framer?.resumption ?? window.count) }

  /// Keeps the beginning of a record that is too large and drops the rest as it comes; the last units stay, for a
  /// carriage return before the line end is not part of the record, and the sign of another record, of at most eight
  /// bytes, may have come in part.
  private func behead() {
    let gone = min((window.count / units.width - 8) * units.width, seen)
    guard gone > 0 else { return }
    var large =
      oversize
      ?? Oversize(
        raw: window.prefix(options.rejectBytes, of: 0..<window.count), origin: origin(at: 0), count: 0,
        isBlank: true)
    large.count += gone
    large.isBlank = large.isBlank && isBlank(0..<gone)
    oversize = large
    window.removeFirst(gone)
    windowOffset += gone
    framer?.behead(gone)
  }

  private func isBlank(_ range: Range<Int>) -> Bool {
    range.count % units.width == 0
      && stride(from: range.lowerBound, to: range.upperBound, by: units.width).allSatisfy {
        RecordFramer.isBlank(units.ascii(window.bytes, at: $0))
      }
  }

  /// Passes over the rest of an input that is no record.
  private func rejectRest(
    from at: Int, _ reason: RejectReason, _ detail: String, into batch: inout RawBatch, _ order: Int
  ) -> Outcome {
    let origin = origin(at: at)
    letGo(at)
    while !isEnd, window.count < options.rejectBytes { fill() }
    let raw = window.prefix(options.rejectBytes, of: 0..<window.count)
    var count = window.count
    while !isEnd {
      window.removeAll()
      fill()
      count += window.count
    }
    windowOffset += count
    window.removeAll()
    append(
      Reject(origin: origin, reason: reason, detail: detail, raw: raw, rawByteCount: count), &batch, order)
    return .reject
  }

  private func finish(into batch: inout RawBatch, _ order: Int) -> Outcome {
    guard let (reason, detail) = failure else { return .end }
    failure = nil
    reject(remainder ?? window.count..<window.count, reason, detail, into: &batch, order)
    return .reject
  }

  /// Whether what damage ended is a whole record nonetheless.
  private func isWhole(_ range: Range<Int>) -> Bool {
    framer?.isWhole(UnsafeBufferPointer(rebasing: window.bytes[range])) ?? false
  }

  /// Notes a record that the framer found bad or that damage cut off, together with what was taken away of it.
  private func reject(
    _ range: Range<Int>, _ reason: RejectReason, _ detail: String, into batch: inout RawBatch, _ order: Int
  ) {
    let large = oversize
    oversize = nil
    append(
      Reject(
        origin: large?.origin ?? origin(at: range.lowerBound), reason: reason, detail: detail,
        raw: large?.raw ?? window.prefix(options.rejectBytes, of: range),
        rawByteCount: (large?.count ?? 0) + range.count), &batch, order)
  }

  private func reject(_ large: Oversize, count: Int, into batch: inout RawBatch, _ order: Int) {
    let isLine = hasLines && count > options.limits.lineBytes
    var reject = Reject(
      origin: large.origin, reason: isLine ? .lineTooLong : .articleTooLarge,
      detail: isLine
        ? "\(count) bytes; limits.lineBytes is \(options.limits.lineBytes)"
        : "\(count) bytes; input.maxArticleBytes is \(options.maxArticleBytes)", raw: large.raw,
      rawByteCount: count)
    reject.source = framer.map {
      RejectSource(kind: $0.kind, units: units, context: $0.context?.saved)
    }
    append(reject, &batch, order)
  }

  private func append(_ reject: Reject, _ batch: inout RawBatch, _ order: Int) {
    var reject = reject
    reject.order = order
    batch.append(reject)
    record += 1
  }
}
