import ArabicText
import CJSON

/// Turns the bytes of a record into an article, or says why not. One for each worker; not `Sendable`.
public final class RecordParser {
  private struct Problem: Error {
    var reason: RejectReason
    var detail: String
  }

  private let options: ParserOptions
  private let decoder: TextDecoder
  private let json: OpaquePointer

  /// Makes a parser.
  ///
  /// - Throws: `ParserUnavailable` when there is no memory.
  public init(_ options: ParserOptions = ParserOptions()) throws {
    self.options = options
    decoder = TextDecoder(isStrict: options.isStrict)
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

  /// The article of a record, or the reject it becomes; `record` is one of `batch.records`.
  public func parse(_ record: RawRecord, in batch: RawBatch) -> Result<ParsedRecord, Reject> {
    batch.bytes.withUnsafeBufferPointer { all in
      let bytes = UnsafeBufferPointer(rebasing: all[record.range])
      do throws(Problem) {
        return .success(record.isJSON ? try parseJSON(bytes, record) : try parseText(bytes, record))
      } catch {
        var reject = Reject(
          origin: record.origin, reason: error.reason, detail: error.detail,
          raw: Array(bytes.prefix(max(0, options.rejectBytes))), rawByteCount: bytes.count)
        reject.order = record.order
        return .failure(reject)
      }
    }
  }

  /// What the input's first bytes say goes before what the config says.
  private func declaration(_ record: RawRecord) -> TextDecoder.Declaration {
    let units = record.units
    if units.width > 1 {
      let isSeen = units.markLength > 0 || options.encoding == .unknown
      return .wide(width: units.width, isBigEndian: units.isBigEndian, how: isSeen ? .mark : .declared)
    }
    return units.markLength > 0 ? .utf8 : options.encoding
  }

  private func decode(
    _ bytes: UnsafeBufferPointer<UInt8>, _ record: RawRecord, into units: inout [UInt16]
  ) throws(Problem) -> DecodedEncoding {
    do throws(UndecodableText) {
      var encoding = try decoder.decode(bytes, as: declaration(record), into: &units)
      if record.units.markLength > 0 { encoding.how = .mark }
      return encoding
    } catch {
      throw Problem(reason: .undecodable, detail: error.detail)
    }
  }

  private func parseText(
    _ bytes: UnsafeBufferPointer<UInt8>, _ record: RawRecord
  ) throws(Problem) -> ParsedRecord {
    var text: [UInt16] = []
    var encoding = try decode(bytes, record, into: &text)
    try requireText(text)
    encoding.mojibake = text.withUnsafeBufferPointer { Mojibake.detect($0) }
    return ParsedRecord(
      id: record.origin.input, title: [], text: text,
      textBytes: text.withUnsafeBufferPointer { UTF8Text.byteCount(of: $0) }, meta: [], encoding: encoding)
  }

  private func parseJSON(
    _ bytes: UnsafeBufferPointer<UInt8>, _ record: RawRecord
  ) throws(Problem) -> ParsedRecord {
    // Files put together by hand have byte order marks in the middle.
    let isMarked = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    let content = isMarked ? UnsafeBufferPointer(rebasing: bytes[3...]) : bytes
    let declared = declaration(record)
    if declared == .unknown || declared == .utf8 {
      // UTF-8 by far the most often: parsed as it stands, and looked at again only when it turns out not to be.
      var parsed = warraq_json_record()
      let status = warraq_json_parse(json, content.baseAddress, content.count, &parsed)
      let how: DecodedEncoding.Decision =
        record.units.markLength > 0 || isMarked ? .mark : declared == .utf8 ? .declared : .validated
      var isUTF8 = true
      if status == Int32(WARRAQ_JSON_OK), !options.isStrict || parsed.replacements == 0 {
        let encoding = DecodedEncoding(name: "utf-8", how: how, replacements: Int(parsed.replacements))
        do throws(Problem) {
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
  ) throws(Problem) -> ParsedRecord {
    var units: [UInt16] = []
    var encoding = try decode(bytes, record, into: &units)
    var parsed = warraq_json_record()
    var status = parseUnits(units, &parsed)
    if status == Int32(WARRAQ_JSON_SURROGATE) {
      encoding.replacements += JSONEscapes.replaceLoneSurrogates(&units)
      status = parseUnits(units, &parsed)
    }
    encoding.replacements += Int(parsed.replacements)
    if options.isStrict, encoding.replacements > 0 {
      throw Problem(
        reason: .undecodable, detail: "\(encoding.replacements) escapes of half a surrogate pair")
    }
    try check(status, parsed, offset: encoding.name == "utf-8" && encoding.replacements == 0 ? 0 : nil)
    guard let article = try article(parsed, encoding) else {
      throw Problem(reason: .undecodable, detail: "no valid text as \(encoding.name)")
    }
    return article
  }

  private func parseUnits(_ units: [UInt16], _ record: inout warraq_json_record) -> Int32 {
    let utf8 = units.withUnsafeBufferPointer { UTF8Text.bytes($0) }
    return utf8.withUnsafeBufferPointer { warraq_json_parse(json, $0.baseAddress, $0.count, &record) }
  }

  /// Throws what the parser's status says; `offset` is nil when the parsed bytes are not the record's own.
  private func check(_ status: Int32, _ record: warraq_json_record, offset: Int?) throws(Problem) {
    switch status {
    case Int32(WARRAQ_JSON_OK): break
    case Int32(WARRAQ_JSON_NOT_OBJECT):
      throw Problem(reason: .notAnObject, detail: "the record is JSON, but not an object")
    case Int32(WARRAQ_JSON_DEPTH):
      throw Problem(reason: .invalidJSON, detail: "nested deeper than \(options.maxDepth)")
    default:
      let words = String(cString: warraq_json_error(json))
      let at =
        offset.map { "byte \(record.error_offset + $0)" } ?? "byte \(record.error_offset) after decoding"
      throw Problem(reason: .invalidJSON, detail: "\(words) At \(at) of the record.")
    }
  }

  /// The article of a parsed object; nil when one of its strings is not UTF-8.
  private func article(
    _ record: warraq_json_record, _ encoding: DecodedEncoding
  ) throws(Problem) -> ParsedRecord? {
    let (id, title, text) = record.fields
    switch text.kind {
    case Int32(WARRAQ_JSON_STRING): break
    case Int32(WARRAQ_JSON_MISSING), Int32(WARRAQ_JSON_NULL):
      throw Problem(
        reason: .missingText, detail: "there is no \"\(options.paths.text)\"; map it with input.fields.text")
    default:
      throw Problem(
        reason: .wrongFieldType,
        detail: "\"\(options.paths.text)\" is neither a string nor an array of strings")
    }
    let rest = RecordParser.bytes(record.rest, record.rest_count)
    guard let units = UTF8Text.units(RecordParser.bytes(text)),
      let titleUnits = isText(title) ? UTF8Text.units(RecordParser.bytes(title)) : [],
      UTF8Text.isValid(RecordParser.bytes(id)), UTF8Text.isValid(rest)
    else { return nil }
    try requireText(units)
    var encoding = encoding
    encoding.mojibake = units.withUnsafeBufferPointer { Mojibake.detect($0) }
    return ParsedRecord(
      id: isText(id) && id.count > 0 ? String(decoding: RecordParser.bytes(id), as: UTF8.self) : nil,
      title: titleUnits, text: units, textBytes: text.count, meta: Array(rest), encoding: encoding)
  }

  private func isText(_ value: warraq_json_value) -> Bool {
    value.kind == Int32(WARRAQ_JSON_STRING) || value.kind == Int32(WARRAQ_JSON_SCALAR)
  }

  private func requireText(_ units: [UInt16]) throws(Problem) {
    let isBlank = units.withUnsafeBufferPointer { $0.allSatisfy(Blank.contains) }
    if isBlank { throw Problem(reason: .emptyArticle, detail: "the text is empty or blank") }
  }

  private static func bytes(_ value: warraq_json_value) -> UnsafeBufferPointer<UInt8> {
    bytes(value.bytes, value.count)
  }

  private static func bytes(_ start: UnsafePointer<CChar>?, _ count: Int) -> UnsafeBufferPointer<UInt8> {
    guard let start, count > 0 else { return UnsafeBufferPointer(start: nil, count: 0) }
    return UnsafeRawBufferPointer(start: start, count: count).assumingMemoryBound(to: UInt8.self)
  }
}

/// Characters that are no text by themselves: blanks and invisible controls.
enum Blank {
  static func contains(_ unit: UInt16) -> Bool {
    switch unit {
    case 0...0x20, 0x7F...0xA0, 0x061C, 0x1680, 0x2000...0x200F, 0x2028...0x202F, 0x205F...0x206F, 0x3000,
      0xFEFF:
      true
    default: false
    }
  }
}
