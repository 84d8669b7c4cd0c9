import Yams

/// One value of a config document, with the place it was written at.
public struct ConfigNode: Sendable {
  /// A key of a mapping, with its own place.
  public struct Entry: Sendable {
    /// The key's text.
    public var key: String
    /// Where the key stands.
    public var mark: ConfigMark
    /// What it holds.
    public var value: ConfigNode
  }

  /// What a value is made of.
  public enum Content: Sendable {
    /// `null`, `~` or nothing.
    case null
    /// A plain or quoted scalar; quoted ones are always text.
    case scalar(String, quoted: Bool)
    /// A list.
    case list([ConfigNode])
    /// Keys in the order written.
    case mapping([Entry])
  }

  /// The value.
  public var content: Content
  /// Where it stands.
  public var mark: ConfigMark

  /// Makes a node.
  public init(_ content: Content, mark: ConfigMark) {
    self.content = content
    self.mark = mark
  }

  /// Parses one YAML document.
  ///
  /// - Parameter source: the file name to put into errors.
  /// - Throws: `ConfigError` for text that is not YAML, or that repeats a key.
  public static func parse(yaml text: String, source: String) throws -> ConfigNode {
    let start = ConfigMark(source: source, line: 1, column: 1)
    do {
      guard let node = try Yams.compose(yaml: text) else { return ConfigNode(.null, mark: start) }
      var room = mostValues
      return try convert(node, source: source, room: &room)
    } catch let error as YamlError {
      throw ConfigError([issue(for: error, source: source)])
    }
  }

  /// The value at a dotted path, if there is one.
  public subscript(path path: [String]) -> ConfigNode? {
    guard let first = path.first else { return self }
    guard case .mapping(let entries) = content else { return nil }
    return entries.first { $0.key == first }?.value[path: Array(path.dropFirst())]
  }

  /// Puts a value at a dotted path, making the mappings on the way.
  public mutating func set(_ value: ConfigNode, at path: [String]) {
    guard let first = path.first else {
      self = value
      return
    }
    var entries: [Entry] = []
    if case .mapping(let present) = content { entries = present }
    let rest = Array(path.dropFirst())
    if let index = entries.firstIndex(where: { $0.key == first }) {
      entries[index].value.set(value, at: rest)
      if rest.isEmpty { entries[index].mark = value.mark }
    } else {
      var child = ConfigNode(.null, mark: value.mark)
      child.set(value, at: rest)
      entries.append(Entry(key: first, mark: value.mark, value: child))
    }
    content = .mapping(entries)
  }

  /// Applies one `--set path.to.key=value` argument; the value is read as YAML, so `[a, b]` is a list.
  ///
  /// - Throws: `ConfigError` when the argument has no `=`, an empty key, or a value that is not YAML.
  public mutating func apply(override argument: String) throws {
    let source = "--set \(argument)"
    guard let equals = argument.firstIndex(of: "=") else {
      throw ConfigError([
        ConfigIssue(
          mark: ConfigMark(source: source), path: "", message: "there is no \"=\"",
          suggestion: "write it as --set keywords.count=15")
      ])
    }
    let path = argument[..<equals].split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard !path.contains(""), path.count <= Self.deepestOverride else {
      throw ConfigError([
        ConfigIssue(
          mark: ConfigMark(source: source), path: "",
          message:
            "the key before \"=\" is empty, has an empty part, or more than \(Self.deepestOverride) parts",
          suggestion: "write it as --set keywords.count=15")
      ])
    }
    var value = try ConfigNode.parse(
      yaml: String(argument[argument.index(after: equals)...]), source: source)
    value.forgetLines()
    set(value, at: path)
  }

  /// Lines inside a command-line argument say nothing.
  private mutating func forgetLines() {
    mark = ConfigMark(source: mark.source)
    switch content {
    case .list(var items):
      for i in items.indices { items[i].forgetLines() }
      content = .list(items)
    case .mapping(var entries):
      for i in entries.indices {
        entries[i].mark = ConfigMark(source: mark.source)
        entries[i].value.forgetLines()
      }
      content = .mapping(entries)
    default: break
    }
  }

  /// Most values of a document. No config has so many, but aliases of aliases would stand for any number of them.
  private static let mostValues = 100_000
  /// Most parts of a key on the command line.
  private static let deepestOverride = 32

  /// - Parameter room: how many values more may come.
  private static func convert(_ node: Node, source: String, room: inout Int) throws -> ConfigNode {
    let mark = ConfigMark(source: source, line: node.mark?.line ?? 0, column: node.mark?.column ?? 0)
    room -= 1
    guard room > 0 else {
      throw ConfigError([
        ConfigIssue(
          mark: mark, path: "", message: "the document has more than \(mostValues) values",
          suggestion: "write out what aliases (*) stand for")
      ])
    }
    switch node {
    case .scalar(let scalar):
      let plain = scalar.style == .plain || scalar.style == .any
      if plain, ["", "~", "null", "Null", "NULL"].contains(scalar.string) {
        return ConfigNode(.null, mark: mark)
      }
      return ConfigNode(.scalar(scalar.string, quoted: !plain), mark: mark)
    case .sequence(let sequence):
      return ConfigNode(.list(try sequence.map { try convert($0, source: source, room: &room) }), mark: mark)
    case .mapping(let mapping):
      let entries = try mapping.map { pair in
        Entry(
          key: pair.key.string ?? "",
          mark: ConfigMark(
            source: source, line: pair.key.mark?.line ?? 0, column: pair.key.mark?.column ?? 0),
          value: try convert(pair.value, source: source, room: &room))
      }
      return ConfigNode(.mapping(entries), mark: mark)
    case .alias:
      return ConfigNode(.null, mark: mark)
    }
  }

  private static func issue(for error: YamlError, source: String) -> ConfigIssue {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return ConfigIssue(
        mark: ConfigMark(source: source, line: mark.line, column: mark.column), path: "",
        message: "not valid YAML: \(problem)",
        suggestion: "check the indentation and the quotes around this place")
    case .duplicatedKeysInMapping(let keys, let context):
      return ConfigIssue(
        mark: ConfigMark(source: source, line: context.mark.line, column: context.mark.column), path: "",
        message: "a key is written twice: \(keys.joined(separator: ", "))",
        suggestion: "keep one of them")
    default:
      return ConfigIssue(
        mark: ConfigMark(source: source, line: 1, column: 1), path: "", message: "not valid YAML: \(error)")
    }
  }
}
