import TestSupport
import Testing

@testable import ArabicText

private func decode(
  _ bytes: [UInt8], as declaration: TextDecoder.Declaration = .unknown, strict: Bool = false
) throws -> (text: String, encoding: DecodedEncoding) {
  var units: [UInt16] = []
  let encoding = try bytes.withUnsafeBufferPointer {
    try TextDecoder(isStrict: strict).decode($0, as: declaration, into: &units)
  }
  return (String(decoding: units, as: UTF16.self), encoding)
}

private func encode(_ text: String, _ encoding: SingleByteEncoding) -> [UInt8] {
  let table = encoding.table
  return text.utf16.map { unit in unit < 0x80 ? UInt8(unit) : UInt8(table.firstIndex(of: unit) ?? 0x3F) }
}

private let prose = "أعلنت الجامعة أمس عن افتتاح مركز جديد للبحوث، وقال رئيسها إن العمل فيه يبدأ خلال شهر."

@Suite struct TextDecoderTests {
  @Test func validUTF8IsTakenAsItIs() throws {
    let (text, encoding) = try decode(Array(prose.utf8))
    #expect(text == prose)
    #expect(encoding == DecodedEncoding(name: "utf-8", how: .validated))
    #expect(try decode(Array(prose.utf8), as: .utf8).encoding.how == .declared)
    #expect(try decode([0xEF, 0xBB, 0xBF] + Array(prose.utf8)).text.utf16.count == prose.utf16.count)
    #expect(try decode([0xEF, 0xBB, 0xBF] + Array(prose.utf8)).encoding.how == .mark)
  }

  @Test(arguments: SingleByteEncoding.allCases)
  func singleByteEncodingsAreDetectedAndDeclared(encoding: SingleByteEncoding) throws {
    let bytes = encode(prose, encoding)
    let detected = try decode(bytes)
    #expect(detected.text == prose)
    #expect(detected.encoding == DecodedEncoding(name: encoding.rawValue, how: .detected))
    let declared = try decode(bytes, as: .singleByte(encoding))
    #expect(declared.text == prose)
    #expect(declared.encoding == DecodedEncoding(name: encoding.rawValue, how: .declared))
  }

  @Test(arguments: SingleByteEncoding.allCases)
  func aFewWordsAreEnoughToTell(encoding: SingleByteEncoding) throws {
    for words in ["قال المدير إن العمل مستمر", "الدورة الثانية للمعرض", "كتاب في تاريخ العلوم"] {
      #expect(try decode(encode(words, encoding)).text == words)
    }
  }

  @Test func tablesHoldWhatTheStandardsSay() {
    let windows = SingleByteEncoding.windows1256.table
    #expect(
      windows[0x81] == 0x067E && windows[0x8D] == 0x0686 && windows[0xC7] == 0x0627 && windows[0xFD] == 0x200E
    )
    #expect(windows[0x80] == 0x20AC && windows[0xA1] == 0x060C && windows[0xFF] == 0x06D2)
    #expect(Set(windows).count == 256 && !windows.contains(0xFFFD))
    let iso = SingleByteEncoding.iso88596.table
    #expect(
      iso[0xC1] == 0x0621 && iso[0xEA] == 0x064A && iso[0xAC] == 0x060C && iso[0xA1] == 0xFFFD
        && iso[0xFF] == 0xFFFD)
    for table in [windows, iso] { #expect(Array(table[..<0x80]) == Array(0..<0x80)) }
  }

  @Test func damagedUTF8IsRepairedNotTakenForAnotherEncoding() throws {
    var bytes = Array(prose.utf8)
    bytes[20] = 0xFF
    let (text, encoding) = try decode(bytes)
    #expect(encoding.name == "utf-8" && encoding.how == .detected)
    #expect(encoding.replacements == text.filter { $0 == "\u{FFFD}" }.count)
    #expect(encoding.replacements > 0)
    #expect(throws: UndecodableText.self) { try decode(bytes, strict: true) }
  }

  @Test func wideTextLosesItsMarkAndRepairsHalves() throws {
    func wide(_ values: [UInt32], _ width: Int, _ isBigEndian: Bool) throws -> (String, Int) {
      let bytes = values.flatMap { value -> [UInt8] in
        let little = (0..<width).map { UInt8(truncatingIfNeeded: value >> UInt32(8 * $0)) }
        return isBigEndian ? little.reversed() : little
      }
      let result = try decode(bytes, as: .wide(width: width, isBigEndian: isBigEndian, how: .mark))
      return (result.text, result.encoding.replacements)
    }
    for isBigEndian in [false, true] {
      #expect(try wide([0xFEFF, 0x0646, 0xD83D, 0xDE00], 2, isBigEndian) == ("ن😀", 0))
      #expect(try wide([0x0646, 0xD83D, 0x0635, 0xDE00], 2, isBigEndian) == ("ن\u{FFFD}ص\u{FFFD}", 2))
      #expect(try wide([0xFEFF, 0x0646, 0x1F600], 4, isBigEndian) == ("ن😀", 0))
      #expect(
        try wide([0xD800, 0x110000, 0xFFFF_FFFF, 0x0646], 4, isBigEndian) == ("\u{FFFD}\u{FFFD}\u{FFFD}ن", 3))
    }
    #expect(
      try decode([0x46, 0x06, 0x35], as: .wide(width: 2, isBigEndian: false, how: .mark)).encoding
        .replacements == 1)
  }

  @Test func binaryDataIsNoText() {
    var random = SeededGenerator(seed: 5)
    let bytes = (0..<4000).map { _ in UInt8.random(in: 0...255, using: &random) }
    #expect(throws: UndecodableText.self) { try decode(bytes) }
  }
}

