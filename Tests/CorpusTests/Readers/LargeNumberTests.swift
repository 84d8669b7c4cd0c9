import ArabicText
import Testing

@testable import Corpus

/// JSON sets no limit to numbers, and nothing here computes with them.
@Suite struct LargeNumberTests {
  @Test(arguments: [
    "4.50", "1e400", "-1E+4000", "1e-400", "0e999", "12345678901234567890", "0.10e309", "-0.0", "1e5",
    "99999999999999999999e300", String(repeating: "9", count: 400), "-" + String(repeating: "7", count: 301),
    "0." + String(repeating: "0", count: 400) + "1",
  ])
  func anyNumberKeepsItsSpelling(number: String) throws {
    let other = #""a\"1e999 \\":"-5e777 1e400","#
    let record = try parsed(
      #"{"n":1.0,\#(other)"x":\#(number),"deep":[7,{"y":\#(number)},3.10],"text":"نص 1e500","id":\#(number)}"#
    ).get()
    #expect(record.id == number)
    #expect(record.textString == "نص 1e500")
    #expect(record.metaString == #"{"n":1.0,\#(other)"x":\#(number),"deep":[7,{"y":\#(number)},3.10]}"#)
    #expect(record.encoding == DecodedEncoding(name: "utf-8", how: .validated))
  }

  @Test(arguments: [
    "1e400.5", "01e400", "1e400e", "1.e400", "-e400", "+1e400", "1e+", ".5e400", "1e400 1e400",
  ])
  func whatIsNoNumberIsNoJSON(number: String) throws {
    let reject = try parsed(#"{"text":"نص","big":1e999,"n":\#(number)}"#).reject
    #expect(reject?.reason == .invalidJSON)
  }

  @Test func anErrorBehindALargeNumberIsToldAtItsPlace() throws {
    let start = #"{"text":"نص","n":1e999999,"#
    let reject = try #require(try parsed(start + "}").reject)
    #expect(reject.detail.contains("At byte \(start.utf8.count) of the record."))
    #expect(reject.raw == Array((start + "}").utf8))
    #expect(try parsed(#"{"n":1e999,"text":[1e999]}"#).reject?.reason == .wrongFieldType)
    #expect(try parsed("1e999").reject?.reason == .notAnObject)
  }

  @Test func manyLargeNumbersAreReadAsOne() throws {
    let numbers = (0..<20_000).map { "\($0)e\(400 + $0 % 7)" }.joined(separator: ",")
    let record = try parsed(#"{"n":[\#(numbers)],"text":"نص"}"#).get()
    #expect(record.metaString == #"{"n":[\#(numbers)]}"#)
  }

  @Test func oneRecordLeavesNothingForTheNext() throws {
    let parser = try RecordParser()
    for json in [
      #"{"text":"نص","n":[1,1e400]}"#, #"{"text":"نص","n":[1,2]}"#, #"{"text":"نص","n":[3e400,2]}"#,
    ] {
      var batch = RawBatch(index: 0)
      batch.bytes = Array(json.utf8)
      let record = RawRecord(
        origin: RecordOrigin(input: "x", record: 1, byteOffset: 0), range: 0..<batch.bytes.count,
        kind: .json,
        units: .bytes, order: 0)
      let meta = try parser.parse(record, in: batch).get().metaString
      #expect(meta == json.replacing(#""text":"نص","#, with: ""))
    }
  }

  @Test func loneSurrogatesAndLargeNumbersGoTogether() throws {
    let record = try parsed(#"{"text":"أ\ud800 ب\udc00","n":1e400,"k":"\udfff"}"#).get()
    #expect(record.textString == "أ\u{FFFD} ب\u{FFFD}")
    #expect(record.encoding.replacements == 3)
    #expect(record.metaString == "{\"n\":1e400,\"k\":\"\u{FFFD}\"}")
    // The second parse must not count the escapes of the first again.
    let low = try parsed(#"{"k":"\udfff","n":1e400,"text":"نص"}"#).get()
    #expect(low.encoding.replacements == 1)
  }
}
