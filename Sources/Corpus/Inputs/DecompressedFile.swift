import CCompression

/// The bytes of an input or of an archive's entry, decompressed when its content says so; owned by the task that reads.
///
/// Members of a gzip file, streams of bzip2 and xz, and frames of zstd follow one another freely. Zero bytes
/// behind the last member are padding where the format knows it (gzip on tapes; xz by fours); anything else
/// there is corrupt data, so that nothing is passed over in silence.
final class DecompressedFile {
  /// How reading went.
  enum Outcome: Equatable {
    /// Some bytes were appended.
    case bytes
    /// Everything was read.
    case end
    /// No more can be read; what was appended, now and before, is good.
    case failure(RejectReason, String)
  }

  /// Longest magic number that `warraq_compression_detect` looks at.
  private static let magicBytes = 6

  /// Bytes taken from the file so far.
  private(set) var compressedOffset = 0

  private let source: any ByteSource
  private let chunk: Int
  private let input: ByteWindow
  private var isInputEnded = false
  /// Why no more can be read.
  private var readFailure: Outcome?
  private var hasStarted = false
  private var isInsideMember = false
  private var format = Int32(WARRAQ_PLAIN)
  private var decompressor: OpaquePointer?
  private let limits: ReadLimits
  private var gauge: ExpansionGauge

  /// Opens a path; `-` is standard input. `chunk` is the most bytes asked of the system at once, `listed` the bytes the
  /// file had when it was listed.
  convenience init(
    _ path: String, chunk: Int, listed: Int? = nil, meter: ExpansionMeter = ExpansionMeter()
  ) throws(OpenFailure) {
    self.init(try FileBytes(path, listed: listed), chunk: chunk, meter: meter)
  }

  /// Reads a source from where it stands. `chunk` is the most bytes asked of it at once; `meter` is that of the listed
  /// input it is a part of.
  init(_ source: any ByteSource, chunk: Int, meter: ExpansionMeter = ExpansionMeter()) {
    self.source = source
    limits = meter.limits
    gauge = ExpansionGauge(meter)
    self.chunk = max(1, chunk)
    input = ByteWindow(capacity: max(1, chunk) + 64)
  }

  deinit { warraq_decompressor_close(decompressor) }

  /// Appends at most `chunk` bytes to the window.
  func read(into window: ByteWindow) -> Outcome {
    if !hasStarted, let failure = start() { return failure }
    return format == Int32(WARRAQ_PLAIN) ? readPlain(into: window) : decompress(into: window)
  }

  /// How many bytes there are, when they are not compressed and any of them can be gone to; else nil.
  var seekableByteCount: Int? {
    hasStarted && format == Int32(WARRAQ_PLAIN) ? source.byteCount : nil
  }

  /// Goes on at another byte of a seekable file; false when that fails.
  func seek(to offset: Int) -> Bool {
    guard seekableByteCount != nil, source.seek(to: offset) else { return false }
    input.removeAll()
    isInputEnded = false
    readFailure = nil
    return true
  }

  /// Offset in the file of the first byte not used.
  private var position: Int { compressedOffset - input.count }

  private func start() -> Outcome? {
    hasStarted = true
    // A pipe may give the bytes that decide one by one.
    while input.count < Self.magicBytes, !isInputEnded {
      if let failure = fill() { return failure }
    }
    format = warraq_compression_detect(input.bytes.baseAddress, input.count)
    if format != Int32(WARRAQ_PLAIN) {
      _ = fillUp()
      decompressor = warraq_decompressor_open(format, UInt64(max(0, limits.windowBytes)))
      guard decompressor != nil else { return .failure(.unreadable, "no memory for its decompressor") }
      isInsideMember = true
    } else if isInputEnded, warraq_compression_is_cut_magic(input.bytes.baseAddress, input.count) != 0 {
      return .failure(.truncatedStream, "the file ends inside a magic number, at byte \(compressedOffset)")
    }
    return nil
  }

  /// Reads more of the file behind what is there.
  private func fill() -> Outcome? {
    var failure: Outcome?
    append(to: input) { failure = $0 }
    return failure
  }

  /// Reads until a whole chunk is there: how much of damaged data can be decompressed depends on how much is handed over
  /// at once, and what is read of a pipe must not depend on its writer's pace.
  ///
  /// - Returns: what went wrong, once all that was read before has been used.
  private func fillUp() -> Outcome? {
    while input.count < max(chunk, Self.magicBytes), !isInputEnded, readFailure == nil {
      readFailure = fill()
    }
    return input.isEmpty ? readFailure : nil
  }

