/// A small ordered document: what the JSON Schema, `plan --json` and `run.json` are built from.
///
/// Keys keep the order they are written in, so that generated files do not change from run to run.
public enum DocumentValue: Sendable, Equatable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  /// JSON null.
  case null
  /// True or false.
  case bool(Bool)
  /// A whole number.
  case integer(Int)
  /// A number with a fraction.
  case number(Double)
  /// Text.
  case text(String)
  /// A list.
  case list([DocumentValue])
  /// An object.
  case object([(key: String, value: DocumentValue)])
  /// JSON that is there as text, written as it stands.
  case verbatim(String)

  /// Text.
  public init(stringLiteral value: String) { self = .text(value) }
  /// A whole number.
  public init(integerLiteral value: Int) { self = .integer(value) }
  /// True or false.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// A list.
  public init(arrayLiteral elements: DocumentValue...) { self = .list(elements) }
  /// An object.
  public init(dictionaryLiteral elements: (String, DocumentValue)...) {
    self = .object(elements.map { (key: $0.0, value: $0.1) })
  }

  /// Equal documents have equal keys in equal order.
  public static func == (a: DocumentValue, b: DocumentValue) -> Bool { a.json() == b.json() }

  /// Adds a key at the end of an object; anything else becomes an object first.
  public mutating func append(_ key: String, _ value: DocumentValue) {
    var entries: [(key: String, value: DocumentValue)] = []
    if case .object(let present) = self { entries = present }
    entries.append((key: key, value: value))
    self = .object(entries)
  }

  /// JSON text, indented by two blanks a level; lists of scalars stay on one line.
  public func json() -> String {
    var text = ""
    write(to: &text, indent: 0)
    return text
  }

  /// The values of an object and of the objects in it by their key paths, such as `keywords.count`, as JSON.
  public var settings: [(key: String, value: String)] {
    guard case .object(let entries) = self else { return [] }
    return entries.flatMap { entry in
      guard case .object = entry.value else { return [(key: entry.key, value: entry.value.json())] }
      return entry.value.settings.map { (key: "\(entry.key).\($0.key)", value: $0.value) }
    }
  }

  private var isScalar: Bool {
    switch self {
    case .list, .object: false
    default: true
    }
  }

  private func write(to text: inout String, indent: Int) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .integer(let value): text += String(value)
    case .number(let value): text += value.isFinite ? "\(value)" : "null"
    case .text(let value): text += DocumentValue.quoted(value)
    case .verbatim(let json): text += json
    case .list(let items):
      if items.allSatisfy(\.isScalar) {
        text += "["
        for (i, item) in items.enumerated() {
          if i > 0 { text += ", " }
          item.write(to: &text, indent: indent)
        }
        text += "]"
      } else {
        DocumentValue.block(items, "[", "]", to: &text, indent: indent) { item, text in
          item.write(to: &text, indent: indent + 1)
        }
      }
    case .object(let entries):
      if entries.isEmpty {
        text += "{}"
      } else {
        DocumentValue.block(entries, "{", "}", to: &text, indent: indent) { entry, text in
          text += DocumentValue.quoted(entry.key) + ": "
          entry.value.write(to: &text, indent: indent + 1)
        }
      }
    }
  }

  private static func block<T>(
    _ items: [T], _ open: String, _ close: String, to text: inout String, indent: Int,
    _ body: (T, inout String) -> Void
  ) {
    let inner = String(repeating: "  ", count: indent + 1)
    text += open
    for (i, item) in items.enumerated() {
      text += i == 0 ? "\n" : ",\n"
      text += inner
      body(item, &text)
    }
    text += "\n" + String(repeating: "  ", count: indent) + close
  }

  private static func quoted(_ value: String) -> String {
    var text = "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      case "\r": text += "\\r"
      default:
        if scalar.value < 0x20 {
          let hex = String(scalar.value, radix: 16)
          text += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
        } else {
          text.unicodeScalars.append(scalar)
        }
      }
    }
    return text + "\""
  }
}
