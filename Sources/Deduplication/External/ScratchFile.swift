#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Reads of a scratch file at any place, from any task: the file has no name, and goes with the last reader. Also of a
/// part of a file that has one.
final class ScratchReader: Sendable {
  private let descriptor: Int32
  private let folder: String
  /// Where the part begins.
  private let base: Int
  /// The file that the part is of, which keeps it open.
  private let whole: ScratchReader?

  /// Makes an empty file with a name, in place of what has it.
  fileprivate init(creating path: String) throws {
    folder = path
    base = 0
    whole = nil
    descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw Self.error("create", path) }
  }

  /// Opens a file that is there; nil when there is none.
  init?(opening path: String) throws {
    folder = path
    base = 0
    whole = nil
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 {
      guard errno == ENOENT else { throw Self.error("open", path) }
      return nil
    }
  }

  /// A part of a file.
  init(_ file: ScratchReader, from base: Int) {
    whole = file
    descriptor = file.descriptor
    folder = file.folder
    self.base = base
  }

  fileprivate init(folder: String) throws {
    self.folder = folder
    base = 0
    whole = nil
    var template = Array("\(folder)/survey-XXXXXX".utf8CString)
    descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw Self.error("create", folder) }
    // Without a name a killed run leaves nothing behind.
    unlink(template)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
  }

  deinit { if whole == nil, descriptor >= 0 { close(descriptor) } }

  /// Bytes of the file.
  var byteCount: Int {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
  }

  /// Fills `bytes` from `offset` on; all of them have been written before.
  func read(_ bytes: UnsafeMutableRawBufferPointer, at offset: Int) throws {
    var done = 0
    while done < bytes.count {
      let count = pread(
        descriptor, bytes.baseAddress! + done, bytes.count - done, off_t(base + offset + done))
      if count < 0, errno == EINTR { continue }
      if count < 0 { throw Self.error("read", folder) }
      guard count > 0 else {
        throw DuplicateSurveyError.system(
          action: "read", folder: folder, reason: "it is shorter than what was written to it")
      }
      done += count
    }
  }

  fileprivate func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws {
    var done = 0
    while done < bytes.count {
      let count = pwrite(descriptor, bytes.baseAddress! + done, bytes.count - done, off_t(offset + done))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Self.error("write", folder) }
      done += count
    }
  }

  fileprivate func rename(to name: String) throws {
    guard fsync(descriptor) == 0 else { throw Self.error("sync", folder) }
    guard Glibc.rename(folder, name) == 0 else { throw Self.error("rename", folder) }
  }

  private static func error(_ action: String, _ folder: String) -> DuplicateSurveyError {
    .system(action: action, folder: folder, reason: String(cString: strerror(errno)))
  }
}

/// A file written from its beginning to its end through a buffer, and read at any place: without a name, or with one.
final class ScratchFile {
  let reader: ScratchReader
  /// Bytes appended so far.
  private(set) var byteCount = 0
  private var pending: [UInt8] = []
  private let buffered: Int

  /// Makes an empty file in a folder.
  init(folder: String, buffered: Int) throws {
    reader = try ScratchReader(folder: folder)
    self.buffered = min(max(buffered, 256), 1 << 20)
  }

  /// Makes an empty file with a name.
  init(creating path: String) throws {
    reader = try ScratchReader(creating: path)
    buffered = 1 << 20
  }

  /// Appends what another file holds from its beginning on.
  func append(_ other: ScratchReader, byteCount: Int) throws {
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: buffered, alignment: 8)
    defer { piece.deallocate() }
    for at in stride(from: 0, to: byteCount, by: piece.count) {
      let part = UnsafeMutableRawBufferPointer(rebasing: piece[..<min(piece.count, byteCount - at)])
      try other.read(part, at: at)
      try append(UnsafeRawBufferPointer(part))
    }
  }

  /// Gives a file with a name another one, once the disk has it.
  func finish(as name: String) throws {
    try flush()
    // Should the power fail before the folder has the name, there is no such file.
    try reader.rename(to: name)
  }

  func append(_ bytes: UnsafeRawBufferPointer) throws {
    if pending.count + bytes.count > buffered { try flush() }
    if bytes.count >= buffered {
      try reader.write(bytes, at: byteCount)
    } else {
      pending.append(contentsOf: bytes)
    }
    byteCount += bytes.count
  }

  func append(_ words: UnsafeBufferPointer<UInt64>) throws {
    try append(UnsafeRawBufferPointer(words))
  }

  func append(_ word: UInt64) throws {
    try withUnsafeBytes(of: word) { try append($0) }
  }

  /// Makes what was appended readable.
  func flush() throws {
    guard !pending.isEmpty else { return }
    try pending.withUnsafeBytes { try reader.write($0, at: byteCount - pending.count) }
    pending.removeAll(keepingCapacity: true)
  }

  /// Replaces a number that has been flushed.
  func overwrite(_ word: UInt64, at offset: Int) throws {
    try withUnsafeBytes(of: word) { try reader.write($0, at: offset) }
  }
}

extension ScratchReader {
  /// One number of 64 bits.
  func word(at offset: Int) throws -> UInt64 {
    var word: UInt64 = 0
    try withUnsafeMutableBytes(of: &word) { try read($0, at: offset) }
    return word
  }

  /// Numbers of 64 bits.
  func words(count: Int, at offset: Int) throws -> [UInt64] {
    try [UInt64](unsafeUninitializedCapacity: count) { words, initialized in
      try read(UnsafeMutableRawBufferPointer(words), at: offset)
      initialized = count
    }
  }
}