/// The conversion against Swift's own, which also replaces each maximal part (Unicode 15, table 3-8).
@Suite struct UTF8ConversionTests {
  private func check(_ bytes: [UInt8]) throws {
    let expected = String(decoding: bytes, as: UTF8.self)
    let isValid = String(validating: bytes, as: UTF8.self) != nil
    bytes.withUnsafeBufferPointer { buffer in
      #expect(UTF8Text.isValid(buffer) == isValid, "\(bytes)")
      #expect(UTF8Text.units(buffer) == (isValid ? Array(expected.utf16) : nil), "\(bytes)")
    }
    guard !bytes.starts(with: [0xEF, 0xBB, 0xBF]) else { return }
    let repaired = try decode(bytes, as: .utf8)
    #expect(Array(repaired.text.utf16) == Array(expected.utf16), "\(bytes)")
    let original = bytes.isEmpty ? 0 : expected.unicodeScalars.count { $0 == "\u{FFFD}" }
    #expect(isValid ? repaired.encoding.replacements == 0 : repaired.encoding.replacements <= original)
  }

  @Test func allClassesOfMalformedSequences() throws {
    let cases: [[UInt8]] = [
      [0x80], [0xBF, 0x80], [0xC0, 0xAF], [0xC1, 0xBF], [0xC2], [0xC2, 0x41], [0xE0, 0x80, 0xAF],
      [0xE0, 0x9F, 0xBF],
      [0xE2, 0x80], [0xE2, 0x41], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF],
      [0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80],
      [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x8F, 0xBF, 0xBF], [0xF0, 0x9F, 0x98], [0xF0, 0x9F, 0x41],
      [0xF4, 0x90, 0x80, 0x80],
      [0xF5, 0x80, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xFC, 0x84, 0x80, 0x80, 0x80, 0x80], [0xFE],
      [0xFF],
      [0xD9], [0xD9, 0xD9, 0x86], [0xD9, 0x86, 0x86], [0xEF, 0xBF, 0xBF], [0xF4, 0x8F, 0xBF, 0xBF], [],
    ]
    for bad in cases {
      for padding in [0, 1, 6, 7, 8, 15, 16, 17, 33] {
        let arabic = Array(String(repeating: "ن", count: padding).utf8)
        let ascii = [UInt8](repeating: 0x61, count: padding)
        for frame in [arabic, ascii, ascii + arabic] { try check(frame + bad + frame) }
      }
    }
  }

  @Test func randomMixturesOfAllLengths() throws {
    var random = SeededGenerator(seed: 9)
    let scalars: [ClosedRange<UInt32>] = [
      0x20...0x7E, 0x600...0x6FF, 0x80...0x7FF, 0x800...0xD7FF, 0x10000...0x10FFFF,
    ]
    for round in 0..<3000 {
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 0...50, using: &random) {
        let kind = scalars[min(scalars.count - 1, Int.random(in: 0...(round % 6), using: &random))]
        let value = UInt32.random(in: kind, using: &random)
        bytes += Array(String(Unicode.Scalar(value) ?? "x").utf8)
      }
      if round % 2 == 1, !bytes.isEmpty {
        bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      try check(bytes)
    }
  }
}
