import FoundationEssentials
import Glibc

/// Small text files: configs and word lists.
enum TextFile {
  /// The file's text.
  ///
  /// - Throws: `UsageError` when it can't be read or is not UTF-8.
  static func read(_ path: String) throws -> String {
    // Opened here first, for the system's own word on why it cannot be.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw UsageError("cannot read \(path): \(String(cString: strerror(errno)))")
    }
    close(descriptor)
    guard let data = try? Data(contentsOf: URL(filePath: path)) else {
      throw UsageError("cannot read \(path): check the path and its permissions")
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      throw UsageError("\(path) is not UTF-8: save it in that encoding")
    }
    return text
  }

  /// The folder a path stands in; empty for the current one.
  static func directory(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "" }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}

extension TextFile {
  /// Writes a whole file, or leaves the old one.
  ///
  /// - Throws: `UsageError` when it can't be written.
  static func write(_ bytes: [UInt8], to path: String) throws {
    do {
      try Data(bytes).write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw UsageError("cannot write \(path): check that its folder exists and may be written to")
    }
  }
}
