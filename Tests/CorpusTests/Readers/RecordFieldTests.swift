import TestSupport
import ArabicText
import Testing

@testable import Corpus

@Suite struct RecordFieldTests {
  @Test func mappedMembersLeaveAndAllOthersStayAsTheyWereWritten() throws {
    let record = try parsed(
      #"{"n":1.50,"id":"أ1","big":123456789012345678901234567890,"title":"عنوان","e":[1e5,-0.0,{"x":null}],"text":"نص \"قصير\"\n","ok":true}"#
    ).get()
    #expect(record.id == "أ1")
    #expect(record.titleString == "عنوان")
    #expect(record.textString == "نص \"قصير\"\n")
    #expect(
      record.metaString
        == #"{"n":1.50,"big":123456789012345678901234567890,"e":[1e5,-0.0,{"x":null}],"ok":true}"#)
    #expect(record.encoding == DecodedEncoding(name: "utf-8", how: .validated))
    #expect(try parsed(#"{"text":"نص"}"#).get().meta.isEmpty)
  }

  @Test func dottedPathsReachIntoObjects() throws {
    let options = ParserOptions(paths: ("meta.key", "head.title", "body.content"))
    let record = try parsed(
      #"{"meta":{"key":7,"k":1},"head":{"title":"عنوان"},"text":"لا","body":{"content":"نعم","x":[{"content":"لا"}]}}"#,
      options
    ).get()
    #expect(record.id == "7")
    #expect(record.titleString == "عنوان")
    #expect(record.textString == "نعم")
    #expect(record.metaString == #"{"meta":{"k":1},"head":{},"text":"لا","body":{"x":[{"content":"لا"}]}}"#)
  }

  @Test func numbersAndTruthValuesAreIdsBySpelling() throws {
    #expect(try parsed(#"{"id":1.50,"text":"نص"}"#).get().id == "1.50")
    #expect(try parsed(#"{"id":true,"text":"نص"}"#).get().id == "true")
    #expect(try parsed(#"{"id":null,"text":"نص"}"#).get().id == nil)
    #expect(try parsed(#"{"id":{"a":1},"text":"نص"}"#).get().metaString == #"{"id":{"a":1}}"#)
  }

