import TestSupport
import ArabicText
import Foundation
import Pipeline
import Testing

@testable import Stages

/// Every range slices back to what it names, and every source range covers the characters it came from.
@Suite struct OffsetTests {
  /// A slice in one of the units, as users of that unit take it.
  private func slice(_ text: String, _ range: [Int], _ unit: OffsetUnit) -> String? {
    switch unit {
    case .codePoints:
      let scalars = Array(text.unicodeScalars)
      guard range[0] <= range[1], range[1] <= scalars.count else { return nil }
      return String(String.UnicodeScalarView(scalars[range[0]..<range[1]]))
    case .utf16:
      let units = Array(text.utf16)
      guard range[0] <= range[1], range[1] <= units.count else { return nil }
      return String(decoding: units[range[0]..<range[1]], as: UTF16.self)
    case .utf8:
      let bytes = Array(text.utf8)
      guard range[0] <= range[1], range[1] <= bytes.count else { return nil }
      return String(validating: bytes[range[0]..<range[1]], as: UTF8.self)
    }
  }

  /// `source` is the text as it was read: Foundation drops a U+FEFF that follows an escape in JSON, so the
  /// record's own copy, read back by it, may be shorter.
  private func check(_ record: [String: Any], _ unit: OffsetUnit, source: String) throws {
    let text = try #require(record["text"] as? String)
    func spans(_ object: [String: Any]) throws -> (String, String) {
      let range = try #require(object["range"] as? [Int])
      let origin = try #require(object["source"] as? [Int])
      return (
        try #require(slice(text, range, unit), "range \(range) of \(text.debugDescription)"),
        try #require(slice(source, origin, unit), "source \(origin) of \(source.debugDescription)")
      )
    }
    let sentences = try #require(record["sentences"] as? [[String: Any]])
    for sentence in sentences {
      let (output, _) = try spans(sentence)
      #expect(!output.isEmpty)
    }
    let folding = KeyFolding()
    for token in try #require(record["tokens"] as? [[String: Any]]) {
      let (output, origin) = try spans(token)
      if let parts = token["parts"] as? [String] { #expect(parts.joined() == output) }
      // Unchanged words come from the very same characters.
      if !origin.contains(output) { #expect(folding.key(output) != "" || !origin.isEmpty) }
    }
    for sentence in try #require(record["summary"] as? [[String: Any]]) {
      #expect(try spans(sentence).0 == sentence["text"] as? String)
    }
    for keyword in try #require(record["keywords"] as? [[String: Any]]) {
      let occurrences = try #require(keyword["occurrences"] as? [[String: Any]])
      #expect(occurrences.count == keyword["count"] as? Int)
      for occurrence in occurrences { #expect(!(try spans(occurrence).0.isEmpty)) }
    }
  }

  @Test(arguments: OffsetUnit.allCases)
  func theSampleSlicesBack(unit: OffsetUnit) async throws {
    let harness = try PipelineHarness(PipelineHarness.everything, set: ["output.offsets=\(unit.rawValue)"])
    let articles = try Repository.sample()
    for (record, article) in zip(try await harness.records(articles), articles) {
      try check(record, unit, source: String(decoding: article.text, as: UTF16.self))
    }
  }

  @Test(arguments: OffsetUnit.allCases)
  func randomUnicodeSlicesBackWithEveryOptionOn(unit: OffsetUnit) async throws {
    var generator = SeededGenerator(seed: 42)
    let pieces = [
      "كتاب", "والكتاب ", "مُحَمَّد", "ا\u{0654}", "ى\u{0654}", "ـــ", "جمييييل ", "ﷺ", "ﻻ", "😀", "𞤀", "&quot;",
      "&#1575;", "&amp;",
      "\u{200B}", "\u{200F}", "\u{FEFF}", "\u{00A0}", "  ", "\n", "\n\n", ". ", "؟ ", "، ", "?", "٣٫٥", "12",
      "a@b.org ", "https://x.org/y ",
      "+962 6 555 0100 ", "ی", "ک", "ہ", "«", "»", "\"", "Apple ", "e\u{0301}", "\u{D7A3}", "(", ")", "د. ",
      "…", "\t",
    ]
    var articles: [(title: String, text: [UInt16])] = []
    for _ in 0..<150 {
      var units: [UInt16] = Array("نص ".utf16)
      for _ in 0..<Int.random(in: 1...40, using: &generator) {
        if Int.random(in: 0..<12, using: &generator) == 0 {
          units.append(UInt16.random(in: 0...UInt16.max, using: &generator))
        } else {
          units += Array(pieces.randomElement(using: &generator)!.utf16)
        }
      }
      articles.append((title: "عنوان", text: units))
    }
    let allOn = [
      "normalize.mojibake=repair", "normalize.diacritics=strip", "normalize.quranicMarks=strip",
      "normalize.invisibles=remove",
      "normalize.digits=ascii", "normalize.punctuation=arabic", "normalize.quotes=guillemets",
      "normalize.emails=mask", "normalize.urls=mask",
      "normalize.phones=mask", "segment.maxSentenceWords=8",
    ]
    for set in [[], allOn] {
      let harness = try PipelineHarness(
        PipelineHarness.everything, set: ["output.offsets=\(unit.rawValue)"] + set)
      for (record, article) in zip(try await harness.records(articles), articles) {
        try check(record, unit, source: String(decoding: article.text, as: UTF16.self))
      }
    }
  }

  /// Normalizing what a token's source range names gives the token again: the range covers all it came from, and
  /// nothing else.
  @Test func sourceRangesOfTheSampleCoverJustWhatTheirWordsCameFrom() async throws {
    let harness = try PipelineHarness(PipelineHarness.everything)
    var normalizer = try Normalizer()
    let folding = KeyFolding()
    let articles = try Repository.sample()
    var words = 0
    var changed = 0
    for (record, article) in zip(try await harness.records(articles), articles) {
      let text = Array(try #require(record["text"] as? String).unicodeScalars)
      let source = Array(String(decoding: article.text, as: UTF16.self).unicodeScalars)
      for token in try #require(record["tokens"] as? [[String: Any]]) {
        let range = try #require(token["range"] as? [Int])
        let origin = try #require(token["source"] as? [Int])
        let word = String(String.UnicodeScalarView(text[range[0]..<range[1]]))
        let written = String(String.UnicodeScalarView(source[origin[0]..<origin[1]]))
        let again = String(decoding: normalizer.normalize(Array(written.utf16)).text, as: UTF16.self)
        words += 1
        if written != word { changed += 1 }
        #expect(folding.key(again) == folding.key(word), "\(written) became \(word)")
      }
    }
    #expect(words > 5000 && changed > 100)
  }

  @Test func aSourceRangeNamesTheCharactersBehindARepair() async throws {
    let harness = try PipelineHarness(PipelineHarness.everything)
    let record = try await harness.records(["قرأ كـــتاب &quot;الأرض&quot; ثم نام."])[0]
    let text = try #require(record["text"] as? String)
    let source = try #require(record["sourceText"] as? String)
    let tokens = try #require(record["tokens"] as? [[String: Any]])
    let pairs = try tokens.map { token in
      let range = try #require(token["range"] as? [Int])
      let origin = try #require(token["source"] as? [Int])
      return [slice(text, range, .codePoints), slice(source, origin, .codePoints)]
    }
    #expect(pairs.contains(["كتاب", "كـــتاب"]))
    #expect(pairs.contains(["الأرض", "الأرض"]))
  }
}
