import Testing

@testable import Corpus

@Suite struct PageTests {
  @Test(arguments: [
    "<!DOCTYPE html><p>متن</p>", "\u{FEFF}\n<HTML lang=ar><body>متن", "<!-- x --> <html>متن</html>",
    "<?xml version='1.0'?>\n<!doctype html><p>متن</p>",
  ])
  func aFileThatBeginsAsAPageIsOne(page: String) throws {
    let result = try WebResult(Array(page.utf8))
    #expect(result.texts == ["متن"])
    #expect(result.articles[0].id == "input")
  }

  @Test func otherFilesAreNot() throws {
    #expect(try WebResult(Array("<p>متن</p>".utf8)).texts == ["<p>متن</p>"])
    #expect(try WebResult(Array("<p>متن</p>".utf8), ReaderOptions(format: .html)).texts == ["متن"])
    #expect(try WebResult(Array("WARCRAFT لعبة".utf8)).texts == ["WARCRAFT لعبة"])
  }

  @Test func pagesOfWideCharactersAreRead() throws {
    let page = "<!doctype html><title>خبر</title><p>متن الصفحة</p>"
    let little = page.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    for bytes in [little, [0xFF, 0xFE] + little] {
      let result = try WebResult(bytes)
      #expect(result.texts == ["متن الصفحة"])
      #expect(result.articles[0].encoding == "utf-16le")
    }
  }

  @Test func anEmptyPageIsRejected() throws {
    #expect(try WebResult([], ReaderOptions(format: .html)).rejects == [.emptyArticle])
    #expect(try WebResult([], ReaderOptions(format: .warc)).rejects.isEmpty)
  }
}
