import TestSupport
import Testing

@testable import Corpus

@Suite struct FramingTests {
  private func read(
    _ text: String, _ format: InputFormat = .auto, max: Int = 1 << 20, batch: Int = 1 << 20
  ) throws -> ReaderHarness.Result {
    let harness = try ReaderHarness()
    defer { harness.remove() }
    return try harness.read(
      text, ReaderOptions(format: format, maxArticleBytes: max, batchBytes: batch, rejectBytes: 8))
  }

  @Test(arguments: [
    ("{\"a\":1}\n{\"a\":2}\n", ["{\"a\":1}", "{\"a\":2}"]),
    ("{\"a\":1}\r\n{\"a\":2}", ["{\"a\":1}", "{\"a\":2}"]),
    ("\n\n {\"a\":1}\n \t\n{\"a\":2}\n\n", [" {\"a\":1}", "{\"a\":2}"]),
    ("\u{FEFF}{\"a\":1}\n{\"a\":2}", ["{\"a\":1}", "{\"a\":2}"]),
    ("[{\"a\":1},{\"a\":2}]", ["{\"a\":1}", "{\"a\":2}"]),
    (
      " [ \n{\"a\":[1,{\"b\":\"]}\"}]} ,\n {\"a\":\"\\\"]\"}\n ] \n",
      ["{\"a\":[1,{\"b\":\"]}\"}]}", "{\"a\":\"\\\"]\"}"]
    ),
    ("[]", []),
    ("[{}]", ["{}"]),
    ("[1] نص", ["[1] نص"]),
    ("نص عادي\nفي سطرين", ["نص عادي\nفي سطرين"]),
    ("", [""]),
  ])
  func recordsAreFoundByContent(text: String, records: [String]) throws {
    let result = try read(text)
    #expect(result.texts == records)
    #expect(result.rejects.isEmpty)
  }

  @Test func arrayElementsOfEveryKindAreRecords() throws {
    let result = try read("[1, \"a,b\", null, [2,3], {\"t\":1}, true]", .jsonArray)
    #expect(result.texts == ["1", "\"a,b\"", "null", "[2,3]", "{\"t\":1}", "true"])
  }

  @Test func anArrayThatIsNotClosedIsToldOf() throws {
    let open = try read("[{\"a\":1},", .jsonArray)
    #expect(open.texts == ["{\"a\":1}"])
    #expect(open.rejects.map(\.reason) == [.invalidJSON])
    let inside = try read("[{\"a\":1},{\"b\":", .jsonArray)
    #expect(inside.texts == ["{\"a\":1}", "{\"b\":"])
    let trailing = try read("[{\"a\":1}] x", .jsonArray)
    #expect(trailing.texts == ["{\"a\":1}"])
    #expect(trailing.rejects.map(\.reason) == [.invalidJSON])
    #expect(trailing.rejects.first?.origin.byteOffset == 10)
  }

  @Test func originsNameRecordAndByte() throws {
    let text = "\u{FEFF}\n{\"a\":\"نص\"}\r\n\n{\"b\":2}\n"
    let bytes = Array(text.utf8)
    for batch in [1, 8, 1000] {
      let result = try read(text, batch: batch)
      #expect(result.records.map(\.record.origin.record) == [1, 2])
      for (content, record) in result.records {
        #expect(Array(bytes[record.origin.byteOffset...].prefix(content.count)) == content)
      }
    }
  }

