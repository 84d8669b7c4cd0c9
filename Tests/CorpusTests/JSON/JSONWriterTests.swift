import TestSupport
import Foundation
import Testing

@testable import Corpus

struct JSONWriterTests {
  private func text(_ body: (inout JSONWriter) -> Void) -> String {
    var json = JSONWriter()
    body(&json)
    return String(decoding: json.bytes, as: UTF8.self)
  }

  private func utf16(_ units: [UInt16]) -> String {
    text { json in units.withUnsafeBufferPointer { json.string(utf16: $0) } }
  }

  @Test func commasStandBetweenMembersAndElementsOnly() {
    let json = text {
      $0.beginObject()
      $0.key("a")
      $0.beginArray()
      $0.int(1)
      $0.beginObject()
      $0.endObject()
      $0.beginArray()
      $0.endArray()
      $0.null()
      $0.endArray()
      $0.key(string: "ب\"")
      $0.bool(true)
      $0.key("c")
      $0.raw(Array("[2]".utf8))
      $0.endObject()
      $0.newline()
      $0.int(Int.min)
    }
    #expect(json == "{\"a\":[1,{},[],null],\"ب\\\"\":true,\"c\":[2]}\n-9223372036854775808")
  }

  @Test func everyControlCharacterIsEscapedAlikeFromUTF8AndUTF16() throws {
    let all = String(decoding: (0..<0x80).map { UInt8($0) }, as: UTF8.self) + "\u{2028}\u{2029}ش"
    let fromUTF16 = utf16(Array(all.utf16))
    #expect(text { $0.string(all) } == fromUTF16)
    #expect(try JSONDecoder().decode(String.self, from: Data(fromUTF16.utf8)) == all)
    #expect(fromUTF16.contains("\\u001f") && fromUTF16.contains("\\n") && fromUTF16.contains("\u{2028}"))
    #expect(!fromUTF16.utf8.contains { $0 < 0x20 })
  }

  @Test func loneSurrogatesBecomeReplacementCharacters() {
    #expect(utf16([0xD800]) == "\"\u{FFFD}\"")
    #expect(utf16([0xDC00, 0xD800, 0x627]) == "\"\u{FFFD}\u{FFFD}ا\"")
    #expect(utf16([0xD83D, 0xD83D, 0xDE00]) == "\"\u{FFFD}😀\"")
  }

  @Test func pairsSurviveEveryPlaceInTheChunks() {
    // Chunks are 1,024 units: put a pair across each boundary in turn.
    for length in 1020...1028 {
      let units = [UInt16](repeating: 0x633, count: length) + [0xD83D, 0xDE00] + [0x633]
      #expect(utf16(units) == "\"" + String(decoding: units, as: UTF16.self) + "\"")
    }
  }

  @Test(arguments: 0..<40) func randomTextReadsBackTheSame(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let kinds: [ClosedRange<UInt16>] = [
      0x00...0x7F, 0x20...0x7E, 0x600...0x6FF, 0x7F0...0x810, 0x2000...0x20FF, 0xD7F0...0xE010,
      0xFFF0...0xFFFF,
    ]
    let mix = (0..<3).map { _ in kinds.randomElement(using: &random)! }
    let units = (0..<Int.random(in: 0...3000, using: &random)).map { _ in
      UInt16.random(in: mix.randomElement(using: &random)!, using: &random)
    }
    let expected = String(decoding: units, as: UTF16.self)
    let written = utf16(units)
    #expect(try JSONDecoder().decode(String.self, from: Data(written.utf8)).utf8.elementsEqual(expected.utf8))
    #expect(written.utf8.elementsEqual(text { $0.string(expected) }.utf8))
  }

  @Test func numbersReadBackTheSame() {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<500 {
      let value = Double(bitPattern: random.next())
      guard value.isFinite else { continue }
      #expect(Double(text { $0.double(value) }) == value)
      #expect(text { $0.double(value) }.first != ".")
    }
    #expect(text { $0.double(.nan) } == "null")
    #expect(text { $0.double(0.1) } == "0.1")
  }

