import Testing

@testable import Language

@Suite struct LanguageIdentifierTests {
  private func identify(_ text: String) -> IdentifiedLanguage {
    var identifier = LanguageIdentifier()
    return identifier.identify(text)
  }

  @Test(arguments: [
    (LanguageCode.arabic, WrittenSamples.arabic),
    (
      .arabic,
      WrittenSamples.egyptian + WrittenSamples.levantine + WrittenSamples.gulf + WrittenSamples.maghrebi
    ),
    (.persian, WrittenSamples.persian), (.urdu, WrittenSamples.urdu), (.pashto, WrittenSamples.pashto),
    (.centralKurdish, WrittenSamples.kurdish), (.otherArabicScript, WrittenSamples.otherArabicScript),
    (.english, WrittenSamples.english),
    (.otherLatinScript, WrittenSamples.otherLatin + WrittenSamples.arabizi),
    (.otherScript, WrittenSamples.otherScript), (.undetermined, WrittenSamples.undetermined),
  ])
  func aSentenceIsEnough(_ code: LanguageCode, _ texts: [String]) {
    for text in texts {
      let found = identify(text)
      #expect(found.code == code, "\(text)")
      if code != .undetermined { #expect(found.confidence > 0.8, "\(text)") }
    }
  }

  @Test(arguments: [
    (Dialect.egyptian, WrittenSamples.egyptian), (.levantine, WrittenSamples.levantine),
    (.gulf, WrittenSamples.gulf), (.maghrebi, WrittenSamples.maghrebi),
  ])
  func dialectsAreToldByTheirParticles(_ dialect: Dialect, _ texts: [String]) {
    for text in texts { #expect(identify(text).dialect == dialect, "\(text)") }
  }

  @Test func standardArabicIsNoDialect() {
    for text in WrittenSamples.arabic { #expect(identify(text).dialect == nil, "\(text)") }
    // A sentence of dialect inside a report does not make the report dialect.
    let report = WrittenSamples.arabic.joined(separator: "\n")
    let quoting = report + "\n«انا مش عارف»\n" + report + report
    #expect(identify(quoting).dialect == nil)
  }

  @Test func arabicInLatinLettersIsFlagged() {
    for text in WrittenSamples.arabizi { #expect(identify(text).isArabizi, "\(text)") }
    for text in WrittenSamples.english + WrittenSamples.otherLatin { #expect(!identify(text).isArabizi) }
    #expect(
      !identify("The 2nd match ended 3-1 at 7pm; see mp3 files, h2o and covid19 in room 5b of b2b hall.")
        .isArabizi)
  }

  @Test func halfOfEachIsMixed() {
    let arabic = WrittenSamples.arabic[0] + " " + WrittenSamples.arabic[6]
    let english = WrittenSamples.english.joined(separator: " ")
    let found = identify(arabic + "\n\n" + english)
    #expect(found.code == .mixed && found.confidence > 0.95)
    #expect([.arabic, .english].contains(found.main))
    let persian = identify(arabic + "\n" + WrittenSamples.persian[0] + "\n" + WrittenSamples.persian[1])
    #expect(persian.code == .mixed)
    #expect([.arabic, .persian].contains(persian.main))
  }

  @Test func aQuotationLowersConfidenceByItsLength() {
    let urdu = WrittenSamples.urdu.joined(separator: "\n")
    let quoting = urdu + "\nإن الذين آمنوا وعملوا الصالحات لهم جنات تجري من تحتها الأنهار\n" + urdu
    let found = identify(quoting)
    #expect(found.code == .urdu)
    #expect(found.confidence < identify(urdu).confidence)
    #expect(found.confidence > 0.75)
  }

  @Test func moreOfALanguageIsMoreConfidence() {
    var options = LanguageIdentifier.Options()
    options.mixedShare = 1
    var identifier = LanguageIdentifier(options)
    var text = WrittenSamples.arabic[0] + "\n" + WrittenSamples.arabic[6] + "\n" + WrittenSamples.arabic[9]
    var share = 1.0
    for sentence in WrittenSamples.persian + WrittenSamples.persian {
      text += "\n" + sentence
      let found = identifier.identify(text)
      #expect(found.code == .arabic || found.code == .persian)
      let arabic = found.code == .arabic ? found.confidence : 1 - found.confidence
      #expect(arabic < share)
      share = arabic
    }
    #expect(share < 0.5)
  }

  @Test func vowelMarksChangeNothing() {
    let text = WrittenSamples.arabic[3]
    let bare = String(
      String.UnicodeScalarView(text.unicodeScalars.filter { !(0x64B...0x652).contains($0.value) }))
    #expect(identify(text).code == identify(bare).code)
    #expect(identify(bare).confidence > 0.99)
  }

  @Test func addressesHandlesAndEntitiesAreNoText() {
    let text = "وصل الوفد إلى المدينة صباح اليوم"
    let noisy = "@someone_else \(text) &quot;&amp;&#1571; https://example.org/a/very/long/path/with/words www"
    #expect(identify(noisy).confidence > 0.85)
    // What only looks like an entity is text.
    #expect(identify("AT&T; R&D department of the company").code != .undetermined)
  }

  @Test func buffersKeepNothingOfTheTextBefore() {
    let all =
      WrittenSamples.arabic + WrittenSamples.persian + WrittenSamples.arabizi + WrittenSamples.undetermined
      + WrittenSamples.urdu
    var used = LanguageIdentifier()
    for text in all + all.reversed() { #expect(used.identify(text) == identify(text)) }
  }

  @Test func blocksCoverTheText() {
    var identifier = LanguageIdentifier()
    let parts = [
      WrittenSamples.arabic[0], WrittenSamples.arabic[9], WrittenSamples.english[0], WrittenSamples.urdu[0],
      "12 - 34", WrittenSamples.arabic[6],
    ]
    let text = Array(("\n 1.\n" + parts.joined(separator: "\n") + "\n--\n").utf16)
    let (whole, blocks) = text.withUnsafeBufferPointer { identifier.identifyBlocks($0) }
    #expect(whole.main == .arabic)
    #expect(blocks.map(\.code) == [.arabic, .english, .urdu, .arabic])
    #expect(blocks.first?.span.start == 0)
    #expect(blocks.last.map { Int($0.span.end) } == text.count)
    for (block, next) in zip(blocks, blocks.dropFirst()) { #expect(block.span.end == next.span.start) }
    #expect(blocks.allSatisfy { $0.confidence > 0.8 && $0.confidence <= 1 })
  }

  @Test func ofALongTextPiecesAreEnough() {
    let arabic = Array(repeating: WrittenSamples.arabic.joined(separator: "\n"), count: 200).joined(
      separator: "\n")
    let persian = Array(repeating: WrittenSamples.persian.joined(separator: "\n"), count: 400).joined(
      separator: "\n")
    var whole = LanguageIdentifier.Options()
    whole.sample = 0
    var reading = LanguageIdentifier(whole)
    var sampling = LanguageIdentifier()
    for text in [arabic, persian, arabic + persian] {
      #expect(sampling.identify(text).code == reading.identify(text).code)
    }
  }

  @Test func everyListedWordCanBeMet() {
    let units = EvidenceTables.standard.units
    let rows = ArabicScriptWords.rows + ArabicScriptWords.dialectRows + LatinScriptWords.rows
    for word in rows.flatMap({ $0.words.split(whereSeparator: \.isWhitespace) }) {
      let key = EvidenceTables.key(word, units)
      #expect(key != nil, "\(word)")
      #expect(key.map { EvidenceTables.standard.number(of: $0) != 0 } == true, "\(word)")
    }
    for affix in LetterEvidence.affixes.flatMap({ $0.affixes.split(separator: " ") }) {
      let letters = affix.filter { $0 != "-" }
      #expect(EvidenceTables.key(letters, units) != nil && 2...3 ~= letters.utf16.count, "\(affix)")
    }
  }
}
