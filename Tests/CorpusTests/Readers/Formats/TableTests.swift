import TestSupport
import Testing

@testable import Corpus

/// Tables of separated values with a header.
@Suite struct TableTests {
  private static let csv = ReaderOptions(format: .csv)

  // MARK: what a writer wrote is read back

  /// One way to write a table.
  private struct Style {
    var delimiter: String
    var lineEnd: String
    var quotesAll: Bool
    var isMarked: Bool
    var isWide: Bool
    var hasLastLineEnd: Bool

    func field(_ text: String, _ random: inout SeededGenerator) -> String {
      let special = text.unicodeScalars.contains {
        $0 == "\"" || $0 == "\n" || $0 == "\r" || delimiter.unicodeScalars.contains($0)
      }
      guard special || quotesAll || Int.random(in: 0..<4, using: &random) == 0 else { return text }
      return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
        + "\""
    }

    func bytes(_ rows: [[String]], _ random: inout SeededGenerator) -> [UInt8] {
      var text = ""
      for (index, row) in rows.enumerated() {
        text += row.map { field($0, &random) }.joined(separator: delimiter)
        if index < rows.count - 1 || hasLastLineEnd { text += lineEnd }
      }
      if isWide { return text.utf16File }
      return (isMarked ? [0xEF, 0xBB, 0xBF] : []) + Array(text.utf8)
    }
  }

  private static let words = [
    "قال الوزير", "السعر 3,5 دينار", "\"مقولة\"", "سطر\nثانٍ", "\r\n", ";", "|", "\t", "زويلة", "بغيت نمشي",
    "مُحَمَّد", "\"", ",", " ", "شلونك", "x",
  ]

  private static func text(_ random: inout SeededGenerator) -> String {
    (0..<Int.random(in: 1...6, using: &random)).map { _ in words.randomElement(using: &random) ?? "" }.joined(
      separator: " ")
  }

  @Test func aTableThatWasWrittenIsReadBack() throws {
    var random = SeededGenerator(seed: 41)
    for round in 0..<72 {
      let style = Style(
        delimiter: [",", ";", "\t", "|"][round % 4], lineEnd: ["\n", "\r\n", "\r"][round % 3],
        quotesAll: round % 5 == 0, isMarked: round % 7 == 0, isWide: round % 6 == 0,
        hasLastLineEnd: round % 2 == 0)
      let rows = (0..<Int.random(in: 1...12, using: &random)).map { row in
        ["r\(row)", Self.text(&random), "م" + Self.text(&random)]
      }
      let bytes = style.bytes([["id", "ملاحظة", "text"]] + rows, &random)
      let format: InputFormat = [.csv, .auto][round % 2]
      for chunk in [1, 7, 1 << 16] {
        let result = try Articles(bytes, ReaderOptions(format: format), chunk: chunk)
        #expect(result.rejects.isEmpty, "\(style) \(result.reasons)")
        #expect(result.articles.map(\.id) == rows.map { $0[0] }, "\(style)")
        #expect(result.texts == rows.map { $0[2] }, "\(style)")
        var expected: [String] = []
        for row in rows {
          var json = JSONWriter()
          json.beginObject()
          json.key(string: "ملاحظة")
          json.string(row[1])
          json.endObject()
          expected.append(String(decoding: json.bytes, as: UTF8.self))
        }
        #expect(result.articles.map(\.meta) == expected)
      }
    }
  }

  @Test func windows1256IsDecodedRowByRow() throws {
    let table =
      "id,title,text\n1,سوق السمك,أعادت البلدية فتح سوق السمك القديم أمام التجار والزوار\n2,\"ماء, هواء\",جفت الينابيع في أيلول\n"
    let result = try Articles(table.windows1256, Self.csv)
    #expect(result.articles.map(\.title) == ["سوق السمك", "ماء, هواء"])
    #expect(result.articles.map(\.encoding) == ["windows-1256", "windows-1256"])
  }

