import ArabicText
import Foundation
import Testing

@testable import Corpus

/// Real files in encodings of every width and with malformed bytes, where they are at hand.
@Suite struct RealEncodedInputTests {
  /// One article of a file that holds one.
  private func article(_ path: String) throws -> ParsedRecord {
    var reader = BatchReader(inputs: try InputLister.list([path]).files)
    let next = reader.next()
    let batch = try #require(next)
    let record = try #require(batch.records.first)
    #expect(batch.records.count == 1 && batch.rejects.isEmpty)
    return try RecordParser().parse(record, in: batch).get()
  }

  @Test(
    .enabled(if: RealData.exists("encodings"), "no real data here"),
    arguments: [
      ("arabic.utf16.txt.zst", "utf-16le"), ("arabic.utf16be.txt.zst", "utf-16be"),
      ("arabic.utf32.txt.zst", "utf-32le"), ("arabic.utf32be.txt.zst", "utf-32le"),
    ])
  func wideFilesHoldTheTextOfTheUTF8File(name: String, encoding: String) throws {
    let expected = try article(RealData.path("encodings/arabic.utf8.txt.zst"))
    #expect(expected.encoding == DecodedEncoding(name: "utf-8", how: .validated))
    let wide = try article(RealData.path("encodings/" + name))
    #expect(wide.encoding == DecodedEncoding(name: encoding, how: .mark))
    #expect(wide.text == expected.text)
  }

  @Test(.enabled(if: RealData.exists("encodings"), "no real data here"))
  func everyOldArticleOfAFolderIsWindows1256() throws {
    let listing = try InputLister.list([RealData.path("encodings/easc-windows-1256")])
    var reader = BatchReader(inputs: listing.files, rejects: listing.rejects)
    let parser = try RecordParser()
    var names: [String: Int] = [:]
    while let batch = reader.next() {
      #expect(batch.rejects.isEmpty)
      for record in batch.records where record.origin.input.lowercased().hasSuffix(".txt") {
        let article = try parser.parse(record, in: batch).get()
        names[article.encoding.name, default: 0] += 1
        #expect(article.encoding.mojibake == nil && article.encoding.replacements == 0)
      }
    }
    #expect(names == ["windows-1256": 78])
  }

  /// The 515 strings of the list are elements of an array but no articles.
  @Test(.enabled(if: RealData.exists("utf8-stress"), "no real data here"))
  func elementsThatAreNoObjectsAreRejectedOneByOne() throws {
    let path = RealData.path("utf8-stress/blns.json")
    var reader = BatchReader(
      inputs: try InputLister.list([path]).files, options: ReaderOptions(format: .jsonArray))
    let next = reader.next()
    let batch = try #require(next)
    let parser = try RecordParser()
    #expect(batch.rejects.isEmpty)
    #expect(
      batch.records.map { parser.parse($0, in: batch).reject?.reason }
        == batch.records.map { _ in .notAnObject })
    let file = Array(try Data(contentsOf: URL(filePath: path)))
    let strings = try #require(try JSONSerialization.jsonObject(with: Data(file)) as? [String])
    #expect(batch.records.count == strings.count)
    for (record, string) in zip(batch.records, strings) {
      let bytes = Array(batch.bytes(of: record))
      #expect(Array(file[record.origin.byteOffset...].prefix(bytes.count)) == bytes)
      let article = try parsed(Array("{\"text\":".utf8) + bytes + Array("}".utf8))
      switch article {
      case .success(let article): #expect(article.text == Array(string.utf16))
      case .failure(.reject(let reject)): #expect(reject.reason == .emptyArticle)
      case .failure(.skip(let reason)): Issue.record("skipped as \(reason.rawValue)")
      }
    }
  }

  /// Each line of the file as a text of its own, against Swift's replacement of maximal parts.
  @Test(.enabled(if: RealData.exists("utf8-stress"), "no real data here"))
  func malformedLinesAreReplacedByMaximalParts() throws {
    let data = try Data(contentsOf: URL(filePath: RealData.path("utf8-stress/utf8tests.bin")))
    for line in data.split(separator: 0x0A) {
      let bytes = Array(line)
      let quoted = Array("{\"text\":\"نص طويل ".utf8) + bytes.filter { $0 >= 0x80 } + Array("\"}".utf8)
      let text = String(decoding: quoted, as: UTF8.self).dropFirst(9).dropLast(2)
      let record = try parsed(quoted, ParserOptions(encoding: .utf8)).get()
      #expect(record.text == Array(text.utf16))
    }
  }
}
