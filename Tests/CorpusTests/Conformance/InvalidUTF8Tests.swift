import Testing

@testable import Corpus

/// Every class of bytes that are no UTF-8, wherever they stand. What they become is what the WHATWG's Encoding Standard
/// says: one U+FFFD for each maximal subpart of a sequence (Unicode, chapter 3, "U+FFFD Substitution of Maximal Subparts").
@Suite struct InvalidUTF8Tests {
  private struct Sample {
    var name: String
    var bytes: [UInt8]
    /// How many times U+FFFD; 0 for bytes that are UTF-8.
    var replaced: Int
    var rest = ""

    init(_ name: String, _ bytes: [UInt8], _ replaced: Int, rest: String = "") {
      self.name = name
      self.bytes = bytes
      self.replaced = replaced
      self.rest = rest
    }

    var text: String { String(repeating: "\u{FFFD}", count: replaced) + rest }
  }

  private static let samples = [
    // Longer than need be.
    Sample("overlong of two, lowest", [0xC0, 0x80], 2), Sample("overlong of two, slash", [0xC0, 0xAF], 2),
    Sample("overlong of two, highest", [0xC1, 0xBF], 2),
    Sample("overlong of three, lowest", [0xE0, 0x80, 0x80], 3),
    Sample("overlong of three, highest", [0xE0, 0x9F, 0xBF], 3),
    Sample("overlong of four, lowest", [0xF0, 0x80, 0x80, 0x80], 4),
    Sample("overlong of four, highest", [0xF0, 0x8F, 0xBF, 0xBF], 4),
    Sample("overlong of five", [0xF8, 0x80, 0x80, 0x80, 0x80], 5),
    Sample("overlong of six", [0xFC, 0x80, 0x80, 0x80, 0x80, 0x80], 6),
    // Halves of surrogate pairs.
    Sample("first high surrogate", [0xED, 0xA0, 0x80], 3),
    Sample("last high surrogate", [0xED, 0xAF, 0xBF], 3),
    Sample("first low surrogate", [0xED, 0xB0, 0x80], 3),
    Sample("last low surrogate", [0xED, 0xBF, 0xBF], 3),
    Sample("a pair as of CESU-8", [0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80], 6),
    // Beyond Unicode.
    Sample("U+110000", [0xF4, 0x90, 0x80, 0x80], 4), Sample("U+13FFFF", [0xF4, 0xBF, 0xBF, 0xBF], 4),
    Sample("U+140000", [0xF5, 0x80, 0x80, 0x80], 4), Sample("U+1FFFFF", [0xF7, 0xBF, 0xBF, 0xBF], 4),
    Sample("five bytes", [0xF8, 0x88, 0x80, 0x80, 0x80], 5),
    Sample("six bytes", [0xFD, 0xBF, 0xBF, 0xBF, 0xBF, 0xBF], 6),
    // Continuation bytes that continue nothing.
    Sample("lowest continuation", [0x80], 1), Sample("highest continuation", [0xBF], 1),
    Sample("three continuations", [0x80, 0x81, 0x82], 3),
    Sample("one too many", [0xD9, 0x86, 0x80], 1, rest: ""),
    // Sequences cut off, of each length at each place.
    Sample("1 of 2", [0xC2], 1), Sample("1 of 2, last lead", [0xDF], 1), Sample("1 of 3", [0xE3], 1),
    Sample("2 of 3", [0xE3, 0x81], 1), Sample("1 of 3, E0", [0xE0], 1),
    Sample("2 of 3, E0", [0xE0, 0xA0], 1),
    Sample("2 of 3, ED", [0xED, 0x9F], 1), Sample("1 of 4", [0xF0], 1), Sample("2 of 4", [0xF0, 0x9F], 1),
    Sample("3 of 4", [0xF0, 0x9F, 0x98], 1), Sample("2 of 4, F4", [0xF4, 0x8F], 1),
    Sample("3 of 4, F4", [0xF4, 0x8F, 0xBF], 1), Sample("two leads", [0xE3, 0xE3], 2),
    Sample("2 of 3, twice", [0xE3, 0x81, 0xE3, 0x81], 2),
    Sample("3 of 4, a lead", [0xF0, 0x9F, 0x98, 0xC2], 2),
    Sample("1 of 2, a letter", [0xD9, 0x41], 1, rest: "A"),
    Sample("2 of 3, a letter", [0xE3, 0x81, 0x41], 1, rest: "A"),
    Sample("3 of 4, a letter", [0xF0, 0x9F, 0x98, 0x41], 1, rest: "A"),
    Sample("1 of 4, whole 2", [0xF0, 0xD9, 0x86], 1, rest: "ن"),
    // Bytes that never stand in UTF-8.
    Sample("FE", [0xFE], 1), Sample("FF", [0xFF], 1), Sample("FE FE FF FF", [0xFE, 0xFE, 0xFF, 0xFF], 4),
    Sample("a mark of UTF-16", [0xFF, 0xFE], 2),
    // UTF-8, if only just.
    Sample("U+0080", [0xC2, 0x80], 0, rest: "\u{80}"), Sample("U+07FF", [0xDF, 0xBF], 0, rest: "\u{7FF}"),
    Sample("U+0800", [0xE0, 0xA0, 0x80], 0, rest: "\u{800}"),
    Sample("U+D7FF", [0xED, 0x9F, 0xBF], 0, rest: "\u{D7FF}"),
    Sample("U+E000", [0xEE, 0x80, 0x80], 0, rest: "\u{E000}"),
    Sample("U+10000", [0xF0, 0x90, 0x80, 0x80], 0, rest: "\u{10000}"),
    Sample("U+10FFFF", [0xF4, 0x8F, 0xBF, 0xBF], 0, rest: "\u{10FFFF}"),
    Sample("noncharacter U+FFFE", [0xEF, 0xBF, 0xBE], 0, rest: "\u{FFFE}"),
    Sample("noncharacter U+FFFF", [0xEF, 0xBF, 0xBF], 0, rest: "\u{FFFF}"),
    Sample(
      "noncharacter U+FDD0", [0xEF, 0xB7, 0x90], 0, rest: String(decoding: [0xFDD0 as UInt16], as: UTF16.self)
    ),
    Sample(
      "noncharacter U+FDEF", [0xEF, 0xB7, 0xAF], 0, rest: String(decoding: [0xFDEF as UInt16], as: UTF16.self)
    ),
    Sample("noncharacter U+1FFFE", [0xF0, 0x9F, 0xBF, 0xBE], 0, rest: "\u{1FFFE}"),
    Sample("a mark inside", [0xEF, 0xBB, 0xBF], 0, rest: "\u{FEFF}"),
  ]

