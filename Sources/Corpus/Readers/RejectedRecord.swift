#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What it takes to parse a rejected record again from its bytes alone.
public struct RejectSource: Sendable {
  /// What the bytes are.
  public var kind: RecordKind
  /// How wide their characters are.
  public var units: CodeUnits
  /// What the input's beginning says about them.
  public var context: SavedContext?

  /// Makes a source.
  public init(kind: RecordKind, units: CodeUnits, context: SavedContext? = nil) {
    self.kind = kind
    self.units = units
    self.context = context
  }

  init(_ record: RawRecord) {
    self.init(kind: record.kind, units: record.units, context: record.context?.saved)
  }

  /// Writes it as one JSON object; what is as most often is left out.
  public func write(to json: inout JSONWriter) {
    json.beginObject()
    json.key("kind")
    json.string(kind.rawValue)
    if units != .bytes {
      json.key("unitBytes")
      json.int(units.width)
      json.key("bigEndian")
      json.bool(units.isBigEndian)
      json.key("markBytes")
      json.int(units.markLength)
    }
    if let context {
      json.key("context")
      context.write(to: &json)
    }
    json.endObject()
  }
}

/// A ``RecordContext`` as a line of the rejects carries it.
public struct SavedContext: Sendable, Hashable, Codable {
  /// The header of a table, or the head of a dump; base64 in JSON.
  public var bytes: Data?
  /// The name of an encoding, or the id that a line before gave.
  public var name: String?
  /// What separates the fields of a table.
  public var delimiter: UInt8?
  /// Whether a table has quotes.
  public var hasQuotes: Bool?

  func write(to json: inout JSONWriter) {
    json.beginObject()
    if let bytes {
      json.key("bytes")
      json.string(bytes.base64EncodedString())
    }
    if let name {
      json.key("name")
      json.string(name)
    }
    if let delimiter {
      json.key("delimiter")
      json.int(Int(delimiter))
    }
    if let hasQuotes {
      json.key("hasQuotes")
      json.bool(hasQuotes)
    }
    json.endObject()
  }

  /// The context of a record of this kind; nil where such records have none.
  func context(for kind: RecordKind) -> (any RecordContext)? {
    switch kind {
    case .row:
      TableContext(
        header: bytes.map { [UInt8]($0) } ?? [], delimiter: delimiter ?? UInt8(ascii: ","),
        hasQuotes: hasQuotes ?? true)
    case .element: name.map { ElementContext(encoding: $0) }
    case .mediawiki: bytes.map { head in [UInt8](head).withUnsafeBufferPointer { MediaWikiSite(head: $0) } }
    case .cirrus: CirrusIndex(id: name)
    default: nil
    }
  }
}

/// A line of `rejects.jsonl.zst`, read back.
struct RejectedRecord: Decodable {
  private struct Source: Decodable {
    var kind: RecordKind
    var unitBytes: Int?
    var bigEndian: Bool?
    var markBytes: Int?
    var context: SavedContext?
  }

  let reject: Reject
  /// What it takes to parse it again; nil when it was no whole record, or not all of its bytes were kept.
  let source: RejectSource?

  private enum CodingKeys: String, CodingKey {
    case reason, detail, input, record, byteOffset, rawBytes, raw, filtered, source
  }

  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let raw = [UInt8](try values.decode(Data.self, forKey: .raw))
    let byteCount = try values.decode(Int.self, forKey: .rawBytes)
    var reject = Reject(
      origin: RecordOrigin(
        input: try values.decode(String.self, forKey: .input),
        record: try values.decode(Int.self, forKey: .record),
        byteOffset: try values.decode(Int.self, forKey: .byteOffset)),
      reason: RejectReason(rawValue: try values.decode(String.self, forKey: .reason)),
      detail: try values.decode(String.self, forKey: .detail), raw: raw, rawByteCount: byteCount)
    reject.isFiltered = try values.decodeIfPresent(Bool.self, forKey: .filtered) ?? false
    self.reject = reject
    let source = try values.decodeIfPresent(Source.self, forKey: .source)
    guard let source, byteCount == raw.count, [1, 2, 4].contains(source.unitBytes ?? 1) else {
      self.source = nil
      return
    }
    self.source = RejectSource(
      kind: source.kind,
      units: CodeUnits(
        width: source.unitBytes ?? 1, isBigEndian: source.bigEndian ?? false,
        markLength: source.markBytes ?? 0), context: source.context)
  }
}

extension SkipReason {
  /// A line of the rejects that tells of an article a stage decided against.
  static let filteredArticle = SkipReason(rawValue: "filteredArticle")
}
