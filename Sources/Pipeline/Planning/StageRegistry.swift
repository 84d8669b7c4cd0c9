/// A kind of stage that configs may name: its factory type, with the type erased.
public struct StageKind: Sendable {
  /// The name in `stages:`.
  public let name: String
  /// What it does.
  public let summary: String
  /// What its items are called.
  public let itemName: String
  /// What makes it cheaper.
  public let tuning: String
  /// Names of the annotations it makes.
  public let writes: [String]
  /// Whether it may drop articles or add some.
  public let reshapes: Bool
  /// The JSON Schema of its options.
  public let schema: @Sendable () -> DocumentValue
  /// Reads its section.
  let configure: @Sendable (ConfigNode?, inout ConfigReader) -> ConfiguredStage

  init(
    name: String, summary: String, itemName: String, tuning: String = "", writes: [String],
    reshapes: Bool = false,
    schema: @escaping @Sendable () -> DocumentValue,
    configure: @escaping @Sendable (ConfigNode?, inout ConfigReader) -> ConfiguredStage
  ) {
    self.name = name
    self.summary = summary
    self.itemName = itemName
    self.tuning = tuning
    self.writes = writes
    self.reshapes = reshapes
    self.schema = schema
    self.configure = configure
  }

  /// Erases a factory type.
  public init<Factory: StageFactory>(_ type: Factory.Type) {
    name = type.name
    summary = Factory.Options.summary
    itemName = type.itemName
    tuning = type.tuning
    writes = type.writes
    reshapes = type.reshapes
    schema = { Factory.Options.objectSchema() }
    configure = { node, reader in
      let options = reader.read(Factory.Options.self, from: node, path: Factory.name)
      return ConfiguredStage(
        options: options.resolved, content: options.content, reads: Factory.reads(options),
        uses: Factory.uses(options),
        make: { context in try Factory(options, context: context) })
    }
  }
}

/// A stage whose options have been read.
struct ConfiguredStage: Sendable {
  /// Every option with its value.
  var options: DocumentValue
  /// Of these, those that output bytes depend on.
  var content: DocumentValue
  /// Names of the annotations it needs, with these options.
  var reads: [String]
  /// Names of the annotations it takes into account when they are there, with these options.
  var uses: [String] = []
  /// Makes the factory; may load files.
  var make: @Sendable (StageContext) throws -> any StageFactory
}

/// All the stages a program knows; the one place that lists them.
public struct StageRegistry: Sendable {
  /// In the order they are documented.
  public let kinds: [StageKind]

  /// Makes a registry.
  public init(_ kinds: [StageKind]) { self.kinds = kinds }

  /// The kind of that name.
  public subscript(name name: String) -> StageKind? { kinds.first { $0.name == name } }
}