  @Test(arguments: [0, 1, 1023, 1024, 1025, 3000]) func arraysOfIntegersEqualSingleOnes(count: Int) {
    var random = SeededGenerator(seed: UInt64(count))
    let values = (0..<count).map { _ in
      Int32.random(in: .min ... .max, using: &random) >> Int32.random(in: 0...31, using: &random)
    }
    let single = text { json in
      json.beginArray()
      for value in values { json.int(Int(value)) }
      json.endArray()
      json.null()
    }
    let together = text { json in
      values.withUnsafeBufferPointer { json.ints($0) }
      json.null()
    }
    #expect(single == together)
    let edges = text { json in [Int32.min, -1, 0, 9, 10, .max].withUnsafeBufferPointer { json.ints($0) } }
    #expect(edges == "[-2147483648,-1,0,9,10,2147483647]")
  }

  @Test func integersOfEveryLengthAreWritten() {
    var values = Array(0...11_000)
    var power = 1
    for _ in 0...18 {
      values += [power - 1, power, power + 1]
      power = power &* 10
    }
    values += [Int(UInt32.max), Int(UInt32.max) + 1, Int.max]
    for value in values {
      #expect(text { $0.int(value) } == "\(value)")
      #expect(text { $0.int(-value) } == "\(-value)")
    }
    #expect(text { $0.int(.min) } == "\(Int.min)")
  }

  @Test func pairsAreWrittenTwiceOrOnceAndCopied() {
    for (start, end) in [(0, 0), (7, 12), (99, 100), (999, 12_345), (4_294_967_294, 4_294_967_295)] {
      for shift in [0, -1] where start + shift >= 0 {
        let pairs = "\"range\":[\(start),\(end)],\"source\":[\(start + shift),\(end)]"
        let written = text { json in
          json.beginArray()
          json.objectOfPairs("range", start, end, "source", start + shift, end)
          json.fragment(#"{"span":{"#)
          json.pairs("range", start, end, "source", start + shift, end)
          json.endObject()
          json.endObject()
          json.null()
          json.endArray()
        }
        #expect(written == "[{\(pairs)},{\"span\":{\(pairs)}},null]")
      }
    }
  }

  @Test(arguments: 0...70) func textOfEveryLengthIsWrittenToItsEnd(count: Int) throws {
    // Exactly as much memory as there is text: what is read beyond it shows under the address sanitizer.
    for place in [-1, 0, count / 2, count - 1] {
      var units = (0..<count).map { index -> UInt16 in index % 5 == 4 ? 0x20 : 0x0628 + UInt16(index % 7) }
      if units.indices.contains(place) { units[place] = 0x22 }
      let expected = String(decoding: units, as: UTF16.self)
      #expect(try JSONDecoder().decode(String.self, from: Data(utf16(units).utf8)) == expected)
    }
  }

  @Test func fixedRoundsAndKeepsZeros() {
    #expect(text { $0.fixed(0.12345, digits: 4) } == "0.1235")
    #expect(text { $0.fixed(-1.5, digits: 0) } == "-2")
    #expect(text { $0.fixed(-0.0001, digits: 3) } == "0.000")
    #expect(text { $0.fixed(12.05, digits: 3) } == "12.050")
    #expect(text { $0.fixed(0.999_96, digits: 4) } == "1.0000")
    #expect(text { $0.fixed(-0.0, digits: 4) } == "0.0000")
    #expect(text { $0.fixed(-0.5, digits: 4) } == "-0.5000")
    #expect(text { $0.fixed(399_999.999_95, digits: 4) } == "400000.0000")
    #expect(text { $0.fixed(429_496.7296, digits: 4) } == "429496.7296")
    #expect(text { $0.fixed(.infinity, digits: 2) } == "null")
    #expect(Double(text { $0.fixed(1e300, digits: 2) }) == 1e300)
  }

  @Test func clearedWriterStartsAnew() {
    var json = JSONWriter()
    json.int(1)
    json.removeAll()
    json.int(2)
    #expect(json.bytes == Array("2".utf8))
  }
}
