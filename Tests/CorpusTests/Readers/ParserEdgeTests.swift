import TestSupport
import ArabicText
import Testing

@testable import Corpus

@Suite struct ParserEdgeTests {
  private func encode(_ text: String, _ encoding: SingleByteEncoding) -> [UInt8] {
    text.utf16.map { unit in unit < 0x80 ? UInt8(unit) : UInt8(encoding.table.firstIndex(of: unit) ?? 0x3F) }
  }

  /// Objects with members in random order, escapes in random places, and a known text among them.
  @Test func mappedMembersLeaveAnyObjectAndTheOthersKeepTheirOrder() throws {
    var random = SeededGenerator(seed: 21)
    let values = [
      "1", "-0.50", "1e400", "98765432109876543210", "true", "false", "null", "\"\"", "[]", "{}",
      "\"ن]}\\\"\"",
      "[1,[2,{\"text\":\"لا\"}]]", "{\"id\":9,\"text\":\"لا\"}", "\"\\\\\"",
    ]
    func blank() -> String { ["", " ", "\t", "\n "].randomElement(using: &random) ?? "" }
    for _ in 0..<500 {
      let names = (0..<Int.random(in: 0...6, using: &random)).map { "م\($0)" }
      let rest = names.map { ($0, values.randomElement(using: &random) ?? "0") }
      var members = rest
      let own = [("id", "\"\\u0627\""), ("title", "\"عنوان\""), ("text", "\"نص \\\"طويل\\\"\"")]
      for member in own { members.insert(member, at: Int.random(in: 0...members.count, using: &random)) }
      let json = members.map { "\"\($0)\"\(blank()):\(blank())\($1)\(blank())" }.joined(
        separator: ",\(blank())")
      let record = try parsed("\(blank()){\(blank())\(json)}\(blank())").get()
      #expect(record.id == "ا")
      #expect(record.titleString == "عنوان")
      #expect(record.textString == "نص \"طويل\"")
      let meta = rest.map { "\"\($0)\":\($1)" }.joined(separator: ",")
      #expect(record.metaString == (rest.isEmpty ? "" : "{\(meta)}"))
    }
  }

