/// Text that others wrote, made safe for a terminal.
extension Terminal {
  /// Whether a character steers a terminal or the direction of writing instead of being shown: C0 and C1 controls,
  /// DEL, line and paragraph separator, bidi marks, embeddings, overrides and isolates (UAX #9), the deprecated shaping
  /// controls, interlinear annotation. U+000A is one of them.
  static func steers(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x206F, 0xFFF9...0xFFFB:
      true
    default: false
    }
  }

  /// Text of any number of lines: characters that steer appear as `⟨U+202E⟩`.
  static func escaped(_ text: String) -> String {
    replacing(text) { scalar, result in
      guard steers(scalar), scalar != "\n" else { return false }
      result.append(contentsOf: "⟨U+\(hex(scalar))⟩".unicodeScalars)
      return true
    }
  }

  /// Text that must stay in its line, such as a name: escaped, with ⏎ for a line end.
  static func oneLine(_ text: String) -> String {
    escaped(text).split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "⏎")
  }

  /// Text in one line and set apart from its surroundings, so that right-to-left text never reorders the line it
  /// stands in (U+2068 first strong isolate, U+2069 pop; UAX #9).
  static func isolated(_ text: String) -> String { "\u{2068}\(oneLine(text))\u{2069}" }

  /// A line of ours with article text between U+2068 and U+2069: the text is escaped, the isolates stay.
  static func safe(_ line: String) -> String {
    line.split(separator: "\u{2068}", omittingEmptySubsequences: false).enumerated().map { index, part in
      guard index > 0, let end = part.firstIndex(of: "\u{2069}") else { return oneLine(String(part)) }
      return isolated(String(part[..<end])) + oneLine(String(part[part.index(after: end)...]))
    }.joined()
  }

  /// What may be printed of a whole output: everything but what steers, of which line ends, tabs, isolates and our own
  /// styles stay. The last barrier, whoever put the text together.
  static func printable(_ text: String) -> String {
    var rest = text.unicodeScalars[...]
    guard rest.contains(where: { steers($0) && $0 != "\n" }) else { return text }
    var result = String.UnicodeScalarView()
    while let scalar = rest.first {
      if scalar == "\u{1B}", let style = styles.first(where: { rest.starts(with: $0) }) {
        result.append(contentsOf: style)
        rest.removeFirst(style.count)
        continue
      }
      rest.removeFirst()
      switch scalar {
      case "\n", "\t", "\u{2068}", "\u{2069}": result.append(scalar)
      case _ where steers(scalar): result.append(contentsOf: "⟨U+\(hex(scalar))⟩".unicodeScalars)
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  /// JSON with every character that steers written as `\u202e`: the same document. Bytes that are not UTF-8, which
  /// no JSON of ours holds, become U+FFFD.
  static func escapedJSON(_ bytes: [UInt8]) -> String {
    replacing(String(decoding: bytes, as: UTF8.self)) { scalar, result in
      // Line ends and tabs stand between values only.
      guard steers(scalar), scalar != "\n", scalar != "\t" else { return false }
      result.append(contentsOf: "\\u\(hex(scalar).lowercased())".unicodeScalars)
      return true
    }
  }

  private static let styles: [String.UnicodeScalarView] =
    (Style.allCases.map(\.rawValue) + ["0"]).map { "\u{1B}[\($0)m".unicodeScalars }

  /// Four digits at least.
  private static func hex(_ scalar: Unicode.Scalar) -> String {
    let hex = String(scalar.value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - hex.count)) + hex
  }

  /// The text with what `replace` puts in the place of a character; where it returns false the character stays.
  private static func replacing(
    _ text: String, _ replace: (Unicode.Scalar, inout String.UnicodeScalarView) -> Bool
  ) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars where !replace(scalar, &result) { result.append(scalar) }
    return String(result)
  }
}
