/// A group of options that stand together in a config: `input`, `output`, or one stage.
///
/// One table declares each option; reading, defaults, ranges, help, the resolved config that `plan` prints
/// and the JSON Schema all come from it.
public protocol ConfigSection: Sendable {
  /// All defaults.
  init()
  /// One sentence on what the section is for.
  static var summary: String { get }
  /// The options, in the order they are documented.
  static var options: [ConfigOption<Self>] { get }
}

/// Collects issues while a section is read, so that a user sees all of them at once.
public struct ConfigReader: Sendable {
  /// What was found so far.
  public var issues: [ConfigIssue] = []

  /// Makes a reader.
  public init() {}

  /// Notes an issue.
  public mutating func report(
    _ message: String, at mark: ConfigMark, path: String, suggestion: String? = nil
  ) {
    issues.append(ConfigIssue(mark: mark, path: path, message: message, suggestion: suggestion))
  }

  /// Reads a section: every key must be an option of its table.
  ///
  /// - Parameter node: the section's value; nil or null means all defaults.
  /// - Parameter others: keys that belong to somebody else and are passed over.
  public mutating func read<Section: ConfigSection>(
    _ type: Section.Type = Section.self, from node: ConfigNode?, path: String, except others: [String] = []
  ) -> Section {
    var section = Section()
    guard let node else { return section }
    switch node.content {
    case .null: break
    case .mapping(let entries):
      let names = Section.options.map(\.name)
      for entry in entries where !others.contains(entry.key) {
        let keyPath = path.isEmpty ? entry.key : "\(path).\(entry.key)"
        guard let option = Section.options.first(where: { $0.name == entry.key }) else {
          let nearest = Spelling.nearest(to: entry.key, among: names + others)
          report(
            "there is no such key", at: entry.mark, path: keyPath,
            suggestion: nearest.map { "did you mean \"\($0)\"?" }
              ?? "the keys here are: \((names + others).joined(separator: ", "))")
          continue
        }
        option.decode(entry.value, keyPath, &section, &self)
      }
    default:
      report(
        "expected a mapping (key: value lines), found \(node.kind)", at: node.mark, path: path,
        suggestion: "its keys are: \(Section.options.map(\.name).joined(separator: ", "))")
    }
    return section
  }
}

/// One option of a section.
public struct ConfigOption<Section>: Sendable {
  /// The key.
  public let name: String
  /// What it does, for help, schema and docs.
  public let summary: String
  /// Its JSON Schema, without description and default.
  public let schema: @Sendable () -> DocumentValue
  /// The value a section holds.
  public let value: @Sendable (Section) -> DocumentValue
  /// Reads the value into the section, or reports why not.
  public let decode: @Sendable (ConfigNode, String, inout Section, inout ConfigReader) -> Void
  /// Of the value what output bytes depend on; nil when that is the whole of it.
  var content: (@Sendable (Section) -> DocumentValue)?
  /// Whether any byte of the output depends on it. What does not is no part of what a run is: an interrupted run goes
  /// on though it was changed.
  public private(set) var changesOutput = true

  /// The option as one that changes how the work is done, or how the program ends, and never a byte of the output.
  public var withoutEffectOnOutput: ConfigOption {
    var option = self
    option.changesOutput = false
    return option
  }
}

extension ConfigNode {
  /// What the value is, in words for an error.
  public var kind: String {
    switch content {
    case .null: "nothing"
    case .scalar(let text, let quoted):
      quoted
        ? "the text \"\(text)\""
        : (Int(text) != nil || Double(text) != nil) ? "the number \(text)" : "\"\(text)\""
    case .list: "a list"
    case .mapping: "a mapping"
    }
  }
}

/// A key path that may cross tasks; literals of stored properties are.
public typealias OptionPath<Section, Value> = any WritableKeyPath<Section, Value> & Sendable

extension ConfigOption {
  /// True or false.
  public static func flag(
    _ name: String, _ path: OptionPath<Section, Bool>, _ summary: String
  ) -> ConfigOption {
    ConfigOption(
      name: name, summary: summary, schema: { ["type": "boolean"] },
      value: { .bool($0[keyPath: path]) },
      decode: { node, keyPath, section, reader in
        if case .scalar(let text, false) = node.content {
          if ["true", "yes", "on"].contains(text.lowercased()) {
            section[keyPath: path] = true
            return
          }
          if ["false", "no", "off"].contains(text.lowercased()) {
            section[keyPath: path] = false
            return
          }
        }
        reader.report("expected true or false, found \(node.kind)", at: node.mark, path: keyPath)
      })
  }

