import TestSupport
import Foundation
import Testing

@testable import ArabicText

/// What Python's `bytes.decode("utf-8", "replace")` gives, for every kind of malformed sequence.
@Suite struct MalformedUTF8Tests {
  /// One or two bytes of every class that decides how a sequence goes on (Unicode 15, table 3-7).
  private static let classes: [UInt8] = [
    0x41, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xED, 0xEF, 0xF0, 0xF1, 0xF4,
    0xF5,
  ]

  private func decode(
    _ bytes: [UInt8], as declaration: TextDecoder.Declaration, strict: Bool = false
  ) throws -> (units: [UInt16], encoding: DecodedEncoding) {
    var units: [UInt16] = []
    let encoding = try bytes.withUnsafeBufferPointer {
      try TextDecoder(isStrict: strict).decode($0, as: declaration, into: &units)
    }
    return (units, encoding)
  }

  /// The sum was computed with Python 3.11 over the same sequences in the same order: FNV-1a of the UTF-16 units
  /// of each text and 0x10000 behind it.
  @Test func allSequencesOfUpToFourBytesAreReplacedAsPythonReplacesThem() throws {
    var sum: UInt64 = 0xCBF2_9CE4_8422_2325
    var sequences = 0
    var replacements = 0
    for length in 1...4 {
      var digits = [Int](repeating: 0, count: length)
      sequence: while true {
        let result = try decode(digits.map { Self.classes[$0] }, as: .utf8)
        for unit in result.units { sum = (sum ^ UInt64(unit)) &* 0x100_0000_01B3 }
        sum = (sum ^ 0x10000) &* 0x100_0000_01B3
        sequences += 1
        replacements += result.encoding.replacements
        var at = length - 1
        while digits[at] == Self.classes.count - 1 {
          digits[at] = 0
          at -= 1
          if at < 0 { break sequence }
        }
        digits[at] += 1
      }
    }
    #expect(sequences == 111_150)
    #expect(replacements == 347_723)
    #expect(sum == 0xF8ED_9873_F4C8_4DCD)
  }

  /// Expected texts are Python's.
  @Test(arguments: [
    ([0xD9, 0x86, 0xD9, 0x20, 0xD8, 0xB5], "ن\u{FFFD} ص", 1),
    ([0xD9, 0xD9, 0x86, 0x86], "\u{FFFD}ن\u{FFFD}", 2),
    ([0xD9, 0x86, 0xE2, 0x80, 0xD8, 0xB5], "ن\u{FFFD}ص", 1),
    ([0xD9, 0x86, 0xF0, 0x9F, 0x98, 0xD8, 0xB5], "ن\u{FFFD}ص", 1),
    ([0xD9, 0x86, 0xC0, 0x80, 0xD8, 0xB5], "ن\u{FFFD}\u{FFFD}ص", 2),
    ([0xD9, 0x86, 0xD8, 0xB5, 0xD9], "نص\u{FFFD}", 1), ([0x86, 0xD9, 0x86, 0xD8, 0xB5], "\u{FFFD}نص", 1),
    // A U+FFFD that was there is none of ours.
    ([0xD9, 0x86, 0xEF, 0xBF, 0xBD, 0xFF, 0xD8, 0xB5], "ن\u{FFFD}\u{FFFD}ص", 1),
  ])
  func damagedArabicIsUTF8WithoutBeingDeclared(bytes: [UInt8], text: String, replacements: Int) throws {
    // Of a few bytes alone nobody could tell.
    let start = "مقال: "
    let bytes = Array(start.utf8) + bytes
    for declaration in [TextDecoder.Declaration.unknown, .utf8] {
      let result = try decode(bytes, as: declaration)
      #expect(String(decoding: result.units, as: UTF16.self) == start + text)
      #expect(result.encoding.name == "utf-8")
      #expect(result.encoding.how == (declaration == .utf8 ? .declared : .detected))
      #expect(result.encoding.replacements == replacements)
      #expect(throws: UndecodableText.self) { try decode(bytes, as: declaration, strict: true) }
    }
  }

  @Test func aLongTextCutInsideALetterIsStillUTF8() throws {
    let text = String(repeating: "وصل الوفد إلى العاصمة مساء أمس. ", count: 400)
    for cut in 1...3 {
      let bytes = Array(text.utf8.dropLast(2)) + [[0xD9], [0xE2, 0x80], [0xF0, 0x9F, 0x98]][cut - 1]
      let result = try decode(bytes, as: .unknown)
      #expect(result.encoding == DecodedEncoding(name: "utf-8", how: .detected, replacements: 1))
    }
  }

  @Test func whatIsAppendedStandsBehindWhatWasThere() throws {
    for bytes: [UInt8] in [[0xD9, 0x86], [0xD9, 0x86, 0xFF], [0xE4], []] {
      let alone = try decode(bytes, as: .unknown)
      var units: [UInt16] = [0x41, 0x42]
      _ = try bytes.withUnsafeBufferPointer { try TextDecoder().decode($0, as: .unknown, into: &units) }
      #expect(units == [0x41, 0x42] + alone.units)
    }
  }

  /// Python replaces 481 sequences of the file, and finds 27 replacement characters in it (they were there).
  @Test(.enabled(if: SharedData.exists("data/utf8-stress/utf8tests.bin"), "no real data here"))
  func theTestFileHasPythonsReplacements() throws {
    let data = try Data(contentsOf: URL(filePath: SharedData.path("data/utf8-stress/utf8tests.bin")))
    let result = try decode(Array(data), as: .utf8)
    #expect(result.units.count { $0 == 0xFFFD } == 481)
    #expect(result.encoding.replacements == 481 - 27)
  }
}
