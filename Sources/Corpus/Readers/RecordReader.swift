/// Reads the records of one input: a window over its decompressed bytes, and a framer that finds records in it.
final class RecordReader {
  enum Outcome { case record, reject, end }

  private static let chunk = 256 << 10

  private let file: DecompressedFile
  private let input: InputFile
  private let options: ReaderOptions
  private var window: [UInt8] = []
  /// Where in the window the first byte not done with lies.
  private var windowStart = 0
  /// Offset of the window's first byte in the decompressed input.
  private var windowOffset = 0
  private var isEnd = false
  private var failure: (RejectReason, String)?
  private var framer: RecordFramer?
  /// Width of the characters, from the first bytes.
  private var units = CodeUnits.bytes
  /// What follows is no record any more.
  private var hasEnded = false
  private var record = 0
  /// A record above the limit that is being passed over: its first bytes, its start, its length so far.
  private var oversize: (raw: [UInt8], origin: RecordOrigin, count: Int)?

  init(_ file: DecompressedFile, input: InputFile, options: ReaderOptions) {
    self.file = file
    self.input = input
    self.options = options
  }

  var compressedOffset: Int { file.compressedOffset }

  /// Puts the next record, or why there is none, into the batch.
  func next(into batch: inout RawBatch, order: Int) -> Outcome {
    if framer == nil, !begin() {
      // Fewer bytes than a format can be told from; an empty file is an article without text.
      return finish(into: &batch, order: order)
    }
    while true {
      switch step() {
      case .record(let range):
        if let done = endOversize(range, into: &batch, order: order) { return done }
        record += 1
        let origin = origin(at: range.lowerBound)
        guard range.count <= options.maxArticleBytes else {
          let raw = Array(slice(range).prefix(options.rejectBytes))
          reject(.articleTooLarge, tooLarge(range.count), origin, raw, range.count, into: &batch, order)
          return .reject
        }
        let start = batch.bytes.count
        batch.bytes.append(contentsOf: slice(range))
        batch.records.append(
          RawRecord(
            origin: origin, range: start..<batch.bytes.count, isJSON: framer?.format != .text,
            units: units(of: range), order: order))
        return .record
      case .needsMore(let keepFrom):
        if !shrink(keepFrom) { passOver() }
        fill()
      case .malformed(let at, let detail):
        let origin = origin(at: at)
        let rest = Array(
          window[(windowStart + min(at, window.count - windowStart))...].prefix(options.rejectBytes))
        hasEnded = true
        reject(.invalidJSON, detail, origin, rest, rest.count, into: &batch, order)
        return .reject
      case .finished: return finish(into: &batch, order: order)
      }
    }
  }

  /// Only the first record of an input has the byte order mark before it.
  private func units(of range: Range<Int>) -> CodeUnits {
    var own = units
    if windowOffset + range.lowerBound > 0 { own.markLength = framer?.format == .text ? own.markLength : 0 }
    return own
  }

  private func origin(at index: Int) -> RecordOrigin {
    RecordOrigin(input: input.name, record: record, byteOffset: windowOffset + index)
  }

  private func slice(_ range: Range<Int>) -> ArraySlice<UInt8> {
    window[(windowStart + range.lowerBound)..<(windowStart + range.upperBound)]
  }

  private func step() -> RecordFramer.Step {
    if hasEnded { return .finished }
    return window.withUnsafeBufferPointer { bytes in
      framer?.next(UnsafeBufferPointer(rebasing: bytes[windowStart...]), isEnd: isEnd) ?? .finished
    }
  }

  /// Reads enough to tell encoding width and format.
  private func begin() -> Bool {
    while !isEnd, window.count < 4 { fill() }
    units = CodeUnits.detect(window[...], isDeclaredUTF16: options.isDeclaredUTF16)
    while true {
      var format: InputFormat? = options.format
      if format == .auto {
        format = window.withUnsafeBufferPointer { RecordFramer.detect($0, units: units, isEnd: isEnd) }
      }
      if let format {
        if format == .text, isEnd, window.isEmpty, failure != nil { return false }
        framer = RecordFramer(format: format, units: units)
        if format != .text, units.markLength > 0 { skip(units.markLength) }
        return true
      }
      fill()
    }
  }

  private func skip(_ count: Int) {
    windowStart += count
    windowOffset += count
  }

  /// Reads one chunk more.
  private func fill() {
    guard !isEnd else { return }
    switch file.read(into: &window, count: Self.chunk) {
    case .bytes: break
    case .end: isEnd = true
    case .failure(let reason, let detail):
      isEnd = true
      failure = (reason, detail)
    }
  }

  /// Lets go of what is done with. Returns false when the record in the window has passed the limit.
  private func shrink(_ keepFrom: Int) -> Bool {
    if keepFrom > 0 {
      skip(keepFrom)
      framer?.dropped(keepFrom)
    }
    if windowStart > Self.chunk {
      window.removeFirst(windowStart)
      windowStart = 0
    }
    return window.count - windowStart <= options.maxArticleBytes
  }

  /// Keeps the beginning of a record that is too large and drops the rest as it comes.
  private func passOver() {
    let count = window.count - windowStart
    let kept = count % units.width
    let gone = count - kept
    if oversize == nil {
      record += 1
      oversize = (Array(window[windowStart...].prefix(options.rejectBytes)), origin(at: 0), 0)
    }
    oversize?.count += gone
    window.removeFirst(windowStart + gone)
    windowStart = 0
    windowOffset += gone
    framer?.discardPending(keeping: kept)
  }

  /// The end of a record that is being passed over.
  private func endOversize(_ range: Range<Int>, into batch: inout RawBatch, order: Int) -> Outcome? {
    guard let large = oversize else { return nil }
    oversize = nil
    let count = large.count + range.count
    reject(.articleTooLarge, tooLarge(count), large.origin, large.raw, count, into: &batch, order)
    return .reject
  }

  private func finish(into batch: inout RawBatch, order: Int) -> Outcome {
    if let large = oversize {
      oversize = nil
      reject(
        .articleTooLarge, tooLarge(large.count), large.origin, large.raw, large.count, into: &batch, order)
      return .reject
    }
    if let (reason, detail) = failure {
      failure = nil
      record += 1
      reject(reason, detail, origin(at: window.count - windowStart), [], 0, into: &batch, order)
      return .reject
    }
    return .end
  }

  private func tooLarge(_ count: Int) -> String {
    "\(count) bytes; input.maxArticleBytes is \(options.maxArticleBytes)"
  }

  private func reject(
    _ reason: RejectReason, _ detail: String, _ origin: RecordOrigin, _ raw: [UInt8], _ count: Int,
    into batch: inout RawBatch, _ order: Int
  ) {
    var reject = Reject(origin: origin, reason: reason, detail: detail, raw: raw, rawByteCount: count)
    reject.order = order
    batch.rejects.append(reject)
  }
}
