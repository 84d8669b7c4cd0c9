import TestSupport
import Testing

@testable import Quality

/// Measures on texts short enough to count by hand.
@Suite struct QualityMeterTests {
  private func measure(_ text: String) -> QualityMeasures {
    var meter = QualityMeter()
    return meter.measure(Array(text.utf16))
  }

  @Test func wordsAndPunctuationAreCountedApart() {
    let measures = measure("قال الوزير إن المشروع جاهز، وأضاف: العمل مستمر.")
    #expect(measures[.words] == 8)
    #expect(measures[.wordLength] == 37.0 / 8)
    #expect(measures[.alphabeticWords] == 8.0 / 11)
    // قال، إن، وأضاف.
    #expect(measures[.stopWords] == 3)
    #expect(measures[.stopWordShare] == 3.0 / 8)
    #expect(measures[.arabicLetters] == 1)
    #expect(measures[.digitRatio] == 0)
    #expect(measures[.linePunctuation] == 1)
    #expect(measures[.lineEndRatio] == 0)
  }

  @Test func aNumberIsOneWordWithItsSeparators() {
    let measures = measure("بلغ السعر 1,250.75 دولارا في 2024")
    #expect(measures[.words] == 6)
    #expect(measures[.wordLength] == 26.0 / 6)
    #expect(measures[.digitRatio] == 10.0 / 28)
    #expect(measures[.alphabeticWords] == 4.0 / 6)
    #expect(measure("٣٫٥ ٪")[.digitRatio] == 2.0 / 4)
    // A full stop behind a number is punctuation.
    #expect(measure("عام 2024.")[.alphabeticWords] == 1.0 / 3)
  }

  @Test func vowelMarksAndTatweelAreNoLetters() {
    let vocalized = measure("ذَهَبَ الوَلَدُ إِلَى المَدْرَسَةِ مُبَكِّرًا")
    let bare = measure("ذهب الولد إلى المدرسة مبكرا")
    #expect(vocalized[.wordLength] == bare[.wordLength])
    #expect(vocalized[.stopWords] == bare[.stopWords] && bare[.stopWords] == 1)
    #expect(measure("جمـــــيل")[.wordLength] == 4)
  }

  @Test func hashesAndEllipsesAreCountedForEachWord() {
    let measures = measure("#خبر #عاجل وصل... ثم…")
    #expect(measures[.words] == 4)
    #expect(measures[.hashRatio] == 0.5)
    #expect(measures[.ellipsisRatio] == 0.5)
    #expect(measures[.ellipsisLines] == 1)
    #expect(measure("نعم.. لا..")[.ellipsisRatio] == 0)
  }

  @Test func linesAreToldByTheirEnds() {
    let text = "هل وصل القطار؟\n• في موعده،\n- أو بعده\nقالوا: «نعم»\r\nثم مضوا...\n\n* انتهى؛"
    let measures = measure(text)
    #expect(measures[.bulletLines] == 3.0 / 6)
    #expect(measures[.linePunctuation] == 5.0 / 6)
    #expect(measures[.ellipsisLines] == 1.0 / 6)
    #expect(measures[.shortLines] == 1)
    // 6 line ends (a carriage return and a line feed are one) and 22 tokens.
    #expect(measures[.lineEndRatio] == 6.0 / 22)
  }

  @Test func linesAndParagraphsThatStoodAboveAreDuplicates() {
    let lines = measure("سطر أول هنا\nسطر ثان\nسطر أوّل هنا")
    #expect(lines[.duplicateLines] == 1.0 / 3)
    #expect(lines[.duplicateLineCharacters] == 12.0 / 32)
    let paragraphs = measure("أ ب ت\n\nج ح\n \nأ ب ت\n")
    #expect(paragraphs[.duplicateParagraphs] == 1.0 / 3)
    #expect(paragraphs[.duplicateParagraphCharacters] == 5.0 / 18)
    #expect(measure("سطر\nآخر")[.duplicateLines] == 0)
  }

  @Test func runsOfTokensAreFoundAgain() {
    let pair = measure("نعم لا نعم لا نعم لا")
    #expect(pair[.top2Grams] == 18.0 / 20)
    // نعم لا نعم and لا نعم لا, twice each: of several the longest.
    #expect(pair[.top3Grams] == 2.0 * 10 / 20)
    let five = measure("أ ب ت ث ج أ ب ت ث ج")
    #expect(five[.duplicate5Grams] == 5.0 / 19)
    #expect(five[.duplicate6Grams] == 0)
    let once = measure("لا تتكرر كلمة في هذه الجملة القصيرة أبدا مرتين هنا")
    #expect(QualityMeasure.ofGrams.allSatisfy { once[$0] == 0 })
    // After a run that stood above reading goes on behind it: 10 of 12 tokens.
    let twelve = measure(Array(repeating: "و", count: 12).joined(separator: " "))
    #expect(twelve[.duplicate5Grams] == 10.0 / 23)
  }

  @Test func charactersInLongRunsAreCounted() {
    #expect(measure("ههههه جميل =====")[.repeatedCharacters] == 10.0 / 14)
    #expect(measure("هههه جميل ====")[.repeatedCharacters] == 0)
  }

  @Test func lettersOfOtherScriptsAreNoArabicOnes() {
    #expect(measure("ابجد abcd яюэ")[.arabicLetters] == 4.0 / 11)
    #expect(measure("پاکستان")[.arabicLetters] == 1)
  }

  @Test func nothingIsMeasuredOfNothing() {
    for text in ["", " \n\t\r\n ", "\u{200F}\u{0640}\u{064B}"] { #expect(measure(text) == QualityMeasures()) }
    #expect(measure("😀 😀")[.words] == 0)
  }

  @Test func blanksAroundChangeNothing() {
    let text = "جاء في البيان: لا تغيير.\nوأضاف أن العمل مستمر."
    #expect(measure("\n\n  \(text) \n\n") == measure(text))
    #expect(measure(text.replacing(" ", with: "\u{00A0}")) == measure(text))
  }

  @Test func anyUnitsGiveFiniteMeasuresAndNothingIsKept() {
    var random = SeededGenerator(seed: 11)
    var used = QualityMeter()
    let alphabet = Array("ابتثوي ههه\n\n. ،؛#…-•01٣aZ\u{064E}\u{0640}«»😀\r".utf16)
    for round in 0..<400 {
      let length = Int.random(in: 0...300, using: &random)
      let text = (0..<length).map { _ in
        round % 2 == 0
          ? alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
          : UInt16.random(in: 0...0xFFFF, using: &random)
      }
      var fresh = QualityMeter()
      let measures = used.measure(text)
      #expect(measures == fresh.measure(text))
      for measure in QualityMeasure.allCases {
        #expect(measures[measure].isFinite && measures[measure] >= 0)
        let counts: Set<QualityMeasure> = [
          .words, .stopWords, .wordLength, .hashRatio, .ellipsisRatio, .lineEndRatio, .top2Grams, .top3Grams,
          .top4Grams,
        ]
        if !counts.contains(measure) { #expect(measures[measure] <= 1, "\(measure)") }
      }
      let without = used.measure(text, skippingGrams: true)
      #expect(
        QualityMeasure.allCases.allSatisfy {
          without[$0] == (QualityMeasure.ofGrams.contains($0) ? 0 : measures[$0])
        })
    }
  }
}
