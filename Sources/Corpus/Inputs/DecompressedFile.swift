import CCompression
import Glibc

/// The bytes of an input, decompressed when its content says so; owned by the task that reads.
final class DecompressedFile {
  /// How reading went.
  enum Outcome: Equatable {
    /// Some bytes were appended.
    case bytes
    /// Everything was read.
    case end
    /// No more can be read; what was read before is good.
    case failure(RejectReason, String)
  }

  /// Bytes taken from the file so far.
  private(set) var compressedOffset = 0

  private let descriptor: Int32
  private var input = [UInt8](repeating: 0, count: 256 << 10)
  private var inputStart = 0
  private var inputEnd = 0
  private var isInputEnded = false
  private var hasStarted = false
  private var isInsideMember = false
  private var format = Int32(WARRAQ_PLAIN)
  private var decompressor: OpaquePointer?

  /// Opens a path; `-` is standard input.
  init?(_ path: String) {
    descriptor = path == "-" ? dup(0) : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
  }

  deinit {
    warraq_decompressor_close(decompressor)
    close(descriptor)
  }

  /// Appends up to about `count` bytes to `buffer`.
  func read(into buffer: inout [UInt8], count: Int) -> Outcome {
    if !hasStarted, let failure = start() { return failure }
    if format == Int32(WARRAQ_PLAIN) { return readPlain(into: &buffer) }
    return decompress(into: &buffer, count: count)
  }

  private func start() -> Outcome? {
    hasStarted = true
    // Six bytes decide; a pipe may give them one by one.
    while inputEnd < 6, !isInputEnded {
      if let failure = fill() { return failure }
    }
    format = input.withUnsafeBufferPointer { warraq_compression_detect($0.baseAddress, inputEnd) }
    if format != Int32(WARRAQ_PLAIN) {
      decompressor = warraq_decompressor_open(format)
      guard decompressor != nil else { return .failure(.unreadable, "no memory for its decompressor") }
      isInsideMember = true
    }
    return nil
  }

  /// Reads more of the file behind what is there.
  private func fill() -> Outcome? {
    if inputStart == inputEnd {
      inputStart = 0
      inputEnd = 0
    }
    let room = input.count - inputEnd
    while true {
      let got = input.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress! + inputEnd, room) }
      if got < 0, errno == EINTR { continue }
      if got < 0 { return .failure(.unreadable, "reading failed: \(String(cString: strerror(errno)))") }
      if got == 0 { isInputEnded = true }
      inputEnd += got
      compressedOffset += got
      return nil
    }
  }

  private func readPlain(into buffer: inout [UInt8]) -> Outcome {
    if inputStart == inputEnd {
      if isInputEnded { return .end }
      if let failure = fill() { return failure }
      if inputStart == inputEnd { return .end }
    }
    buffer.append(contentsOf: input[inputStart..<inputEnd])
    inputStart = inputEnd
    return .bytes
  }

  private func decompress(into buffer: inout [UInt8], count: Int) -> Outcome {
    let start = buffer.count
    buffer.append(contentsOf: repeatElement(0, count: count))
    var used = 0
    defer { buffer.removeLast(count - used) }
    while true {
      if inputStart == inputEnd, !isInputEnded, let failure = fill() { return failure }
      if inputStart == inputEnd, isInputEnded, !isInsideMember { return .end }
      if !isInsideMember {
        switch beginMember() {
        case .started: break
        case .ended: return .end
        case .garbage:
          return .failure(.corruptStream, "bytes that are not compressed data follow at byte \(position)")
        }
      }
      let result = step(&buffer, at: start, count: count, used: &used)
      switch result {
      case Int32(WARRAQ_CORRUPT):
        let words = String(cString: warraq_decompressor_error(decompressor))
        return .failure(.corruptStream, "\(words), near byte \(position) of the compressed file")
      case Int32(WARRAQ_MEMBER_END):
        isInsideMember = false
        if used > 0 { return .bytes }
      default:
        if used > 0 { return .bytes }
        if inputStart == inputEnd, isInputEnded {
          return .failure(.truncatedStream, "the compressed data ends early, at byte \(compressedOffset)")
        }
      }
    }
  }

  private var position: Int { compressedOffset - (inputEnd - inputStart) }

  private func step(_ buffer: inout [UInt8], at start: Int, count: Int, used: inout Int) -> Int32 {
    input.withUnsafeBufferPointer { source in
      buffer.withUnsafeMutableBufferPointer { target in
        var from = source.baseAddress.map { $0 + inputStart }
        var available = inputEnd - inputStart
        var to = target.baseAddress.map { $0 + start + used }
        var room = count - used
        let result = warraq_decompressor_step(decompressor, &from, &available, &to, &room)
        inputStart = inputEnd - available
        used = count - room
        return result
      }
    }
  }

  private enum Next { case started, ended, garbage }

  /// After a member: another one, zero padding to the end (tar and xz pad), or something else.
  private func beginMember() -> Next {
    while true {
      while inputStart < inputEnd, input[inputStart] == 0 { inputStart += 1 }
      if inputStart < inputEnd { break }
      if isInputEnded { return .ended }
      if fill() != nil { return .ended }
    }
    while inputEnd - inputStart < 6, !isInputEnded {
      // Magic numbers may lie across the buffer's end.
      input.replaceSubrange(0..<(inputEnd - inputStart), with: Array(input[inputStart..<inputEnd]))
      inputEnd -= inputStart
      inputStart = 0
      if fill() != nil { break }
    }
    let found = input.withUnsafeBufferPointer {
      warraq_compression_detect($0.baseAddress! + inputStart, inputEnd - inputStart)
    }
    guard found == format, warraq_decompressor_reset(decompressor) == 0 else { return .garbage }
    isInsideMember = true
    return .started
  }
}
