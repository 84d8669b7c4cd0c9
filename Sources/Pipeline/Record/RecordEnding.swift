import ArabicText
import Corpus

/// Writes the last members of a record: what offsets count, where the article came from, how it was decoded, and
/// the input's other members.
///
/// Most of that is the same from one article to the next, so it is kept as JSON until it changes.
struct RecordEnding {
  private let unit: OffsetUnit
  private var input: String?
  /// `"offsets":...,"origin":{"input":...,"record":`
  private var origin: [UInt8] = []
  private var encoding: DecodedEncoding?
  /// `"encoding":{...}`
  private var encodingMember: [UInt8] = []

  init(unit: OffsetUnit) { self.unit = unit }

  mutating func write(_ article: Article, to json: inout JSONWriter) {
    if article.origin.input != input { turn(to: article.origin.input) }
    json.raw(beforeValue: origin)
    json.int(article.origin.record)
    json.key("byteOffset")
    json.int(article.origin.byteOffset)
    json.endObject()
    if article.encoding != encoding { turn(to: article.encoding) }
    json.raw(encodingMember)
    if !article.meta.isEmpty {
      json.key("meta")
      json.raw(article.meta)
    }
  }

  private mutating func turn(to input: String) {
    self.input = input
    var json = JSONWriter()
    json.key("offsets")
    json.string(unit.rawValue)
    json.key("origin")
    json.beginObject()
    json.key("input")
    json.string(input)
    json.key("record")
    origin = json.bytes
  }

  private mutating func turn(to encoding: DecodedEncoding) {
    self.encoding = encoding
    var json = JSONWriter()
    json.key("encoding")
    json.beginObject()
    json.key("name")
    json.string(encoding.name)
    json.key("how")
    json.string(encoding.how.rawValue)
    if encoding.replacements > 0 {
      json.key("replacements")
      json.int(encoding.replacements)
    }
    if let mojibake = encoding.mojibake {
      json.key("mojibake")
      json.string(mojibake.rawValue)
    }
    json.endObject()
    encodingMember = json.bytes
  }
}
