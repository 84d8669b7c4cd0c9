import Glibc

/// A folder for code that reads files by their paths: where TMPDIR says, or else in memory where the system has such a
/// place. It goes with the object.
final class ScratchFolder {
  let path: String

  init() throws {
    let named = getenv("TMPDIR").map { String(cString: $0) }
    let parent = named ?? (access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp")
    var template = Array("\(parent)/warraq-fuzz-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw PropertyViolation(description: "no scratch folder in \(parent)")
    }
    path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
  }

  deinit {
    for name in names { unlink(path + "/" + name) }
    rmdir(path)
  }

  private var names: Set<String> = []

  /// Puts the bytes into a file of that name; returns its path.
  @discardableResult
  func write(_ bytes: UnsafeBufferPointer<UInt8>, _ name: String) throws -> String {
    names.insert(name)
    let file = path + "/" + name
    let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw PropertyViolation(description: "no scratch file in \(path)") }
    defer { close(descriptor) }
    var done = 0
    while done < bytes.count {
      let count = Glibc.write(descriptor, bytes.baseAddress! + done, bytes.count - done)
      guard count > 0 else { throw PropertyViolation(description: "no room for a scratch file in \(path)") }
      done += count
    }
    return file
  }
}
