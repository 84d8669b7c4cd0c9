import TestSupport
import Testing

@testable import Corpus

/// Inputs put together from known records, so that what must be read is known without reading.
@Suite struct AssembledInputTests {
  private struct Assembled {
    var bytes: [UInt8] = []
    /// What must come out, in order: where a record begins and its bytes.
    var records: [(offset: Int, bytes: [UInt8])] = []
  }

  private static let pieces = [
    "نص", "a", " ", "[", "]", "{", "}", ",", ":", "\\\"", "\\\\", "\\n", "\\u005d", "\\ud83d\\ude00", "😀",
    "\u{0A0A}", "\u{0D0D}", "\u{2028}", "\\/", "\u{225C}",
  ]

  private static func value(_ random: inout SeededGenerator, depth: Int) -> String {
    switch Int.random(in: 0..<(depth > 3 ? 3 : 5), using: &random) {
    case 0:
      return ["null", "true", "-1.50", "12e3", "0"].randomElement(using: &random) ?? "0"
    case 1, 2:
      let content = (0..<Int.random(in: 0...8, using: &random)).map { _ in
        pieces.randomElement(using: &random) ?? ""
      }
      return "\"\(content.joined())\""
    case 3:
      let elements = (0..<Int.random(in: 0...3, using: &random)).map { _ in
        value(&random, depth: depth + 1)
      }
      return "[\(elements.joined(separator: ", "))]"
    default: return object(&random, depth: depth + 1)
    }
  }

  private static func object(_ random: inout SeededGenerator, depth: Int = 0) -> String {
    let members = (0..<Int.random(in: 0...3, using: &random)).map {
      "\"k\($0)\":\(value(&random, depth: depth + 1))"
    }
    return "{\(members.joined(separator: " ,"))}"
  }

  private static func blanks(_ random: inout SeededGenerator, _ choice: [String]) -> String {
    (0..<Int.random(in: 0...3, using: &random)).map { _ in choice.randomElement(using: &random) ?? "" }
      .joined()
  }

  private static func assemble(
    _ random: inout SeededGenerator, _ format: InputFormat, encode: (String) -> [UInt8]
  ) -> Assembled {
    var result = Assembled()
    let isArray = format == .jsonArray
    func blank() -> String {
      blanks(&random, isArray ? [" ", "\n", "\r\n", "\t"] : ["\n", " \t\n", "\r\n"])
    }
    func append(_ text: String) { result.bytes += encode(text) }
    if Bool.random(using: &random) { append("\u{FEFF}") }
    append(blank())
    // The first record is an object: by that the format is told.
    let count = Int.random(in: 1...8, using: &random)
    if isArray { append("[" + blank()) }
    for index in 0..<count {
      let record =
        isArray && index > 0 && Bool.random(using: &random)
        ? value(&random, depth: 2) : object(&random)
      result.records.append((result.bytes.count, encode(record)))
      append(record)
      let isLast = index == count - 1
      if isArray {
        append(blank() + (isLast ? "]" : ",") + blank())
      } else if !isLast || Bool.random(using: &random) {
        append((Bool.random(using: &random) ? "\n" : "\r\n") + blank())
      }
    }
    return result
  }

  private static func encoder(_ width: Int, _ isBigEndian: Bool) -> (String) -> [UInt8] {
    { width == 1 ? Array($0.utf8) : Wide.encode($0, width: width, isBigEndian: isBigEndian) }
  }

  @Test(arguments: [InputFormat.jsonl, .jsonArray], [1, 2, 4])
  func everyRecordComesOutWithItsBytesOffsetAndNumber(format: InputFormat, width: Int) throws {
    var random = SeededGenerator(seed: UInt64(width))
    for round in 0..<80 {
      let input = Self.assemble(&random, format, encode: Self.encoder(width, round % 2 == 0))
      let options = ReaderOptions(
        format: round % 3 == 0 ? format : .auto,
        batchBytes: [1, 100, 1 << 20].randomElement(using: &random) ?? 1)
      let result = try ReadResult(input.bytes, chunk: Int.random(in: 1...80, using: &random), options)
      #expect(result.rejects.isEmpty)
      #expect(result.records.map(\.bytes) == input.records.map(\.bytes))
      #expect(result.records.map(\.origin.byteOffset) == input.records.map(\.offset))
      #expect(result.records.map(\.origin.record) == Array(1...input.records.count))
    }
  }

