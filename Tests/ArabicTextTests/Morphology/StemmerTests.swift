import TestSupport
import CStemmer
import Foundation
import Testing

@testable import ArabicText

/// What libstemmer makes of words.
private final class Library {
  private let handle: OpaquePointer

  init() throws { handle = try #require(warraq_stemmer_open()) }
  deinit { warraq_stemmer_close(handle) }

  /// The stem, or the word itself when nothing is left of it.
  func stem(_ word: [UInt16]) -> [UInt16] {
    var out = Array(repeating: UInt16(0), count: 2 * word.count + 16)
    let count = warraq_stemmer_stem(handle, word, Int32(word.count), &out, Int32(out.count))
    return count > 0 ? Array(out[..<Int(count)]) : word
  }
}

private func stem(_ word: [UInt16]) -> [UInt16] {
  // Whatever stands in the room before must not matter.
  var room = Array(repeating: UInt16(0x0643), count: Stemmer.room(for: word.count))
  return room.withUnsafeMutableBufferPointer { room in
    let range = word.withUnsafeBufferPointer { Stemmer.stem($0, in: room) }
    return Array(room[range])
  }
}

@Suite struct StemmerTests {
  /// Compares many words; says which differ.
  private func compare(_ words: some Sequence<[UInt16]>) throws {
    let library = try Library()
    var wrong = 0
    for word in words {
      let expected = library.stem(word)
      let found = stem(word)
      if found == expected { continue }
      wrong += 1
      if wrong <= 20 {
        let texts = [word, found, expected].map { String(decoding: $0, as: UTF16.self) }
        Issue.record("\(texts[0]) \(word): \(texts[1]), the library \(texts[2])")
      }
    }
    #expect(wrong == 0)
  }

  private static let letters = Array(UInt16(0x0621)...0x064A)
  /// The letters that prefixes and suffixes are made of.
  private static let affixLetters = Array("اأإآؤئءبتسفكلمنهويىة".utf16)
  private static let prefixes = [
    "أأ", "أآ", "أؤ", "أا", "أإ", "ف", "و", "فا", "وا", "بال", "كال", "لل", "ال", "ب", "با", "بب", "كك", "سي",
    "ست",
    "سن", "سأ", "يست", "نست", "تست", "أ", "ل", "ك",
  ].map { Array($0.utf16) }
  private static let suffixes = [
    "ي", "ك", "ه", "نا", "كم", "ها", "هن", "هم", "كما", "هما", "ن", "ا", "و", "ات", "ت", "ة", "ني", "كن",
    "كمو", "تا",
    "تن", "ان", "ون", "ين", "تما", "وا", "تم", "تمو", "ى", "أ", "إ", "آ", "ؤ", "ئ", "ء",
  ].map { Array($0.utf16) }

  @Test func shortWordsOfAffixLettersAll() throws {
    let letters = Self.affixLetters
    var words: [[UInt16]] = [[]]
    var level: [[UInt16]] = [[]]
    for _ in 0..<4 {
      level = level.flatMap { word in letters.map { word + [$0] } }
      words += level
    }
    try compare(words)
  }

  @Test func randomWordsWithAffixes() throws {
    var random = SeededGenerator(seed: 23)
    try compare(
      (0..<400_000).lazy.map { _ in
        var word: [UInt16] = []
        for _ in 0..<Int.random(in: 0...3, using: &random) {
          word += Self.prefixes.randomElement(using: &random)!
        }
        let alphabet = Bool.random(using: &random) ? Self.letters : Self.affixLetters
        word += (0..<Int.random(in: 0...5, using: &random)).map { _ in alphabet.randomElement(using: &random)!
        }
        for _ in 0..<Int.random(in: 0...3, using: &random) {
          word += Self.suffixes.randomElement(using: &random)!
        }
        return word
      })
  }

  @Test func marksDigitsShapesAndOtherScripts() throws {
    var random = SeededGenerator(seed: 29)
    let others: [ClosedRange<UInt16>] = [
      0x0600...0x06FF, 0x064B...0x0652, 0x0660...0x0669, 0xFB50...0xFDFF, 0xFE70...0xFEFF, 0xFEF5...0xFEFC,
      0x0000...0x00FF, 0xD800...0xDFFF, 0xD83D...0xD83D, 0xDE00...0xDE4F, 0x0100...0xFFFF,
    ]
    try compare(
      (0..<300_000).lazy.map { _ in
        var word = Self.prefixes.randomElement(using: &random)!
        word += (0..<Int.random(in: 0...4, using: &random)).map { _ in
          Self.affixLetters.randomElement(using: &random)!
        }
        word += Self.suffixes.randomElement(using: &random)!
        for _ in 0..<Int.random(in: 1...4, using: &random) {
          let place = Int.random(in: 0...word.count, using: &random)
          word.insert(
            .random(in: others.randomElement(using: &random)!, using: &random), at: place)
          // Half of the surrogates meet their other half.
          if 0xD800...0xDBFF ~= word[place], Bool.random(using: &random) {
            word.insert(.random(in: 0xDC00...0xDFFF, using: &random), at: place + 1)
          }
        }
        return word
      })
  }

  @Test func everyUnitAloneAndInsideAWord() throws {
    try compare((0...UInt16.max).lazy.map { [$0] })
    try compare((0...UInt16.max).lazy.map { [0x0648, $0, 0x0643, 0x0627, 0x0644, $0, 0x0646, $0] })
  }

  @Test func longWords() throws {
    var random = SeededGenerator(seed: 31)
    try compare(
      (0..<300).lazy.map { i in
        (0..<(i * 40)).map { _ in
          Int.random(in: 0..<9, using: &random) == 0
            ? .random(in: 0xFE80...0xFEFC, using: &random) : Self.affixLetters.randomElement(using: &random)!
        }
      })
  }

  @Test func nothingIsLeftOfMarks() {
    #expect(stem([0x064B, 0x0640]) == [0x064B, 0x0640])
    #expect(stem([]) == [])
  }

  @Test(
    .enabled(
      if: SharedData.exists("data/saudinewsnet/articles.jsonl.zst"), "no articles beside the repository"))
  func wordsOfRealArticles() throws {
    var words: Set<[UInt16]> = []
    for text in try RealArticles.texts(of: "data/saudinewsnet/articles.jsonl.zst", every: 4) {
      for word in text.split(whereSeparator: { $0 < 0x30 || $0 == 0x060C }) { words.insert(Array(word)) }
    }
    try compare(words)
    let folding = KeyFolding()
    try compare(
      words.lazy.map { word in
        var key: [UInt16] = []
        word.withUnsafeBufferPointer { folding.fold($0, into: &key) }
        return key
      })
  }

  @Test(
    .enabled(
      if: SharedData.exists("data/conformance/snowball-arabic.tsv.zst"), "no stems beside the repository"))
  func frequentWordsHaveSnowballsStems() throws {
    let text = try SharedData.unpacked("data/conformance/snowball-arabic.tsv.zst")
    let rows = text.split(separator: UInt8(ascii: "\n")).map { line in
      line.split(separator: UInt8(ascii: "\t")).map { Array(String(decoding: $0, as: UTF8.self).utf16) }
    }
    let wrong = rows.filter { $0.count == 2 && stem($0[0]) != $0[1] }
    #expect(rows.count > 19_000)
    #expect(wrong.isEmpty)
  }
}
