import Foundation
import Testing

/// Runs the built program as users do: a process of its own.
struct Command {
  let status: Int32
  let output: String
  let errors: String

  /// The program, beside the test bundle.
  static let program = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(
    path: "warraq")
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  static var news: String { root.appending(path: "Pipelines/news.yaml").path }
  static var sample: String { root.appending(path: "Pipelines/sample/articles.jsonl").path }

  /// Runs to the end.
  @discardableResult
  static func run(_ arguments: [String], input: Data? = nil, program: URL = program) throws -> Command {
    let process = Process()
    let folder = try scratch("io")
    let outputFile = folder.appending(path: "out")
    let errorFile = folder.appending(path: "err")
    defer { try? FileManager.default.removeItem(at: folder) }
    try start(
      process, program, arguments, output: outputFile, errors: errorFile, input: input, folder: folder)
    process.waitUntilExit()
    return Command(
      status: process.terminationStatus, output: try String(contentsOf: outputFile, encoding: .utf8),
      errors: try String(contentsOf: errorFile, encoding: .utf8))
  }

  /// Runs a line of shell with arguments, such as one that sets a limit and goes on as the program.
  static func shell(_ line: String, _ arguments: [String]) throws -> Command {
    try run(["-c", line, "sh"] + arguments, program: URL(filePath: "/bin/sh"))
  }

  private static func start(
    _ process: Process, _ program: URL, _ arguments: [String], output: URL, errors: URL, input: Data?,
    folder: URL
  ) throws {
    for file in [output, errors] { try Data().write(to: file) }
    process.executableURL = program
    process.arguments = arguments
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    let inputFile = folder.appending(path: "in")
    try (input ?? Data()).write(to: inputFile)
    process.standardInput = try FileHandle(forReadingFrom: inputFile)
    try process.run()
  }

  /// A fresh folder; the caller removes it.
  static func scratch(_ name: String) throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "warraq-\(name)-\(UInt64.random(in: 0 ... .max))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  /// Names and bytes of the files a run's result consists of.
  static func result(_ folder: URL) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) where name != "run.json" {
      files[name] = try Data(contentsOf: folder.appending(path: name))
    }
    return files
  }
}
