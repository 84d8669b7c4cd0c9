import Corpus

/// `input:` how articles are found in the input.
public struct InputSection: ConfigSection {
  /// How bytes become text.
  public enum Encoding: String, Sendable, CaseIterable {
    /// Decided for each article.
    case auto
    /// UTF-8.
    case utf8 = "utf-8"
    /// UTF-16 of either byte order.
    case utf16 = "utf-16"
    /// Windows Arabic.
    case windows1256 = "windows-1256"
    /// ISO 8859 part 6.
    case iso88596 = "iso-8859-6"
  }

  /// What happens to malformed bytes.
  public enum Malformed: String, Sendable, CaseIterable {
    /// They become U+FFFD, and are counted.
    case repair
    /// The article is rejected.
    case reject
  }

  /// How inputs are cut into articles.
  public var format = InputFormat.auto
  /// Which member of a JSON record is what.
  public var fields = FieldsSection()
  /// How tables are read.
  public var csv = CSVSection()
  /// Where things are in XML and SGML.
  public var xml = XMLSection()
  /// How bytes become text.
  public var encoding = Encoding.auto
  /// What happens to malformed bytes.
  public var malformed = Malformed.repair
  /// Largest article, in bytes as read after decompression.
  public var maxArticleBytes = 32 << 20
  /// Size of a batch, in bytes as read after decompression.
  public var batchBytes = 512 << 10

  /// News defaults.
  public init() {}

  /// What the section is for.
  public static let summary = "How articles are found in the input."
  /// The options.
  public static var options: [ConfigOption<InputSection>] {
    [
      .choice(
        "format", \.format,
        "How inputs are cut into articles; auto looks at the beginning: { is JSON lines (those of Wikimedia are told by their members), <mediawiki a MediaWiki dump, [ followed by { a JSON array, WARC/ a web archive, <!doctype html a page, < with an element named as input.xml.article XML, a line of column names with input.fields.text among them CSV or TSV, anything else one article a file. Archives (tar, zip) are opened whatever the format."
      ),
      .section(
        "fields", \.fields,
        "Which member of a JSON record, or column of a table, is what; dotted paths reach into objects."),
      .section("csv", \.csv, CSVSection.summary),
      .section("xml", \.xml, XMLSection.summary),
      .choice(
        "encoding", \.encoding,
        "Encoding of the input; auto validates UTF-8 first, then decides by byte order mark and letter statistics."
      ),
      .choice(
        "malformed", \.malformed,
        "What happens to malformed bytes: repair puts U+FFFD and counts it in the record, reject sends the article to the rejects."
      ),
      .size(
        "maxArticleBytes", \.maxArticleBytes, in: 1024...(1 << 30),
        "Largest article; a larger one is rejected."),
      .size(
        "batchBytes", \.batchBytes, in: 4096...(64 << 20),
        "Input bytes that go through the stages together and become one compressed frame."),
    ]
  }
}

/// `input.fields:` which member of a JSON record is what.
public struct FieldsSection: ConfigSection {
  /// Path of the id.
  public var id = "id"
  /// Path of the title.
  public var title = "title"
  /// Path of the text.
  public var text = "text"

  /// The usual names.
  public init() {}

  /// What the section is for.
  public static let summary =
    "Which member of a JSON record, or column of a table, is what; everything else is carried through under meta."
  /// The options.
  public static var options: [ConfigOption<FieldsSection>] {
    [
      .text("id", \.id, "The article's id; without one, the input's name and the record number are used."),
      .text("title", \.title, "The title; may be missing."),
      .text("text", \.text, "The text; a record without it is rejected."),
    ]
  }
}

/// `output:` what is written, and how.
public struct OutputSection: ConfigSection {
  /// What offsets count.
  public var offsets = OffsetUnit.codePoints
  /// Whether each record carries the source text.
  public var sourceText = false
  /// Compressed size after which a shard ends, in bytes.
  public var shardBytes = 256 << 20
  /// zstd level.
  public var compressionLevel = 3

  /// News defaults.
  public init() {}

  /// What the section is for.
  public static let summary = "What is written, and how."
  /// The options.
  public static var options: [ConfigOption<OutputSection>] {
    [
      .choice(
        "offsets", \.offsets,
        "What range and source count: codePoints (as Python slices), utf16 (Java, JavaScript) or utf8 (bytes)."
      ),
      .flag(
        "sourceText", \.sourceText,
        "Carry the text as read, before normalization, as source; written only where it differs from text."),
      .size(
        "shardBytes", \.shardBytes, in: (64 << 10)...(64 << 30),
        "Compressed size after which a shard is closed and the next begins."),
      .integer("compressionLevel", \.compressionLevel, in: 1...19, "zstd level."),
    ]
  }
}

/// `rejects:` what happens to input that cannot become a record.
public struct RejectsSection: ConfigSection {
  /// Share of rejects above which the run ends with exit code 3.
  public var limit = 0.05
  /// Raw bytes kept of each reject.
  public var rawBytes = 1 << 20
  /// Bytes of text kept of each article that a stage filtered out.
  public var filteredBytes = 4096

