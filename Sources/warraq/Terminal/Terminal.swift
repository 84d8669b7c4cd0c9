import Glibc

/// What the program prints on: whether it is a terminal, how wide, and text made safe for it.
///
/// Two things keep articles, paths and other people's text from giving orders to the terminal. What is put into a
/// line is escaped where that is done, by `escaped`, `oneLine` or `isolated`; and whatever is shown passes through
/// `printable`, which lets nothing but our own styles and isolates through.
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
  static func note(_ text: String) { write(printable(text), to: 2) }

  /// Writes to standard output.
  static func show(_ text: String) { write(printable(text), to: 1) }

  /// Writes JSON to standard output: byte for byte into a file or pipe; on a terminal, the characters that steer one
  /// are written as JSON's escapes, which changes nothing in its meaning.
  static func show(json bytes: [UInt8]) {
    if isatty(1) == 1 { return write(escapedJSON(bytes), to: 1) }
    bytes.withUnsafeBytes { write($0, to: 1) }
  }

  /// Writes over the terminal's current line on standard error.
  static func replaceLine(with text: String) {
    write("\r\u{1B}[2K" + printable(text), to: 2)
  }

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

  /// A style of highlighted text.
  enum Style: String, CaseIterable {
    case bold = "1"
    case dim = "2"
    case keyword = "1;33"
    case sentence = "4"
    case keywordInSentence = "1;4;33"
    case title = "1;36"
  }

  /// Text in a style, if there are colours.
  static func styled(_ text: String, _ style: Style, color: Bool) -> String {
    color ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
  }
}
