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
  /// The bytes of a zstd-compressed file.
  static func unpacked(_ name: String) throws -> Data {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["zstd", "-dcq", path(name)]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return data
  }
}

/// Texts of real articles, for tests that skip without them.
enum RealArticles {
  /// The `text` of every n-th line of a zstd-compressed JSON Lines file.
  static func texts(of name: String, every step: Int) throws -> [[UInt16]] {
    let data = try SharedData.unpacked(name)
    var texts: [[UInt16]] = []
    for (index, line) in data.split(separator: 0x0A).enumerated() where index % step == 0 {
      let object = try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any]
      if let text = object?["text"] as? String { texts.append(Array(text.utf16)) }
    }
    return texts
  }
}