  /// News defaults.
  public init() {}

  /// What the section is for.
  public static let summary = "What happens to input that cannot become a record."
  /// The options.
  public static var options: [ConfigOption<RejectsSection>] {
    [
      .number(
        "limit", \.limit, in: 0...1,
        "Share of rejected records above which the run ends with exit code 3 (everything else is still written)."
      ).withoutEffectOnOutput,
      .size(
        "rawBytes", \.rawBytes, in: 0...(64 << 20),
        "How much of a rejected record's raw bytes is kept in rejects.jsonl.zst; warraq replay can read again what is kept whole."
      ),
      .size(
        "filteredBytes", \.filteredBytes, in: 0...(64 << 20),
        "How much of the text of an article that a stage filtered out is kept there."),
    ]
  }
}

/// `run:` how the machine is used. Nothing here changes a byte of the output.
public struct RunSection: ConfigSection {
  /// Number of workers; 0 means one for each core.
  public var workers = 0
  /// Input bytes in flight; 0 means four batches a worker.
  public var inFlightBytes = 0
  /// Whether inputs are told from changed ones by their bytes.
  public var hashInputs = false

  /// One worker a core.
  public init() {}

  /// What the section is for.
  public static let summary = "How the machine is used; nothing here changes a byte of the output."
  /// The options.
  public static var options: [ConfigOption<RunSection>] {
    [
      .integer("workers", \.workers, in: 0...1024, "Number of workers; 0 means one for each core."),
      .size(
        "inFlightBytes", \.inFlightBytes, in: 0...(64 << 30),
        "Input bytes that may be between reading and writing; bounds memory. 0 means four batches a worker."),
      .flag(
        "hashInputs", \.hashInputs,
        "Read all inputs once more before the run for their SHA-256: an interrupted run then goes on with inputs that have the same bytes and another time of change, such as copies, and with no others."
      ),
    ]
  }
}

/// A pipeline config, read and checked: every option with its value, and the stages in the order they run.
public struct PipelineConfig: Sendable {
  /// The config format this program reads.
  public static let version = 1

  /// How articles are found.
  public var input: InputSection
  /// What is written.
  public var output: OutputSection
  /// What happens to bad input.
  public var rejects: RejectsSection
  /// What no honest input meets.
  public var limits: LimitsSection
  /// How the machine is used.
  public var run: RunSection
  /// The stages.
  public var plan: PipelinePlan
  /// Names of stages that have a section but are not listed, and so do not run.
  public var unusedSections: [String]

  /// Annotations that are there before the first stage.
  public static let sourceAnnotations = ["source"]
  /// Top-level keys that are not stages.
  static let sectionNames = ["version", "input", "stages", "output", "rejects", "limits", "run"]

  /// Reads a config and checks all of it.
  ///
  /// - Parameters:
  ///   - node: the document, overrides applied.
  ///   - directory: the folder that relative file names start from.
  /// - Throws: `ConfigError` with every issue found.
  public init(_ node: ConfigNode, directory: String, registry: StageRegistry) throws {
    var reader = ConfigReader()
    guard case .mapping(let entries) = node.content else {
      throw ConfigError([
        ConfigIssue(
          mark: node.mark, path: "", message: "expected a mapping (key: value lines), found \(node.kind)",
          suggestion: "begin with \"version: 1\" and \"stages: [normalize, segment]\"")
      ])
    }
    let stageNames = registry.kinds.map(\.name)
    for entry in entries where !(Self.sectionNames + stageNames).contains(entry.key) {
      reader.report(
        "there is no such key", at: entry.mark, path: entry.key,
        suggestion: Spelling.nearest(to: entry.key, among: Self.sectionNames + stageNames).map {
          "did you mean \"\($0)\"?"
        } ?? "the keys here are: \((Self.sectionNames + stageNames).joined(separator: ", "))")
    }
    Self.checkVersion(node, reader: &reader)
    input = reader.read(from: node[path: ["input"]], path: "input")
    output = reader.read(from: node[path: ["output"]], path: "output")
    rejects = reader.read(from: node[path: ["rejects"]], path: "rejects")
    let limits: LimitsSection = reader.read(from: node[path: ["limits"]], path: "limits")
    self.limits = limits
    run = reader.read(from: node[path: ["run"]], path: "run")

    let listedKinds = Self.listedKinds(node, registry: registry, reader: &reader)
    let configured = listedKinds.map { $0.kind.configure(node[path: [$0.kind.name]], &reader) }
    let requests = zip(listedKinds, configured).map {
      PipelinePlan.Request(kind: $0.kind, reads: $1.reads, uses: $1.uses, mark: $0.mark)
    }
    let groups = PipelinePlan.order(
      requests, available: Self.sourceAnnotations, registry: registry, reader: &reader)
    let written = Set(requests.flatMap(\.kind.writes))
    let listed = Set(requests.map(\.kind.name))
    unusedSections = entries.map(\.key).filter { stageNames.contains($0) && !listed.contains($0) }
    for name in unusedSections {
      _ = registry[name: name]?.configure(node[path: [name]], &reader)
    }
    guard reader.issues.isEmpty else { throw ConfigError(reader.issues) }

    var issues: [ConfigIssue] = []
    var nodes: [[PipelinePlan.Node]] = []
    for group in groups {
      var members: [PipelinePlan.Node] = []
      for index in group {
        let kind = requests[index].kind
        let mark = node[path: [kind.name]]?.mark ?? requests[index].mark
        do {
          let factory = try configured[index].make(
            StageContext(directory: directory, mark: mark, path: kind.name, limits: limits))
          members.append(
            PipelinePlan.Node(
              kind: kind, reads: requests[index].reads + requests[index].uses.filter(written.contains),
              options: configured[index].options, content: configured[index].content, factory: factory))
        } catch let error as ConfigError {
          issues += error.issues
        } catch let issue as ConfigIssue {
          issues.append(issue)
        }
      }
      nodes.append(members)
    }
    guard issues.isEmpty else { throw ConfigError(issues) }
    plan = PipelinePlan(groups: nodes)
  }