  /// Of "one too many", the letter before is whole.
  private static func expected(_ sample: Sample) -> String {
    sample.name == "one too many" ? "ن\u{FFFD}" : sample.text
  }

  private static let before = "قالت البلدية إن السوق القديمة تفتح أبوابها "
  private static let after = " يوم الخميس بعد تجديد دام عامين"

  /// The table against the decoder of Swift's library, which follows the same rule.
  @Test func theTableIsRight() {
    for sample in Self.samples {
      #expect(String(decoding: sample.bytes, as: UTF8.self) == Self.expected(sample), "\(sample.name)")
    }
  }

  /// Where in a record the bytes stand, and what is then read there.
  private enum Place: CaseIterable {
    case textBegin, textMiddle, textEnd, title, id, key, value, nestedKey, paragraph

    func json(_ bad: [UInt8]) -> [UInt8] {
      let before = InvalidUTF8Tests.before
      let after = InvalidUTF8Tests.after
      func join(_ front: String, _ back: String) -> [UInt8] { Array(front.utf8) + bad + Array(back.utf8) }
      let text = #""text":"\#(before)\#(after)"}"#
      return switch self {
      case .textBegin: join(#"{"id":"i","text":""#, before + after + "\"}")
      case .textMiddle: join(#"{"id":"i","text":"\#(before)"#, after + "\"}")
      case .textEnd: join(#"{"id":"i","text":"\#(before)\#(after)"#, "\"}")
      case .title: join(#"{"id":"i","title":"عنوان "#, "\",\(text)")
      case .id: join(#"{"id":"رقم "#, "\",\(text)")
      case .key: join(#"{"id":"i","مفتاح "#, "\":1,\(text)")
      case .value: join(#"{"id":"i","k":"قيمة "#, "\",\(text)")
      case .nestedKey: join(#"{"id":"i","o":{"مفتاح "#, "\":[1]},\(text)")
      case .paragraph: join(#"{"id":"i","text":["\#(before)"#, "\",\"\(after)\"]}")
      }
    }

    func found(_ record: ParsedRecord) -> String {
      switch self {
      case .textBegin, .textMiddle, .textEnd, .paragraph: record.textString
      case .title: record.titleString
      case .id: record.id ?? ""
      case .key, .value, .nestedKey: record.metaString
      }
    }

    func expected(_ text: String) -> String {
      let before = InvalidUTF8Tests.before
      let after = InvalidUTF8Tests.after
      return switch self {
      case .textBegin: text + before + after
      case .textMiddle: before + text + after
      case .textEnd: before + after + text
      case .title: "عنوان " + text
      case .id: "رقم " + text
      case .key: "{\"مفتاح \(text)\":1}"
      case .value: "{\"k\":\"قيمة \(text)\"}"
      case .nestedKey: "{\"o\":{\"مفتاح \(text)\":[1]}}"
      case .paragraph: before + text + "\n" + after
      }
    }
  }

  @Test func everyClassIsRepairedAndCountedWhereverItStands() throws {
    for sample in Self.samples {
      for place in Place.allCases {
        for declared in [ParserOptions(encoding: .utf8), ParserOptions()] {
          let record = try parsed(place.json(sample.bytes), declared).get()
          #expect(
            place.found(record) == place.expected(Self.expected(sample)), "\(sample.name) in \(place)")
          #expect(record.encoding.name == "utf-8", "\(sample.name) in \(place)")
          #expect(record.encoding.replacements == sample.replaced, "\(sample.name) in \(place)")
        }
      }
    }
  }

  @Test func withRejectEveryClassIsUndecodable() throws {
    for sample in Self.samples {
      for place in Place.allCases {
        for declared in [ParserOptions(encoding: .utf8, isStrict: true), ParserOptions(isStrict: true)] {
          let result = try parsed(place.json(sample.bytes), declared)
          if sample.replaced == 0 {
            #expect(try place.found(result.get()) == place.expected(Self.expected(sample)), "\(sample.name)")
          } else {
            #expect(result.reject?.reason == .undecodable, "\(sample.name) in \(place)")
          }
        }
      }
    }
  }

  /// The lines around, and other formats.
  @Test func plainTextTablesAndMarkupAreRepairedAlike() throws {
    for sample in Self.samples {
      let bad = Array(Self.before.utf8) + sample.bytes + Array(Self.after.utf8)
      let text = Self.before + Self.expected(sample) + Self.after
      let plain = try Articles(bad, ReaderOptions(format: .text))
      #expect(plain.texts == [text], "\(sample.name)")
      let row = Array("id,text\n1,\(Self.before)\n2,".utf8) + bad + Array("\n3,\(Self.after)\n".utf8)
      #expect(try Articles(row).texts == [Self.before, text, Self.after], "\(sample.name)")
      let line =
        Array("{\"text\":\"\(Self.before)\"}\n{\"text\":\"".utf8) + bad + Array("\"}\n{\"text\":\"أ\"}".utf8)
      #expect(try Articles(line).texts == [Self.before, text, "أ"], "\(sample.name)")
    }
  }

  /// Halves of pairs that only escapes name.
  @Test func loneEscapesAreRepairedOrRejected() throws {
    for (escape, count) in [(#"\ud800"#, 1), (#"\udfff"#, 1), (#"\udc00\ud800"#, 2), (#"\ud800\ud800"#, 2)] {
      let json = #"{"text":"نص \#(escape)","k\#(escape)":1}"#
      #expect(try parsed(json).get().encoding.replacements == 2 * count, "\(escape)")
      #expect(try parsed(json, ParserOptions(isStrict: true)).reject?.reason == .undecodable, "\(escape)")
    }
  }
}
