/// The members of a JSON object that is known to be valid, in their order, without parsing their values.
struct JSONMembers {
  private let bytes: UnsafeBufferPointer<UInt8>

  init(_ object: UnsafeBufferPointer<UInt8>) { bytes = object }

  /// Calls `body` with each name, as it is written between its quotes, and the JSON of its value.
  func forEach(_ body: (_ key: String, _ value: UnsafeBufferPointer<UInt8>) -> Void) {
    guard var at = next(0, { $0 == UInt8(ascii: "{") }) else { return }
    at += 1
    while let quote = next(at, { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "}") }),
      bytes[quote] == UInt8(ascii: "\"")
    {
      var scanner = ElementScanner()
      at = quote
      guard let nameEnd = scanner.end(in: bytes, from: &at, units: .bytes),
        let colon = next(nameEnd, { $0 == UInt8(ascii: ":") }),
        let start = next(colon + 1, { !RecordFramer.isBlank($0) })
      else { return }
      scanner = ElementScanner()
      at = start
      let end = scanner.end(in: bytes, from: &at, units: .bytes) ?? bytes.count
      let name = UnsafeBufferPointer(rebasing: bytes[(quote + 1)..<(nameEnd - 1)])
      body(String(decoding: name, as: UTF8.self), UnsafeBufferPointer(rebasing: bytes[start..<end]))
      at = end
    }
  }

  private func next(_ from: Int, _ isWanted: (UInt8) -> Bool) -> Int? {
    var at = from
    while at < bytes.count {
      if isWanted(bytes[at]) { return at }
      at += 1
    }
    return nil
  }

  /// The JSON of one member of an object; nil when it is not there or the value is no object.
  static func member(_ name: String, of value: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8>? {
    guard value.first == UInt8(ascii: "{") else { return nil }
    var found: UnsafeBufferPointer<UInt8>?
    JSONMembers(value).forEach { key, value in if key == name { found = value } }
    return found
  }

  /// A string without escapes, without its quotes; any other value as it is written.
  static func text(_ value: UnsafeBufferPointer<UInt8>) -> String {
    let isString = value.count >= 2 && value[0] == UInt8(ascii: "\"")
    return String(
      decoding: isString ? UnsafeBufferPointer(rebasing: value[1..<(value.count - 1)]) : value, as: UTF8.self)
  }

  /// An object of the members that `body` adds by name and JSON; empty when there are none.
  static func object(_ body: (_ add: (String, UnsafeBufferPointer<UInt8>) -> Void) -> Void) -> [UInt8] {
    var json: [UInt8] = []
    body { name, value in
      json.append(UInt8(ascii: json.isEmpty ? "{" : ","))
      json.append(UInt8(ascii: "\""))
      json.append(contentsOf: name.utf8)
      json.append(contentsOf: [UInt8(ascii: "\""), UInt8(ascii: ":")])
      json.append(contentsOf: value)
    }
    if !json.isEmpty { json.append(UInt8(ascii: "}")) }
    return json
  }
}
