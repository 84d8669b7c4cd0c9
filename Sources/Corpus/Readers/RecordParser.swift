import ArabicText
import CJSON

/// An article as its record gives it, decoded.
public struct ParsedRecord: Sendable {
  /// The id, if the record has one.
  public var id: String?
  /// The title in UTF-16; empty when there is none.
  public var title: [UInt16]
  /// The text in UTF-16.
  public var text: [UInt16]
  /// All other members as one JSON object; empty when there are none.
  public var meta: [UInt8]
  /// How the bytes were decoded.
  public var encoding: DecodedEncoding
}

/// How records become articles.
public struct ParserOptions: Sendable {
  /// Dotted paths of id, title and text.
  public var paths: (id: String, title: String, text: String)
  /// What is declared of the encoding.
  public var encoding: TextDecoder.Declaration
  /// Whether malformed bytes reject a record.
  public var isStrict: Bool
  /// Bytes kept of a rejected record.
  public var rejectBytes: Int
  /// Deepest nesting of a JSON record.
  public var maxDepth: Int

  /// Makes options.
  public init(
    paths: (id: String, title: String, text: String) = ("id", "title", "text"),
    encoding: TextDecoder.Declaration = .unknown, isStrict: Bool = false, rejectBytes: Int = 4096,
    maxDepth: Int = 256
  ) {
    self.paths = paths
    self.encoding = encoding
    self.isStrict = isStrict
    self.rejectBytes = rejectBytes
    self.maxDepth = maxDepth
  }
}

/// No memory for a parser.
public struct ParserUnavailable: Error {}

