import Glibc

/// The system calls on files that shards need, with errors that name the path.
enum ShardFiles {
  static func error(_ action: String, _ path: String) -> ShardError {
    .system(action: action, path: path, reason: String(cString: strerror(errno)))
  }

  /// Repeats a call while a signal interrupts it.
  static func retrying<Result: SignedInteger>(_ call: () -> Result) -> Result {
    while true {
      let result = call()
      if result >= 0 || errno != EINTR { return result }
    }
  }

  /// Size of a file; nil when there is none of that name.
  static func size(of path: String) -> Int? {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : nil
  }

  /// Where a file lies, without links and dots; nil when there is none.
  static func absolutePath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// Makes a folder and those above it that are missing.
  static func makeDirectory(_ path: String) throws {
    if mkdir(path, 0o777) == 0 { return }
    if errno == EEXIST {
      var status = stat()
      if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { return }
      errno = ENOTDIR
    } else if errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex {
      try makeDirectory(String(path[..<slash]))
      if mkdir(path, 0o777) == 0 || errno == EEXIST { return }
    }
    throw error("make the folder", path)
  }

  /// Names in a folder, sorted by their UTF-8; empty when there is no such folder.
  static func list(_ path: String) throws -> [String] {
    guard let directory = opendir(path) else {
      if errno == ENOENT { return [] }
      throw error("list", path)
    }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Removes a file; one that is not there is no error.
  static func remove(_ path: String) throws {
    if unlink(path) != 0, errno != ENOENT { throw error("remove", path) }
  }

  /// Removes a folder of plain files; one that is not there is no error.
  static func removeDirectory(_ path: String) throws {
    for name in try list(path) { try remove(path + "/" + name) }
    if rmdir(path) != 0, errno != ENOENT { throw error("remove", path) }
  }

  /// Makes the content of a file survive a power failure.
  static func syncFile(_ path: String) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw error("open", path) }
    defer { close(descriptor) }
    if fsync(descriptor) != 0 { throw error("sync", path) }
  }

  /// Makes the names in a folder survive a power failure.
  static func syncDirectory(_ path: String) throws {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw error("open", path) }
    defer { close(descriptor) }
    // Some network file systems cannot do this; there the server decides.
    if fsync(descriptor) != 0, errno != EINVAL, errno != ENOTSUP { throw error("sync", path) }
  }

  /// Gives a file a second name, unless that name exists: then returns false.
  static func linkExclusively(_ path: String, to name: String) throws -> Bool {
    if link(path, name) == 0 { return true }
    if errno == EEXIST { return false }
    throw error("link \(path) to", name)
  }

  /// Gives a file another name, in place of what has that name.
  static func replace(_ name: String, by path: String) throws {
    if rename(path, name) != 0 { throw error("rename \(path) to", name) }
  }

  /// Reads a whole small file.
  static func read(_ path: String) throws -> [UInt8] {
    let file = try InputShardFile(path)
    return try file.read(at: 0, count: file.byteCount)
  }

  /// SHA-256 of a file in hexadecimal digits; nil when there is no such file.
  static func sha256(of path: String) throws -> String? {
    guard size(of: path) != nil else { return nil }
    let file = try InputShardFile(path)
    let hasher = try SHA256Hasher()
    var at = 0
    while at < file.byteCount {
      let piece = try file.read(at: at, count: min(1 << 20, file.byteCount - at))
      try piece.withUnsafeBufferPointer { try hasher.update($0) }
      at += piece.count
    }
    return try hasher.finish()
  }
}

/// An open file read at any offset.
final class InputShardFile {
  let path: String
  let byteCount: Int
  private let descriptor: Int32

  init(_ path: String) throws {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw ShardFiles.error("open", path) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw ShardError.unreadable(path: path, reason: "it is not a plain file")
    }
    byteCount = Int(status.st_size)
  }

  deinit { close(descriptor) }

  /// Exactly `count` bytes from `offset` on; throws ``ShardError/damaged(path:offset:reason:)`` at an early end.
  func read(at offset: Int, count: Int) throws -> [UInt8] {
    guard offset >= 0, count >= 0, offset <= byteCount, count <= byteCount - offset else {
      throw ShardError.damaged(path: path, offset: byteCount, reason: "the file ends too early")
    }
    var done = 0
    var failure: ShardError?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      while done < count {
        let got = ShardFiles.retrying {
          pread(descriptor, buffer.baseAddress! + done, count - done, off_t(offset + done))
        }
        if got < 0 { failure = ShardFiles.error("read", path) }
        if got <= 0 { break }
        done += got
      }
      initialized = done
    }
    if let failure { throw failure }
    guard done == count else {
      throw ShardError.damaged(path: path, offset: offset + done, reason: "the file ends too early")
    }
    return bytes
  }
}

/// A file being written from the beginning to the end, small pieces gathered.
///
/// What has been written is sent on its way to the disk at once: there is little left to wait for at the end.
final class OutputShardFile {
  let path: String
  private(set) var byteCount = 0
  private var descriptor: Int32
  private var pending: [UInt8] = []
  /// Bytes handed to the system so far, and how many of them it has been told to write back.
  private var writtenBytes = 0
  private var sentBytes = 0
  private static let gathered = 64 << 10
  private static let sentAtOnce = 1 << 20

  /// Makes a new file; a file of that name is an error.
  init(creating path: String) throws {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw ShardFiles.error("create", path) }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  func write(_ bytes: UnsafeBufferPointer<UInt8>) throws {
    byteCount += bytes.count
    if pending.count + bytes.count > Self.gathered { try flush() }
    if bytes.count >= Self.gathered {
      try writeNow(bytes)
    } else {
      pending.append(contentsOf: bytes)
    }
  }

  func write(_ bytes: [UInt8]) throws {
    try bytes.withUnsafeBufferPointer { try write($0) }
  }

  /// Writes what is gathered and closes the file.
  ///
  /// - Parameter syncing: Waits until the disk has it.
  func finish(syncing: Bool = true) throws {
    try flush()
    guard !syncing || fsync(descriptor) == 0 else { throw ShardFiles.error("sync", path) }
    let closing = descriptor
    descriptor = -1
    guard close(closing) == 0 else { throw ShardFiles.error("close", path) }
  }

  private func flush() throws {
    try pending.withUnsafeBufferPointer { try writeNow($0) }
    pending.removeAll(keepingCapacity: true)
  }

  private func writeNow(_ bytes: UnsafeBufferPointer<UInt8>) throws {
    var done = 0
    while done < bytes.count {
      let count = ShardFiles.retrying {
        Glibc.write(descriptor, bytes.baseAddress! + done, bytes.count - done)
      }
      guard count > 0 else { throw ShardFiles.error("write", path) }
      done += count
    }
    writtenBytes += done
    if writtenBytes - sentBytes >= Self.sentAtOnce {
      // Makes the system begin to write it back; one that knows no such advice does so when it likes.
      posix_fadvise(descriptor, off_t(sentBytes), off_t(writtenBytes - sentBytes), POSIX_FADV_DONTNEED)
      sentBytes = writtenBytes
    }
  }
}