  @Test(arguments: [InputFormat.jsonl, .jsonArray], [1, 2, 4])
  func exactlyTheRecordsAboveTheLimitAreRejectedWithTheirSize(format: InputFormat, width: Int) throws {
    var random = SeededGenerator(seed: 40 + UInt64(width))
    for round in 0..<80 {
      let input = Self.assemble(&random, format, encode: Self.encoder(width, round % 2 == 0))
      let limit = Int.random(in: 1...60, using: &random) * width
      let options = ReaderOptions(
        format: format, maxArticleBytes: limit, rejectBytes: Int.random(in: 0...20, using: &random))
      let result = try ReadResult(input.bytes, chunk: Int.random(in: 1...80, using: &random), options)
      let numbered = input.records.enumerated().map { (number: $0 + 1, offset: $1.offset, bytes: $1.bytes) }
      let small = numbered.filter { $0.bytes.count <= limit }
      let large = numbered.filter { $0.bytes.count > limit }
      #expect(result.records.map(\.bytes) == small.map(\.bytes))
      #expect(result.records.map(\.origin.record) == small.map(\.number))
      #expect(result.records.map(\.origin.byteOffset) == small.map(\.offset))
      #expect(result.reasons.allSatisfy { $0 == .articleTooLarge })
      #expect(result.rejects.map(\.count) == large.map(\.bytes.count))
      #expect(result.rejects.map(\.origin.record) == large.map(\.number))
      #expect(result.rejects.map(\.origin.byteOffset) == large.map(\.offset))
      #expect(result.rejects.map(\.raw) == large.map { Array($0.bytes.prefix(options.rejectBytes)) })
    }
  }

  /// The framer alone, over windows of random sizes from the first byte on.
  @Test(arguments: [InputFormat.jsonl, .jsonArray], [1, 2, 4])
  func theFramerDependsOnNoWindow(format: InputFormat, width: Int) {
    var random = SeededGenerator(seed: 80 + UInt64(width))
    for round in 0..<150 {
      let isBigEndian = round % 2 == 0
      let input = Self.assemble(&random, format, encode: Self.encoder(width, isBigEndian))
      let units = input.bytes.withUnsafeBufferPointer { CodeUnits.detect($0) }
      #expect(units.width == width)
      var framer = RecordFramer(format: format, units: units)
      var window: [UInt8] = []
      var offset = units.markLength
      var at = units.markLength
      var found: [(Int, [UInt8])] = []
      reading: while true {
        switch window.withUnsafeBufferPointer({ framer.next($0, isEnd: at == input.bytes.count) }) {
        case .record(let range), .last(let range):
          found.append((offset + range.lowerBound, Array(window[range])))
        case .needsMore(let keep):
          #expect(at < input.bytes.count, "nothing more can come")
          window.removeFirst(keep)
          framer.dropped(keep)
          offset += keep
          let more = min(input.bytes.count - at, Int.random(in: 1...12, using: &random))
          window += input.bytes[at..<(at + more)]
          at += more
        case .malformed(let index, let detail, _):
          Issue.record("\(detail) at \(index)")
          break reading
        case .skipped, .rejected:
          Issue.record("nothing here is passed over")
          break reading
        case .finished: break reading
        }
      }
      #expect(found.map(\.0) == input.records.map(\.offset))
      #expect(found.map(\.1) == input.records.map(\.bytes))
    }
  }

  @Test(arguments: [1, 2, 4])
  func everyCutOfAnArrayIsToldOf(width: Int) throws {
    let encode = Self.encoder(width, false)
    let first = encode("{\"a\":\"]\"}")
    let bytes = encode("[") + first + encode(" , {\"b\":[1,{}]} ]")
    let closed = bytes.count - width
    for count in width..<bytes.count {
      let options = ReaderOptions(format: .jsonArray)
      let result = try ReadResult(Array(bytes.prefix(count)), chunk: 3, options)
      // What is left of an element goes on to the parser, which rejects it.
      let isWhole = result.records.map(\.bytes).allSatisfy { $0 == first || $0 == encode("{\"b\":[1,{}]}") }
      #expect(!isWhole || result.reasons == [.invalidJSON], "cut at \(count) of \(closed)")
    }
  }

  /// The high byte of U+0D41 and a stray byte look like the carriage return of a line end.
  @Test func aLastUnitCutInTwoIsKept() throws {
    let bytes = Wide.encode("{\"a\":1}\n{\u{0D41}", width: 2, isBigEndian: false) + [0]
    let result = try ReadResult(bytes, ReaderOptions(format: .jsonl))
    #expect(result.records.map(\.bytes) == [Array(bytes[..<14]), Array(bytes[16...])])
  }
}