/// Turns the bytes of a record into an article, or says why not. One for each worker.
public final class RecordParser {
  private let options: ParserOptions
  private let decoder: TextDecoder
  private let json: OpaquePointer
  private var utf8: [UInt8] = []
  private var units: [UInt16] = []

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
            warraq_json_parser_create($0.baseAddress, Int32(options.maxDepth))
          }
        }
      }
    }
    guard let parser else { throw ParserUnavailable() }
    json = parser
  }

  deinit { warraq_json_parser_free(json) }

  /// The article of a record.
  public func parse(_ record: RawRecord, in batch: RawBatch) -> Result<ParsedRecord, Reject> {
    batch.bytes.withUnsafeBufferPointer { all in
      let bytes = UnsafeBufferPointer(rebasing: all[record.range])
      do throws(Problem) {
        let parsed = record.isJSON ? try parseJSON(bytes, record) : try parseText(bytes, record)
        return .success(parsed)
      } catch {
        var reject = Reject(
          origin: record.origin, reason: error.reason, detail: error.detail,
          raw: Array(bytes.prefix(options.rejectBytes)), rawByteCount: bytes.count)
        reject.order = record.order
        return .failure(reject)
      }
    }
  }

  private struct Problem: Error {
    var reason: RejectReason
    var detail: String
  }

  private func declaration(_ record: RawRecord) -> TextDecoder.Declaration {
    if record.units.width > 1 {
      return .wide(width: record.units.width, isBigEndian: record.units.isBigEndian, how: .mark)
    }
    return options.encoding
  }

  private func decode(_ bytes: UnsafeBufferPointer<UInt8>, _ record: RawRecord) throws(Problem)
    -> DecodedEncoding
  {
    units.removeAll(keepingCapacity: true)
    do throws(UndecodableText) {
      return try decoder.decode(bytes, as: declaration(record), into: &units)
    } catch {
      throw Problem(reason: .undecodable, detail: error.detail)
    }
  }

  private func parseText(_ bytes: UnsafeBufferPointer<UInt8>, _ record: RawRecord) throws(Problem)
    -> ParsedRecord
  {
    var encoding = try decode(bytes, record)
    let text = units
    try requireText(text)
    encoding.mojibake = text.withUnsafeBufferPointer { Mojibake.detect($0) }
    return ParsedRecord(id: record.origin.input, title: [], text: text, meta: [], encoding: encoding)
  }

  private func parseJSON(_ bytes: UnsafeBufferPointer<UInt8>, _ record: RawRecord) throws(Problem)
    -> ParsedRecord
  {
    switch declaration(record) {
    case .unknown, .utf8:
      // The parser validates UTF-8 itself; only when it complains is the encoding looked at.
      var parsed = warraq_json_record()
      let status = warraq_json_parse(json, bytes.baseAddress, bytes.count, &parsed)
      if status != Int32(WARRAQ_JSON_ENCODING), status != Int32(WARRAQ_JSON_SURROGATE) {
        let how: DecodedEncoding.Decision = options.encoding == .utf8 ? .declared : .validated
        return try article(parsed, status: status, DecodedEncoding(name: "utf-8", how: how))
      }
    default: break
    }
    var encoding = try decode(bytes, record)
    encoding.replacements += JSONEscapes.replaceLoneSurrogates(&units)
    utf8.removeAll(keepingCapacity: true)
    utf8.append(contentsOf: String(decoding: units, as: UTF16.self).utf8)
    var parsed = warraq_json_record()
    let status = utf8.withUnsafeBufferPointer { warraq_json_parse(json, $0.baseAddress, $0.count, &parsed) }
    return try article(parsed, status: status, encoding)
  }

  private func article(
    _ record: warraq_json_record, status: Int32, _ encoding: DecodedEncoding
  ) throws(Problem) -> ParsedRecord {
    switch status {
    case Int32(WARRAQ_JSON_OK): break
    case Int32(WARRAQ_JSON_NOT_OBJECT):
      throw Problem(reason: .notAnObject, detail: "the record is JSON, but not an object")
    case Int32(WARRAQ_JSON_DEPTH):
      throw Problem(reason: .invalidJSON, detail: "nested deeper than \(options.maxDepth)")
    default:
      let words = String(cString: warraq_json_error(json))
      throw Problem(reason: .invalidJSON, detail: "\(words) At byte \(record.error_offset) of the record.")
    }
    let (id, title, text) = record.fields
    switch text.kind {
    case Int32(WARRAQ_JSON_STRING): break
    case Int32(WARRAQ_JSON_MISSING), Int32(WARRAQ_JSON_NULL):
      throw Problem(
        reason: .missingText, detail: "there is no \"\(options.paths.text)\"; map it with input.fields.text")
    default:
      throw Problem(reason: .wrongFieldType, detail: "\"\(options.paths.text)\" is not a string")
    }
    let units = RecordParser.units(text)
    try requireText(units)
    var encoding = encoding
    encoding.mojibake = units.withUnsafeBufferPointer { Mojibake.detect($0) }
    let isNamed = id.kind == Int32(WARRAQ_JSON_STRING) || id.kind == Int32(WARRAQ_JSON_SCALAR)
    return ParsedRecord(
      id: isNamed && id.count > 0 ? String(decoding: RecordParser.bytes(id), as: UTF8.self) : nil,
      title: title.kind == Int32(WARRAQ_JSON_STRING) || title.kind == Int32(WARRAQ_JSON_SCALAR)
        ? RecordParser.units(title) : [],
      text: units,
      meta: record.rest.map { rest in
        rest.withMemoryRebound(to: UInt8.self, capacity: record.rest_count) {
          Array(UnsafeBufferPointer(start: $0, count: record.rest_count))
        }
      } ?? [], encoding: encoding)
  }

  private func requireText(_ units: [UInt16]) throws(Problem) {
    let isBlank = units.withUnsafeBufferPointer { $0.allSatisfy(Blank.contains) }
    if isBlank { throw Problem(reason: .emptyArticle, detail: "the text is empty or blank") }
  }

  private static func bytes(_ value: warraq_json_value) -> UnsafeBufferPointer<UInt8> {
    guard value.count > 0, let start = value.bytes else { return UnsafeBufferPointer(start: nil, count: 0) }
    return UnsafeRawBufferPointer(start: start, count: value.count).assumingMemoryBound(to: UInt8.self)
  }

  private static func units(_ value: warraq_json_value) -> [UInt16] { UTF8Text.units(bytes(value)) ?? [] }
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

/// Escapes of JSON strings that no parser takes.
enum JSONEscapes {
  /// Turns `\ud800` without its other half into `\ufffd`; returns how many.
  static func replaceLoneSurrogates(_ units: inout [UInt16]) -> Int {
    var replaced = 0
    var at = 0
    while at < units.count {
      guard units[at] == 0x5C else {
        at += 1
        continue
      }
      guard let value = escape(units, at) else {
        at += 2
        continue
      }
      if value & 0xFC00 == 0xD800, let next = escape(units, at + 6), next & 0xFC00 == 0xDC00 {
        at += 12
        continue
      }
      if value & 0xF800 == 0xD800 {
        units.replaceSubrange((at + 2)..<(at + 6), with: Array("fffd".utf16))
        replaced += 1
      }
      at += 6
    }
    return replaced
  }

  /// The value of a `\uXXXX` at an index.
  private static func escape(_ units: [UInt16], _ at: Int) -> UInt16? {
    guard at + 6 <= units.count, units[at] == 0x5C, units[at + 1] == 0x75 else { return nil }
    return UInt16(String(decoding: units[(at + 2)..<(at + 6)], as: UTF16.self), radix: 16)
  }
}
