import PageStructure
import Testing

@Suite struct FurnitureTests {
  private static let slogan = "كل ما تريد معرفته في مكان واحد"

  private func learned(
    _ pages: [String], site: String = "news.example", limits: FurnitureLearner.Limits = .init()
  ) -> FurnitureTable {
    var learner = FurnitureLearner(limits: limits)
    for page in pages { Array(page.utf16).withUnsafeBufferPointer { learner.add($0, site: site) } }
    return learner.table()
  }

  private func page(_ number: Int) -> String {
    "\(Self.slogan)\n\nخبر رقم \(number) من أخبار المدينة القديمة\n\n\(Sample.body)\n\nفقرة تخص الصفحة \(number) وحدها ولا ترد في غيرها.\n\nنراكم غدا"
  }

  @Test func linesThatRecurAreFurnitureAtTheEdges() {
    // Digits are all alike, so the numbered lines recur as well; they are no furniture inside the text.
    let table = learned((0..<20).map(page))
    let sample = Sample(page(7), site: "news.example", furniture: table)
    #expect(sample.texts(.navigation).contains("نراكم غدا"))
    #expect(!sample.text.contains(Self.slogan) && !sample.text.contains("نراكم غدا"))
    #expect(sample.text.contains("افتتح رئيس البلدية"))
    let elsewhere = Sample(page(7), site: "other.example", furniture: table)
    #expect(elsewhere.text.contains("نراكم غدا"))
  }

  @Test func aTableReadsItselfBack() throws {
    let table = learned((0..<20).map(page))
    #expect(try FurnitureTable(parsing: table.file) == table)
    #expect(!table.file.contains("المدينة"))
    #expect(throws: PatternError.self) { try FurnitureTable(parsing: "") }
    #expect(throws: PatternError(line: 2, problem: "neither a site with its pages nor a line with its count"))
    {
      try FurnitureTable(parsing: "warraq-furniture\t1\nzzz")
    }
  }

  @Test func memoryIsBoundedAndFrequentLinesSurvive() {
    var limits = FurnitureLearner.Limits()
    limits.mostLines = 100
    var learner = FurnitureLearner(limits: limits)
    for number in 0..<2000 {
      let words = String(number, radix: 2).map { $0 == "0" ? "ألف" : "باء" }.joined(separator: " ")
      Array("\(Self.slogan)\n\(words) سطر\nسطر \(words)".utf16).withUnsafeBufferPointer {
        learner.add($0, site: "a")
      }
    }
    let table = learner.table()
    #expect((table.lines(of: "a")?.pages ?? 0) == 2000)
    #expect(table.file.split(separator: "\n").count <= 103)
    #expect(table.file.contains("\t2000\n") && learner.error > 0)
  }

  @Test func aLineCountsOncePerPage() {
    let table = learned(Array(repeating: "سطر متكرر\nسطر متكرر", count: 4))
    #expect(table.file.hasSuffix("\t4\n"))
  }

  @Test func pagesWithoutASiteArePassedOver() {
    var learner = FurnitureLearner()
    Array("سطر".utf16).withUnsafeBufferPointer { learner.add($0, site: "") }
    #expect(learner.passedOver == 1 && learner.pages == 0)
  }
}
