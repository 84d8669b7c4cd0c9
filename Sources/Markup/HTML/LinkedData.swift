/// The few fields of a page's JSON-LD (schema.org) that its text does not show, found without building a tree: pages
/// put all kinds of objects around them, and broken JSON is common.
struct LinkedData {
  /// JSON of all scripts of the page.
  private let json: [UInt8]

  init(_ json: [UInt8]) { self.json = json }

  /// `datePublished`.
  var published: String? { string("datePublished") }
  /// `author`: a name, or the name of the first person there.
  var author: String? {
    guard let value = value("author") else { return nil }
    if json[value] == UInt8(ascii: "\"") { return string(at: value) }
    guard let name = self.value("name", from: value), name - value < 512 else { return nil }
    return string(at: name)
  }

  private func string(_ key: String) -> String? { value(key).flatMap(string(at:)) }

  /// Where the value of a key begins.
  private func value(_ key: String, from start: Int = 0) -> Int? {
    let quoted = Array("\"\(key)\"".utf8)
    var start = start
    while let found = json.firstIndex(of: quoted, from: start) {
      var at = skipBlanks(found + quoted.count)
      if at < json.count, json[at] == UInt8(ascii: ":") {
        at = skipBlanks(at + 1)
        return at < json.count ? at : nil
      }
      start = found + quoted.count
    }
    return nil
  }

  private func skipBlanks(_ at: Int) -> Int {
    var at = at
    while at < json.count, json[at] <= 0x20 { at += 1 }
    return at
  }

  private func string(at quote: Int) -> String? {
    guard json[quote] == UInt8(ascii: "\"") else { return nil }
    var units: [UInt16] = []
    var utf8: [UInt8] = []
    var at = quote + 1
    func flush() {
      units.append(contentsOf: String(decoding: utf8, as: UTF8.self).utf16)
      utf8.removeAll()
    }
    while at < json.count, json[at] != UInt8(ascii: "\""), at - quote < 1024 {
      guard json[at] == UInt8(ascii: "\\"), at + 1 < json.count else {
        utf8.append(json[at])
        at += 1
        continue
      }
      let escaped = json[at + 1]
      at += 2
      if escaped == UInt8(ascii: "u"), at + 4 <= json.count,
        let unit = UInt16(String(decoding: json[at..<at + 4], as: UTF8.self), radix: 16)
      {
        flush()
        units.append(unit)
        at += 4
      } else {
        utf8.append(escaped == UInt8(ascii: "n") || escaped == UInt8(ascii: "t") ? 0x20 : escaped)
      }
    }
    flush()
    return HTMLAttributes.trimmed(Array(String(decoding: units, as: UTF16.self).utf8))
  }
}
