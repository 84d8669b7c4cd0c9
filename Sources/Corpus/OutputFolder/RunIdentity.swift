/// What a run is: all that its output depends on, kept so that a later attempt can say what has changed.
public struct RunIdentity: Sendable, Hashable {
  /// How the folder is filled.
  public enum Kind: String, Sendable, Hashable, Decodable {
    /// By one run over all inputs.
    case run
    /// Input by input, by processes of their own.
    case shards
  }

  /// One file of the input.
  public struct Input: Sendable, Hashable, Decodable {
    /// Its name, as records carry it.
    public var name: String
    /// Its size; nil when unknown (standard input, a pipe).
    public var bytes: Int?
    /// When it was last changed, in nanoseconds since 1970; nil when unknown.
    public var modified: Int?
    /// SHA-256 of its bytes in hexadecimal digits; nil when nobody asked for it.
    public var sha256: String?
    /// Why it could not be listed; it ends in the rejects.
    public var problem: String?
    /// Where it lies on this machine; known only of the run in hand, not of one that was read back.
    public var path: String?

    private enum CodingKeys: String, CodingKey { case name, bytes, modified, sha256, problem }

    /// Makes an input.
    public init(
      name: String, bytes: Int?, modified: Int? = nil, sha256: String? = nil, problem: String? = nil,
      path: String? = nil
    ) {
      self.name = name
      self.bytes = bytes
      self.modified = modified
      self.sha256 = sha256
      self.problem = problem
      self.path = path
    }
  }

  /// How the folder is filled.
  public var kind: Kind
  /// The release of this program.
  public var version: String
  /// Every option that output bytes depend on: its path in the config and its value as JSON, in the config's order.
  public var config: [(key: String, value: String)]
  /// SHA-256 of what the files hold that options name, by the option's path.
  public var resources: [String: String]
  /// The inputs in the order they are read.
  public var inputs: [Input]

  /// Makes an identity.
  public init(
    kind: Kind = .run, version: String, config: [(key: String, value: String)],
    resources: [String: String] = [:], inputs: [Input] = []
  ) {
    self.kind = kind
    self.version = version
    self.config = config
    self.resources = resources
    self.inputs = inputs
  }

  /// Names config, version, resources and the inputs' names and sizes: 64 hexadecimal digits. A function of content
  /// alone, so that equal runs on two machines have the same.
  public func fingerprint() throws -> String {
    var json = JSONWriter()
    write(to: &json, isContentOnly: true)
    return try SHA256Hasher.hash(json.bytes)
  }

  /// All of it as one line of JSON.
  public var encoded: [UInt8] {
    var json = JSONWriter()
    write(to: &json)
    return json.bytes
  }

  private var configByKey: [String: String] { Dictionary(config, uniquingKeysWith: { $1 }) }

  /// Equal when all is equal that is kept; the order of options does not count.
  public static func == (a: RunIdentity, b: RunIdentity) -> Bool {
    a.kind == b.kind && a.version == b.version && a.configByKey == b.configByKey
      && a.resources == b.resources && a.inputs == b.inputs
  }

  /// Hashes what ``==(_:_:)`` compares.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(version)
    hasher.combine(configByKey)
    hasher.combine(inputs)
  }

  func write(to json: inout JSONWriter, isContentOnly: Bool = false) {
    json.beginObject()
    json.key("kind")
    json.string(kind.rawValue)
    json.key("version")
    json.string(version)
    json.key("config")
    // The fingerprint of what was read back must be that of what was written: objects have no order.
    json.texts(isContentOnly ? config.sorted { $0.key < $1.key } : config)
    json.key("resources")
    json.texts(resources.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    json.key("inputs")
    json.beginArray()
    for input in inputs { input.write(to: &json, isContentOnly: isContentOnly) }
    json.endArray()
    json.endObject()
  }
}

extension RunIdentity: Decodable {
  private enum CodingKeys: String, CodingKey { case kind, version, config, resources, inputs }

  /// Reads what ``encoded`` wrote; options come in the order of their paths.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let options = try values.decode([String: String].self, forKey: .config)
    self.init(
      kind: try values.decode(Kind.self, forKey: .kind),
      version: try values.decode(String.self, forKey: .version),
      config: options.sorted { $0.key < $1.key }.map { (key: $0.key, value: $0.value) },
      resources: try values.decode([String: String].self, forKey: .resources),
      inputs: try values.decode([Input].self, forKey: .inputs))
  }
}

extension RunIdentity.Input {
  func write(to json: inout JSONWriter, isContentOnly: Bool = false) {
    json.beginObject()
    json.key("name")
    json.string(name)
    if let bytes {
      json.key("bytes")
      json.int(bytes)
    }
    if let problem {
      json.key("problem")
      json.string(problem)
    }
    if !isContentOnly {
      if let modified {
        json.key("modified")
        json.int(modified)
      }
      if let sha256 {
        json.key("sha256")
        json.string(sha256)
      }
    }
    json.endObject()
  }
}

extension JSONWriter {
  fileprivate mutating func texts(_ entries: [(key: String, value: String)]) {
    beginObject()
    for entry in entries {
      key(string: entry.key)
      string(entry.value)
    }
    endObject()
  }
}

extension SHA256Hasher {
  /// The digest of some bytes, as 64 lower-case hexadecimal digits.
  public static func hash(_ bytes: [UInt8]) throws -> String {
    let hasher = try SHA256Hasher()
    try bytes.withUnsafeBufferPointer { try hasher.update($0) }
    return try hasher.finish()
  }

  /// The digest of a file; nil when there is none.
  public static func hash(ofFile path: String) throws -> String? { try ShardFiles.sha256(of: path) }
}
