import ArabicText
import CJSON

/// Parses a record that is one JSON object. One for each worker; not `Sendable`.
final class JSONParser: RecordParsing {
  private let options: ParserOptions
  private let decoder: RecordDecoder
  private let json: OpaquePointer
  /// Looks at the other members before the text is asked for.
  private let admit: Admission?

  /// Throws why an object with these other members is no article; the bytes are one JSON object, or empty.
  typealias Admission = (UnsafeBufferPointer<UInt8>) throws(ParseProblem) -> Void

  /// - Throws: `ParserUnavailable` when there is no memory.
  init(_ options: ParserOptions, _ decoder: RecordDecoder, admit: Admission? = nil) throws {
    self.options = options
    self.decoder = decoder
    self.admit = admit
    let parser = options.paths.id.withCString { id in
      options.paths.title.withCString { title in
        options.paths.text.withCString { text in
          var paths: [UnsafePointer<CChar>?] = [id, title, text]
          return paths.withUnsafeMutableBufferPointer {
            warraq_json_parser_create($0.baseAddress, Int32(clamping: options.maxDepth))
          }
        }
      }
    }
    guard let parser else { throw ParserUnavailable() }
    json = parser
  }

  deinit { warraq_json_parser_free(json) }

  func parse(
    _ bytes: UnsafeBufferPointer<UInt8>, _ record: RawRecord
  ) throws(ParseProblem) -> ParsedRecord {
    // Files put together by hand have byte order marks in the middle.
    let isMarked = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    let content = isMarked ? UnsafeBufferPointer(rebasing: bytes[3...]) : bytes
    let declared = decoder.declaration(record)
    if declared == .unknown || declared == .utf8 {
      // UTF-8 by far the most often: parsed as it stands, and looked at again only when it turns out not to be.
      var parsed = warraq_json_record()
      let status = warraq_json_parse(json, content.baseAddress, content.count, &parsed)
      let how: DecodedEncoding.Decision =
        record.units.markLength > 0 || isMarked ? .mark : declared == .utf8 ? .declared : .validated
      var isUTF8 = true
      if status == Int32(WARRAQ_JSON_OK), !decoder.isStrict || parsed.replacements == 0 {
        let encoding = DecodedEncoding(name: "utf-8", how: how, replacements: Int(parsed.replacements))
        do throws(ParseProblem) {
          if let article = try article(parsed, encoding) { return article }
          isUTF8 = false
        } catch {
          // A field that is missing may be there once its name is decoded.
          if UTF8Text.isValid(content) { throw error }
          isUTF8 = false
        }
      }
      if status != Int32(WARRAQ_JSON_SURROGATE), isUTF8, UTF8Text.isValid(content) {
        try check(status, parsed, offset: isMarked ? 3 : 0)
      }
    }
    return try parseDecoded(content, record)
  }

  /// The long way: decode, repair escapes, and parse the UTF-8 of that.
  private func parseDecoded(
    _ bytes: UnsafeBufferPointer<UInt8>, _ record: RawRecord
  ) throws(ParseProblem) -> ParsedRecord {
    var units: [UInt16] = []
    var encoding = try decoder.decode(bytes, record, into: &units)
    var parsed = warraq_json_record()
    var status = parseUnits(units, &parsed)
    if status == Int32(WARRAQ_JSON_SURROGATE) {
      encoding.replacements += JSONEscapes.replaceLoneSurrogates(&units)
      status = parseUnits(units, &parsed)
    }
    encoding.replacements += Int(parsed.replacements)
    if decoder.isStrict, encoding.replacements > 0 {
      throw .reject(.undecodable, detail: "\(encoding.replacements) escapes of half a surrogate pair")
    }
    try check(status, parsed, offset: encoding.name == "utf-8" && encoding.replacements == 0 ? 0 : nil)
    guard let article = try article(parsed, encoding) else {
      throw .reject(.undecodable, detail: "no valid text as \(encoding.name)")
    }
    return article
  }

  private func parseUnits(_ units: [UInt16], _ record: inout warraq_json_record) -> Int32 {
    let utf8 = units.withUnsafeBufferPointer { UTF8Text.bytes($0) }
    return utf8.withUnsafeBufferPointer { warraq_json_parse(json, $0.baseAddress, $0.count, &record) }
  }

  /// Throws what the parser's status says; `offset` is nil when the parsed bytes are not the record's own.
  private func check(_ status: Int32, _ record: warraq_json_record, offset: Int?) throws(ParseProblem) {
    switch status {
    case Int32(WARRAQ_JSON_OK): break
    case Int32(WARRAQ_JSON_NOT_OBJECT):
      throw .reject(.notAnObject, detail: "the record is JSON, but not an object")
    case Int32(WARRAQ_JSON_DEPTH):
      throw .reject(.tooDeep, detail: "nested deeper than \(options.maxDepth), which is limits.jsonDepth")
    default:
      let words = String(cString: warraq_json_error(json))
      let at =
        offset.map { "byte \(record.error_offset + $0)" } ?? "byte \(record.error_offset) after decoding"
      throw .reject(.invalidJSON, detail: "\(words) At \(at) of the record.")
    }
  }

  /// The article of a parsed object; nil when one of its strings is not UTF-8.
  private func article(
    _ record: warraq_json_record, _ encoding: DecodedEncoding
  ) throws(ParseProblem) -> ParsedRecord? {
    let (id, title, text) = record.fields
    let rest = JSONParser.bytes(record.rest, record.rest_count)
    try admit?(rest)
    switch text.kind {
    case Int32(WARRAQ_JSON_STRING): break
    case Int32(WARRAQ_JSON_MISSING), Int32(WARRAQ_JSON_NULL):
      throw .reject(
        .missingText, detail: "there is no \"\(options.paths.text)\"; map it with input.fields.text")
    default:
      throw .reject(
        .wrongFieldType, detail: "\"\(options.paths.text)\" is neither a string nor an array of strings")
    }
    guard let units = UTF8Text.units(JSONParser.bytes(text)),
      let titleUnits = isText(title) ? UTF8Text.units(JSONParser.bytes(title)) : [],
      UTF8Text.isValid(JSONParser.bytes(id)), UTF8Text.isValid(rest)
    else { return nil }
    try RecordDecoder.requireText(units)
    var encoding = encoding
    encoding.mojibake = units.withUnsafeBufferPointer { Mojibake.detect($0) }
    return ParsedRecord(
      id: isText(id) && id.count > 0 ? String(decoding: JSONParser.bytes(id), as: UTF8.self) : nil,
      title: titleUnits, text: units, textBytes: text.count, meta: Array(rest), encoding: encoding)
  }

  private func isText(_ value: warraq_json_value) -> Bool {
    value.kind == Int32(WARRAQ_JSON_STRING) || value.kind == Int32(WARRAQ_JSON_SCALAR)
  }

  private static func bytes(_ value: warraq_json_value) -> UnsafeBufferPointer<UInt8> {
    bytes(value.bytes, value.count)
  }

  private static func bytes(_ start: UnsafePointer<CChar>?, _ count: Int) -> UnsafeBufferPointer<UInt8> {
    guard let start, count > 0 else { return UnsafeBufferPointer(start: nil, count: 0) }
    return UnsafeRawBufferPointer(start: start, count: count).assumingMemoryBound(to: UInt8.self)
  }
}
