import TestSupport
import Testing

@testable import Markup

/// Input made to be slow: the bytes that are looked at or moved are counted, not the time.
@Suite struct HostileWikitextTests {
  private static let pieces = [
    "{{{{", "}}}}", "{{", "}}", "{{a|", "|", "{{لغة|en|", "{{بيت|ا|ب|", "{{lang|en|{{", "[[", "]]",
    "[[ملف:a|", "[[a|", "[",
    "[http://", "[http://a ", "]", "<ref", "<ref>", "</ref", "<ref name=a/>", "<ref </ref", "<!--", "-->",
    "<nowiki>",
    "<nowiki", "<pre>", "<math>", "<br>", "<table>", "</table>", "<poem>", "<div", "{|\n", "\n|}", "\n|",
    "\n{|", "\n=",
    "\n==", "=\n", "\n== ا ==\n", "\n*", "\n;", ":", "\n\n", "''", "'", "__", "__A", "_", "&", "&#", "&amp;",
    "(", ")", "،",
    " ", "نص", "\n", ">", "-", "{", "}", "\u{0}", "{{{{{{|", "[[:", "[[en:a]]",
  ]

  /// Work for a text, for each of its bytes.
  private func work(_ text: String) -> Double {
    var text = text
    let converter = WikitextConverter()
    return text.withUTF8 { bytes in
      _ = converter.plainText(bytes)
      return Double(converter.work) / Double(max(1, bytes.count))
    }
  }

  @Test(arguments: HostileWikitextTests.pieces)
  func aPieceRepeatedIsLinear(piece: String) {
    #expect(work(String(repeating: piece, count: 20_000)) < 100)
    // Twice the text, twice the work.
    let half = work(String(repeating: piece, count: 10_000))
    let whole = work(String(repeating: piece, count: 20_000))
    #expect(whole < half * 1.2 + 2)
  }

  @Test func openingsThenClosingsAreLinear() {
    for (open, close) in [
      ("{{lang|en|", "}}"), ("{{", "}}"), ("[[a|", "]]"), ("[[ملف:a|", "]]"), ("<ref>", "</ref>"),
      ("{|\n", "\n|}"),
      ("{{{", "}}}"), ("<table>", "</table>"), ("{{لغة|en|[[", "]]}}"),
    ] {
      let text = String(repeating: open, count: 20_000) + "نص" + String(repeating: close, count: 20_000)
      #expect(work(text) < 100, "\(open)")
    }
  }

  @Test func mixturesOfPiecesAreLinearAndLeaveValidText() {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<300 {
      let kinds = (0..<Int.random(in: 2...6, using: &generator)).map { _ in
        Self.pieces.randomElement(using: &generator) ?? ""
      }
      let text = (0..<2000).map { _ in kinds.randomElement(using: &generator) ?? "" }.joined()
      #expect(work(text) < 150, "\(kinds)")
      let plain = plain(text)
      #expect(!plain.contains("\u{FFFD}"))
      #expect(!plain.hasPrefix("\n") && !plain.hasSuffix("\n"))
    }
  }

  @Test func anyBytesAreTaken() {
    var generator = SeededGenerator(seed: 6)
    let converter = WikitextConverter()
    let alphabet = Array("{}[]|<>/='*#:;_&!-\n ()ref".utf8) + [0xD9, 0x85, 0xFF, 0x00, 0xE2]
    for _ in 0..<2000 {
      let bytes = (0..<Int.random(in: 0...200, using: &generator)).map { _ in
        alphabet.randomElement(using: &generator) ?? 0
      }
      bytes.withUnsafeBufferPointer { bytes in
        let plain = converter.plainText(bytes)
        #expect(plain.count <= bytes.count * 8)
      }
    }
  }

  @Test func aConverterForgetsTheTextBefore() {
    let converter = WikitextConverter()
    func convert(_ text: String) -> String {
      var text = text
      return text.withUTF8 { String(decoding: converter.plainText($0), as: UTF8.self) }
    }
    _ = convert("{{{{ [[ملف:a|b {| <poem> <ref> == ا ==\n{|\n[[a|")
    #expect(convert("قال [[الوزير]] إن\n== المشروع ==\nبدأ.") == "قال الوزير إن\n\nالمشروع\nبدأ.")
  }
}
