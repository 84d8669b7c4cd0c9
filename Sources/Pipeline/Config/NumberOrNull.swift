extension ConfigOption {
  /// A number within a range, where null means 0: for a limit that can be switched off. Its default may depend on
  /// other options of the section.
  ///
  /// - Parameters:
  ///   - get: the value that is in force.
  ///   - set: what the config says.
  public static func numberOrNull(
    _ name: String, in range: ClosedRange<Double>, _ summary: String,
    get: @escaping @Sendable (Section) -> Double, set: @escaping @Sendable (inout Section, Double) -> Void
  ) -> ConfigOption {
    ConfigOption(
      name: name, summary: summary,
      schema: {
        [
          "type": ["number", "null"], "minimum": .number(range.lowerBound),
          "maximum": .number(range.upperBound),
        ]
      },
      value: { .number(get($0)) },
      decode: { node, keyPath, section, reader in
        switch node.content {
        case .null: set(&section, 0)
        case .scalar(let text, false):
          guard let number = Double(text), number.isFinite else { fallthrough }
          guard range.contains(number) else {
            reader.report(
              "\(number) is out of range: it must be \(range.lowerBound) to \(range.upperBound)",
              at: node.mark, path: keyPath)
            return
          }
          set(&section, number)
        default:
          reader.report("expected a number or null, found \(node.kind)", at: node.mark, path: keyPath)
        }
      })
  }
}
