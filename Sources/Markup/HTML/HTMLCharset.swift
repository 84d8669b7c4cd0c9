import ArabicText

/// Which encoding a page is in: byte order mark, valid UTF-8, then what HTTP and the page say, then letter
/// statistics. Valid UTF-8 goes before every label: hardly any text in a single-byte encoding of Arabic is valid
/// UTF-8, and wrong labels are common.
public enum HTMLCharset {
  /// Bytes of a page in which its label is looked for. The HTML Standard has 1024; long comments before it are common.
  private static let labelReach = 4096

  /// Decodes a page into UTF-8; a byte order mark is not part of it.
  ///
  /// - Parameters:
  ///   - label: the charset that HTTP names; nil for none.
  ///   - declared: what the config says, for pages without any label.
  /// - Throws: `UndecodableText` for binary data, encodings that cannot be read here, and malformed bytes when
  ///   `isStrict`.
  public static func decode(
    _ bytes: UnsafeBufferPointer<UInt8>, label: String?, declared: TextDecoder.Declaration = .unknown,
    isStrict: Bool = false
  ) throws(UndecodableText) -> (utf8: [UInt8], encoding: DecodedEncoding) {
    if case .wide = declared {
      var units: [UInt16] = []
      let encoding = try TextDecoder(isStrict: isStrict).decode(bytes, as: declared, into: &units)
      return (units.withUnsafeBufferPointer { UTF8Text.bytes($0) }, encoding)
    }
    let isMarked = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    if UTF8Text.isValid(bytes) {
      let how = isMarked ? DecodedEncoding.Decision.mark : .validated
      return (Array(bytes.dropFirst(isMarked ? 3 : 0)), DecodedEncoding(name: "utf-8", how: how))
    }
    var units: [UInt16] = []
    let encoding = try decode(bytes, isMarked, label, declared, isStrict, &units)
    return (units.withUnsafeBufferPointer { UTF8Text.bytes($0) }, encoding)
  }

  private static func decode(
    _ bytes: UnsafeBufferPointer<UInt8>, _ isMarked: Bool, _ label: String?,
    _ declared: TextDecoder.Declaration,
    _ isStrict: Bool, _ units: inout [UInt16]
  ) throws(UndecodableText) -> DecodedEncoding {
    let decoder = TextDecoder(isStrict: isStrict)
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      let wide = TextDecoder.Declaration.wide(width: 2, isBigEndian: bytes[0] == 0xFE, how: .mark)
      return try decoder.decode(bytes, as: wide, into: &units)
    }
    if isMarked { return try decoder.decode(bytes, as: .unknown, into: &units) }
    for label in [label, metaLabel(bytes)] {
      guard let label, let encoding = try declaration(label) else { continue }
      // UTF-8 with a few bad bytes is UTF-8 too.
      let start = units.count
      if let seen = try? decoder.decode(bytes, as: .unknown, into: &units), seen.name == "utf-8" {
        return seen
      }
      units.removeLast(units.count - start)
      return try decoder.decode(bytes, as: encoding, into: &units)
    }
    return try decoder.decode(bytes, as: declared, into: &units)
  }

  /// What a label means for bytes that are not valid UTF-8; nil where it says nothing: `utf-8` is wrong or damaged,
  /// which the decoder finds out, and Latin-1 is what servers send when nobody set anything.
  private static func declaration(_ label: String) throws(UndecodableText) -> TextDecoder.Declaration? {
    switch label {
    case "windows-1256", "cp1256", "cp-1256", "x-cp1256", "windows1256", "1256", "win-1256", "arabic-windows":
      return .singleByte(.windows1256)
    case "iso-8859-6", "iso8859-6", "iso88596", "iso_8859-6", "arabic", "csisolatinarabic", "ecma-114",
      "asmo-708",
      "iso-8859-6-e", "iso-8859-6-i", "iso-ir-127":
      return .singleByte(.iso88596)
    case "utf-16", "utf-16le", "utf-16be":
      // The label itself was read as ASCII.
      return nil
    default: break
    }
    let others = [
      "gb", "big5", "shift", "sjis", "x-sjis", "euc-", "iso-2022", "koi8", "windows-1250", "windows-1251",
      "windows-1253",
      "windows-1255", "windows-1257", "windows-874", "tis-620", "ks_c", "cp1251", "iso-8859-2", "iso-8859-5",
      "iso-8859-7",
      "iso-8859-8",
    ]
    if others.contains(where: { label.hasPrefix($0) }) {
      // Only what a label is made of: an error quotes no text of the page.
      let name = label.unicodeScalars.prefix(40).prefix { $0 > " " && $0 < "\u{7F}" }
      throw UndecodableText(detail: "the page is in \(String(name)), which is not read")
    }
    return nil
  }

  /// The value of `charset` in a `Content-Type`, in lower case.
  public static func label(contentType: String) -> String? {
    let type = Array(contentType.lowercased().utf8)
    return type.withUnsafeBufferPointer { label($0, from: 0) }
  }

  /// The charset of the first `meta` that has one.
  static func metaLabel(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    let head = bytes.prefix(labelReach).map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
    var at = 0
    while let meta = head.firstIndex(of: Array("<meta".utf8), from: at) {
      let end = head[meta...].firstIndex(of: UInt8(ascii: ">")) ?? head.count
      let found = head[meta..<end].withUnsafeBufferPointer { label($0, from: 0) }
      if let found { return found }
      at = end
    }
    // XHTML without a meta.
    if head.starts(with: Array("<?xml".utf8)), let key = head.firstIndex(of: Array("encoding".utf8), from: 0),
      key < 100
    {
      return head.withUnsafeBufferPointer { value($0, from: key + 8) }
    }
    return nil
  }

  private static func label(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> String? {
    Array(bytes).firstIndex(of: Array("charset".utf8), from: start).flatMap { value(bytes, from: $0 + 7) }
  }

  /// What follows an equals sign, with or without quotes.
  private static func value(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> String? {
    var at = start
    func skip(_ isSkipped: (UInt8) -> Bool) { while at < bytes.count, isSkipped(bytes[at]) { at += 1 } }
    skip { $0 <= 0x20 }
    guard at < bytes.count, bytes[at] == UInt8(ascii: "=") else { return nil }
    at += 1
    skip { $0 <= 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }
    let begin = at
    skip { $0 > 0x20 && !Set("\"';,>/?".utf8).contains($0) }
    return at > begin ? String(decoding: bytes[begin..<at], as: UTF8.self) : nil
  }
}