  /// A whole number within a range.
  public static func integer(
    _ name: String, _ path: OptionPath<Section, Int>, in range: ClosedRange<Int>, _ summary: String
  ) -> ConfigOption {
    ConfigOption(
      name: name, summary: summary,
      schema: {
        var schema: DocumentValue = ["type": "integer", "minimum": .integer(range.lowerBound)]
        if range.upperBound < Int.max { schema.append("maximum", .integer(range.upperBound)) }
        return schema
      },
      value: { .integer($0[keyPath: path]) },
      decode: { node, keyPath, section, reader in
        guard case .scalar(let text, false) = node.content, let number = Int(text) else {
          reader.report("expected a whole number, found \(node.kind)", at: node.mark, path: keyPath)
          return
        }
        guard range.contains(number) else {
          reader.report(
            range.upperBound == Int.max
              ? "\(number) is out of range: it must be at least \(range.lowerBound)"
              : "\(number) is out of range: it must be \(range.lowerBound) to \(range.upperBound)",
            at: node.mark, path: keyPath)
          return
        }
        section[keyPath: path] = number
      })
  }

  /// A number within a range.
  public static func number(
    _ name: String, _ path: OptionPath<Section, Double>, in range: ClosedRange<Double>, _ summary: String
  ) -> ConfigOption {
    ConfigOption(
      name: name, summary: summary,
      schema: {
        ["type": "number", "minimum": .number(range.lowerBound), "maximum": .number(range.upperBound)]
      },
      value: { .number($0[keyPath: path]) },
      decode: { node, keyPath, section, reader in
        guard case .scalar(let text, false) = node.content, let number = Double(text), number.isFinite else {
          reader.report("expected a number, found \(node.kind)", at: node.mark, path: keyPath)
          return
        }
        guard range.contains(number) else {
          reader.report(
            "\(number) is out of range: it must be \(range.lowerBound) to \(range.upperBound)", at: node.mark,
            path: keyPath)
          return
        }
        section[keyPath: path] = number
      })
  }

  /// A size in bytes: a whole number, or one with KiB, MiB or GiB.
  public static func size(
    _ name: String, _ path: OptionPath<Section, Int>, in range: ClosedRange<Int>, _ summary: String
  ) -> ConfigOption {
    ConfigOption(
      name: name, summary: summary,
      schema: {
        [
          "type": ["string", "integer"], "pattern": "^[0-9]+ ?(B|KiB|MiB|GiB)?$",
        ]
      },
      value: { .text(ByteSize.text($0[keyPath: path])) },
      decode: { node, keyPath, section, reader in
        guard case .scalar(let text, _) = node.content, let size = ByteSize.parse(text) else {
          reader.report(
            "expected a size, found \(node.kind)", at: node.mark, path: keyPath,
            suggestion: "write bytes, or a number with KiB, MiB or GiB, such as 64 MiB")
          return
        }
        guard range.contains(size) else {
          reader.report(
            "\(text) is out of range: it must be \(ByteSize.text(range.lowerBound)) to \(ByteSize.text(range.upperBound))",
            at: node.mark, path: keyPath)
          return
        }
        section[keyPath: path] = size
      })
  }

  /// One of the cases of an enumeration, by its raw value.
  public static func choice<Value>(
    _ name: String, _ path: OptionPath<Section, Value>, _ summary: String
  ) -> ConfigOption where Value: RawRepresentable<String> & CaseIterable & Sendable {
    ConfigOption(
      name: name, summary: summary,
      schema: { ["enum": .list(Value.allCases.map { .text($0.rawValue) })] },
      value: { .text($0[keyPath: path].rawValue) },
      decode: { node, keyPath, section, reader in
        if case .scalar(let text, _) = node.content, let value = Value(rawValue: text) {
          section[keyPath: path] = value
          return
        }
        let names = Value.allCases.map(\.rawValue)
        var nearest: String?
        if case .scalar(let text, _) = node.content { nearest = Spelling.nearest(to: text, among: names) }
        reader.report(
          "expected one of \(names.joined(separator: ", ")), found \(node.kind)", at: node.mark,
          path: keyPath,
          suggestion: nearest.map { "did you mean \"\($0)\"?" })
      })
  }

