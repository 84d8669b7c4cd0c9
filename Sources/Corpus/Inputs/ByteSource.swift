import Glibc

/// What a source had to give.
enum ByteSourceStep: Equatable {
  /// So many bytes, at least one.
  case bytes(Int)
  /// There are no more.
  case end
  /// There are more, but they can't be read.
  case failure(RejectReason, String)
}

/// Where the bytes of an input come from before they are decompressed: a file, a pipe, an entry of an archive.
protocol ByteSource: AnyObject {
  /// Puts the next bytes at the beginning of the room, which is not empty.
  func read(into room: UnsafeMutableBufferPointer<UInt8>) -> ByteSourceStep
  /// How many bytes there are; nil where that is unknown, and one can only go forward.
  var byteCount: Int? { get }
  /// Goes to an offset; false where one can only go forward.
  func seek(to offset: Int) -> Bool
}

extension ByteSource {
  var byteCount: Int? { nil }
  func seek(to offset: Int) -> Bool { false }
}

/// An input that could not be opened.
struct OpenFailure: Error {
  /// The system's words.
  let detail: String
}

/// The bytes of a file or pipe as the system gives them.
final class FileBytes: ByteSource {
  private let descriptor: Int32
  private let listed: Int?

  /// Opens a path; `-` is standard input.
  ///
  /// - Parameter listed: Bytes the file had when inputs were listed. An end before that is no end but a loss.
  init(_ path: String, listed: Int? = nil) throws(OpenFailure) {
    self.listed = listed
    descriptor = path == "-" ? dup(0) : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw OpenFailure(detail: "cannot be opened: \(Self.systemError())") }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  func read(into room: UnsafeMutableBufferPointer<UInt8>) -> ByteSourceStep {
    while true {
      let got = Glibc.read(descriptor, room.baseAddress, room.count)
      if got > 0 { return .bytes(got) }
      if got == 0 { return shortening() ?? .end }
      if errno != EINTR { return .failure(.unreadable, "reading failed: \(Self.systemError())") }
    }
  }

  /// At the end: the failure that it comes too early, or nil when it does not.
  private func shortening() -> ByteSourceStep? {
    guard let listed, byteCount != nil else { return nil }
    let position = Int(lseek(descriptor, 0, Int32(SEEK_CUR)))
    guard position >= 0, position < listed else { return nil }
    return .failure(
      .truncatedStream, "the file had \(listed) bytes when the run began and now ends at byte \(position)")
  }

  var byteCount: Int? {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
  }

  func seek(to offset: Int) -> Bool {
    byteCount != nil && lseek(descriptor, off_t(offset), Int32(SEEK_SET)) == off_t(offset)
  }

  private static func systemError() -> String { String(cString: strerror(errno)) }
}
