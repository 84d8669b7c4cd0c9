import FoundationEssentials
import Glibc

/// A folder that is removed with all it holds.
struct TemporaryFolder {
  /// Where it is.
  let path: String

  /// Makes a folder in `TMPDIR`, or in `/tmp`.
  ///
  /// - Throws: `UsageError` when none can be made.
  init(prefix: String) throws {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(parent)/\(prefix)-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw UsageError("cannot make a folder in \(parent): set TMPDIR to one that can be written to")
    }
    path = template.withUnsafeBufferPointer { buffer in
      String(decoding: buffer.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
  }

  /// Removes it; what can't be removed stays.
  func remove() {
    try? FileManager.default.removeItem(atPath: path)
  }
}
