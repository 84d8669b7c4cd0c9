import Glibc

/// What the system says of a path.
struct FileStatus {
  /// What is of interest of a file's mode.
  enum Kind { case file, folder, other }

  let kind: Kind
  let byteCount: Int
  /// When the content was last changed, in nanoseconds since 1970.
  let modified: Int
  /// Device and inode: which folder it is, by whatever path it was reached.
  let identity: [UInt64]

  /// Nil, with `errno` set, when there is nothing; links are followed.
  init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: kind = .folder
    case S_IFREG: kind = .file
    default: kind = .other
    }
    byteCount = Int(status.st_size)
    modified = status.st_mtim.tv_sec &* 1_000_000_000 &+ status.st_mtim.tv_nsec
    identity = [UInt64(status.st_dev), UInt64(status.st_ino)]
  }
}

/// Collects the files below what the user named.
struct FolderWalk {
  private(set) var files: [InputFile] = []
  private(set) var rejects: [Reject] = []
  /// The folders around the one being listed.
  private var ancestors: [[UInt64]] = []

  /// Adds a file, or all files of a folder. What the user named may also be a pipe or a device.
  mutating func add(_ path: String, name: String, isNamed: Bool) {
    guard let status = FileStatus(path) else { return reject(name, FolderWalk.systemError()) }
    switch status.kind {
    case .folder: addFolder(path, name: name, identity: status.identity)
    case .file:
      guard access(path, R_OK) == 0 else { return reject(name, FolderWalk.systemError()) }
      files.append(
        InputFile(path: path, name: name, byteCount: status.byteCount, modified: status.modified))
    case .other:
      // Opening a pipe that nobody writes to would wait for ever.
      guard isNamed else { return reject(name, "neither a file nor a folder") }
      files.append(InputFile(path: path, name: name, byteCount: nil))
    }
  }

  private mutating func addFolder(_ path: String, name: String, identity: [UInt64]) {
    guard !ancestors.contains(identity) else { return reject(name, "a link to a folder that it lies in") }
    guard let folder = opendir(path) else { return reject(name, FolderWalk.systemError()) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let child = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if child.utf8.first != UInt8(ascii: ".") { names.append(child) }
    }
    closedir(folder)
    ancestors.append(identity)
    let prefix = path.utf8.last == UInt8(ascii: "/") ? path : path + "/"
    for child in names where !FolderWalk.isTemporary(prefix + child, child) {
      add(prefix + child, name: "\(name)/\(child)", isNamed: false)
    }
    ancestors.removeLast()
  }

  /// What a writer of shards has not finished.
  private static func isTemporary(_ path: String, _ name: String) -> Bool {
    name == "_tmp" && FileStatus(path)?.kind == .folder
  }

  private static func systemError() -> String { String(cString: strerror(errno)) }

  private mutating func reject(_ name: String, _ detail: String) {
    let origin = RecordOrigin(input: name, record: 0, byteOffset: 0)
    rejects.append(Reject(origin: origin, reason: .unreadable, detail: detail, raw: [], rawByteCount: 0))
  }
}
