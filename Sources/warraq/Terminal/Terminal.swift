import Glibc

/// What the program prints on: whether it is a terminal, how wide, and text made safe for it.
enum Terminal {
  /// Whether a file descriptor is a terminal that understands escape codes.
  static func isInteractive(_ descriptor: Int32) -> Bool {
    guard isatty(descriptor) == 1 else { return false }
    guard let term = getenv("TERM") else { return false }
    return String(cString: term) != "dumb"
  }

  /// Whether output may be coloured: a terminal, and NO_COLOR not set (https://no-color.org).
  static var hasColor: Bool { isInteractive(1) && getenv("NO_COLOR") == nil }

  /// Width in columns; 80 when unknown.
  static var width: Int {
    var size = winsize()
    guard ioctl(2, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// Writes to standard error.
  static func note(_ text: String) { write(text, to: 2) }

  /// Writes to standard output.
  static func show(_ text: String) { write(text, to: 1) }

  /// Writes bytes to standard output.
  static func show(_ bytes: [UInt8]) { bytes.withUnsafeBytes { write($0, to: 1) } }

  private static func write(_ text: String, to descriptor: Int32) {
    var text = text
    text.withUTF8 { write(UnsafeRawBufferPointer($0), to: descriptor) }
  }

  /// Straight to the descriptor: C's streams are shared mutable state. A closed pipe ends the output quietly.
  private static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) {
    var rest = bytes
    while let base = rest.baseAddress, rest.count > 0 {
      let count = Glibc.write(descriptor, base, rest.count)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
  }

  /// Text of an article made safe to print: control characters, escape codes and bidi controls cannot reach
  /// the terminal. They appear as `U+202E`.
  static func escaped(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x0A: result.append(scalar)
      case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x061C, 0x202A...0x202E, 0x2066...0x2069:
        let hex = String(scalar.value, radix: 16, uppercase: true)
        result.append(
          contentsOf: "⟨U+\(String(repeating: "0", count: max(0, 4 - hex.count)))\(hex)⟩".unicodeScalars)
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  /// A line of ours with article text between U+2068 and U+2069: the text is escaped, the isolates stay.
  static func safe(_ line: String) -> String {
    line.split(separator: "\u{2068}", omittingEmptySubsequences: false).enumerated().map { index, part in
      guard index > 0, let end = part.firstIndex(of: "\u{2069}") else { return escaped(String(part)) }
      // A line stays one line: ⏎ stands for a line end inside the text.
      let text = String(part[..<end]).split(separator: "\n", omittingEmptySubsequences: false).joined(
        separator: "⏎")
      return isolated(text) + escaped(String(part[part.index(after: end)...]))
    }.joined()
  }

  /// Text set apart from its surroundings, so that right-to-left text never reorders the line it stands in
  /// (U+2068 first strong isolate, U+2069 pop; UAX #9).
  static func isolated(_ text: String) -> String { "\u{2068}\(escaped(text))\u{2069}" }

  /// A style of highlighted text.
  enum Style: String {
    case bold = "1"
    case dim = "2"
    case keyword = "1;33"
    case sentence = "4"
    case title = "1;36"
  }

  /// Text in a style, if there are colours.
  static func styled(_ text: String, _ style: Style, color: Bool) -> String {
    color ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
  }
}