  private static func checkVersion(_ node: ConfigNode, reader: inout ConfigReader) {
    guard let given = node[path: ["version"]] else {
      reader.report(
        "is missing", at: node.mark, path: "version", suggestion: "add the line \"version: \(version)\"")
      return
    }
    if case .scalar(let text, _) = given.content, Int(text) == version { return }
    reader.report(
      "this program reads version \(version), found \(given.kind)", at: given.mark, path: "version")
  }

  private static func listedKinds(
    _ node: ConfigNode, registry: StageRegistry, reader: inout ConfigReader
  ) -> [(kind: StageKind, mark: ConfigMark)] {
    let names = registry.kinds.map(\.name)
    guard let stages = node[path: ["stages"]] else {
      reader.report(
        "is missing", at: node.mark, path: "stages",
        suggestion: "add a line such as \"stages: [normalize, segment]\"")
      return []
    }
    guard case .list(let items) = stages.content, !items.isEmpty else {
      reader.report(
        "expected a list of stage names, found \(stages.kind)", at: stages.mark, path: "stages",
        suggestion: "the stages are: \(names.joined(separator: ", "))")
      return []
    }
    return items.enumerated().compactMap { index, item in
      if case .scalar(let text, _) = item.content, let kind = registry[name: text] {
        return (kind: kind, mark: item.mark)
      }
      var nearest: String?
      if case .scalar(let text, _) = item.content { nearest = Spelling.nearest(to: text, among: names) }
      reader.report(
        "there is no stage \(item.kind)", at: item.mark, path: "stages[\(index)]",
        suggestion: nearest.map { "did you mean \"\($0)\"?" }
          ?? "the stages are: \(names.joined(separator: ", "))")
      return nil
    }
  }

  /// The config with every default filled in, sections and stages in their documented order.
  public var resolved: DocumentValue {
    var document = document(
      input: input.resolved, output: output.resolved, rejects: rejects.resolved, \.options)
    document.append("run", run.resolved)
    return document
  }

  /// What the output depends on: everything but `run:` and the options that change no byte of it. It is part of what
  /// a run is, and its hash of the fingerprint.
  public var contentDocument: DocumentValue {
    document(input: input.content, output: output.content, rejects: rejects.content, \.content)
  }

  private func document(
    input: DocumentValue, output: DocumentValue, rejects: DocumentValue,
    _ options: (PipelinePlan.Node) -> DocumentValue
  ) -> DocumentValue {
    var document: DocumentValue = [
      "version": .integer(Self.version), "input": input,
      "stages": .list(plan.nodes.map { .text($0.kind.name) }),
    ]
    for node in plan.nodes { document.append(node.kind.name, options(node)) }
    document.append("output", output)
    document.append("rejects", rejects)
    document.append("limits", limits.resolved)
    return document
  }

  /// The JSON Schema of config files: what editors complete and check with.
  public static func schema(registry: StageRegistry) -> DocumentValue {
    var properties: DocumentValue = [
      "version": ["const": .integer(version), "description": "The config format."],
      "stages": [
        "type": "array", "minItems": 1, "uniqueItems": true,
        "items": ["enum": .list(registry.kinds.map { .text($0.name) })],
        "description":
          "The stages to run. Order follows from what they read and write; a stage is listed after those it reads from.",
      ],
    ]
    func add(_ name: String, _ summary: String, _ schema: DocumentValue) {
      var schema = schema
      schema.append("description", .text(summary))
      properties.append(name, schema)
    }
    add("input", InputSection.summary, InputSection.objectSchema())
    for kind in registry.kinds { add(kind.name, kind.summary, kind.schema()) }
    add("output", OutputSection.summary, OutputSection.objectSchema())
    add("rejects", RejectsSection.summary, RejectsSection.objectSchema())
    add("limits", LimitsSection.summary, LimitsSection.objectSchema())
    add("run", RunSection.summary, RunSection.objectSchema())
    return [
      "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Warraq pipeline config",
      "type": "object", "required": ["version", "stages"], "additionalProperties": false,
      "properties": properties,
    ]
  }
}
