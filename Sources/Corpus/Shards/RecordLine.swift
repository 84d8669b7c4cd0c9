/// A record as it stands in a shard: one line holding a JSON object.
///
/// Only the top-level `id` is looked for, without building values; what is not JSON has no id.
enum RecordLine {
  /// Whether the record's top-level `id` is the string with these UTF-8 bytes.
  static func hasID(_ id: [UInt8], in line: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let (range, isEscaped) = rangeOfID(in: line) else { return false }
    if isEscaped { return unescaped(line[range]) == id }
    return range.count == id.count && line[range].elementsEqual(id)
  }

  /// The record's top-level `id`, when it is a string.
  static func id(of line: UnsafeBufferPointer<UInt8>) -> String? {
    guard let (range, isEscaped) = rangeOfID(in: line) else { return nil }
    let bytes = isEscaped ? unescaped(line[range]) : Array(line[range])
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Calls `body` with each line, the line end left out, until it returns false; returns whether it never did.
  static func forEach(
    in content: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) throws -> Bool
  ) rethrows -> Bool {
    var start = 0
    while start < content.count {
      let end = content[start...].firstIndex(of: 0x0A) ?? content.count
      if try !body(UnsafeBufferPointer(rebasing: content[start..<end])) { return false }
      start = end + 1
    }
    return true
  }

  // MARK: Scanning

  private static func rangeOfID(in line: UnsafeBufferPointer<UInt8>) -> (Range<Int>, isEscaped: Bool)? {
    var scanner = Scanner(line: line)
    guard scanner.take(0x7B) else { return nil }
    while let (key, _) = scanner.string(), scanner.take(0x3A) {
      if key.count == 2, line[key.lowerBound] == 0x69, line[key.lowerBound + 1] == 0x64 {
        return scanner.string()
      }
      guard scanner.skipValue(), scanner.take(0x2C) else { return nil }
    }
    return nil
  }

  /// A place in a line; every step checks the end, so that damaged lines are only found wanting.
  private struct Scanner {
    let line: UnsafeBufferPointer<UInt8>
    var at = 0

    mutating func skipSpace() {
      while at < line.count, line[at] == 0x20 || line[at] == 0x09 || line[at] == 0x0D { at += 1 }
    }

    mutating func take(_ byte: UInt8) -> Bool {
      skipSpace()
      guard at < line.count, line[at] == byte else { return false }
      at += 1
      return true
    }

    /// The inside of the string that comes next.
    mutating func string() -> (Range<Int>, isEscaped: Bool)? {
      guard take(0x22) else { return nil }
      let start = at
      var isEscaped = false
      while at < line.count {
        switch line[at] {
        case 0x22:
          at += 1
          return (start..<at - 1, isEscaped)
        case 0x5C:
          isEscaped = true
          at += 2
        default: at += 1
        }
      }
      return nil
    }

    private func endsLiteral(_ byte: UInt8) -> Bool {
      byte == 0x2C || byte == 0x3A || byte == 0x5D || byte == 0x7D || byte == 0x20
    }

    mutating func skipValue() -> Bool {
      var depth = 0
      repeat {
        skipSpace()
        guard at < line.count else { return false }
        switch line[at] {
        case 0x22: if string() == nil { return false }
        case 0x7B, 0x5B:
          depth += 1
          at += 1
        case 0x7D, 0x5D:
          guard depth > 0 else { return false }
          depth -= 1
          at += 1
        case 0x2C, 0x3A:
          guard depth > 0 else { return false }
          at += 1
        default:
          while at < line.count, !endsLiteral(line[at]) { at += 1 }
        }
      } while depth > 0
      return true
    }
  }

  private static func unescaped(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> [UInt8] {
    let text = Array(text)
    var bytes: [UInt8] = []
    var at = 0
    while at < text.count {
      guard text[at] == 0x5C, at + 1 < text.count else {
        bytes.append(text[at])
        at += 1
        continue
      }
      switch text[at + 1] {
      case 0x62: bytes.append(0x08)
      case 0x66: bytes.append(0x0C)
      case 0x6E: bytes.append(0x0A)
      case 0x72: bytes.append(0x0D)
      case 0x74: bytes.append(0x09)
      case 0x75:
        var units: [UInt16] = []
        while let unit = unit(in: text, at: at + units.count * 6) { units.append(unit) }
        // Decoding a whole run of escapes at once pairs the surrogates.
        bytes += String(decoding: units, as: UTF16.self).utf8
        at += max(units.count * 6, 2)
        continue
      default: bytes.append(text[at + 1])
      }
      at += 2
    }
    return bytes
  }

  private static func unit(in text: [UInt8], at: Int) -> UInt16? {
    guard at + 6 <= text.count, text[at] == 0x5C, text[at + 1] == 0x75 else { return nil }
    return UInt16(String(decoding: text[at + 2..<at + 6], as: UTF8.self), radix: 16)
  }
}
