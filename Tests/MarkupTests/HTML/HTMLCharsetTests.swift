import ArabicText
import Testing

@testable import Markup

@Suite struct HTMLCharsetTests {
  private static let sentence = "افتتح الوزير المعرض الدولي للكتاب صباح اليوم في العاصمة"

  private func bytes(_ text: String, _ encoding: SingleByteEncoding) -> [UInt8] {
    let table = encoding.table
    return text.utf16.map { unit in UInt8(table.firstIndex(of: unit) ?? 0x3F) }
  }

  private func decode(_ bytes: [UInt8], label: String? = nil) throws -> (text: String, encoding: String) {
    let (utf8, encoding) = try bytes.withUnsafeBufferPointer { try HTMLCharset.decode($0, label: label) }
    return (String(decoding: utf8, as: UTF8.self), encoding.name)
  }

  @Test func validUTF8GoesBeforeEveryLabel() throws {
    let page = "<meta charset=windows-1256><p>\(Self.sentence)"
    #expect(try decode(Array(page.utf8), label: "iso-8859-6") == (page, "utf-8"))
  }

  @Test(arguments: [
    "<meta charset=windows-1256>",
    "<META http-equiv='Content-Type' content=\"text/html; charset=Windows-1256\">",
    "<meta name=x><meta content='text/html;charset=cp1256' http-equiv=content-type>", "<meta charset=utf-8>",
    "<meta charset=iso-8859-1>", "", "<?xml version='1.0' encoding='windows-1256'?>",
  ])
  func windowsArabicIsReadWithRightAndWrongLabels(label: String) throws {
    let page = "\(label)<p>\(Self.sentence)"
    #expect(try decode(bytes(page, .windows1256)) == (page, "windows-1256"))
  }

  @Test func httpGoesBeforeThePage() throws {
    let page = "<meta charset=windows-1256><p>\(Self.sentence)"
    #expect(try decode(bytes(page, .iso88596), label: "iso-8859-6") == (page, "iso-8859-6"))
    #expect(HTMLCharset.label(contentType: "text/html; Charset = \"ISO-8859-6\"") == "iso-8859-6")
    #expect(HTMLCharset.label(contentType: "text/html") == nil)
  }

  @Test func damagedUTF8IsNotTheLabelsEncoding() throws {
    let page = Array("<meta charset=windows-1256><p>\(Self.sentence)".utf8) + [0xD8, 0x20]
    #expect(try decode(page).encoding == "utf-8")
  }

  @Test func marksAndOtherEncodings() throws {
    #expect(try decode([0xEF, 0xBB, 0xBF] + Array("نص".utf8)) == ("نص", "utf-8"))
    #expect(try decode([0xFE, 0xFF, 0x06, 0x46]) == ("ن", "utf-16be"))
    #expect(throws: UndecodableText.self) { try decode([0x93, 0xFA, 0x96, 0x7B, 0x3C], label: "shift_jis") }
    #expect(try decode([]).text == "")
  }
}
