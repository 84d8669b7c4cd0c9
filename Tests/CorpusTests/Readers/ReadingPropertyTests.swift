import TestSupport
import Testing

@testable import Corpus

/// What is read depends on the bytes alone: not on how many come at once, nor on how batches are cut.
@Suite struct ReadingPropertyTests {
  private static let pieces = [
    "{\"text\":\"مقال قصير\"}", "{\"a\":[1,{\"b\":\"}]\\\\\"}]}", "{}", "\n", "\r\n", "\r", ",", " ", "[",
    "]", "{", "}",
    "\"", "\\", "\\\"", "نص", "\u{0A0D}", String(repeating: "x", count: 60), "null", "\u{FEFF}",
  ]

  /// The reader looks at the first kilobyte as a whole: behind this margin bytes come in as they are cut.
  private static let margin = String(repeating: "\n", count: CodeUnits.sampleLength + 6)

  private static func stream(_ random: inout SeededGenerator, opening: String) -> String {
    margin + opening
      + (0..<Int.random(in: 0...24, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
      .joined()
  }

  @Test(arguments: [InputFormat.auto, .jsonl, .jsonArray, .text])
  func anyChunkSizeGivesTheSameRecordsAndRejects(format: InputFormat) throws {
    var random = SeededGenerator(seed: 7)
    for round in 0..<120 {
      let text = Self.stream(
        &random, opening: ["", "[{\"a\":1}", "{\"a\":1}\n"].randomElement(using: &random) ?? "")
      let width = [1, 1, 2, 4][round % 4]
      let isBigEndian = Bool.random(using: &random)
      var bytes = width == 1 ? Array(text.utf8) : Wide.encode(text, width: width, isBigEndian: isBigEndian)
      if Int.random(in: 0..<4, using: &random) == 0 { bytes += [0x7D] }
      let options = ReaderOptions(
        format: format, maxArticleBytes: [30, 90, 4000][round % 3], batchBytes: 1 << 16,
        rejectBytes: [5, 50][round % 2])
      let whole = try ReadResult(bytes, options)
      for chunk in [1, 2, 3, Int.random(in: 4...40, using: &random)] {
        let pieces = try ReadResult(bytes, chunk: chunk, options)
        #expect(
          pieces == whole,
          "\(format) width \(width) chunk \(chunk): \(text.dropFirst(Self.margin.count).debugDescription)")
      }
      var small = options
      small.batchBytes = 20
      #expect(try ReadResult(bytes, small) == whole)
    }
  }

  @Test(arguments: [1, 2, 4])
  func theLimitIsTheSameForEveryChunkSize(width: Int) throws {
    let limit = 24
    let options = ReaderOptions(format: .jsonl, maxArticleBytes: limit * width, rejectBytes: 8)
    for length in (limit - 2)...(limit + 5) {
      for (content, tail) in [("{", "}"), ("{", "} \t"), (" ", " "), (" ", "\t}"), ("{", "}\r")] {
        for end in ["\n", "\r\n", ""] {
          let line =
            content + String(repeating: content == "{" ? "x" : " ", count: length - 1 - tail.count) + tail
          let stream = Self.margin + "{\"a\":1}\n" + line + end + (end.isEmpty ? "" : "{\"b\":2}\n")
          let bytes = Wide.encode(stream, width: width, isBigEndian: false)
          let whole = try ReadResult(bytes, options)
          let size = line.last == "\r" && end != "\r\n" ? length - 1 : length
          let isBlank = line.allSatisfy(\.isWhitespace)
          #expect(whole.rejects.map(\.count) == (isBlank || size <= limit ? [] : [size * width]))
          for chunk in [1, 2, 3, 7] {
            let pieces = try ReadResult(bytes, chunk: chunk, options)
            #expect(
              pieces == whole, "width \(width) chunk \(chunk) length \(length): \(line.debugDescription)")
          }
        }
      }
    }
  }

  @Test func offsetsSliceBackToTheRecord() throws {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<120 {
      let bytes = Array(
        Self.stream(&random, opening: ["[{\"a\":1}", "{\"a\":1}\n"].randomElement(using: &random) ?? "").utf8)
      let options = ReaderOptions(maxArticleBytes: 50, rejectBytes: 10)
      let result = try ReadResult(bytes, chunk: 9, options)
      for record in result.records {
        #expect(Array(bytes[record.origin.byteOffset...].prefix(record.bytes.count)) == record.bytes)
      }
      for reject in result.rejects {
        #expect(Array(bytes[reject.origin.byteOffset...].prefix(reject.raw.count)) == reject.raw)
      }
      let numbers = (result.records.map(\.origin.record) + result.rejects.map(\.origin.record)).sorted()
      #expect(numbers == Array(1..<(numbers.count + 1)))
    }
  }
}
