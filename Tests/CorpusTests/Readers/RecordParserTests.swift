import ArabicText
import Testing

@testable import Corpus

@Suite struct RecordParserTests {
  private func parse(
    _ bytes: [UInt8], _ options: ParserOptions = ParserOptions(), isJSON: Bool = true
  ) throws -> Result<ParsedRecord, NoArticle> {
    var batch = RawBatch(index: 0)
    batch.bytes = bytes
    let record = RawRecord(
      origin: RecordOrigin(input: "a.jsonl", record: 3, byteOffset: 7), range: 0..<bytes.count,
      kind: isJSON ? .json : .text,
      units: .bytes, order: 0)
    return try RecordParser(options).parse(record, in: batch)
  }

  private func parse(_ text: String, _ options: ParserOptions = ParserOptions()) throws -> Result<
    ParsedRecord, NoArticle
  > {
    try parse(Array(text.utf8), options)
  }

  private func meta(_ record: ParsedRecord) -> String { String(decoding: record.meta, as: UTF8.self) }

  @Test func mappedFieldsAreTakenAndTheRestIsKeptAsWritten() throws {
    let record = try parse(
      #"{"z":1.50,"id":"n1","title":"عنوان","big":12345678901234567890123,"exp":1E+300,"text":"نص","o":{"b":[true,null,"\u0627"],"a":-0.0}}"#
    ).get()
    #expect(record.id == "n1")
    #expect(String(decoding: record.title, as: UTF16.self) == "عنوان")
    #expect(String(decoding: record.text, as: UTF16.self) == "نص")
    #expect(
      meta(record)
        == #"{"z":1.50,"big":12345678901234567890123,"exp":1E+300,"o":{"b":[true,null,"ا"],"a":-0.0}}"#)
  }

  @Test func dottedPathsReachIntoObjects() throws {
    let options = ParserOptions(paths: ("meta.key", "head.title", "body.content.text"))
    let record = try parse(
      #"{"meta":{"key":7,"x":1},"head":{"title":"ع"},"body":{"content":{"text":"نص"},"n":2},"text":"غير هذا"}"#,
      options
    ).get()
    #expect(record.id == "7")
    #expect(String(decoding: record.text, as: UTF16.self) == "نص")
    #expect(meta(record) == #"{"meta":{"x":1},"head":{},"body":{"content":{},"n":2},"text":"غير هذا"}"#)
  }

  @Test(arguments: [
    (#"{"id":"a"}"#, RejectReason.missingText), (#"{"text":null}"#, .missingText),
    (#"{"text":5}"#, .wrongFieldType),
    (#"{"text":["a",1]}"#, .wrongFieldType), (#"{"text":[["a"],{"k":["b"]}]}"#, .wrongFieldType),
    (#"{"text":{"a":1}}"#, .wrongFieldType), (#"{"text":[]}"#, .emptyArticle),
    (#"{"text":""}"#, .emptyArticle),
    (#"{"text":" \n\u00a0\u200b\ufeff"}"#, .emptyArticle), (#"[1]"#, .notAnObject),
    (#""text""#, .notAnObject),
    (#"{"text":"a""#, .invalidJSON), (#"{"text":"a"} x"#, .invalidJSON), (#"{text:"a"}"#, .invalidJSON),
    (#"{"text":"a","n":01}"#, .invalidJSON), (#"{"text":"a","s":"\x"}"#, .invalidJSON),
    ("{\"text\":\"a\tb\n\"}", .invalidJSON),
    (#"{"text":"a","x":NaN}"#, .invalidJSON), (#"{"text":"a",}"#, .invalidJSON), ("{}", .missingText),
  ])
  func badRecordsAreRejectedWithTheirReason(text: String, reason: RejectReason) throws {
    switch try parse(text) {
    case .success(let record): Issue.record("accepted \(meta(record))")
    case .failure(.reject(let reject)):
      #expect(reject.reason == reason)
      #expect(reject.raw == Array(text.utf8))
      #expect(reject.origin == RecordOrigin(input: "a.jsonl", record: 3, byteOffset: 7))
      #expect(!reject.detail.isEmpty)
    case .failure(.skip(let reason)): Issue.record("skipped as \(reason.rawValue)")
    }
  }

  @Test func deepNestingIsRefusedAndNeverOverflows() throws {
    let deep =
      #"{"text":"a","x":"# + String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
      + "}"
    guard case .failure(.reject(let reject)) = try parse(deep) else {
      Issue.record("accepted")
      return
    }
    #expect(reject.reason == .tooDeep)
    #expect(reject.detail.contains("256"))
    #expect(reject.raw.count == 4096 && reject.rawByteCount == deep.utf8.count)
  }

  @Test func aTextInParagraphsIsJoined() throws {
    let record = try parse(#"{"text":["أول","ثان"],"n":[1,["x"]],"id":"i"}"#).get()
    #expect(String(decoding: record.text, as: UTF16.self) == "أول\nثان")
    #expect(record.id == "i")
    #expect(meta(record) == #"{"n":[1,["x"]]}"#)
  }

  @Test func aLaterDuplicateOfAFieldWins() throws {
    #expect(try String(decoding: parse(#"{"text":"a","text":"b"}"#).get().text, as: UTF16.self) == "b")
  }

  @Test func loneSurrogateEscapesAreRepairedAndCounted() throws {
    let record = try parse(#"{"text":"a\ud800b \ud83d\ude00 \\ud800 \udc00","k\ud800":1}"#).get()
    #expect(String(decoding: record.text, as: UTF16.self) == "a\u{FFFD}b 😀 \\ud800 \u{FFFD}")
    #expect(record.encoding.replacements == 3)
  }

  @Test func malformedBytesInsideJSONAreRepairedAndCounted() throws {
    let bytes = Array(#"{"text":"نص طويل بما يكفي "#.utf8) + [0xD9, 0x20, 0xFF] + Array(#"","n":1}"#.utf8)
    let record = try parse(bytes).get()
    #expect(String(decoding: record.text, as: UTF16.self) == "نص طويل بما يكفي \u{FFFD} \u{FFFD}")
    #expect(record.encoding == DecodedEncoding(name: "utf-8", how: .detected, replacements: 2))
    guard case .failure(.reject(let reject)) = try parse(bytes, ParserOptions(isStrict: true)) else {
      Issue.record("accepted")
      return
    }
    #expect(reject.reason == .undecodable)
  }

  @Test func aRecordInWindows1256IsDetected() throws {
    let text =
      #"{"title":"خبر","text":"أعلنت وزارة التعليم في العاصمة عن موعد بداية العام الدراسي الجديد في جميع المدارس"}"#
    let table = SingleByteEncoding.windows1256.table
    let bytes = text.utf16.map { unit in UInt8(table.firstIndex(of: unit) ?? 0x3F) }
    let record = try parse(bytes).get()
    #expect(record.encoding.name == "windows-1256")
    #expect(String(decoding: record.title, as: UTF16.self) == "خبر")
  }

  @Test func plainTextIsTheArticle() throws {
    let record = try parse(Array("\u{FEFF}نص".utf8), isJSON: false).get()
    #expect(String(decoding: record.text, as: UTF16.self) == "نص")
    #expect(record.encoding.how == .mark)
    #expect(record.id == "a.jsonl")
  }
}