  @Test func columnsAreNamedInTheConfigAndTheRestIsMeta() throws {
    var options = Self.csv
    options.tables.textColumn = "content"
    var parsing = ParserOptions()
    parsing.paths = ("key", "head", "content")
    let table = ",head,content,content_2,head\n7,عنوان,متن الخبر,ثانٍ,آخر\n"
    let result = try Articles(Array(table.utf8), options, parsing)
    #expect(result.articles.first?.id == nil)
    #expect(result.articles.first?.title == "عنوان")
    #expect(result.articles.first?.text == "متن الخبر")
    #expect(result.articles.first?.meta == #"{"column1":"7","content_2":"ثانٍ","head_2":"آخر"}"#)
  }

  @Test func aTableWithoutTheTextColumnSaysWhichThereAre() throws {
    let result = try Articles("a,b\n1,2\n", Self.csv)
    #expect(result.reasons == [.missingText])
    #expect(result.rejects.first?.detail.contains("\"a\", \"b\"") == true)
  }

  @Test func aHeaderAloneIsAnEmptyTable() throws {
    for text in ["id,text", "id,text\n", "\n\nid,text\r\n\r\n"] {
      let result = try Articles(text, Self.csv)
      #expect(result.articles.isEmpty && result.rejects.isEmpty)
    }
  }

  @Test func theOriginIsTheRowsNumberAndOffset() throws {
    let result = try Articles("id,text\n1,نص\n\n2,\"خبر\"\n", Self.csv)
    #expect(result.articles.map(\.origin.record) == [1, 2])
    #expect(result.articles.map(\.origin.byteOffset) == [8, 16])
  }

  @Test func withoutQuotesTheyAreText() throws {
    var options = ReaderOptions(format: .tsv)
    options.tables.hasQuotes = false
    let result = try Articles("id\ttext\n1\t\"قال ولم يكمل\n2\tخبر\n", options)
    #expect(result.texts == ["\"قال ولم يكمل", "خبر"])
  }

  // MARK: what is broken

  @Test func aRaggedRowIsRejectedAloneAndCounted() throws {
    let result = try Articles("id,text\n1,أول\n2\n3,ثالث,زائد\n4,رابع\n", Self.csv)
    #expect(result.texts == ["أول", "رابع"])
    #expect(result.reasons == [.raggedRow, .raggedRow])
    #expect(result.rejects.map(\.detail) == ["1 fields; the header has 2", "3 fields; the header has 2"])
    #expect(result.rejects.map(\.origin.record) == [2, 3])
  }