  @Test(arguments: [2, 4], [true, false])
  func wideTextIsCutAtItsLineEnds(width: Int, isBigEndian: Bool) throws {
    let harness = try ReaderHarness()
    defer { harness.remove() }
    func encode(_ text: String, mark: Bool) -> [UInt8] {
      let values = width == 2 ? text.utf16.map { UInt32($0) } : text.unicodeScalars.map(\.value)
      return ((mark ? [0xFEFF] : []) + values).flatMap { value in
        let bytes = (0..<width).map { UInt8(truncatingIfNeeded: value >> UInt32(8 * $0)) }
        return isBigEndian ? bytes.reversed() : bytes
      }
    }
    // U+0A0A and U+0D0A hold the byte of a line end without being one.
    let lines = ["{\"text\":\"نص \u{0A0A}\u{0D0A}\"}", "{\"text\":\"ثانٍ\"}"]
    for mark in [true, false] {
      let result = try harness.read(encode(lines.joined(separator: "\n"), mark: mark))
      #expect(result.records.map(\.bytes) == lines.map { encode($0, mark: false) })
      let parser = try RecordParser()
      var batch = RawBatch(index: 0)
      batch.bytes = result.records[0].bytes
      var record = result.records[0].record
      record.range = 0..<batch.bytes.count
      let parsed = try parser.parse(record, in: batch).get()
      #expect(String(decoding: parsed.text, as: UTF16.self) == "نص \u{0A0A}\u{0D0A}")
      #expect(parsed.encoding.name == "utf-\(width * 8)\(isBigEndian ? "be" : "le")")
    }
  }

  @Test func aRecordAboveTheLimitIsRejectedWithItsTrueSizeAndReadingGoesOn() throws {
    let long = "{\"text\":\"" + String(repeating: "x", count: 900_000) + "\"}"
    let text = "{\"a\":1}\n\(long)\n{\"b\":2}\n"
    let result = try read(text, .jsonl, max: 100_000)
    #expect(result.texts == ["{\"a\":1}", "{\"b\":2}"])
    #expect(result.records.map(\.record.origin.record) == [1, 3])
    let reject = try #require(result.rejects.first)
    #expect(reject.reason == .articleTooLarge)
    #expect(reject.rawByteCount == long.utf8.count)
    #expect(reject.raw == Array(long.utf8.prefix(8)))
    #expect(reject.origin == RecordOrigin(input: "input", record: 2, byteOffset: 8))
    let array = try read("[{\"a\":1},\(long),{\"b\":2}]", .jsonArray, max: 100_000)
    #expect(array.texts == ["{\"a\":1}", "{\"b\":2}"])
    #expect(array.rejects.map(\.rawByteCount) == [long.utf8.count])
    let whole = try read(String(repeating: "نص ", count: 200_000), .text, max: 100_000)
    #expect(whole.records.isEmpty)
    #expect(whole.rejects.map(\.rawByteCount) == [1_000_000])
  }

  @Test func aFramerGivesTheSameRecordsHoweverTheBytesArrive() {
    var random = SeededGenerator(seed: 9)
    let inputs: [(InputFormat, String)] = [
      (.jsonl, "{\"a\":1}\r\n\n{\"b\":\"x\\\"y\"}\n  \n{\"c\":[1,2]}"),
      (.jsonArray, " [ {\"a\":\"]\\\\\"} , [1,[2]],\"s,\", 12 ,{}]\n"),
    ]
    for (format, text) in inputs {
      let bytes = Array(text.utf8)
      func frame(_ sizes: () -> Int) -> [[UInt8]] {
        var framer = RecordFramer(format: format, units: .bytes)
        var window: [UInt8] = []
        var at = 0
        var records: [[UInt8]] = []
        while true {
          let isEnd = at == bytes.count
          switch window.withUnsafeBufferPointer({ framer.next($0, isEnd: isEnd) }) {
          case .record(let range), .last(let range): records.append(Array(window[range]))
          case .needsMore(let keep):
            window.removeFirst(keep)
            framer.dropped(keep)
            let next = min(bytes.count, at + sizes())
            window += bytes[at..<next]
            at = next
          case .skipped, .rejected, .malformed, .finished: return records
          }
        }
      }
      let whole = frame { bytes.count }
      for _ in 0..<300 { #expect(frame { Int.random(in: 1...7, using: &random) } == whole) }
    }
  }
}
