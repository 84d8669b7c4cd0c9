import TestSupport
import Testing

@testable import ArabicText

@Suite struct TransliterationTests {
  @Test(arguments: [
    (TransliterationScheme.icu, "القاهرة", "ạlqạhrẗ"),
    (.buckwalter, "\u{0645}\u{064F}\u{062D}\u{064E}\u{0645}\u{0651}\u{064E}\u{062F}", "muHam~ad"),
    (.buckwalter, "ٱلسمٰوٰت", "{lsm`w`t"),
    (.buckwalter, "إلى آخر شيء", "<lY |xr $y'"),
    (.safeBuckwalter, "إلى آخر شيء", "IlY Mxr cyC"),
    (.habashSoudiBuckwalter, "مدرسة قضاء ذئب", "mdrsħ qDA' ðŷb"),
    (.iso233, "الشعب", "al-šʿb"),
    (.iso233, "جمهورية", "ǧmhūrīyah"),
    (.alaLC, "القاهرة", "al-qāhrah"),
    (.alaLC, "مُحَمَّد", "muḥammad"),
    (.alaLC, "كِتَابٌ جَدِيدٌ", "kitābun jadīdun"),
    (.alaLC, "شكراً", "shkran"),
    (.alaLC, "الأول", "al-awl"),
    (.alaLC, "إيران", "īrān"),
    (.alaLC, "أيام", "ayām"),
    (.alaLC, "العربية", "al-ʻrbīyah"),
    (.alaLC, "أحمد وإبراهيم", "aḥmd wa-ibrāhīm"),
    (.alaLC, "والذهب وللشعب", "wa-al-dhhb wa-lil-shʻb"),
    (.alaLC, "بالمدرسة سيكون", "bi-al-mdrsah sa-ykūn"),
    (.alaLC, "في عام ٢٠٢٤؟", "fī ʻām 2024?"),
    (.slug, "مؤتمر الطاقة: ٣٠ دولة في Dubai!", "mtmr-al-taqah-30-dulah-fi-dubai"),
    (.slug, "…", ""),
  ])
  func aSchemeWritesItsLetters(scheme: TransliterationScheme, arabic: String, latin: String) throws {
    var transliterator = try Transliterator(scheme)
    #expect(transliterator.transliterate(arabic) == latin)
  }

  @Test(arguments: ["القاهرة", "مُحَمَّد", "ٱلرَّحْمٰن", "اجتماع", "إلى", "سماء"])
  func theGapsOfICUsBGNAreClosed(word: String) throws {
    var transliterator = try Transliterator(.bgn)
    let latin = transliterator.transliterate(word)
    #expect(!latin.isEmpty)
    #expect(latin.unicodeScalars.allSatisfy { !ArabicScript.isLetterOrMark($0) }, "\(latin)")
  }

  @Test func theTablesAreOneToOne() {
    for rows in [
      LetterTables.buckwalter, LetterTables.safeBuckwalter, LetterTables.habashSoudiBuckwalter,
    ] {
      #expect(Set(rows.map(\.0)).count == rows.count)
      #expect(Set(rows.map(\.1)).count == rows.count)
      #expect(rows.allSatisfy { $0.1.utf16.count == 1 && $0.1.utf16.first! < 0x400 })
    }
  }

  @Test(arguments: TransliterationScheme.allCases)
  func noSchemeLeavesAnArabicLetterOrMark(scheme: TransliterationScheme) throws {
    var transliterator = try Transliterator(scheme)
    let blocks: [ClosedRange<UInt32>] = [
      0x0600...0x06FF, 0x0750...0x077F, 0x0870...0x08FF, 0xFB50...0xFDFF, 0xFE70...0xFEFF, 0x10E60...0x10E7F,
      0x10EC0...0x10EFF, 0x1EC70...0x1ECBF, 0x1ED00...0x1ED4F, 0x1EE00...0x1EEFF,
    ]
    for value in blocks.joined() {
      guard let scalar = Unicode.Scalar(value) else { continue }
      // Alone, inside a word, and as a mark on a letter.
      for text in ["\(scalar)", "كت\(scalar)اب", "مُ\(scalar)"] {
        let latin = transliterator.transliterate(text)
        let left = latin.unicodeScalars.filter(ArabicScript.isLetterOrMark)
        #expect(
          left.isEmpty, "U+\(String(value, radix: 16)) leaves \(left.map { String($0.value, radix: 16) })")
      }
    }
  }

  @Test(arguments: TransliterationScheme.allCases.filter(\.isReversible))
  func arabicTextComesBackExactly(scheme: TransliterationScheme) throws {
    var transliterator = try Transliterator(scheme)
    let rows =
      scheme == .buckwalter
      ? LetterTables.buckwalter
      : scheme == .safeBuckwalter ? LetterTables.safeBuckwalter : LetterTables.habashSoudiBuckwalter
    let alphabet =
      rows.compactMap { Unicode.Scalar(UInt32($0.0)) } + Array(" ،؛؟0123456789٠١٢\n".unicodeScalars)
    var random = SeededGenerator(seed: 7)
    for _ in 0..<500 {
      var text = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 0...40, using: &random) {
        text.append(alphabet.randomElement(using: &random)!)
      }
      let latin = transliterator.transliterate(String(text))
      #expect(Array(transliterator.reverse(latin)!.utf16) == Array(String(text).utf16))
    }
  }

  @Test(arguments: TransliterationScheme.allCases.filter(\.isReversible))
  func anyTextComesBackExactlyWhenForeignTextIsQuoted(scheme: TransliterationScheme) throws {
    var transliterator = try Transliterator(scheme, foreign: .quote)
    var random = SeededGenerator(seed: 11)
    let ranges: [ClosedRange<UInt32>] = [
      0x20...0x7E, 0x600...0x6FF, 0x80...0x400, 0x27E0...0x27EF, 0xFB50...0xFDFF, 0x1F600...0x1F610,
    ]
    for _ in 0..<1000 {
      var text = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 0...30, using: &random) {
        let range = ranges.randomElement(using: &random)!
        if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &random)) { text.append(scalar) }
      }
      let latin = transliterator.transliterate(String(text))
      #expect(Array(transliterator.reverse(latin)!.utf16) == Array(String(text).utf16))
      #expect(latin.unicodeScalars.allSatisfy { !ArabicScript.isLetterOrMark($0) })
    }
  }

  @Test func aSchemeWithoutReverseSaysSo() throws {
    #expect(try Transliterator(.alaLC).reverse("x") == nil)
  }
}