  @Test(arguments: [1, 7, 1 << 16])
  func aQuoteThatIsNeverClosedCostsItsOwnLine(chunk: Int) throws {
    let rows = (0..<300).map { "\($0),خبر قصير رقم \($0)" }
    for lost in [0, 40, 299] {
      var broken = rows
      broken[lost] = "\(lost),\"خبر بلا نهاية"
      let table = "id,text\n" + broken.joined(separator: "\n") + "\n"
      // Large enough for all the rest, and far too small for it.
      for limit in [1 << 20, 500] {
        var options = Self.csv
        options.maxArticleBytes = limit
        options.rejectBytes = 20
        let result = try Articles(table, options, chunk: chunk)
        #expect(result.articles.count == 299, "\(lost) \(limit)")
        #expect(result.rejects.count == 1)
        if lost < 299 { #expect(result.reasons == [.unbalancedQuote]) }
      }
    }
  }

  @Test func aLostQuoteBeforeQuotedRowsCostsItsOwnLine() throws {
    let table = "id,text,n\n1,\"أول,x\n2,\"ثانٍ\",x\n3,\"ثالث\nوسطر\",x\n"
    let result = try Articles(table, Self.csv)
    #expect(result.texts == ["ثانٍ", "ثالث\nوسطر"])
    #expect(result.reasons == [.unbalancedQuote])
  }

  @Test func linesThatEachKeepAQuoteOpenAreReadInLinearTime() throws {
    let table = "id,text\n" + String(repeating: "x\"y,\"z\n", count: 200_000)
    var options = Self.csv
    options.maxArticleBytes = 100_000
    options.rejectBytes = 10
    let result = try Articles(table, options)
    #expect(result.articles.isEmpty)
    #expect(!result.rejects.isEmpty)
  }

  @Test func aRowOverTheLimitIsRejectedAndTheNextOneRead() throws {
    var options = Self.csv
    options.maxArticleBytes = 1000
    options.rejectBytes = 10
    for field in [String(repeating: "x", count: 5000), "\"" + String(repeating: "x", count: 5000) + "\""] {
      for chunk in [1, 100, 1 << 16] {
        let result = try Articles("id,text\n1,\(field)\n2,خبر\n", options, chunk: chunk)
        #expect(result.texts == ["خبر"])
        #expect(result.rejects.count == 1)
      }
    }
  }

  @Test func anySoupIsReadTheSameInAnyPieces() throws {
    var random = SeededGenerator(seed: 5)
    let pieces = ["\"", "\"\"", ",", "\n", "\r\n", "\r", "نص", "ab", ",\"", "\",", " ", "\n1,2,3\n"]
    for round in 0..<150 {
      let body = (0..<Int.random(in: 0...60, using: &random)).map { _ in
        pieces.randomElement(using: &random) ?? ""
      }.joined()
      let text = "id,text,n\n" + body
      let bytes = round % 3 == 0 ? text.utf16File : Array(text.utf8)
      // The first kilobyte is looked at as a whole.
      let margin = round % 3 == 0 ? [] : [UInt8](repeating: 0x0A, count: 1100)
      var options = Self.csv
      options.maxArticleBytes = [12, 41, 4000][round % 3]
      options.rejectBytes = 7
      let whole = try Articles(margin + bytes, options)
      for chunk in [1, 2, 7, 33] {
        #expect(try Articles(margin + bytes, options, chunk: chunk) == whole, "\(body.debugDescription)")
      }
    }
  }

  // MARK: detection

  @Test func aHeaderWithTheTextColumnMakesATable() throws {
    let tables = [
      "id,text\n1,خبر\n", "text;label\nخبر;1\n", "\"id\"\t\"text\"\n1\tخبر\n", "text|نوع\nخبر|1\n",
      "\u{FEFF}title,text\r\nع,خبر\r\n",
    ]
    for table in tables { #expect(try Articles(table).texts == ["خبر"], "\(table)") }
    #expect(try Articles("id;text\n1;خبر\n".utf16File).texts == ["خبر"])
    var options = ReaderOptions()
    options.tables.textColumn = "نص الخبر"
    let table = "رقم,نص الخبر\n1,خبر\n"
    for bytes in [Array(table.utf8), table.windows1256, table.utf16File] {
      #expect(try Articles(bytes, options).articles.first?.meta.contains("1") == true)
    }
  }

  @Test func runningTextStaysText() throws {
    let texts = [
      "قال الوزير، في مؤتمر، إن السعر 3,5 دينار\nثم غادر, وعاد\n",
      "text, as everybody knows, is made of lines\nand commas, too\n", "text\nخبر\n", "نص,خبر,عنوان\n1,2,3\n",
      "a,b,c\n1,2,3\n", "Text,Title\nx,y\n", "",
    ]
    for text in texts where !text.isEmpty { #expect(try Articles(text).texts == [text], "\(text)") }
  }

  // MARK: real tables

  @Test(
    .enabled(if: RealData.exists("social") && Tool.exists("zstd"), "no real data here"),
    arguments: [("ArSarcasm_train.csv.zst", "tweet"), ("reviews-RES2.csv.zst", "text")])
  func realTablesHaveAsManyRowsAsPythonFinds(name: String, column: String) throws {
    var options = ReaderOptions()
    options.tables.textColumn = column
    let result = try Articles([RealData.path("social/\(name)")], options)
    let script = """
      import csv, io, sys
      rows = [r for r in csv.reader(io.StringIO(sys.stdin.buffer.read().decode('utf-8-sig'), newline='')) if r]
      at = rows[0].index('\(column)')
      print(len(rows) - 1, sum(len(r[at]) for r in rows[1:]))
      """
    let counted = try SharedData.output(
      of: ["sh", "-c", "zstd -dcq '\(RealData.path("social/\(name)"))' | python3 -c \"$0\"", script])
    let length = result.texts.reduce(0) { $0 + $1.unicodeScalars.count }
    #expect(
      String(decoding: counted, as: UTF8.self)
        == "\(result.articles.count + result.rejects.count) \(length)\n")
    #expect(result.rejects.isEmpty)
  }
}
