import ArabicText
import Foundation
import PageStructure
import TestSupport
import Testing

/// A real page, beside the repository on some machines.
@Suite struct SeedPageTests {
  private static let page = "data/seed/page.txt"
  private static let expectation = "data/seed/expected-structure.json"

  private struct Expected: Decodable {
    struct Block: Decodable {
      var kind: String
      var article: Int?
      var lines: [Int]
      var value: String?
      var count: Int?
    }
    struct Facts: Decodable { var siteKeywordsWorthKeeping: [String] }
    var blocks: [Block]
    var facts: Facts
  }

  private static let names: [String: BlockKind] = [
    "body": .body, "source": .source, "siteKeywords": .siteKeywords, "readAlso": .readAlso, "title": .title,
    "relatedHeading": .relatedHeading, "related": .related,
  ]

  @Test(.enabled(if: SharedData.exists(page) && SharedData.exists(expectation)))
  func theRealPageComesOutExactly() throws {
    let text = try SharedData.text(Self.page)
    let expected = try JSONDecoder().decode(Expected.self, from: Data(SharedData.text(Self.expectation).utf8))
    let sample = Sample(text)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var starts = [0]
    for line in lines { starts.append((starts.last ?? 0) + line.utf16.count + 1) }
    var right = 0
    for block in expected.blocks {
      let kind = try #require(Self.names[block.kind])
      let range = starts[block.lines[0] - 1]..<(starts[block.lines[1]] - 1)
      for found in sample.blocks where found.span.range.overlaps(range) {
        #expect(found.kind == kind && range.contains(found.span.range.lowerBound))
        if kind.isText { #expect(Int(found.article) == block.article) }
        right += 1
      }
      if let value = block.value { #expect(sample.articles.first.map { Sample.string($0.source) } == value) }
      if let count = block.count { #expect(sample.articles.first?.related.count == count) }
    }
    #expect(right == sample.blocks.count)
    #expect(sample.articles.count == 2)
    func body(_ article: Int) throws -> String {
      let block = try #require(expected.blocks.first { $0.kind == "body" && $0.article == article })
      return lines[(block.lines[0] - 1)..<block.lines[1]].joined(separator: "\n")
    }
    func bare(_ text: String) -> String { text.trimmingCharacters(in: .whitespacesAndNewlines) }
    #expect(try bare(Sample.string(sample.articles[0].text)) == bare(body(1)))
    #expect(try bare(Sample.string(sample.articles[1].text)) == bare(body(2)))
    let title = try #require(expected.blocks.first { $0.kind == "title" })
    #expect(Sample.string(sample.articles[1].title) == lines[title.lines[0] - 1])
    #expect(sample.articles[0].siteKeywords.map(Sample.string) == expected.facts.siteKeywordsWorthKeeping)
  }
}
