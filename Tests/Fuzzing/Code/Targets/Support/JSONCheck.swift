/// Whether bytes are one JSON value by the letter of RFC 8259, in valid UTF-8. Written here on its own, so that nothing of
/// what it judges is used for judging.
struct JSONCheck {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var at = 0

  /// Why the bytes are no JSON value; nil when they are one.
  static func fault(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    guard String(validating: bytes, as: UTF8.self) != nil else { return "not UTF-8" }
    var check = JSONCheck(bytes: bytes)
    return check.document() ? nil : "no JSON at byte \(check.at)"
  }

  static func fault(_ bytes: [UInt8]) -> String? { bytes.withUnsafeBufferPointer { fault($0) } }

  private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// Without recursion: what is open is kept as the bytes that close it.
  private mutating func document() -> Bool {
    var open: [UInt8] = []
    while true {
      // A value begins here.
      skipBlanks()
      if take("{") {
        skipBlanks()
        if !take("}") {
          guard key() else { return false }
          open.append(UInt8(ascii: "}"))
          continue
        }
      } else if take("[") {
        skipBlanks()
        if !take("]") {
          open.append(UInt8(ascii: "]"))
          continue
        }
      } else if !(string() || number() || word("true") || word("false") || word("null")) {
        return false
      }
      // A value has ended.
      while true {
        skipBlanks()
        guard let close = open.last else { return at == bytes.count }
        if take(",") {
          if close == UInt8(ascii: "}") {
            skipBlanks()
            guard key() else { return false }
          }
          break
        }
        guard at < bytes.count, bytes[at] == close else { return false }
        at += 1
        open.removeLast()
      }
    }
  }

  private mutating func key() -> Bool {
    guard string() else { return false }
    skipBlanks()
    return take(":")
  }

  private mutating func skipBlanks() {
    while at < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[at]) { at += 1 }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard at < bytes.count, bytes[at] == UInt8(ascii: character) else { return false }
    at += 1
    return true
  }

  private mutating func word(_ word: String) -> Bool {
    guard bytes[at...].starts(with: word.utf8) else { return false }
    at += word.utf8.count
    return true
  }

  private mutating func string() -> Bool {
    guard take("\"") else { return false }
    while at < bytes.count {
      let byte = bytes[at]
      at += 1
      switch byte {
      case UInt8(ascii: "\""): return true
      case ..<0x20: return false
      case UInt8(ascii: "\\"):
        guard at < bytes.count else { return false }
        let escape = bytes[at]
        at += 1
        if escape == UInt8(ascii: "u") {
          let digits = bytes[at...].prefix(4)
          guard digits.count == 4, digits.allSatisfy({ isHex($0) }) else { return false }
          at += 4
        } else if !"\"\\/bfnrt".utf8.contains(escape) {
          return false
        }
      default: break
      }
    }
    return false
  }

  private func isHex(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
  }

  private mutating func digits() -> Int {
    let start = at
    while at < bytes.count, (0x30...0x39).contains(bytes[at]) { at += 1 }
    return at - start
  }

  private mutating func number() -> Bool {
    _ = take("-")
    let first = at < bytes.count ? bytes[at] : 0
    let count = digits()
    guard count == 1 || count > 1 && first != UInt8(ascii: "0") else { return false }
    if take("."), digits() == 0 { return false }
    if take("e") || take("E") {
      _ = take("+") || take("-")
      if digits() == 0 { return false }
    }
    return true
  }
}
