import Foundation
import PageStructure
import Testing

@Suite struct PatternFileTests {
  @Test func mistakesAreNamedWithTheirLine() {
    for (file, problem) in [
      ("source\tlabel", "three or four columns with tabs between are wanted"),
      ("sauce\tlabel\tالمصدر", "there is no kind or class 'sauce'"),
      ("source\tlabel\t_ المصدر", "'_ المصدر' does not begin with a word or a number"),
      ("source\tlabel\tالمصدر\tmuch", "the weight 'much' is no number from 0 to 10"),
      ("source\tword\tالمصدر", "the places word and words are for classes of words"),
      ("city\tline\tصور", "words of a class have the place word or words"),
    ] {
      #expect(throws: PatternError(line: 2, problem: problem)) {
        try StructurePatterns(parsing: "# one\n\(file)\n")
      }
    }
    #expect(throws: PatternError.self) { try StructurePatterns(parsing: "source\tnowhere\tالمصدر") }
  }

  @Test func aUsersRowIsHonoured() throws {
    let line = "نقلته إليكم فرقة التحرير المسائية"
    let page = "\(Sample.body)\n\n\(line)"
    #expect(Sample(page, title: "حديقة").text == page)
    let own = try StructurePatterns(parsing: "residue\tstart\tنقلته اليكم فرقه _\n")
    #expect(Sample(page, title: "حديقة", patterns: own).text == Sample.body)
  }

  @Test(arguments: ["اقرأ أيضا", "إقرأ أيضاً", "اقرا ايضا", "إقرأ أيضًا", "اقـرأ أيضـا", "اقرأ أیضا"])
  func spellingsAreFolded(label: String) {
    let sample = Sample("\(Sample.body)\n\n\(label): افتتاح المكتبة العامة", title: "حديقة")
    #expect(sample.texts(.readAlso).count == 1)
    #expect(sample.text == Sample.body)
  }

  @Test func theShippedFileIsTheOneBuiltIn() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Pipelines/structure/patterns.tsv")
    let shipped = try StructurePatterns(parsing: String(contentsOf: file, encoding: .utf8))
    #expect(shipped.count == StructurePatterns.builtIn.count && shipped.count > 1000)
  }

  @Test func aHigherThresholdKeepsMore() {
    var strict = StructureOptions()
    strict.threshold = 5
    let page = "\(Sample.body)\n\nالمصدر: صوت الجبل"
    #expect(Sample(page, title: "حديقة", structure: strict).text == page)
    #expect(Sample(page, title: "حديقة").text == Sample.body)
  }
}
