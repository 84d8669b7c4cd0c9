import TestSupport
import Testing

@testable import ArabicText

/// Boundaries as the first, plain implementation of the splitter found them: what makes it faster must not change
/// any. The rules and the lexicon may change; then these numbers do too.
@Suite struct CliticGoldenTests {
  private static let proclitics = [
    "و", "ف", "ب", "ل", "ك", "س", "ال", "لل", "بال", "كال", "فال", "وال", "ولل", "وبال", "وس", "است", "ول",
    "وب",
  ]
  private static let enclitics = [
    "ه", "ها", "هم", "هن", "هما", "ك", "كم", "كن", "كما", "نا", "ني", "ي", "ات", "ون", "تنا", "ينا", "ة",
  ]
  private static let letters = Array("ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآؤئ".utf16)
  private static let signs = Array("َّـ٠1a\u{200C}\u{0670}".utf16)

  private static func affix(_ list: [String], _ random: inout SeededGenerator) -> [UInt16] {
    Bool.random(using: &random) ? [] : Array(list.randomElement(using: &random)!.utf16)
  }

  /// Folds the boundaries of words with random clitics into one number (FNV-1a).
  private static func digest(_ count: Int, _ stem: (inout SeededGenerator) -> [UInt16]) -> UInt64 {
    var random = SeededGenerator(seed: 17)
    let splitter = CliticSplitter()
    var digest: UInt64 = 0xcbf2_9ce4_8422_2325
    for _ in 0..<count {
      var word = affix(proclitics, &random) + stem(&random) + affix(enclitics, &random)
      if Int.random(in: 0..<8, using: &random) == 0 {
        let place = Int.random(in: 0...word.count, using: &random)
        word.insert(signs.randomElement(using: &random)!, at: place)
      }
      let found = word.withUnsafeBufferPointer { splitter.split($0) }
      for value in [found.mask, UInt64(found.proclitics), found.hasArticle ? 1 : 0] {
        digest = (digest ^ value) &* 0x100_0000_01b3
      }
    }
    return digest
  }

  @Test func randomLetters() {
    let digest = Self.digest(200_000) { random in
      (0..<Int.random(in: 0...8, using: &random)).map { _ in Self.letters.randomElement(using: &random)! }
    }
    #expect(digest == 15_639_171_876_495_495_119)
  }

  @Test func stopWordsWithClitics() {
    let lists = StopWords.particles + StopWords.pronouns + StopWords.auxiliaries + StopWords.sayingVerbs
    let words = lists.split(whereSeparator: \.isWhitespace).map { Array($0.utf16) }
    let digest = Self.digest(200_000) { words.randomElement(using: &$0)! }
    #expect(digest == 8_064_639_299_318_997_603)
  }

  @Test func longWords() {
    let digest = Self.digest(20_000) { random in
      (0..<Int.random(in: 0...66, using: &random)).map { _ in Self.letters.randomElement(using: &random)! }
    }
    #expect(digest == 17_612_345_270_034_249_111)
  }
}
