import ArgumentParser
import Corpus
import Pipeline
import Stages

/// The config file and what the command line changes in it; shared by all commands that run a pipeline.
struct ConfigArguments: ParsableArguments {
  @Argument(
    help: "The pipeline config, such as Pipelines/news.yaml.", completion: .file(extensions: ["yaml", "yml"]))
  var config: String

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Override one value of the config, such as keywords.count=15; may be repeated.", valueName: "key=value")
  )
  var overrides: [String] = []

  /// Reads the config, overrides applied.
  func load() throws -> PipelineConfig { try ConfigArguments.load(config, overrides: overrides) }

  /// Reads a config, overrides applied in their order.
  static func load(_ path: String, overrides: [String]) throws -> PipelineConfig {
    var node = try ConfigNode.parse(yaml: TextFile.read(path), source: path)
    for override in overrides { try node.apply(override: override) }
    return try PipelineConfig(
      node, directory: TextFile.directory(of: path), registry: StageRegistry.standard)
  }
}

/// Where articles come from; shared by all commands that read them.
struct InputArguments: ParsableArguments {
  @Option(
    name: [.short, .long], parsing: .upToNextOption,
    help: ArgumentHelp(
      "Files, folders (searched deeply, in sorted order), patterns such as 'dump/*.jsonl.zst', or - for standard input.",
      valueName: "path"),
    completion: .file())
  var input: [String] = []
}

/// What a finished run was made of; shared by the commands that compare its output folder with its input.
struct FinishedRunArguments: ParsableArguments {
  @Option(help: "The config of the run.", completion: .file(extensions: ["yaml", "yml"]))
  var config: String?

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp("What the command line changed in the config.", valueName: "key=value"))
  var overrides: [String] = []

  @OptionGroup var inputs: InputArguments

  /// Whether nothing was given.
  var isEmpty: Bool { config == nil && overrides.isEmpty && inputs.input.isEmpty }

  /// The run with this output folder.
  ///
  /// - Throws: `ValidationError` when config or inputs are not named.
  func run(output: String) throws -> PipelineRun {
    guard let config, !inputs.input.isEmpty else {
      throw ValidationError("name the config and the inputs of the run with --config and --input")
    }
    return PipelineRun(
      config: try ConfigArguments.load(config, overrides: overrides),
      inputs: try InputLister.list(inputs.input), output: output)
  }
}
