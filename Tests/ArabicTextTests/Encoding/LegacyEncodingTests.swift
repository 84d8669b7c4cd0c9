import TestSupport
import Foundation
import Testing

@testable import ArabicText

/// Which encoding some bytes are in, and whether the text of a sound one is left as it is.
@Suite struct LegacyEncodingTests {
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
    text.utf16.map { unit in unit < 0x80 ? UInt8(unit) : UInt8(encoding.table.firstIndex(of: unit) ?? 0x3F) }
  }

  private static let words = [
    "قال", "المدير", "إن", "العمل", "في", "المدينة", "سيبدأ", "بعد", "أسبوع", "وأضاف", "أنه", "لن", "يتأخر",
    "هذه", "السنة", "لأن", "الطرق", "جاهزة", "ظهرا", "وغطت", "الثلوج", "ثلاثة", "أحياء", "شرقي", "القرية",
    "ضمن", "خطة", "ذات", "مؤسسات", "زراعية", "كبرى", "تحت", "رعاية", "الصندوق",
  ]

  /// Texts of any length from a few words on, with Latin words and numbers in between.
  @Test(arguments: SingleByteEncoding.allCases)
  func textsOfAnyLengthAreTold(encoding: SingleByteEncoding) throws {
    var random = SeededGenerator(seed: 31)
    for round in 0..<60 {
      var parts: [String] = []
      for _ in 0..<(4 + round * round / 12) { parts.append(Self.words.randomElement(using: &random) ?? "") }
      if round % 3 == 0 { parts.insert("Reuters 2024 (B-12)", at: 0) }
      if round % 5 == 0 { parts.append(String(repeating: "<br/> & lorem ", count: 300)) }
      let text = parts.joined(separator: round % 2 == 0 ? " " : "، ")
      let result = try decode(encode(text, encoding))
      #expect(result.text == text)
      #expect(result.encoding == DecodedEncoding(name: encoding.rawValue, how: .detected))
      #expect(try decode(encode(text, encoding), as: .singleByte(encoding), strict: true).text == text)
    }
  }

  /// windows-1256 would show Latin letters inside the words.
  @Test(arguments: ["قال", "طيب", "ذهب", "شكرا جزيلا", "العربية", "بسم الله", "مرحبا بكم", "صديقي"])
  func aWordOfISO88596IsEnough(text: String) throws {
    let result = try decode(encode(text, .iso88596))
    #expect(result.text == text)
    #expect(result.encoding.name == "iso-8859-6")
  }

  @Test(arguments: [
    "قال", "في", "و", "لا بأس", "طيب", "الله", "ذهب", "شكرا جزيلا", "پاکستان", "چند", "كتاب «naïve» و café",
    "مطعم Le Café à Genève في المدينة", "50 €", "café", "Été à l'école",
  ])
  func windows1256IsTakenWhenNothingSpeaksAgainstIt(text: String) throws {
    let known = String(text.unicodeScalars.map { $0 == "ک" || $0 == "É" ? "x" : Character($0) })
    let result = try decode(encode(known, .windows1256))
    #expect(result.text == known)
    #expect(result.encoding.name == "windows-1256")
  }

  @Test func bytesWithoutACharacterAreReplacedCountedAndRefusedWhenStrict() throws {
    let bytes = encode("وصل الوفد", .iso88596) + [0xA1, 0x20, 0xFF]
    let result = try decode(bytes, as: .singleByte(.iso88596))
    #expect(result.text == "وصل الوفد\u{FFFD} \u{FFFD}")
    #expect(result.encoding.replacements == 2)
    #expect(throws: UndecodableText.self) { try decode(bytes, as: .singleByte(.iso88596), strict: true) }
  }

  @Test func signaturesOfBinaryFilesAreNoText() throws {
    var random = SeededGenerator(seed: 32)
    func noise(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) } }
    let starts: [[UInt8]] = [
      [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], [0xFF, 0xD8, 0xFF, 0xE0], Array("%PDF-1.7\n".utf8),
      [0x50, 0x4B, 3, 4], Array("ID3".utf8), [0xD0, 0xCF, 0x11, 0xE0],
    ]
    for start in starts {
      for count in [200, 1000, 20_000] {
        #expect(throws: UndecodableText.self) { try decode(start + noise(count)) }
      }
    }
  }

  /// Characters of all kinds, among them the very letters that mojibake is full of.
  @Test func soundTextsOfAnyMixtureAreNoMojibake() {
    var random = SeededGenerator(seed: 33)
    let french = [
      "été", "à", "l'élève", "où", "ça", "Noël", "forêt", "œuvre", "« oui »", "naïf", "É", "déçu",
    ]
    let heavy = ["طظ", "ظط", "طريق", "ظرف", "ط", "ظ", "طط", "وظيفة", "ظلّ"]
    let english = ["the", "of", "news", "(2024)", "it's"]
    for round in 0..<600 {
      let choice = [
        [Self.words], [french], [heavy], [Self.words, french], [Self.words, heavy], [english, french],
      ]
      let from = choice[round % choice.count].flatMap { $0 }
      let text = (0..<Int.random(in: 1...80, using: &random)).map { _ in
        from.randomElement(using: &random) ?? ""
      }
      .joined(separator: " ")
      Array(text.utf16).withUnsafeBufferPointer { #expect(Mojibake.detect($0) == nil, "\(text)") }
    }
  }

  /// Any text damaged in any of the ways is repaired, and every edit leads back to its own characters.
  @Test(arguments: Mojibake.Kind.allCases)
  func damageOfAnyTextMapsBackCharacterByCharacter(kind: Mojibake.Kind) {
    var random = SeededGenerator(seed: 34)
    let table = SingleByteEncoding.windows1256.table
    for _ in 0..<150 {
      var parts: [String] = []
      for _ in 0..<Int.random(in: 6...60, using: &random) {
        parts.append((Self.words + ["2024", "(AFP)", "؟", "،"]).randomElement(using: &random) ?? "")
      }
      let text = Array(parts.joined(separator: " ").utf16)
      // Where each character of the damaged text comes from.
      var damaged: [UInt16] = []
      var starts: [Int] = []
      for unit in text {
        starts.append(damaged.count)
        let utf8 = Array(String(decoding: [unit], as: UTF16.self).utf8)
        switch kind {
        case .windows1256AsLatin1: damaged.append(UInt16(table.firstIndex(of: unit) ?? 0x3F))
        case .utf8AsWindows1256: damaged += utf8.map { table[Int($0)] }
        case .utf8AsLatin1: damaged += utf8.map { UInt16($0) }
        }
      }
      starts.append(damaged.count)
      var out: [UInt16] = []
      var edits: [TextEdit] = []
      damaged.withUnsafeBufferPointer { units in
        #expect(Mojibake.detect(units) == kind)
        Mojibake.repair(units, kind, into: &out, edits: &edits)
      }
      #expect(out == text)
      var map = EditMap()
      map.append(layer: edits)
      for index in out.indices {
        #expect(map.source(of: TextSpan(index, index + 1)) == TextSpan(starts[index], starts[index + 1]))
      }
    }
  }
}
