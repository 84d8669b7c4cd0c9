extension InputFormat {
  /// Whether an input begins as a web page does: `<!doctype html`, `<html`, `<head` or `<body`, behind blanks, comments
  /// and an XML declaration.
  static func isHTML(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var at = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while at < bytes.count {
      let rest = UnsafeBufferPointer(rebasing: bytes[at...])
      if RecordFramer.isBlank(rest[0]) {
        at += 1
      } else if rest.hasPrefix(ignoringCase: "<!--") {
        guard let end = bytes.find("-->", from: at + 4) else { return false }
        at = end + 3
      } else if rest.hasPrefix(ignoringCase: "<?xml") {
        guard let end = bytes.find("?>", from: at) else { return false }
        at = end + 2
      } else {
        return rest.hasPrefix(ignoringCase: "<!doctype html") || rest.hasPrefix(ignoringCase: "<html")
          || rest.hasPrefix(ignoringCase: "<head") || rest.hasPrefix(ignoringCase: "<body")
      }
    }
    return false
  }

  /// The same of characters of any width.
  static func isHTML(_ window: UnsafeBufferPointer<UInt8>, _ units: CodeUnits) -> Bool {
    if units.width == 1 { return isHTML(window) }
    let end = window.count / units.width * units.width
    let ascii = stride(from: units.markLength, to: min(end, 4096), by: units.width).map {
      units.ascii(window, at: $0)
    }
    return ascii.withUnsafeBufferPointer { isHTML($0) }
  }

  /// Whether an input begins as a web archive does.
  static func isWARC(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let content = UnsafeBufferPointer(rebasing: bytes.drop { RecordFramer.isBlank($0) })
    return WARCHeader.isWARC(content) || content.hasPrefix(ignoringCase: "filedesc:")
  }
}
