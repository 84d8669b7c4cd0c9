@testable import Pipeline
@testable import Stages

/// Configs as users write them, with `--set` in the lines behind.
enum ConfigTargets {
  static let all = [
    FuzzTarget("config", mutations: 60) {
      let folder = try ScratchFolder()
      return { bytes in
        // No file can be named but by the way to the folder, which is not there: paths are left out altogether.
        let text = FuzzInput.string(bytes)
        guard !text.utf8.contains(UInt8(ascii: "/")) else { return }
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        var overrides: [String] = []
        while let last = lines.last, last.hasPrefix("--set ") {
          overrides.append(String(last.dropFirst(6)))
          lines.removeLast()
        }
        do {
          var node = try ConfigNode.parse(yaml: lines.joined(separator: "\n"), source: "input.yaml")
          for override in overrides { try node.apply(override: override) }
          let config = try PipelineConfig(node, directory: folder.path + "/none", registry: .standard)
          try check(config, folder)
        } catch let error as ConfigError {
          try require(!error.issues.isEmpty, "an error without an issue")
          for issue in error.issues {
            try require(!issue.message.isEmpty, "an issue without words")
            try require(
              issue.description.utf8.count < 100_000, "an issue of \(issue.description.utf8.count) bytes")
          }
        } catch let error as PropertyViolation {
          throw error
        } catch {
          // A word list that is not there, an ICU locale that is not known.
          try require(!"\(error)".isEmpty, "an error without words")
        }
      }
    }
  ]

  /// What `plan` prints is a config again, and the same one. JSON is YAML.
  private static func check(_ config: PipelineConfig, _ folder: ScratchFolder) throws {
    let printed = config.resolved.json()
    if let fault = JSONCheck.fault(Array(printed.utf8)) {
      throw PropertyViolation(description: "the resolved config is \(fault)")
    }
    let again: PipelineConfig
    do {
      again = try PipelineConfig(
        ConfigNode.parse(yaml: printed, source: "printed"), directory: folder.path + "/none",
        registry: .standard)
    } catch {
      throw PropertyViolation(description: "the resolved config can't be read: \(error)")
    }
    try require(again.resolved.json() == printed, "the resolved config is another one when it is read")
  }
}