  @Test func theLastOfSeveralMembersOfOneNameCounts() throws {
    let record = try parsed(#"{"text":"أول","id":1,"text":"ثان","id":2}"#).get()
    #expect(record.textString == "ثان")
    #expect(record.id == "2")
    #expect(try parsed(#"{"text":"أول","text":5}"#).reject?.reason == .wrongFieldType)
    #expect(try parsed(#"{"text":["أ","ب"],"text":"ثان"}"#).get().textString == "ثان")
    #expect(try parsed(#"{"text":"أول","text":["أ","ب"]}"#).get().textString == "أ\nب")
  }

  @Test func paragraphsAreJoinedByNewlines() throws {
    let record = try parsed(#"{"a":1,"text":["فقرة أولى","",null,"فقرة ثانية"],"b":[1]}"#).get()
    #expect(record.textString == "فقرة أولى\n\nفقرة ثانية")
    #expect(record.metaString == #"{"a":1,"b":[1]}"#)
    #expect(try parsed(#"{"text":[]}"#).reject?.reason == .emptyArticle)
    for odd in [#"["a",1]"#, #"["a",["b"]]"#, #"["a",{"text":"b"}]"#, #"[{"a":[1,{"b":[]}]},"c"]"#] {
      #expect(
        try parsed(#"{"x":{"text":"# + odd + #"},"text":"# + odd + "}").reject?.reason == .wrongFieldType,
        "\(odd)")
    }
  }

  @Test func rejectsSayWhatIsWrongAndWhereButShowNoText() throws {
    func reject(_ json: String) throws -> Reject { try #require(try parsed(json).reject) }
    let broken = try reject(#"{"text":"كلام سري", }"#)
    #expect(broken.reason == .invalidJSON)
    #expect(broken.detail.contains("At byte \(#"{"text":"كلام سري", "#.utf8.count) of the record."))
    #expect(!broken.detail.contains("سري"))
    #expect(broken.raw == Array(#"{"text":"كلام سري", }"#.utf8))
    #expect(try reject("[1]").reason == .notAnObject)
    #expect(try reject("3").reason == .notAnObject)
    #expect(try reject("{}").reason == .missingText)
    #expect(try reject(#"{"text":null}"#).reason == .missingText)
    #expect(try reject(#"{"text":{"a":1}}"#).reason == .wrongFieldType)
    #expect(try reject(#"{"text":" \u00a0\u200f\n"}"#).reason == .emptyArticle)
    #expect(try reject(#"{"text":"a"} {"text":"b"}"#).reason == .invalidJSON)
    #expect(try reject("{\"text\":\"a\"}\0").reason == .invalidJSON)
    #expect(try reject("{\"text\":\"a\0b\"}").reason == .invalidJSON)
    #expect(try reject("{\"text\":\"a\nb\"}").reason == .invalidJSON)
    #expect(try reject(#"{"text":"a","n":01}"#).reason == .invalidJSON)
    #expect(try reject(#"{"text":"a","n":NaN}"#).reason == .invalidJSON)
  }

  @Test func deepNestingIsRejectedNotFollowed() throws {
    func nested(_ depth: Int) -> String {
      #"{"text":"نص","x":"# + String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        + "}"
    }
    #expect(try parsed(nested(200)).get().textString == "نص")
    #expect(try parsed(nested(300)).reject?.detail == "nested deeper than 256, which is limits.jsonDepth")
    #expect(try parsed(nested(1_000_000)).reject?.reason == .tooDeep)
    #expect(
      try parsed(#"{"text":"# + String(repeating: "[", count: 1_000_000)).reject?.reason == .tooDeep)
  }

  @Test func halvesOfSurrogatePairsAreRepairedAndCounted() throws {
    for (escaped, text, count) in [
      (#"أ\ud800ب"#, "أ\u{FFFD}ب", 1), (#"أ\udc00ب"#, "أ\u{FFFD}ب", 1), (#"\ud83d\ude00"#, "😀", 0),
      (#"\ud800\ud83d\ude00\udfff"#, "\u{FFFD}😀\u{FFFD}", 2), (#"\\ud800 \\"#, #"\ud800 \"#, 0),
      (#"\ud800\\ud800"#, "\u{FFFD}" + #"\ud800"#, 1), (#"\uD800"#, "\u{FFFD}", 1),
      (#"\ud800\n"#, "\u{FFFD}\n", 1),
    ] {
      let record = try parsed(#"{"text":"نص "# + escaped + #"","k":"\udead"}"#).get()
      #expect(record.textString == "نص " + text, "\(escaped)")
      #expect(record.encoding.replacements == count + 1, "\(escaped)")
      #expect(record.metaString == "{\"k\":\"\u{FFFD}\"}")
    }
    let strict = ParserOptions(isStrict: true)
    #expect(try parsed(#"{"text":"أ\ud800"}"#, strict).reject?.reason == .undecodable)
    #expect(try parsed(#"{"text":"أ\udc00"}"#, strict).reject?.reason == .undecodable)
    #expect(try parsed(#"{"text":"أ\ud8"}"#).reject?.reason == .invalidJSON)
  }

  @Test func malformedBytesAnywhereAreRepairedAndCounted() throws {
    let prose = "وصل الوفد إلى العاصمة"
    for place in 0..<4 {
      func part(_ index: Int) -> [UInt8] { index == place ? [0xD9] : [] }
      let bytes =
        Array(#"{"id":"i"#.utf8) + part(0) + Array(#"","title":"t"#.utf8) + part(1)
        + Array(#"","text":"\#(prose)"#.utf8)
        + part(2) + Array(#"","m":"k"#.utf8) + part(3) + Array(#""}"#.utf8)
      let record = try parsed(bytes).get()
      #expect(record.encoding == DecodedEncoding(name: "utf-8", how: .detected, replacements: 1), "\(place)")
      let all = "\(record.id ?? "")|\(record.titleString)|\(record.textString)|\(record.metaString)"
      #expect(all.filter { $0 == "\u{FFFD}" }.count == 1, "\(place)")
      #expect(try parsed(bytes, ParserOptions(isStrict: true)).reject?.reason == .undecodable)
    }
  }

  @Test func otherEncodingsAreDecodedBeforeParsing() throws {
    let json = #"{"title":"عنوان","text":"وصل الوفد إلى العاصمة مساء أمس","k":"قيمة"}"#
    for isBigEndian in [false, true] {
      let units = CodeUnits(width: 2, isBigEndian: isBigEndian, markLength: 0)
      let record = try parsed(Wide.encode(json, width: 2, isBigEndian: isBigEndian), units: units).get()
      #expect(record.textString == "وصل الوفد إلى العاصمة مساء أمس")
      #expect(record.encoding == DecodedEncoding(name: isBigEndian ? "utf-16be" : "utf-16le", how: .mark))
      #expect(record.metaString == #"{"k":"قيمة"}"#)
    }
    let bytes = json.utf16.map { unit in
      unit < 0x80 ? UInt8(unit) : UInt8(SingleByteEncoding.windows1256.table.firstIndex(of: unit) ?? 0x3F)
    }
    let record = try parsed(bytes).get()
    #expect(record.titleString == "عنوان")
    #expect(record.metaString == #"{"k":"قيمة"}"#)
    #expect(record.encoding == DecodedEncoding(name: "windows-1256", how: .detected))
  }

  @Test func aByteOrderMarkIsSeenInTheWholeFileAndBetweenLines() throws {
    let folder = try InputFolder()
    let path = try folder.write(
      Array("\u{FEFF}{\"text\":\"أول\"}\n{\"text\":\"ثان\"}\n\u{FEFF}{\"text\":\"ثالث\"}\n".utf8))
    var reader = BatchReader(inputs: try InputLister.list([path]).files)
    let next = reader.next()
    let batch = try #require(next)
    let parser = try RecordParser()
    let records = try batch.records.map { try parser.parse($0, in: batch).get() }
    #expect(records.map(\.textString) == ["أول", "ثان", "ثالث"])
    #expect(records.map(\.encoding.how) == [.mark, .mark, .mark])
  }

  @Test func aTextFileIsNamedByItsPath() throws {
    let record = try parsed(Array("نص المقال".utf8), isJSON: false).get()
    #expect(record.id == "a.txt")
    #expect(record.textString == "نص المقال")
    #expect(try parsed([0x20, 0x0A], isJSON: false).reject?.reason == .emptyArticle)
    #expect(try parsed((0..<200).map { UInt8($0) }, isJSON: false).reject?.reason == .undecodable)
  }

  @Test func randomBytesNeverCrash() throws {
    var random = SeededGenerator(seed: 3)
    let parser = try RecordParser()
    let alphabet = Array(#"{}[]",:\u0d8ftrue1.e- "#.utf8) + [0, 0xD8, 0xA7, 0xFF, 0xED, 0xA0, 0x80]
    let start = Array(#"{"text":""#.utf8)
    for round in 0..<4000 {
      var batch = RawBatch(index: 0)
      batch.bytes = round % 2 == 0 ? start : []
      for _ in 0..<Int.random(in: 0...40, using: &random) {
        batch.bytes.append(alphabet.randomElement(using: &random) ?? 0)
      }
      if round % 3 == 0 { batch.bytes += Array(#""}"#.utf8) }
      let record = RawRecord(
        origin: RecordOrigin(input: "x", record: 1, byteOffset: 0), range: 0..<batch.bytes.count,
        kind: round % 5 != 0 ? .json : .text, units: .bytes, order: 0)
      if case .success(let article) = parser.parse(record, in: batch) {
        #expect(!article.text.isEmpty)
        #expect(String(validating: article.meta, as: UTF8.self) != nil)
      }
    }
  }
}
