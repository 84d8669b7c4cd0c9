import Foundation

/// Yardsticks and real articles that lie beside the repository on some machines, never in it.
enum SharedData {
  private static let folder: URL = {
    if let path = ProcessInfo.processInfo.environment["WARRAQ_SHARED"] { return URL(filePath: path) }
    let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return package.deletingLastPathComponent().appending(path: "shared")
  }()

  static func path(_ name: String) -> String { folder.appending(path: name).path }
  static func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }
  static func text(_ name: String) throws -> String {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }
}
