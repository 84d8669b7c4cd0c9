import ArabicText
import TestSupport
import Testing

@testable import Deduplication

@Suite struct SignatureTests {
  private let signer = DocumentSigner(MinHashOptions())

  private func isSame(_ a: String, _ b: String) -> Bool {
    signer.sign(units(a)).exactKey == signer.sign(units(b)).exactKey
  }

  @Test(arguments: [
    ("أعلنَ الوالي عن المسؤولين الجُدد، في ٢٠٢٣!", "اعلن الوالى عن المسوولين الجدد في 2023"),
    ("مدرســـة «النور» الابتدائية...", "مدرسه النور الابتدائيه"),
    ("علی کتابهای", "على كتابهاى"),
    ("وكالة REUTERS\n\n\tرويترز 🌙⭐️🇲🇦", "وكالة reuters، رويترز"),
    ("كلمة\u{200F} أخرى\u{200B}", "كلمة أخرى"),
    ("Ćuprija and Ω", "ćuprija AND ω"),
  ])
  func bodiesThatDifferInSpellingAndSignsAlone(_ a: String, _ b: String) {
    #expect(isSame(a, b))
  }

  @Test(arguments: [
    ("ارتفع السعر 12 ريالا", "ارتفع السعر 13 ريالا"), ("ابن سينا", "ابنسينا"), ("كتاب", "كتب"),
    ("كتاب كتاب", "كتاب"),
    ("لا", "ﻻ ولا"),
  ])
  func bodiesThatDifferInAWord(_ a: String, _ b: String) {
    #expect(!isSame(a, b))
  }

  @Test func bodiesWithoutAWordAreCountedAsSuch() {
    for text in ["", " \n", "...؟!", "🌙⭐️", "\u{064B}\u{0640}", "\u{FFFF}\u{0000}"] {
      #expect(signer.sign(units(text)).wordCount == 0, "\(text.debugDescription)")
    }
    #expect(signer.sign([0xD83C]).wordCount == 0, "half of a pair")
    #expect(signer.sign(units("𞤀𞤣")).wordCount == 1, "letters beyond the first plane")
  }

  /// Cuts words the slow way.
  private func words(_ text: [UInt16]) -> [String] {
    let folding = KeyFolding()
    var words = [""]
    for scalar in String(decoding: text, as: UTF16.self).unicodeScalars {
      guard let unit = UInt16(exactly: scalar.value) else {
        if (0x1F000...0x1FBFF).contains(scalar.value) {
          words.append("")
        } else {
          words[words.count - 1].unicodeScalars.append(scalar)
        }
        continue
      }
      guard let folded = folding.fold(unit), let key = Unicode.Scalar(folded) else { continue }
      switch key.properties.generalCategory {
      case .nonspacingMark, .enclosingMark, .format: continue
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .spacingMark,
        .decimalNumber, .letterNumber, .otherNumber:
        let small = key.properties.lowercaseMapping
        words[words.count - 1] += small.utf16.count == 1 ? small : String(key)
      default: words.append("")
      }
    }
    return words.filter { !$0.isEmpty }
  }

  @Test func wordsAreThoseOfASlowScan() {
    var random = SeededGenerator(seed: 4)
    let ranges: [ClosedRange<UInt32>] = [
      0x20...0x7E, 0xA0...0x17F, 0x370...0x3FF, 0x600...0x6FF, 0x610...0x660, 0x8A0...0x8FF, 0x2000...0x206F,
      0x2600...0x26FF,
      0xFB50...0xFEFC, 0x1E900...0x1E94B, 0x1F300...0x1F5FF,
    ]
    var seen: [[String]: UInt64] = [:]
    for _ in 0..<3000 {
      var text = ""
      for _ in 0..<Int.random(in: 0...12, using: &random) {
        let range = ranges[Int.random(in: 0..<ranges.count, using: &random)]
        if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &random)) {
          text.unicodeScalars.append(scalar)
        }
      }
      let signature = signer.sign(units(text))
      let words = words(units(text))
      #expect(signature.wordCount == words.count, "\(text.debugDescription)")
      if let earlier = seen[words] { #expect(earlier == signature.exactKey.high) }
      seen[words] = signature.exactKey.high
    }
    #expect(Set(seen.values).count == seen.count, "different words, different keys")
  }

  private func shingles(_ words: [String]) -> Set<[String]> {
    let width = min(5, words.count)
    return width == 0 ? [] : Set((0...words.count - width).map { Array(words[$0..<$0 + width]) })
  }

  @Test func agreementEstimatesTheJaccardSimilarityOfShingles() {
    var bodies = SampleBodies(seed: 11)
    var squares = 0.0
    var bias = 0.0
    let rounds = 400
    for _ in 0..<rounds {
      let original = bodies.body(words: Int.random(in: 60...400, using: &bodies.random))
      let changed = bodies.edited(original, changes: Int.random(in: 1...12, using: &bodies.random))
      let (a, b) = (shingles(original), shingles(changed))
      let jaccard = Double(a.intersection(b).count) / Double(a.union(b).count)
      let (x, y) = (signer.sign(units(original)).values, signer.sign(units(changed)).values)
      let estimate = Double(zip(x, y).count { $0 == $1 }) / Double(x.count)
      // In units of the standard deviation of a binomial share.
      let deviation =
        (estimate - jaccard) / (max(jaccard * (1 - jaccard), 1e-4) / Double(x.count)).squareRoot()
      squares += deviation * deviation
      bias += deviation
    }
    #expect(abs(bias) / Double(rounds) < 0.25, "about 5 standard errors")
    #expect((0.75...1.35).contains(squares / Double(rounds)), "\(squares / Double(rounds))")
  }

  @Test func whatIsAddedAgainChangesNoMinimum() {
    let once = units("قال الوزير إن الحكومة ستدعم القطاع قال الوزير إن الحكومة")
    let twice = once + [0x20] + Array(once.dropFirst(units("قال الوزير إن الحكومة ").count))
    #expect(signer.sign(once).values == signer.sign(twice).values)
  }

  @Test func shortBodiesAreOneShingleOfAllWords() {
    #expect(signer.sign(units("عاجل زلزال")).values == signer.sign(units("عاجل: زلزال!")).values)
    #expect(signer.sign(units("عاجل زلزال")).values != signer.sign(units("زلزال عاجل")).values)
    let strict = DocumentSigner(MinHashOptions(), minWords: 3)
    #expect(strict.sign(units("عاجل زلزال")).values.isEmpty)
    #expect(strict.sign(units("عاجل زلزال قوي")).values.count == 120)
  }

  @Test func defaultsFindWhatTheyPromise() {
    let options = MinHashOptions()
    for jaccard in [0.7, 0.8, 0.9, 1] { #expect(options.candidateProbability(jaccard: jaccard) >= 0.95) }
    #expect(abs(options.candidateProbability(jaccard: 0.7) - 0.988) < 0.001)
    #expect(abs(MinHashOptions(bands: 14, rows: 8).candidateProbability(jaccard: 0.7) - 0.565) < 0.001)
    #expect(options.candidateProbability(jaccard: 0) == 0)
  }
}
