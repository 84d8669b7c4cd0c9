import ArgumentParser
import Corpus
import Evaluation
import Pipeline
import Stages

/// `warraq evaluate`
struct Evaluate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Score a pipeline against what people found in the same articles.",
    subcommands: [EvaluateKeywords.self, EvaluateSummaries.self, EvaluateLanguage.self])
}

/// What evaluations of a config take.
struct EvaluationArguments: ParsableArguments {
  @OptionGroup var config: ConfigArguments

  @Argument(
    help: "Articles with gold, one JSON object a line, in UTF-8.", completion: .file(extensions: ["jsonl"]))
  var gold: String

  @Option(
    help: ArgumentHelp(
      "Compare with this config, article by article.", valueName: "config"),
    completion: .file(extensions: ["yaml", "yml"]))
  var against: String?

  @Option(
    help: ArgumentHelp(
      "Override one value of the config compared with, which is CONFIG itself without --against; may be repeated (--set changes CONFIG alone).",
      valueName: "key=value"))
  var againstSet: [String] = []

  @Option(
    help: ArgumentHelp("Also write the predictions as JSON lines.", valueName: "file"), completion: .file())
  var predictions: String?

  @Option(help: "How many of the articles that differ most are shown in a comparison.")
  var differing = 5

  @Flag(help: "Print one JSON document, with the scores of every article.")
  var json = false

  func validate() throws {
    if differing < 0 { throw ValidationError("--differing must be at least 0") }
  }

  /// The config to score.
  ///
  /// - Parameter settings: what the evaluation itself sets, as `--set` would.
  func loadScored(settings: [String] = []) throws -> EvaluatedConfig {
    try load(path: config.config, overrides: config.overrides, settings)
  }

  /// The config to compare with, if one was asked for.
  func loadOther(settings: [String] = []) throws -> EvaluatedConfig? {
    guard against != nil || !againstSet.isEmpty else { return nil }
    return try load(path: against ?? config.config, overrides: againstSet, settings)
  }

  private func load(path: String, overrides: [String], _ settings: [String]) throws -> EvaluatedConfig {
    var loaded = try ConfigArguments.load(path, overrides: overrides + settings)
    // The gold file says what is what, not the config.
    loaded.input.format = .jsonl
    loaded.input.encoding = .utf8
    loaded.input.fields.id = "id"
    loaded.input.fields.text = "text"
    let name = ([path] + overrides.map { "--set \($0)" }).joined(separator: " ")
    return EvaluatedConfig(path: path, name: name, config: loaded)
  }

  /// Takes the articles through a config and puts what it found into the order of the gold.
  ///
  /// - Throws: `UsageError` when an article of the gold did not get through the pipeline.
  func outputs(
    of evaluated: EvaluatedConfig, ids: [String],
    by find: (PipelineConfig, InputListing) async throws -> [String: [String]]
  ) async throws -> [[String]] {
    let outputs = try await find(evaluated.config, InputLister.list([gold]))
    return try ids.map { id in
      guard let output = outputs[id] else {
        throw UsageError(
          "\(gold): the article \(id) was rejected by \(evaluated.path): "
            + "see why with warraq preview \(evaluated.path) --input \(gold) --id \(id)")
      }
      return output
    }
  }
}

extension EvaluationArguments {
  /// Writes what was found, if that was asked for: one object an article, with `id` and a list.
  func writePredictions(_ outputs: [[String]], ids: [String], member: StaticString) throws {
    guard let predictions else { return }
    var writer = JSONWriter()
    for (id, output) in zip(ids, outputs) {
      writer.beginObject()
      writer.key("id")
      writer.string(id)
      writer.key(member)
      writer.beginArray()
      for text in output { writer.string(text) }
      writer.endArray()
      writer.endObject()
      writer.newline()
    }
    try TextFile.write(writer.bytes, to: predictions)
  }
}

/// A config under evaluation.
struct EvaluatedConfig {
  /// Its file.
  let path: String
  /// The file with what was overridden.
  let name: String
  /// The config.
  let config: PipelineConfig

  /// The options of a stage, which must be listed.
  ///
  /// - Throws: `UsageError` when the config does not run it.
  func options(of stage: String) throws -> [(key: String, value: DocumentValue)] {
    guard let node = config.plan.nodes.first(where: { $0.kind.name == stage }) else {
      throw UsageError("\(path) runs no stage \"\(stage)\": add it to stages")
    }
    if case .object(let options) = node.options { return options }
    return []
  }
}

/// One figure an article, and its mean over all.
struct EvaluatedMeasure {
  /// What it is called in tables.
  let name: String
  /// By article, in the order of the gold; higher is better.
  let values: [Double]
  /// Its mean.
  let mean: Double
  /// The interval of the mean.
  let interval: ConfidenceInterval

  init(_ name: String, _ values: [Double], _ bootstrap: Bootstrap) {
    self.name = name
    self.values = values
    mean = values.reduce(0, +) / Double(values.count)
    interval = bootstrap.interval(of: values)
  }
}