  @Test(arguments: [1, 2, 5, 300])
  func theDepthLimitIsExact(limit: Int) throws {
    func nested(_ depth: Int, _ open: String, _ close: String) -> String {
      let inside = depth - 1
      return #"{"text":"نص","x":"# + String(repeating: open, count: inside) + "0"
        + String(repeating: close, count: inside) + "}"
    }
    let options = ParserOptions(maxDepth: limit)
    for (open, close) in [("[", "]"), (#"{"k":"#, "}")] {
      #expect(try parsed(nested(limit, open, close), options).get().textString == "نص")
      let reject = try parsed(nested(limit + 1, open, close), options).reject
      #expect(reject?.reason == .tooDeep)
      #expect(reject?.detail == "nested deeper than \(limit), which is limits.jsonDepth")
    }
  }

  @Test(arguments: [0, 1, 5, 1000, -3])
  func aRejectCarriesTheFirstBytesUpToTheLimit(limit: Int) throws {
    let bytes = Array(#"{"text":"نص","#.utf8) + [0xFF, 0x00]
    let reject = try #require(try parsed(bytes, ParserOptions(rejectBytes: limit)).reject)
    #expect(reject.raw == Array(bytes.prefix(max(0, limit))))
    #expect(reject.rawByteCount == bytes.count)
  }

  @Test(arguments: [SingleByteEncoding.windows1256, .iso88596])
  func namesOfFieldsAreDecodedToo(encoding: SingleByteEncoding) throws {
    let json = #"{"العنوان":"خبر","المتن":"وصل الوفد إلى العاصمة مساء أمس","رقم":5,"صنف":"محلي"}"#
    for declaration in [TextDecoder.Declaration.unknown, .singleByte(encoding)] {
      let options = ParserOptions(paths: ("رقم", "العنوان", "المتن"), encoding: declaration)
      let record = try parsed(encode(json, encoding), options).get()
      #expect(record.id == "5")
      #expect(record.titleString == "خبر")
      #expect(record.textString == "وصل الوفد إلى العاصمة مساء أمس")
      #expect(record.metaString == #"{"صنف":"محلي"}"#)
      #expect(record.encoding.name == encoding.rawValue)
    }
    // What is missing in any encoding is still missing.
    #expect(try parsed(encode(json, encoding)).reject?.reason == .missingText)
  }

  @Test(arguments: [
    (#"{"text":true}"#, RejectReason.wrongFieldType), (#"{"text":-1.5e999}"#, .wrongFieldType),
    (#"{"text":"\u0000\u001f"}"#, .emptyArticle), (#"{"text":["",null," "]}"#, .emptyArticle),
    (#"{"text":"\ufeff\u2029\u3000"}"#, .emptyArticle), (#"{"Text":"نص"}"#, .missingText),
    (#"{"a":{"text":"نص"}}"#, .missingText), (#"[{"text":"نص"}]"#, .notAnObject), ("null", .notAnObject),
    ("", .invalidJSON), ("\u{FEFF}", .invalidJSON), ("{\"text\":\"نص\"}\u{FEFF}", .invalidJSON),
    (#"{"text":"نص"}{"text":"نص"}"#, .invalidJSON), (#"{"text":"نص"]"#, .invalidJSON),
    (#"{'text':'نص'}"#, .invalidJSON), (#"{"text":"نص" "a":1}"#, .invalidJSON),
    ("{\"text\":\"نص\",\0}", .invalidJSON),
    (#"{"text":"\u12"}"#, .invalidJSON), (#"{"text":"\ud800"#, .invalidJSON), (#"// {}"#, .invalidJSON),
  ])
  func whatIsNoArticleSaysWhy(json: String, reason: RejectReason) throws {
    #expect(try parsed(json).reject?.reason == reason)
  }

  @Test func pathsThatLieInOneAnotherAreToldApart() throws {
    let nested = ParserOptions(paths: ("text.id", "text.title", "text.body"))
    let record = try parsed(#"{"text":{"id":1,"title":"ع","body":"نص","k":2}}"#, nested).get()
    #expect(record.id == "1" && record.titleString == "ع" && record.textString == "نص")
    #expect(record.metaString == #"{"text":{"k":2}}"#)
    let over = ParserOptions(paths: ("meta", "meta.title", "text"))
    let other = try parsed(#"{"meta":{"title":"ع","n":[{"title":"لا"}]},"text":"نص"}"#, over).get()
    #expect(other.id == nil && other.titleString == "ع")
    #expect(other.metaString == #"{"meta":{"n":[{"title":"لا"}]}}"#)
    // A path does not reach through an array, nor is a name with a dot a path.
    #expect(try parsed(#"{"text":[{"body":"نص"}]}"#, nested).reject?.reason == .missingText)
    #expect(try parsed(#"{"text.body":"نص"}"#, nested).reject?.reason == .missingText)
  }

  /// RapidJSON 1.1 writes U+001A to U+001F as they are where it goes sixteen bytes at a time.
  @Test(arguments: 0..<0x20) func controlCharactersStayEscapedWhereverTheyStand(control: Int) throws {
    let letters = Array("0123456789ABCDEF")
    let long = "\\u00\(letters[control >> 4])\(letters[control & 15])"
    let short = [8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r"][control] ?? long
    for place in 0..<40 {
      let before = String(repeating: "م", count: place / 2) + String(repeating: "x", count: place % 2)
      func json(_ escape: String) -> String { #"{"\#(before)\#(escape)":["\#(before)\#(escape)ab"]}"# }
      let record = try parsed(json(long).replacing("]}", with: #"],"text":"نص"}"#)).get()
      #expect(record.metaString == json(short))
    }
  }

  @Test func nothingOfARecordIsLeftForTheNext() throws {
    let parser = try RecordParser()
    func parse(_ json: String) -> Result<ParsedRecord, NoArticle> {
      var batch = RawBatch(index: 0)
      batch.bytes = Array(json.utf8)
      let record = RawRecord(
        origin: RecordOrigin(input: "x", record: 1, byteOffset: 0), range: 0..<batch.bytes.count,
        kind: .json, units: .bytes, order: 0)
      return parser.parse(record, in: batch)
    }
    for broken in [
      #"{"id":1,"title":"ع","text":["نص","#, #"{"a":{"b":[{"c":["#, #"{"text":"\ud800"#, #"{"id":"#, "[[[",
      #"{"id""#,
    ] {
      #expect(parse(broken).reject?.reason == .invalidJSON)
      let next = try parse(#"{"text":"نص","k":[{"text":1}]}"#).get()
      #expect(next.id == nil && next.title.isEmpty && next.textString == "نص")
      #expect(next.metaString == #"{"k":[{"text":1}]}"#)
      #expect(next.encoding.replacements == 0)
    }
  }

  @Test func zeroCharactersAreKept() throws {
    let record = try parsed(#"{"id":"a\u0000b","text":"نص\u0000نص","k\u0000":"\u0000"}"#).get()
    #expect(record.id == "a\0b")
    #expect(record.textString == "نص\0نص")
    #expect(record.metaString == #"{"k\u0000":"\u0000"}"#)
  }
}
