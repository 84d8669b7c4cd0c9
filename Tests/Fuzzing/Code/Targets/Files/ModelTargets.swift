import ArabicText
import Evaluation

@testable import Keywords
@testable import PageStructure

/// Files that are made once and read by every run, and files that users write.
enum ModelTargets {
  static let all = [
    FuzzTarget("background", mutations: 60) {
      var segmenter = try TextSegmenter()
      let document = segmenter.document(
        Array(
          "رئيس البلدية يفتتح سوق المدينة القديمة.\nيضم السوق متاجر كثيرة، والمدينة القديمة مزدحمة.".utf16))
      let ranker = try PhraseRanker(parsing: ChoosingTargets.ranker)
      return { bytes in
        // A checksum stands before everything else: it is made to fit, or nothing behind it would be reached.
        let model: BackgroundModel
        do throws(BackgroundModelError) { model = try BackgroundModel(bytes: sealed(bytes)) } catch { return }
        try check(model)
        var extractor = KeywordExtractor(background: model, ranker: ranker)
        for keyword in extractor.extract(document) {
          try require(keyword.score.isFinite && keyword.score >= 0, "a score of \(keyword.score)")
        }
      }
    },
    FuzzTarget("ranker", mutations: 200) {
      { bytes in
        let ranker: PhraseRanker
        do throws(PhraseRankerError) { ranker = try PhraseRanker(parsing: FuzzInput.string(bytes)) } catch {
          return try require(!error.description.isEmpty, "an error without words")
        }
        let again = try PhraseRanker(parsing: ranker.file)
        try require(again == ranker, "not the same when it is written and read")
      }
    },
    FuzzTarget("furniture", mutations: 200) {
      { bytes in
        let table: FurnitureTable
        do throws(PatternError) { table = try FurnitureTable(parsing: FuzzInput.string(bytes)) } catch {
          return
        }
        let again = try FurnitureTable(parsing: table.file)
        try require(again == table, "not the same when it is written and read")
      }
    },
    FuzzTarget("patterns", mutations: 60) {
      let page = Array(
        """
        الرئيسية > أخبار > محلية
        افتتاح سوق المدينة القديمة
        بقلم: سالم الحداد 12 مايو 2020
        افتتح رئيس البلدية سوق المدينة القديمة أمس، ويضم السوق أكثر من مئة متجر للحرف اليدوية والعطور والأقمشة.
        اقرأ أيضا: توسعة الميناء
        جميع الحقوق محفوظة 2020
        """.utf16)
      let long = page + Array(("\n" + String(repeating: "كلمة ", count: 60)).utf16)
      return { bytes in
        let patterns: StructurePatterns
        do throws(PatternError) { patterns = try StructurePatterns(parsing: FuzzInput.string(bytes)) } catch {
          return
        }
        var analyzer = PageAnalyzer(patterns: patterns)
        for text in [page, long] {
          let blocks = text.withUnsafeBufferPointer { analyzer.analyze($0) }
          try require(blocks.allSatisfy { Int($0.span.end) <= text.count }, "a block beyond the page")
        }
      }
    },
    FuzzTarget("gold", mutations: 100) {
      { bytes in
        let text = FuzzInput.string(bytes)
        do {
          for article in try GoldFile.keywords(text, name: "gold") {
            try require(!article.phrases.isEmpty || !article.text.isEmpty, "an article of nothing")
          }
        } catch let error as GoldError { try check(error) }
        do { _ = try GoldFile.summaries(text, name: "gold") } catch let error as GoldError {
          try check(error)
        }
      }
    },
  ]

  private static func check(_ error: GoldError) throws {
    try require(!error.issues.isEmpty && !error.description.isEmpty, "an error without an issue")
  }

  /// The bytes with size and checksum of the header as they should be.
  private static func sealed(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var file = Array(bytes)
    guard file.count >= BackgroundFormat.headerBytes else { return file }
    func put(_ number: UInt64, _ at: Int) {
      for index in 0..<8 { file[at + index] = UInt8(truncatingIfNeeded: number >> (8 * UInt64(index))) }
    }
    for (index, byte) in BackgroundFormat.magic.enumerated() { file[index] = byte }
    put(UInt64(file.count), 16)
    let hash = file[..<BackgroundFormat.checkedHeaderBytes].withUnsafeBytes { ContentHash.hash($0) }
    put(hash, BackgroundFormat.checkedHeaderBytes)
    return file
  }

  /// Every lookup ends, and gives what is in range.
  private static func check(_ model: BackgroundModel) throws {
    let rows = (0..<UInt32(model.count)).prefix(50)
    for row in rows {
      let found = model.find(model.key(ofTerm: row))
      try require(found.map { $0 < UInt32(model.count) } ?? true, "a row that is not there")
      try require((0...model.documents).contains(model.documentFrequency(ofTerm: row)), "a wrong frequency")
      let idf = model.inverseDocumentFrequency(ofTerm: row)
      try require(idf.isFinite && idf >= 0, "an idf of \(idf)")
      _ = model.usage(ofTerm: row)
      _ = model.tokens(ofTerm: row)
      for other in rows.prefix(5) {
        try require((0...model.documents).contains(model.documentFrequency(ofPhrase: row, other)), "pairs")
        try require(
          (0...model.documents).contains(model.documentFrequency(ofPhrase: row, other, row)), "triples")
      }
    }
    BackgroundListing(model, terms: 20, phrases: 20).forEachLine { _ in }
    _ = model.source
    try? model.verify()
  }
}
