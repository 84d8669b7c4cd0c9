import Foundation

/// Yardsticks and real data that lie beside the repository on some machines, or where WARRAQ_SHARED says; never in it.
public enum SharedData {
  private static let folder: URL = {
    if let path = ProcessInfo.processInfo.environment["WARRAQ_SHARED"] { return URL(filePath: path) }
    let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return package.deletingLastPathComponent().appending(path: "shared")
  }()

  /// The path of a file, such as `eval/akec-dev.jsonl`.
  public static func path(_ name: String) -> String { folder.appending(path: name).path }
  /// Whether there is such a file.
  public static func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }
  /// A text file.
  public static func text(_ name: String) throws -> String {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }
  /// The bytes of a zstd-compressed file.
  public static func unpacked(_ name: String) throws -> Data {
    try output(of: ["zstd", "-dcq", path(name)])
  }
  /// What a program prints; an error when it fails.
  public static func output(of command: [String], in directory: URL? = nil) throws -> Data {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = command
    process.currentDirectoryURL = directory
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failure(command: command) }
    return data
  }

  /// A program that failed.
  public struct Failure: Error {
    /// It and its arguments.
    public let command: [String]
  }
}
