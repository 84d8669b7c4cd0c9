import ArabicText

@testable import PageStructure

/// Blocks of a crawled page, and the articles made of them.
enum PageTargets {
  static let all = [
    FuzzTarget("page", mutations: 100) {
      var learner = FurnitureLearner()
      let site = "موقع"
      for line in ["الرئيسية | أخبار | رياضة", "جميع الحقوق محفوظة", "تابعنا على تويتر"] {
        for page in 0..<6 {
          Array("\(line)\nنص الصفحة رقم \(page) وفيها خبر آخر.".utf16).withUnsafeBufferPointer {
            learner.add($0, site: site)
          }
        }
      }
      var analyzers = [
        PageAnalyzer(patterns: .builtIn), PageAnalyzer(patterns: .builtIn, furniture: learner.table()),
      ]
      var assemblers = PageAssembler.SecondArticle.allCases.map { second in
        var options = PageAssembler.Options()
        options.secondArticle = second
        options.unglue = second != .drop
        if second == .keep { options.remove = [.share, .date] }
        return PageAssembler(options)
      }
      return { bytes in
        let text = FuzzInput.text(bytes)
        // The first line of a page is its title as often as not.
        let title = Array(text.prefix { $0 != 0x0A }.prefix(200))
        for index in analyzers.indices {
          let blocks = text.withUnsafeBufferPointer {
            analyzers[index].analyze($0, title: title, site: site)
          }
          try check(blocks, text)
          for other in assemblers.indices {
            let articles = text.withUnsafeBufferPointer { assemblers[other].articles($0, blocks) }
            try require((1...2).contains(articles.count), "\(articles.count) articles")
            for article in articles {
              try EditMapCheck.check(article.edits, source: text, text: article.text)
            }
          }
        }
      }
    }
  ]

  /// Blocks are in order and apart, and nothing but blanks lies between them.
  private static func check(_ blocks: [PageBlock], _ text: [UInt16]) throws {
    var end = 0
    for block in blocks {
      try require(!block.span.isEmpty, "an empty block")
      try require(Int(block.span.start) >= end && Int(block.span.end) <= text.count, "blocks overlap")
      try require(
        block.value.isEmpty || block.span.contains(block.value), "\(block.kind): the value leaves the block")
      try require(block.value.start >= 0 && Int(block.value.end) <= text.count, "a value beyond the page")
      try require(isBlank(text[end..<Int(block.span.start)]), "a gap with text before \(block)")
      end = Int(block.span.end)
    }
    try require(isBlank(text[end...]), "text behind the last block: \(FuzzInput.hex(text))")
  }

  private static func isBlank(_ units: ArraySlice<UInt16>) -> Bool {
    units.allSatisfy {
      [CharacterClass.blank, CharacterClass.newline, CharacterClass.ignored]
        .contains(CharacterClass.table[Int($0)])
    }
  }
}
