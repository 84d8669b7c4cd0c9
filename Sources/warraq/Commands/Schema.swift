import ArgumentParser
import Pipeline
import Stages

/// `warraq schema`
struct Schema: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the JSON Schema of pipeline configs.",
    discussion: """
      Editors complete and check configs with it. The repository keeps a copy:

        warraq schema > Pipelines/warraq.schema.json
      """)

  func run() throws {
    Terminal.show(json: Array("\(PipelineConfig.schema(registry: StageRegistry.standard).json())\n".utf8))
  }
}
