import TestSupport
import Testing

@testable import ArabicText

/// ICU's rules run by our loop give what ICU gives: every boundary, and the rule status of every piece.
@Suite struct BreakRulesTests {
  private static let kinds: [(name: String, kind: BreakIterator.Kind)] = [
    ("words", .words), ("sentences", .sentences),
  ]

  /// Characters of every word-break and sentence-break class, several of the classes that matter to Arabic, and
  /// of the scripts that need a dictionary.
  private static let alphabet: [UInt16] = Array(
    """
    ابتحدرسعفقكلمنهويةىءأإآٱپچژگک\u{064B}\u{064E}\u{0651}\u{0670}ـ٠١٢۳٫٬،؛؟.!?:;,'"-_@#/()[]«»“”‘’…\
    aAbzZ09 \t\n\r\u{0B}\u{0C}\u{85}\u{A0}\u{AD}\u{B7}\u{200B}\u{200C}\u{200D}\u{200E}\u{2028}\u{2029}\u{2060}\u{FEFF}\
    שאबкЯαßÉ\u{0301}\u{20E3}ｱアｶ\u{FF9E}ひ漢กข\u{1100}각\u{0600}\u{06DD}\u{2024}\u{FE52}\u{FE55}\u{FF1A}\u{2027}\u{3002}。
    """.utf16)

  /// Supplementary characters: emoji with their modifiers, flags, letters of four scripts, tags.
  private static let supplementary: [[UInt16]] = [
    "😀", "👩‍👩‍👧", "🏽", "🇸🇦", "🇸", "𝐀", "𞤀", "𐤀", "𞺀", "𠀀", "\u{E0067}", "🏴\u{E0067}\u{E007F}",
  ].map { Array($0.utf16) }

  private struct Engines {
    let tables: BreakIterator
    let icu: BreakIterator

    init(_ kind: BreakIterator.Kind, locale: String = "ar") throws {
      tables = try BreakIterator(kind, locale: locale, engine: .tables)
      icu = try BreakIterator(kind, locale: locale, engine: .icu)
    }

    /// Where the two differ, told in full.
    func difference(_ text: [UInt16]) -> String? {
      text.withUnsafeBufferPointer { units in
        let ours = tables.boundariesAndStatuses(of: units)
        let theirs = icu.boundariesAndStatuses(of: units)
        guard ours.count == theirs.count, zip(ours, theirs).allSatisfy({ $0 == $1 }) else {
          return "\(text.map { String($0, radix: 16) }): tables \(ours), ICU \(theirs)"
        }
        return nil
      }
    }
  }

  @Test func thisICUsRulesAreUnderstood() throws {
    for (_, kind) in Self.kinds {
      #expect(try BreakIterator(kind, locale: "ar", engine: .tables).runsTables)
      #expect(try !BreakIterator(kind, locale: "ar", engine: .icu).runsTables)
    }
  }

  @Test(arguments: 0..<2) func allPairsAndManyTriplesAgree(index: Int) throws {
    let engines = try Engines(Self.kinds[index].kind)
    var random = SeededGenerator(seed: 11)
    for a in Self.alphabet {
      for b in Self.alphabet {
        #expect(engines.difference([a, b]) == nil)
        for _ in 0..<2 {
          let c = Self.alphabet.randomElement(using: &random) ?? a
          #expect(engines.difference([a, b, c]) == nil)
          #expect(engines.difference([0x0628, a, b, c, 0x20, 0x0628]) == nil)
        }
      }
    }
  }

  @Test(arguments: 0..<2) func everyUnitAgreesBetweenLettersAndDigits(index: Int) throws {
    let engines = try Engines(Self.kinds[index].kind)
    for unit in UInt16.min...UInt16.max {
      #expect(engines.difference([0x0628, unit, 0x062A, 0x31, unit, 0x32, 0x61, unit, 0x20, 0x62]) == nil)
    }
  }

  @Test(arguments: 0..<2) func randomTextAgrees(index: Int) throws {
    let engines = try Engines(Self.kinds[index].kind)
    var random = SeededGenerator(seed: 17)
    for round in 0..<20_000 {
      var text: [UInt16] = []
      for _ in 0..<Int.random(in: 0...40, using: &random) {
        switch Int.random(in: 0..<40, using: &random) {
        case 0: text += Self.supplementary.randomElement(using: &random) ?? []
        case 1: text.append(UInt16.random(in: 0xD800...0xDFFF, using: &random))
        case 2: text.append(UInt16.random(in: 0...UInt16.max, using: &random))
        // Mostly what articles are made of, so that long pieces without a way out to ICU are met as well.
        case 3..<20: text.append(Self.alphabet[Int.random(in: 0..<70, using: &random)])
        default: text.append(Self.alphabet[Int.random(in: 0..<29, using: &random)])
        }
      }
      let difference = engines.difference(text)
      #expect(difference == nil, "round \(round)")
      if difference != nil { return }
    }
  }

  @Test func otherLocalesAgree() throws {
    for locale in ["fa", "ur", "en", "fi", "el", "root"] {
      for (_, kind) in Self.kinds {
        let engines = try Engines(kind, locale: locale)
        var random = SeededGenerator(seed: 23)
        for _ in 0..<1000 {
          let text = (0..<30).map { _ in Self.alphabet.randomElement(using: &random) ?? 0x20 }
          #expect(engines.difference(text) == nil)
        }
      }
    }
  }

  @Test func aLongTextIsReadInStretches() throws {
    let words = Array(String(repeating: "كتب محمدٌ، ثم قال: \"نعم\". ", count: 20_000).utf16)
    for (_, kind) in Self.kinds { #expect(try Engines(kind).difference(words) == nil) }
  }

  @Test(.enabled(if: SharedData.exists("data/saudinewsnet/articles.jsonl.zst"), "no shared data"))
  func realArticlesAgree() throws {
    let articles = try RealArticles.texts(of: "data/saudinewsnet/articles.jsonl.zst", every: 8)
    #expect(articles.count > 1500)
    for (_, kind) in Self.kinds {
      let engines = try Engines(kind)
      for text in articles { #expect(engines.difference(text) == nil) }
    }
  }
}