  /// Appends what the source gives; hands a failure to `fail`.
  private func append(to window: ByteWindow, _ fail: (Outcome) -> Void) {
    let most = window === input && input.count < chunk ? chunk - input.count : chunk
    window.append(room: most) { room in
      switch source.read(into: UnsafeMutableBufferPointer(rebasing: room.prefix(most))) {
      case .bytes(let count):
        compressedOffset += count
        return count
      case .end: isInputEnded = true
      case .failure(let reason, let detail): fail(.failure(reason, detail))
      }
      return 0
    }
  }

  private func readPlain(into window: ByteWindow) -> Outcome {
    if !input.isEmpty {
      window.append(room: input.count) { $0.update(fromContentsOf: input.bytes) }
      input.removeAll()
      return .bytes
    }
    if isInputEnded { return .end }
    var result = Outcome.bytes
    append(to: window) { result = $0 }
    return isInputEnded && result == .bytes ? .end : result
  }

  private func decompress(into window: ByteWindow) -> Outcome {
    var outcome = Outcome.bytes
    window.append(room: chunk) { room in
      var used = 0
      outcome = decompress(
        into: UnsafeMutableBufferPointer(rebasing: room.prefix(gauge.room(chunk))), used: &used)
      return used
    }
    return outcome
  }

  private func decompress(into room: UnsafeMutableBufferPointer<UInt8>, used: inout Int) -> Outcome {
    while true {
      if input.isEmpty, let failure = fillUp() { return failure }
      if !isInsideMember {
        switch beginMember() {
        case nil: break
        case .some(let outcome): return outcome
        }
      }
      switch step(room, used: &used) {
      case Int32(WARRAQ_CORRUPT):
        let words = String(cString: warraq_decompressor_error(decompressor))
        return .failure(.corruptStream, "\(words), near byte \(position) of the compressed file")
      case Int32(WARRAQ_WINDOW):
        let words = String(cString: warraq_decompressor_error(decompressor))
        return .failure(
          .windowTooLarge,
          "it asks for \(words) above limits.windowBytes, \(limits.windowBytes), near byte \(position) of the compressed file"
        )
      case let result:
        if result == Int32(WARRAQ_MEMBER_END) { isInsideMember = false }
        if let excess = gauge.note(used, of: position) { return .failure(.expansionTooLarge, excess) }
        if used > 0 { return .bytes }
        if result == Int32(WARRAQ_MEMBER_END) { continue }
        if input.isEmpty, isInputEnded {
          return .failure(.truncatedStream, "the compressed data ends early, at byte \(compressedOffset)")
        }
      }
    }
  }

  private func step(_ room: UnsafeMutableBufferPointer<UInt8>, used: inout Int) -> Int32 {
    var from = input.bytes.baseAddress
    var available = input.count
    var to = room.baseAddress.map { $0 + used }
    var left = room.count - used
    let result = warraq_decompressor_step(decompressor, &from, &available, &to, &left)
    input.removeFirst(input.count - available)
    used = room.count - left
    return result
  }

  /// After a member: nil when another one begins, or how the input ends.
  private func beginMember() -> Outcome? {
    var padding = 0
    while true {
      let zeros = input.bytes.prefix { $0 == 0 }.count
      padding += zeros
      input.removeFirst(zeros)
      if !input.isEmpty { break }
      if isInputEnded { return isPadding(padding) ? .end : garbage(padding) }
      if let failure = fillUp() { return failure }
    }
    // A magic number may come in two pieces.
    if input.count < Self.magicBytes {
      _ = fillUp()
      if input.count < Self.magicBytes, let readFailure { return readFailure }
    }
    guard isPadding(padding) else { return garbage(padding) }
    if warraq_compression_detect(input.bytes.baseAddress, input.count) != format {
      guard isInputEnded, isCutMagic() else { return garbage(padding) }
      return .failure(.truncatedStream, "the compressed data ends early, at byte \(compressedOffset)")
    }
    guard warraq_decompressor_reset(decompressor) == 0 else {
      return .failure(.unreadable, "no memory for its decompressor")
    }
    isInsideMember = true
    return nil
  }

  /// Whether all that is left is the beginning of another member's magic number.
  private func isCutMagic() -> Bool {
    warraq_compression_is_cut_magic(input.bytes.baseAddress, input.count) == format
  }

  private func isPadding(_ zeros: Int) -> Bool {
    switch format {
    case Int32(WARRAQ_GZIP): true
    case Int32(WARRAQ_XZ): zeros % 4 == 0
    default: zeros == 0
    }
  }

  private func garbage(_ padding: Int) -> Outcome {
    .failure(
      .corruptStream,
      "bytes that are not compressed data follow at byte \(position - padding) of the compressed file")
  }
}
