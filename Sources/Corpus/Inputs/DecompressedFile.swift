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
  private var hasStarted = false
  private var isInsideMember = false
  private var format = Int32(WARRAQ_PLAIN)
  private var decompressor: OpaquePointer?

  /// Opens a path; `-` is standard input. `chunk` is the most bytes asked of the system at once, `listed` the bytes the
  /// file had when it was listed.
  convenience init(_ path: String, chunk: Int, listed: Int? = nil) throws(OpenFailure) {
    self.init(try FileBytes(path, listed: listed), chunk: chunk)
  }

  /// Reads a source from where it stands. `chunk` is the most bytes asked of it at once.
  init(_ source: any ByteSource, chunk: Int) {
    self.source = source
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
      decompressor = warraq_decompressor_open(format)
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

  /// Appends what the source gives; hands a failure to `fail`.
  private func append(to window: ByteWindow, _ fail: (Outcome) -> Void) {
    window.append(room: chunk) { room in
      switch source.read(into: UnsafeMutableBufferPointer(rebasing: room.prefix(chunk))) {
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
      outcome = decompress(into: room, used: &used)
      return used
    }
    return outcome
  }

  private func decompress(into room: UnsafeMutableBufferPointer<UInt8>, used: inout Int) -> Outcome {
    while true {
      if input.isEmpty, !isInputEnded, let failure = fill() { return failure }
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
      case Int32(WARRAQ_MEMBER_END):
        isInsideMember = false
        if used > 0 { return .bytes }
      default:
        if used > 0 { return .bytes }
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
      if let failure = fill() { return failure }
    }
    while input.count < Self.magicBytes, !isInputEnded {
      // A magic number may come in two pieces.
      if let failure = fill() { return failure }
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
