import TestSupport
import Foundation
import Testing

@testable import ArabicText

@Suite struct EncodingTests {
  private func decode(
    _ bytes: [UInt8], _ declaration: TextDecoder.Declaration = .unknown, isStrict: Bool = false
  ) throws -> (text: String, encoding: DecodedEncoding) {
    var units: [UInt16] = []
    let encoding = try bytes.withUnsafeBufferPointer {
      try TextDecoder(isStrict: isStrict).decode($0, as: declaration, into: &units)
    }
    return (String(decoding: units, as: UTF16.self), encoding)
  }

  private func encode(_ text: String, _ encoding: SingleByteEncoding) -> [UInt8] {
    text.utf16.map { UInt8(encoding.table.firstIndex(of: $0) ?? 0x3F) }
  }

  private static let samples = [
    "أعلنت الوزارة موعد الامتحانات.", "وصل الوفد إلى المطار صباح اليوم، ثم غادر.", "الطقس غدا",
    "انخفضت أسعار النفط في الأسواق العالمية بنسبة 3% بعد قرار المنظمة زيادة الإنتاج خلال الشهر المقبل.",
  ]

  @Test(arguments: samples, SingleByteEncoding.allCases)
  func singleByteTextIsDetected(text: String, encoding: SingleByteEncoding) throws {
    let (decoded, found) = try decode(encode(text, encoding))
    #expect(decoded == text.replacingOccurrences(of: "٪", with: "?"))
    #expect(found == DecodedEncoding(name: encoding.rawValue, how: .detected))
    #expect(try decode(encode(text, encoding), .singleByte(encoding)).encoding.how == .declared)
  }

  @Test(arguments: samples)
  func validUTF8IsNeverTakenForAnythingElse(text: String) throws {
    #expect(try decode(Array(text.utf8)).encoding == DecodedEncoding(name: "utf-8", how: .validated))
    #expect(try decode([0xEF, 0xBB, 0xBF] + Array(text.utf8)).encoding.how == .mark)
  }

  /// Expected texts are those of Python's `bytes.decode("utf-8", "replace")`.
  @Test(arguments: [
    ([0x61, 0x80, 0x62], "a\u{FFFD}b"), ([0x61, 0xC0, 0xAF, 0x62], "a\u{FFFD}\u{FFFD}b"),
    ([0x61, 0xE0, 0x80, 0x80, 0x62], "a\u{FFFD}\u{FFFD}\u{FFFD}b"),
    ([0x61, 0xED, 0xA0, 0x80, 0x62], "a\u{FFFD}\u{FFFD}\u{FFFD}b"),
    ([0x61, 0xF0, 0x9F, 0x98, 0x62], "a\u{FFFD}b"), ([0x61, 0xF5, 0x80, 0x62], "a\u{FFFD}\u{FFFD}b"),
    ([0x61, 0xE2, 0x82], "a\u{FFFD}"), ([0x61, 0xF4, 0x90, 0x80, 0x80], "a\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"),
  ])
  func malformedUTF8IsReplacedByMaximalParts(bytes: [UInt8], text: String) throws {
    let (decoded, encoding) = try decode(bytes, .utf8)
    #expect(decoded == text)
    #expect(encoding.replacements == text.unicodeScalars.count { $0 == "\u{FFFD}" })
    #expect(throws: UndecodableText.self) { _ = try decode(bytes, .utf8, isStrict: true) }
  }

  @Test func damagedUTF8IsStillUTF8() throws {
    var bytes = Array("وصل الوفد إلى المطار صباح اليوم ثم غادر المدينة مساء".utf8)
    bytes.insert(0xFF, at: 20)
    let (_, encoding) = try decode(bytes)
    #expect(encoding.name == "utf-8" && encoding.replacements > 0)
  }

  @Test func binaryDataIsNoText() {
    #expect(throws: UndecodableText.self) { _ = try decode((0..<200).map { UInt8($0 % 32) } + [0xFF, 0xC3]) }
  }

  @Test(arguments: samples.filter { $0.count > 20 })
  func bothKindsOfMojibakeAreRepairedAndMapBack(text: String) {
    let bytes = encode(text, .windows1256)
    let latin = bytes.map { UInt16($0) }
    let utf8 = text.utf8.map { SingleByteEncoding.windows1256.table[Int($0)] }
    for (damaged, kind) in [(latin, Mojibake.Kind.windows1256AsLatin1), (utf8, .utf8AsWindows1256)] {
      var out: [UInt16] = []
      var edits: [TextEdit] = []
      damaged.withUnsafeBufferPointer { units in
        #expect(Mojibake.detect(units) == kind)
        Mojibake.repair(units, kind, into: &out, edits: &edits)
      }
      #expect(String(decoding: out, as: UTF16.self) == text)
      var map = EditMap()
      map.append(layer: edits)
      var end = 0
      for index in out.indices {
        let source = map.source(of: TextSpan(index, index + 1))
        #expect(Int(source.start) == end && !source.isEmpty)
        end = Int(source.end)
      }
      #expect(end == damaged.count)
    }
  }

  @Test(arguments: [
    "نص عربي سليم لا خطأ فيه، وفيه أرقام 123 وكلمات مثل طريق وظرف وطبيب.",
    "A plain English sentence, nothing else.",
    "Été à Genève : déjà vu, façade, naïve, Noël, cœur, île, où, ça, là, forêt.", "ÄÖÜ äöü ß", "",
    "ططط ظظظ طظ ظط",
  ])
  func soundTextIsNotTakenForMojibake(text: String) {
    Array(text.utf16).withUnsafeBufferPointer { #expect(Mojibake.detect($0) == nil) }
  }

  @Test(
    .enabled(
      if: SharedData.exists("data/encodings/uchardet-windows-1256.txt"), "no real files beside the repository"
    ))
  func realFilesAreDecoded() throws {
    for (name, encoding) in [
      ("uchardet-windows-1256.txt", "windows-1256"), ("uchardet-iso-8859-6.txt", "iso-8859-6"),
      ("chromium-windows-1256.html", "windows-1256"), ("chromium-iso-8859-6.html", "iso-8859-6"),
    ] {
      let bytes = [UInt8](try Data(contentsOf: URL(filePath: SharedData.path("data/encodings/\(name)"))))
      #expect(try decode(bytes).encoding.name == encoding, "\(name)")
    }
  }
}