  /// Any subset of the cases of an enumeration, as a list of raw values.
  public static func choices<Value>(
    _ name: String, _ path: OptionPath<Section, [Value]>, _ summary: String
  ) -> ConfigOption where Value: RawRepresentable<String> & CaseIterable & Sendable {
    ConfigOption(
      name: name, summary: summary,
      schema: {
        [
          "type": "array", "items": ["enum": .list(Value.allCases.map { .text($0.rawValue) })],
          "uniqueItems": true,
        ]
      },
      value: { .list($0[keyPath: path].map { .text($0.rawValue) }) },
      decode: { node, keyPath, section, reader in
        guard case .list(let items) = node.content else {
          reader.report(
            "expected a list, found \(node.kind)", at: node.mark, path: keyPath,
            suggestion: "write it as [\(Value.allCases.prefix(2).map(\.rawValue).joined(separator: ", "))]")
          return
        }
        var values: [Value] = []
        for item in items {
          if case .scalar(let text, _) = item.content, let value = Value(rawValue: text) {
            values.append(value)
          } else {
            let names = Value.allCases.map(\.rawValue)
            reader.report(
              "expected one of \(names.joined(separator: ", ")), found \(item.kind)", at: item.mark,
              path: keyPath)
          }
        }
        section[keyPath: path] = values
      })
  }

  /// Text; a number or a truth value is taken as written.
  public static func text(
    _ name: String, _ path: OptionPath<Section, String>, _ summary: String
  ) -> ConfigOption {
    ConfigOption(
      name: name, summary: summary, schema: { ["type": "string"] },
      value: { .text($0[keyPath: path]) },
      decode: { node, keyPath, section, reader in
        switch node.content {
        case .scalar(let text, _): section[keyPath: path] = text
        case .null: section[keyPath: path] = ""
        default: reader.report("expected text, found \(node.kind)", at: node.mark, path: keyPath)
        }
      })
  }

  /// A list of texts; a single text is a list of one.
  public static func texts(
    _ name: String, _ path: OptionPath<Section, [String]>, _ summary: String
  ) -> ConfigOption {
    ConfigOption(
      name: name, summary: summary, schema: { ["type": "array", "items": ["type": "string"]] },
      value: { .list($0[keyPath: path].map { .text($0) }) },
      decode: { node, keyPath, section, reader in
        switch node.content {
        case .null: section[keyPath: path] = []
        case .scalar(let text, _): section[keyPath: path] = [text]
        case .list(let items):
          section[keyPath: path] = items.compactMap { item in
            if case .scalar(let text, _) = item.content { return text }
            reader.report("expected text, found \(item.kind)", at: item.mark, path: keyPath)
            return nil
          }
        default: reader.report("expected a list of texts, found \(node.kind)", at: node.mark, path: keyPath)
        }
      })
  }

  /// A section inside the section.
  public static func section<Inner: ConfigSection>(
    _ name: String, _ path: OptionPath<Section, Inner>, _ summary: String
  ) -> ConfigOption {
    ConfigOption(
      name: name, summary: summary, schema: { Inner.objectSchema() },
      value: { $0[keyPath: path].resolved },
      decode: { node, keyPath, section, reader in
        section[keyPath: path] = reader.read(Inner.self, from: node, path: keyPath)
      }, content: { $0[keyPath: path].content })
  }
}

extension ConfigSection {
  /// All values as they stand, in the table's order.
  public var resolved: DocumentValue {
    .object(Self.options.map { (key: $0.name, value: $0.value(self)) })
  }

  /// The values that output bytes depend on.
  public var content: DocumentValue {
    .object(
      Self.options.filter(\.changesOutput).map { (key: $0.name, value: ($0.content ?? $0.value)(self)) })
  }

  /// The JSON Schema of the section, with descriptions and defaults.
  public static func objectSchema() -> DocumentValue {
    let defaults = Self()
    let properties = options.map { option in
      var schema = option.schema()
      schema.append("description", .text(option.summary))
      schema.append("default", option.value(defaults))
      return (key: option.name, value: schema)
    }
    return [
      "type": "object", "additionalProperties": false, "properties": .object(properties),
    ]
  }
}

/// Sizes in bytes as people write them.
public enum ByteSize {
  private static let units: [(String, Int)] = [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)]

  /// Bytes from `4096`, `64 KiB`, `1MiB` or `2 GiB`.
  public static func parse(_ text: String) -> Int? {
    var number = text
    var factor = 1
    for (name, size) in units + [("B", 1)] where number.lowercased().hasSuffix(name.lowercased()) {
      number.removeLast(name.count)
      factor = size
      break
    }
    while number.last == " " { number.removeLast() }
    guard let value = Int(number), value >= 0 else { return nil }
    let (product, overflow) = value.multipliedReportingOverflow(by: factor)
    return overflow ? nil : product
  }

  /// The largest unit that divides the size evenly.
  public static func text(_ bytes: Int) -> String {
    for (name, size) in units where bytes >= size && bytes % size == 0 { return "\(bytes / size) \(name)" }
    return "\(bytes)"
  }
}
